import { type Chains, chainsOf } from './chains.ts';
import { letsPass } from './decision.ts';
import type { DecisionRecord, UnreadableRecord } from './facts.ts';
import { isUlid, timeOf } from './ulid.ts';

/** What of the records counts now. */
export interface Standing {
  /** Those that no later decision of the same reviewer on the same request took the place of. */
  readonly records: readonly DecisionRecord[];
  /** Rejections that a touched key signed, and that only what was signed without a touch took the place of: where the policy asks for one, anything on the machine of their reviewer could have done that. */
  readonly endedUntouched: readonly DecisionRecord[];
  /** Why decisions of a reviewer cannot be relied on: what is missing or unreadable, and what their own key signed that counts no more, may take them back. By the folder of the principal, or that and a request. */
  readonly doubts: ReadonlyMap<string, readonly Doubt[]>;
}

export interface Doubt {
  readonly ref: string;
  readonly why: string;
  /** Whether a decision nevertheless came after it, and holds. */
  readonly clears: (record: DecisionRecord) => boolean;
}

/**
 * Each reviewer's decisions form a chain, by the digest that each gives of the one before. What is later is told by the chain and not by the clock. Where it
 * forks, as when somebody signs in two clones, nothing of one branch replaces anything of another, so that a rejection in one of them stands; but what lets something
 * pass is ended by a later taking back in whichever branch: there the clock tells what the chain does not.
 */
export function standingOf(records: readonly DecisionRecord[], unreadable: readonly UnreadableRecord[], folderOf: (principal: string) => string): Standing {
  const chains = chainsOf(records);
  const replaced = new Set<DecisionRecord>();
  const endedUntouched: DecisionRecord[] = [];
  for (const some of groupsOf(records, ({ decision }) => `${decision.request.id} ${decision.reviewer}`).values()) {
    // A signature that is not good replaces nothing: anybody could have written it.
    const good = some.filter(({ signature }) => signature.isGood);
    const revocations = good.filter(({ decision }) => decision.kind === 'revoke').sort((one, other) => timeOf(other.decision.id) - timeOf(one.decision.id));
    const isFollowed = chains.followersAmong(good);
    const isFollowedByTouch = chains.followersAmong(good.filter(isTouchedOrRejects));
    endedUntouched.push(...good.filter((record) => record.decision.kind === 'reject' && isTouched(record) && isFollowed(record) && !isFollowedByTouch(record)));
    const last = Math.max(...good.map(({ decision }) => timeOf(decision.id)));
    const isTakenBack = chains.followersAmong(good.filter(({ decision }) => endsEmergency(decision)));
    for (const record of some) if ((record.decision.kind === 'emergency' ? isTakenBack : isFollowed)(record) || isEnded(record, revocations, chains) || (isByOldKey(record) && record.decision.kind === 'reject' && timeOf(record.decision.id) < last)) replaced.add(record);
  }
  const doubts = new Map<string, Doubt[]>();
  const doubt = (key: string, each: Doubt) => {
    const known = doubts.get(key);
    if (known === undefined) doubts.set(key, [each]);
    else known.push(each);
  };
  for (const each of unreadable) doubt(each.folder, { ref: each.ref, why: `it cannot be read: ${each.why}`, clears: ({ decision }) => isBeforeDecision(each, decision) });
  for (const record of records) {
    const { decision, ref, signature } = record;
    const folder = folderOf(decision.reviewer);
    const isLater = (each: DecisionRecord) => each === record || chains.isBefore(record, each);
    // Whoever decided on the same again with a key that counts goes by another key by now.
    const isSince = (each: DecisionRecord) => each.signature.isGood && isOfSame(each, record) && timeOf(each.decision.id) > timeOf(decision.id);
    // What no key of theirs ever signed is not theirs: anybody can write that.
    if (!signature.isGood && isByOldKey(record) && !replaced.has(record) && decision.kind !== 'approve') doubt(`${folder} ${decision.request.id}`, { ref, why: `its signature does not count: ${signature.why}`, clears: (each) => isLater(each) || isSince(each) });
    if (signature.isGood && !record.isPreviousKnown) doubt(folder, { ref, why: `the decision that it names as the one before, ${decision.previous?.id ?? ''}, is missing`, clears: (each) => isLater(each) || timeOf(each.decision.id) > timeOf(decision.id) });
  }
  return { records: records.filter((record) => !replaced.has(record)), endedUntouched, doubts };
}

function isTouched({ signature }: DecisionRecord): boolean {
  return signature.isGood && signature.isTouched;
}

/** What holds as much as what it follows, or may take its place. */
export function isTouchedOrRejects(record: DecisionRecord): boolean {
  return isTouched(record) || record.decision.kind === 'reject';
}

/** Whether its reviewer's own key made it, which counts no more: whoever decided again since with one that does goes by that, and may not have known it as theirs. */
function isByOldKey({ signature }: DecisionRecord): boolean {
  return !signature.isGood && signature.isOwn === true;
}

/** Whether a decision came after a record that cannot be read. Told by their names: nothing else of such a record can be relied on. */
export function isBeforeDecision(record: Pick<UnreadableRecord, 'ref'>, { id }: Pick<DecisionRecord['decision'], 'id'>): boolean {
  const own = idOfRecord(record);
  return own !== undefined && own < id;
}

/** By where it lies; undefined where no record does. */
export function idOfRecord({ ref }: Pick<UnreadableRecord, 'ref'>): string | undefined {
  const id = ref.slice(ref.lastIndexOf('/') + 1);
  return isUlid(id) ? id : undefined;
}

/** Why a record cannot be relied on although it is good itself. */
export function doubtOf(record: DecisionRecord, { doubts }: Pick<Standing, 'doubts'>, folderOf: (principal: string) => string): Doubt | undefined {
  const folder = folderOf(record.decision.reviewer);
  return [folder, `${folder} ${record.decision.request.id}`].flatMap((key) => doubts.get(key)?.find(({ clears }) => !clears(record)) ?? [])[0];
}

/** Records that more than one other names as the one before, and more than one that names none: somebody signed in two places. */
export function forksOf(records: readonly DecisionRecord[], folderOf: (principal: string) => string): readonly (readonly DecisionRecord[])[] {
  return [...groupsOf(records, ({ decision }) => `${folderOf(decision.reviewer)} ${decision.previous?.sha256 ?? ''}`).values()].filter((each) => each.length > 1);
}

/** Only taking it back ends an emergency: it asks for an approval of others, and one's own would be none. */
function endsEmergency({ kind }: DecisionRecord['decision']): boolean {
  return kind === 'revoke' || kind === 'emergency';
}

/** Whether a taking back ends what it need not know of. @param revocations of the same reviewer and request, the latest first */
function isEnded(record: DecisionRecord, revocations: readonly DecisionRecord[], { isBefore }: Chains): boolean {
  if (!letsPass(record.decision)) return false;
  const made = timeOf(record.decision.id);
  for (const revocation of revocations) {
    if (timeOf(revocation.decision.id) < made) return false;
    if (!isBefore(revocation, record)) return true;
  }
  return false;
}

function groupsOf(records: readonly DecisionRecord[], keyOf: (record: DecisionRecord) => string): ReadonlyMap<string, readonly DecisionRecord[]> {
  const groups = new Map<string, DecisionRecord[]>();
  for (const record of records) {
    const key = keyOf(record);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [record]);
    else known.push(record);
  }
  return groups;
}

function isOfSame({ decision: one }: DecisionRecord, { decision: other }: DecisionRecord): boolean {
  return one.reviewer === other.reviewer && one.request.id === other.request.id;
}

/** The one of a reviewer's decisions that their next one on a request names as the one before: the last one, but first the end of a branch in which one on this request stands. */
export function previousFor(requestId: string, own: readonly DecisionRecord[]): DecisionRecord | undefined {
  const { isBefore } = chainsOf(own);
  const named = new Set(own.map(({ decision }) => decision.previous?.sha256));
  const ends = own.filter(({ sha256 }) => !named.has(sha256));
  const standing = standingOn(requestId, own);
  return ends.findLast((end) => standing.some((each) => each === end || isBefore(each, end))) ?? ends.at(-1);
}

/** What a taking back took back: the decisions of its reviewer on its request that stood without it. */
export function endedBy(revocation: DecisionRecord, records: readonly DecisionRecord[]): readonly DecisionRecord[] {
  const own = records.filter((each) => each.decision.id !== revocation.decision.id && isOfSame(each, revocation) && each.signature.isGood);
  const { isBefore } = chainsOf([...own, revocation]);
  const earlier = own.filter((each) => !isBefore(revocation, each));
  const { id } = revocation.decision.request;
  const left = standingOn(id, [...earlier, revocation]);
  return standingOn(id, earlier).filter((each) => !left.includes(each));
}

/** Of well signed decisions those on a request that nothing took the place of. */
export function standingOn(requestId: string, records: readonly DecisionRecord[]): readonly DecisionRecord[] {
  return standingOf(records, [], (principal) => principal).records.filter(({ decision }) => decision.request.id === requestId && decision.kind !== 'revoke');
}
