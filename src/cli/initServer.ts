import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllowedSigners } from '../core/review/allowedSigners.ts';
import { dist } from '../node/dist.ts';
import { git } from '../node/git.ts';
import { serverParts, setHooks } from '../node/gitHooks.ts';
import { writeLauncher } from '../node/launcher.ts';
import { readLocalTime } from '../node/signatures/localTime.ts';
import { bootstrapSignersFile } from './gateHook.ts';
import { storeHere } from './reviewStore.ts';
import { print } from './terminal.ts';
import { UsageError } from './usageError.ts';

interface ServerOptions {
  readonly remove: boolean;
  readonly bootstrapSigners: string | undefined;
  readonly url: string | undefined;
}

/** `firebreak init --server`: has the repository of the current folder judge what is pushed to it. */
export async function initServer({ remove, bootstrapSigners, url }: ServerOptions): Promise<number> {
  const store = await storeHere();
  const kept = path.join(store.commonDir, bootstrapSignersFile);
  if (remove) {
    for (const told of await setHooks(store, serverParts, false)) print(told);
    rmSync(kept, { force: true });
    return 0;
  }
  if (bootstrapSigners !== undefined) {
    const text = readFileOr(bootstrapSigners);
    const { signers, errors } = parseAllowedSigners(text, readLocalTime);
    const [error] = errors;
    if (error !== undefined) throw new UsageError(`${bootstrapSigners}:${error.line}: ${error.message}; correct it, and run this again`);
    if (signers.length === 0) throw new UsageError(`${bootstrapSigners} names nobody; it takes lines as firebreak init --signing prints them`);
    mkdirSync(path.dirname(kept), { recursive: true });
    writeFileSync(kept, text);
    print(`the first policy is admitted with an approval of one of ${signers.length} signers`);
  }
  if (url !== undefined) await git(store.root, ['config', '--local', 'firebreak.url', url]);
  writeLauncher(store.commonDir, dist);
  for (const told of await setHooks(store, serverParts, true)) print(told);
  print('Records under refs/firebreak/ can be added from now on, and neither replaced nor deleted.');
  return 0;
}

function readFileOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the signers could not be read: ${error instanceof Error ? error.message : String(error)}; name a file that is there`);
  }
}
