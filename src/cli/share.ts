import { wordUnfetched } from '../core/review/declined.ts';
import { showInert } from '../core/review/inert.ts';
import { howToSend } from '../core/review/standingWords.ts';
import type { ReviewStore } from '../node/review/store.ts';
import { fetchReviews, pushRefs, unsentOf } from '../node/review/targetTip.ts';
import { print, warn } from './terminal.ts';

/** Sends refs of reviews to the remote. That it failed is told with what to do: they are here, and nothing is lost. @returns false when nobody else can see them although that was wanted */
export async function share(store: ReviewStore, refs: readonly string[], isWanted: boolean): Promise<boolean> {
  const answer = isWanted ? await pushRefs(store, refs) : 'no remote';
  const unsent = await unsentOf(store);
  const command = showInert(unsent === undefined ? `git push REMOTE ${refs.join(' ')}` : howToSend(unsent));
  if (answer === undefined) print('It was sent to the remote.');
  else if (answer === 'no remote') print(`It is in this repository only. To share it: ${command}`);
  else warn(`it is in this repository only, because ${showInert(answer.remote)} did not take it (${showInert(answer.why)}); when that is put right: ${command}`);
  return answer === undefined || answer === 'no remote';
}

/** Fetches what others asked and decided, and the branches that this is judged by; without a network what is here is shown, and that is said. @returns false when it could not be fetched */
export async function refresh(store: ReviewStore, isWanted: boolean): Promise<boolean> {
  const answer = isWanted ? await fetchReviews(store, { withBranches: true }) : undefined;
  if (answer === undefined || answer === 'no remote') return true;
  warn(`${showInert(wordUnfetched(answer))}, so this is what was known before; try again, or give --no-fetch`);
  return false;
}
