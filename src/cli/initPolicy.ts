import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { firstPolicy } from '../core/policy/firstPolicy.ts';
import { parsePolicy } from '../core/policy/parsePolicy.ts';
import { policyPath } from '../core/policy/policy.ts';
import { readTeam } from '../node/team.ts';
import { repositoryAt } from './selection.ts';
import { print } from './terminal.ts';
import { UsageError } from './usageError.ts';

/** `firebreak init --policy`: proposes a policy to a team that has none. It never writes over one. */
export async function initPolicy(remove: boolean): Promise<number> {
  const { root } = await repositoryAt(process.cwd());
  const file = path.join(root, policyPath);
  if (remove) {
    if (!existsSync(file)) print(`${policyPath} is not there`);
    else {
      rmSync(file);
      print(`removed ${policyPath}; the gate goes by what is committed`);
    }
    return 0;
  }
  if (existsSync(file)) throw new UsageError(`${policyPath} is there already, and was left as it is; edit it, or remove it first`);
  const text = firstPolicy(await readTeam(root));
  const parsed = parsePolicy(text);
  if ('errors' in parsed) throw new Error(`the proposed policy is broken: ${parsed.errors.map(({ line, message }) => `line ${line}: ${message}`).join('; ')}`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: 'wx' });
  print(`wrote ${policyPath}: read it, keep those who are seniors, and commit it`);
  print('Each senior then adds a key to .firebreak/allowed_signers: firebreak init --signing');
  return 0;
}
