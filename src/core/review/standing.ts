import { letsPass } from './decision.ts';
import type { DecisionRecord, UnreadableRecord } from './facts.ts';
import { timeOf } from './ulid.ts';

/** What of the records counts now. */
export interface Standing {
  /** Those that no later decision of the same reviewer on the same request took the place of. */
  readonly records: readonly DecisionRecord[];
  /** By the folder of the principal why decisions of a reviewer cannot be relied on: what is missing, unreadable or badly signed may take them back. */
  readonly doubts: ReadonlyMap<string, readonly Doubt[]>;
}

export interface Doubt {
  readonly ref: string;
  readonly why: string;
  /** The only request that it is about; of what cannot be read nobody knows. */
  readonly requestId?: string;
  /** Digests of the decisions that nevertheless came after it, and hold. */
  readonly clears: ReadonlySet<string>;
}

/**
 * Each reviewer's decisions form a chain, by the digest that each gives of the one before. What is later is told by the chain and not by the clock. Where it
 * forks, as when somebody signs in two clones, nothing of one branch replaces anything of another, so that a rejection in one of them stands; but what lets something
 * pass is ended by a later taking back in whichever branch: there the clock tells what the chain does not.
 */
export function standingOf(records: readonly DecisionRecord[], unreadable: readonly UnreadableRecord[], folderOf: (principal: string) => string): Standing {
  const byDigest = new Map(records.map((record) => [record.sha256, record]));
  const replaced = new Set<DecisionRecord>();
  for (const record of records) {
    // A signature that is not good replaces nothing: anybody could have written it.
    if (!record.signature.isGood) continue;
    for (const before of earlierThan(record, byDigest)) if (isReplacedBy(before, record)) replaced.add(before);
    if (record.decision.kind !== 'revoke') continue;
    for (const other of records) if (isEndedBy(other, record) && !earlierThan(other, byDigest).has(record)) replaced.add(other);
  }
  const doubts = new Map<string, Doubt[]>();
  const doubt = (folder: string, each: Doubt) => doubts.set(folder, [...(doubts.get(folder) ?? []), each]);
  for (const { ref, folder, why } of unreadable) doubt(folder, { ref, why: `it cannot be read: ${why}`, clears: new Set() });
  for (const record of records) {
    const { decision, ref, signature } = record;
    const laterOnes = () => new Set(records.filter((each) => each === record || earlierThan(each, byDigest).has(record)).map(({ sha256 }) => sha256));
    // Whoever decided on the same again with a key that counts knows nothing of what somebody else put there, or goes by another key by now.
    const decidedSince = () => records.filter((each) => each.signature.isGood && isOfSame(each, record) && timeOf(each.decision.id) > timeOf(decision.id)).map(({ sha256 }) => sha256);
    const folder = folderOf(decision.reviewer);
    if (!signature.isGood && !replaced.has(record) && decision.kind !== 'approve') doubt(folder, { ref, why: `its signature does not count: ${signature.why}`, requestId: decision.request.id, clears: new Set([...laterOnes(), ...decidedSince()]) });
    if (signature.isGood && !record.isPreviousKnown) doubt(folder, { ref, why: `the decision that it names as the one before, ${decision.previous?.id ?? ''}, is missing`, clears: laterOnes() });
  }
  return { records: records.filter((record) => !replaced.has(record)), doubts };
}

/** Why a record cannot be relied on although it is good itself. */
export function doubtOf({ sha256, decision }: DecisionRecord, { doubts }: Pick<Standing, 'doubts'>, folderOf: (principal: string) => string): Doubt | undefined {
  return doubts.get(folderOf(decision.reviewer))?.find(({ clears, requestId = decision.request.id }) => !clears.has(sha256) && requestId === decision.request.id);
}

/** Records that more than one other names as the one before, and more than one that names none: somebody signed in two places. */
export function forksOf(records: readonly DecisionRecord[], folderOf: (principal: string) => string): readonly (readonly DecisionRecord[])[] {
  const byPrevious = new Map<string, DecisionRecord[]>();
  for (const record of records) {
    const key = `${folderOf(record.decision.reviewer)} ${record.decision.previous?.sha256 ?? ''}`;
    byPrevious.set(key, [...(byPrevious.get(key) ?? []), record]);
  }
  return [...byPrevious.values()].filter((each) => each.length > 1);
}

/** Only taking it back ends an emergency: it asks for an approval of others, and one's own would be none. */
function isReplacedBy({ decision: before }: DecisionRecord, { decision: later }: DecisionRecord): boolean {
  return before.request.id === later.request.id && (before.kind !== 'emergency' || later.kind === 'revoke' || later.kind === 'emergency');
}

/** Whether a taking back ends what it need not know of. */
function isEndedBy(record: DecisionRecord, revocation: DecisionRecord): boolean {
  return letsPass(record.decision) && isOfSame(record, revocation) && timeOf(record.decision.id) <= timeOf(revocation.decision.id);
}

function isOfSame({ decision: one }: DecisionRecord, { decision: other }: DecisionRecord): boolean {
  return one.reviewer === other.reviewer && one.request.id === other.request.id;
}

/** The one of a reviewer's decisions that their next one on a request names as the one before: the last one, but first the end of a branch in which one on this request stands. */
export function previousFor(requestId: string, own: readonly DecisionRecord[]): DecisionRecord | undefined {
  const byDigest = new Map(own.map((record) => [record.sha256, record]));
  const named = new Set(own.map(({ decision }) => decision.previous?.sha256));
  const ends = own.filter(({ sha256 }) => !named.has(sha256));
  const standing = new Set(standingOn(requestId, own));
  return ends.findLast((end) => [end, ...earlierThan(end, byDigest)].some((each) => standing.has(each))) ?? ends.at(-1);
}

/** Of well signed decisions those on a request that nothing took the place of. */
export function standingOn(requestId: string, records: readonly DecisionRecord[]): readonly DecisionRecord[] {
  return standingOf(records, [], (principal) => principal).records.filter(({ decision }) => decision.request.id === requestId && decision.kind !== 'revoke');
}

function earlierThan(record: DecisionRecord, byDigest: ReadonlyMap<string, DecisionRecord>): ReadonlySet<DecisionRecord> {
  const earlier = new Set<DecisionRecord>();
  for (let at = before(record, byDigest); at !== undefined && !earlier.has(at); at = before(at, byDigest)) earlier.add(at);
  return earlier;
}

function before({ decision: { previous, reviewer } }: DecisionRecord, byDigest: ReadonlyMap<string, DecisionRecord>): DecisionRecord | undefined {
  const found = previous === undefined ? undefined : byDigest.get(previous.sha256);
  return found?.decision.reviewer === reviewer ? found : undefined;
}
