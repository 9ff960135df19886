import { showInert } from '../core/review/inert.ts';
import type { ReviewRequest } from '../core/review/request.ts';
import { readCosts } from '../node/review/lockOut.ts';
import { ruleIds } from './reviewStore.ts';
import { warn } from './terminal.ts';

/** Whoever asks, looks or signs has to know what a change of the rules would cost: the change itself may show it by one letter. */
export async function tellCosts(root: string, { base, head, targetRef }: Pick<ReviewRequest, 'base' | 'head' | 'targetRef'>): Promise<void> {
  for (const cost of await readCosts(root, { from: base, to: head }, { targetRef, ruleIds, now: new Date() })) warn(showInert(cost));
}
