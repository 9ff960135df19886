import type { Decision } from '../../core/review/decision.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { heldWords, rejectionWords } from '../../core/review/standingWords.ts';
import { readStates, type StatesQuestion } from './states.ts';
import type { ReviewStore } from './store.ts';

/** That somebody rejected just what a request is about, on whatever request, what that holds and what ends it, in words: whoever asks or approves has to know. @param replaced decisions that a new one takes the place of */
export async function readRejections(store: ReviewStore, { id }: ReviewRequest, question: Omit<StatesQuestion, 'only' | 'isAll'>, who: 'you' | 'others', replaced: readonly Decision[] = []): Promise<readonly string[]> {
  const [state] = (await readStates(store, { ...question, only: id })).states;
  const over = new Set(replaced.map(rejectionWords));
  return state?.coverage === 'rejected' ? heldWords(state.because.filter((line) => !over.has(line)), state, who) : [];
}
