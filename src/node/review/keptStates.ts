import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Covered } from '../../core/review/coverage.ts';
import { decisionKinds } from '../../core/review/decision.ts';
import type { RequestState } from '../../core/review/requestState.ts';
import { newId } from '../newId.ts';

/** Where a request was found to stand. */
export interface FoundState extends Covered, Pick<RequestState, 'hasLanded' | 'takenBack' | 'followUp'> {
  /** Digests of the decisions on it that have a good signature. */
  readonly good: readonly string[];
}

interface Kept extends FoundState {
  readonly version: 8;
  /** Digest of everything that it was found out from. */
  readonly from: string;
  /** Milliseconds since 1970; for good when absent. */
  readonly until?: number;
}

/**
 * What was found out once about requests, by what it was found out from: it costs merges and signatures. Only lists are shown from it; whoever decides, verifies or judges looks again. Shared by all
 * work trees, and safe to delete.
 */
export class KeptStates {
  private readonly folder: string;

  constructor(commonDir: string) {
    this.folder = path.join(commonDir, 'firebreak', 'states');
  }

  /** @param from digests of which one has to be what it was found out from. Undefined too when what is there cannot be read. */
  async get(id: string, from: readonly string[], now: number): Promise<FoundState | undefined> {
    const text = await readFile(this.fileOf(id), 'utf8').catch(() => undefined);
    const kept = text === undefined ? undefined : parse(text);
    return kept !== undefined && from.includes(kept.from) && now < (kept.until ?? Infinity) ? kept : undefined;
  }

  /** That it could not be kept costs time only. */
  async put(id: string, from: string, { coverage, because, by, good, hasLanded, takenBack, followUp }: FoundState, until: number): Promise<void> {
    const kept: Kept = { version: 8, from, ...(Number.isFinite(until) && { until }), coverage, because, by, good, hasLanded, takenBack, ...(followUp !== undefined && { followUp }) };
    const beside = path.join(this.folder, newId());
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFile(beside, JSON.stringify(kept));
      await rename(beside, this.fileOf(id));
    } catch {
      return;
    }
  }

  private fileOf(id: string): string {
    return path.join(this.folder, `${id}.json`);
  }
}

const kinds: readonly unknown[] = decisionKinds;
const coverages: readonly unknown[] = ['covered', 'pending', 'stale', 'rejected', 'unverifiable'];

function parse(text: string): Kept | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isKept(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== 8) return false;
  if (!('from' in value && 'coverage' in value && 'because' in value && 'by' in value && 'good' in value && 'hasLanded' in value && 'takenBack' in value)) return false;
  const isUntil = !('until' in value) || typeof value.until === 'number';
  const isFollowUp = !('followUp' in value) || (hasTexts(value.followUp, ['request', 'by', 'since', 'until']) && 'of' in value.followUp && 'uncounted' in value.followUp && isTexts(value.followUp.of) && isTexts(value.followUp.uncounted));
  const isTakenBack = Array.isArray(value.takenBack) && value.takenBack.every((each) => hasTexts(each, ['by', 'revocation', 'kind']) && kinds.includes(each.kind));
  return isUntil && isFollowUp && isTakenBack && typeof value.hasLanded === 'boolean' && typeof value.from === 'string' && coverages.includes(value.coverage) && [value.because, value.by, value.good].every(isTexts);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function hasTexts<K extends string>(value: unknown, keys: readonly K[]): value is Readonly<Record<K, string>> {
  if (typeof value !== 'object' || value === null) return false;
  const known = new Map<string, unknown>(Object.entries(value));
  return keys.every((key) => typeof known.get(key) === 'string');
}
