import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Refused } from '../../core/review/verdict.ts';
import type { ReviewStore } from './store.ts';

/** A push that the gate refused, as it is kept where the gate ran. */
export interface Refusal {
  readonly version: 1;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly gate: 'pre-push' | 'pre-receive' | 'command';
  readonly targetRef: string;
  readonly from?: string;
  readonly to?: string;
  readonly pusher?: string;
  readonly blocked: readonly { readonly what: string; readonly fingerprint?: string; readonly because: readonly string[] }[];
  readonly nextStep: string;
}

function fileOf({ commonDir }: Pick<ReviewStore, 'commonDir'>): string {
  return path.join(commonDir, 'firebreak', 'refusals.jsonl');
}

/** One line in one write, so that gates that run at the same time lose nothing of one another. */
export function keepRefusal(store: Pick<ReviewStore, 'commonDir'>, { blocked, nextStep }: Refused, about: Omit<Refusal, 'version' | 'blocked' | 'nextStep'>): void {
  const refusal: Refusal = { version: 1, ...about, blocked: blocked.map(({ what, concern, because }) => ({ what, ...(concern !== undefined && { fingerprint: concern.fingerprint }), because })), nextStep };
  mkdirSync(path.dirname(fileOf(store)), { recursive: true });
  appendFileSync(fileOf(store), `${JSON.stringify(refusal)}\n`);
}

/** The lines as they are kept; whoever reads them says which they do not understand. */
export function readRefusalLines(store: Pick<ReviewStore, 'commonDir'>): string[] {
  try {
    return readFileSync(fileOf(store), 'utf8').split('\n').filter((line) => line !== '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
