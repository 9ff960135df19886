import { showInert } from '../core/review/inert.ts';
import { movedOnWords } from '../core/review/standingWords.ts';
import { resolveCommit } from '../node/objects.ts';
import { readResidual } from '../node/review/residual.ts';
import { requestNamed, ruleIds, storeHere } from './reviewStore.ts';
import { print } from './terminal.ts';
import { UsageError } from './usageError.ts';

/** `firebreak residual ID`: just the bytes of a commit that no approval of the request covers. @returns 1 when there are any */
export async function residual(named: string, { head }: { readonly head: string }): Promise<number> {
  const store = await storeHere();
  const { request } = await requestNamed(store, named);
  const commit = await resolveCommit(store.root, head);
  if (commit === undefined) throw new UsageError(`there is no commit ${JSON.stringify(head)} here; give --head one that is`);
  const { approved, because, differences, movedOn } = await readResidual(store, request, commit, ruleIds);
  for (const why of because) print(showInert(why));
  if (approved === undefined) print(`Request ${request.id} has no approval that counts here${differences === '' ? `, and ${head} changes nothing` : ', so this is all of the change'}.`);
  else if (differences === '') print(`Nothing: ${head} holds what ${showInert(approved.reviewer)} approved, byte by byte.`);
  if (approved !== undefined) for (const path of movedOn) print(`${showInert(movedOnWords(path))}: git diff ${approved.head} ${commit} -- ${showInert(path)}`);
  for (const line of differences.split('\n').slice(0, -1)) print(showInert(line));
  return differences === '' ? 0 : 1;
}
