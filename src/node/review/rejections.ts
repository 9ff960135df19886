import type { ReviewRequest } from '../../core/review/request.ts';
import { readStates, type StatesQuestion } from './states.ts';
import type { ReviewStore } from './store.ts';

/** Who rejected just what a request is about, on whatever request, and what ends that, in words: whoever asks or approves has to know. */
export async function readRejections(store: ReviewStore, { id }: ReviewRequest, question: Omit<StatesQuestion, 'only' | 'isAll'>): Promise<readonly string[]> {
  const [state] = (await readStates(store, { ...question, only: id })).states;
  return state?.coverage === 'rejected' ? state.because : [];
}
