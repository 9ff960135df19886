import { dist } from '../node/dist.ts';
import { gitFields, gitText, git } from '../node/git.ts';
import { exchangeParts, holdingParts, noteParts, setHooks } from '../node/gitHooks.ts';
import { writeLauncher } from '../node/launcher.ts';
import { notesRef } from '../node/notes/notesRef.ts';
import { takeFetched, trackingRef } from '../node/notes/remoteNotes.ts';
import { repositoryAt } from './selection.ts';
import { print } from './terminal.ts';

/** `firebreak init --hook`: has git call Firebreak before pushes, and after commits, rewrites, merges and checkouts, beside the hooks that are there. */
export async function initHook(remove: boolean): Promise<number> {
  const { place } = await repositoryAt(process.cwd());
  if (!remove) writeLauncher(place.commonDir, dist);
  for (const told of await setHooks(place, [...holdingParts, ...noteParts], !remove)) print(told);
  return 0;
}

/** `firebreak init --notes`: fetches with each fetch who wrote what, and pushes it with each push. */
export async function initNotes(remove: boolean): Promise<number> {
  const { place } = await repositoryAt(process.cwd());
  const { root } = place;
  if (!remove) writeLauncher(place.commonDir, dist);
  const remotes = (await gitText(root, ['remote'])).split('\n').filter((name) => name !== '');
  for (const remote of remotes) {
    const key = `remote.${remote}.fetch`;
    // A pattern, though it means one ref: a fetch fails where a ref that is named is not there.
    const rule = `+${notesRef}*:${trackingRef(remote)}*`;
    const isThere = (await gitFields(root, ['config', '-z', '--local', '--get-all', key], { answers: [1] })).includes(rule);
    if (remove && isThere) await git(root, ['config', '--local', '--fixed-value', '--unset-all', key, rule]);
    if (!remove && !isThere) await git(root, ['config', '--local', '--add', key, rule]);
    print(isThere === remove ? `${remove ? 'notes are no longer fetched' : 'notes are fetched'} from ${remote}${remove ? '' : ` (${key} ${rule})`}` : `${remote} is as it should be`);
  }
  if (remotes.length === 0 && !remove) print('there is no remote to fetch notes from; run this again when there is one: git remote add');
  for (const told of await setHooks(place, exchangeParts, !remove)) print(told);
  if (!remove) await takeFetched(place);
  return 0;
}
