import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { firstPolicy } from '../core/policy/firstPolicy.ts';
import { parsePolicy } from '../core/policy/parsePolicy.ts';
import { policyPath } from '../core/policy/policy.ts';
import { readTeam } from '../node/team.ts';
import { repositoryAt } from './selection.ts';
import { print } from './terminal.ts';
import { UsageError } from './usageError.ts';

/** `firebreak init --policy`: proposes a policy to a team that has none. It never writes over one, and takes out only what it would write. */
export async function initPolicy(remove: boolean): Promise<number> {
  const { root } = await repositoryAt(process.cwd());
  const file = path.join(root, policyPath);
  if (remove) {
    if (!existsSync(file)) print(`${policyPath} is not there`);
    else {
      if (isChanged(readFileSync(file, 'utf8'), firstPolicy(await readTeam(root)))) throw new UsageError(`${policyPath} is not as "init --policy" would write it now, so somebody may have changed it, and was left as it is; if nobody needs it, take it out yourself: git rm -f ${policyPath}, or delete the file where it was never added`);
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

/** How much who did is told in comments, and grows with each commit. */
function isChanged(text: string, proposed: string): boolean {
  const [one, other] = [text, proposed].map((each) => each.replaceAll('\r\n', '\n').replaceAll(/\d+ commits, \d+ reviews/g, ''));
  return one !== other;
}
