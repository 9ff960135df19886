import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllowedSigners } from '../core/review/allowedSigners.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { dist } from '../node/dist.ts';
import { git, gitText } from '../node/git.ts';
import { serverParts, setHooks } from '../node/gitHooks.ts';
import { writeLauncher } from '../node/launcher.ts';
import { notesRef } from '../node/notes/notesRef.ts';
import { headCommit } from '../node/objects.ts';
import type { ReviewStore } from '../node/review/store.ts';
import { pusherVariables } from '../node/review/pusher.ts';
import { isAddress, readUrls } from '../node/review/whereabouts.ts';
import { readLocalTime } from '../node/signatures/localTime.ts';
import { bootstrapSignersFile, pusherFile } from './gateHook.ts';
import { storeHere } from './reviewStore.ts';
import { print } from './terminal.ts';
import { UsageError } from './usageError.ts';

interface ServerOptions {
  readonly remove: boolean;
  readonly bootstrapSigners: string | undefined;
  readonly url: string | undefined;
  readonly pusher: string | undefined;
}

/** `firebreak init --server`: has the repository of the current folder judge what is pushed to it. */
export async function initServer({ remove, bootstrapSigners, url, pusher }: ServerOptions): Promise<number> {
  const store = await storeHere();
  const [kept, keptPusher] = [path.join(store.commonDir, bootstrapSignersFile), path.join(store.commonDir, pusherFile)];
  if (remove) {
    for (const told of await setHooks(store, serverParts, false)) print(told);
    for (const file of [kept, keptPusher]) rmSync(file, { force: true });
    return 0;
  }
  if (!store.isBare) throw new UsageError(`${store.root} has a work tree, and --server is for the repository that is pushed to, which is bare; run it there (git clone --bare makes one), and here: firebreak init --hook`);
  if (url !== undefined && !isAddress(url)) throw new UsageError(`--url ${JSON.stringify(url)} is no address of a repository, and every approval would be for another one; give the one that clones use, such as https://HOST/team/app.git or git@HOST:team/app.git`);
  if (pusher !== undefined && !(pusherVariables as readonly string[]).includes(pusher)) throw new UsageError(`--pusher ${JSON.stringify(pusher)} is no variable that is known to say who pushes; give one of ${pusherVariables.join(', ')}`);
  await holdToDefaultBranch(store);
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
  if (pusher !== undefined) {
    mkdirSync(path.dirname(keptPusher), { recursive: true });
    writeFileSync(keptPusher, `${pusher}\n`);
  }
  if (url !== undefined) await git(store.root, ['config', '--local', 'firebreak.url', url]);
  writeLauncher(store.commonDir, dist);
  for (const told of await setHooks(store, serverParts, true)) print(told);
  if ((await readUrls(store.root)).length === 0) print('Nothing says where this repository is reached, so approvals count that were given in a fork of it; say it: firebreak init --server --url URL');
  if (!existsSync(keptPusher)) print('Who pushes is the account of the system that they push with; where a forge or a forced command says it (FIREBREAK_PUSHER=NAME), name the variable: firebreak init --server --pusher VARIABLE');
  print(`Records under refs/firebreak/ can be added from now on, and neither replaced nor deleted; ${notesRef}, which holds who wrote what, can be added to, and loses nothing.`);
  return 0;
}

/** Branches without a policy are judged by the default one's, so one has to be there as soon as there are any. */
async function holdToDefaultBranch({ root }: ReviewStore): Promise<void> {
  if ((await headCommit(root)) !== undefined) return;
  const [branch] = (await gitText(root, ['for-each-ref', '--count=1', '--format=%(refname)', 'refs/heads/'])).split('\n');
  if (branch !== undefined && branch !== '') throw new UsageError(`HEAD names a branch that is not there, so it is not known which branch's policy holds; name the default branch: git symbolic-ref HEAD ${branch}`);
}

function readFileOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the signers could not be read: ${messageOf(error)}; name a file that is there`);
  }
}
