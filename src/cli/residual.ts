import { showInert } from '../core/review/inert.ts';
import { movedOnWords } from '../core/review/standingWords.ts';
import { resolveCommit } from '../node/objects.ts';
import { judgeOnto } from '../node/review/judgeOnto.ts';
import { readResidual } from '../node/review/residual.ts';
import { lendAnalyzer, requestNamed, ruleIds, signersIn, storeHere } from './reviewStore.ts';
import { refresh } from './share.ts';
import { print } from './terminal.ts';
import { UsageError } from './usageError.ts';

export interface ResidualOptions {
  readonly head: string;
  readonly fetch: boolean;
  readonly bootstrapSigners?: string;
}

/** `firebreak residual ID`: just the bytes of a commit that no approval of the request covers, and why the gate would refuse it where there are none. @returns 1 when there are any, or it would */
export async function residual(named: string, { head, fetch, bootstrapSigners }: ResidualOptions): Promise<number> {
  const store = await storeHere();
  await refresh(store, fetch);
  const { request } = await requestNamed(store, named);
  const commit = await resolveCommit(store.root, head);
  if (commit === undefined) throw new UsageError(`there is no commit ${JSON.stringify(head)} here; give --head one that is`);
  const rulesQuestion = { ruleIds, bootstrapSigners: await signersIn(bootstrapSigners) };
  const { approved, because, differences, movedOn, landed } = await readResidual(store, request, commit, rulesQuestion);
  const target = showInert(request.targetRef);
  for (const why of because) print(showInert(why));
  if (landed !== undefined && 'as' in landed) print(`Nothing: what ${showInert(approved?.reviewer ?? '')} approved came onto ${target} byte by byte, as ${landed.as}.`);
  if (landed !== undefined && 'onto' in landed && differences !== '') print(`${head} is in ${target} already, and is compared with ${approved === undefined ? '' : `what ${showInert(approved.reviewer)} approved on top of `}${landed.onto}, which ${target} was before a file of the change was touched there: what others landed since is shown too, and firebreak audit tells what came past the gate.`);
  if (approved === undefined) print(`Request ${request.id} has no approval that counts here${differences === '' ? `, and ${head} changes nothing` : ', so this is all of the change'}.`);
  if (approved !== undefined) for (const path of movedOn) print(`${showInert(movedOnWords(path))}: git diff ${approved.head} ${commit} -- ${showInert(path)}`);
  for (const line of differences.split('\n').slice(0, -1)) print(showInert(line));
  if (approved === undefined || (landed !== undefined && ('as' in landed || differences !== ''))) return differences === '' ? 0 : 1;
  // Bytes are not all that the gate looks at: by what landed meanwhile the same ones may mean something else.
  const verdict = await judgeOnto(store, { targetRef: request.targetRef, commit, ...rulesQuestion, now: new Date(), withAnalyzer: lendAnalyzer(store) });
  const holds = `${head} holds what ${showInert(approved.reviewer)} approved, byte by byte`;
  if (verdict === 'conflict') print(`It no longer merges into ${showInert(request.targetRef)}; rebase it, and look again.`);
  else if (verdict.passed) print(differences === '' ? `Nothing: ${holds}.` : 'The gate would let it pass all the same: nothing of this needs an approval.');
  else {
    print(differences === '' ? `Nothing differs: ${holds}. The gate would refuse it all the same:` : 'The gate would refuse it:');
    for (const { what, coverage, because } of verdict.blocked) print(showInert(`${what}${coverage === undefined ? '' : ` (${coverage})`}: ${because.join('; ')}`));
  }
  return differences === '' && verdict !== 'conflict' && verdict.passed ? 0 : 1;
}
