import type { Decision } from '../../core/review/decision.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { rejectionWords } from '../../core/review/standingWords.ts';
import { readStates, type StatesQuestion } from './states.ts';
import type { ReviewStore } from './store.ts';

/** Who rejected just what a request is about, on whatever request, and what ends that, in words: whoever asks or approves has to know. @param replaced decisions that a new one takes the place of */
export async function readRejections(store: ReviewStore, { id }: ReviewRequest, question: Omit<StatesQuestion, 'only' | 'isAll'>, replaced: readonly Decision[] = []): Promise<readonly string[]> {
  const [state] = (await readStates(store, { ...question, only: id })).states;
  const over = new Set(replaced.map(rejectionWords));
  return state?.coverage === 'rejected' ? state.because.filter((line) => !over.has(line)) : [];
}
