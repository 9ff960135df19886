import { auditOf, type AuditEntry } from '../core/report/audit.ts';
import { type AuditFault, type CheckedChain, placed } from '../core/report/auditChain.ts';
import { describe } from '../core/check/blastRadius.ts';
import { readSuppressed, usualAt } from '../node/review/auditFacts.ts';
import { readDecisions } from '../node/review/records.ts';
import type { ReviewStore } from '../node/review/store.ts';
import { readReviews, refOf } from '../node/requests.ts';
import { today } from '../node/today.ts';
import { lendAnalyzer, ruleIds } from './reviewStore.ts';
import { readVersion } from './version.ts';

interface Compared {
  readonly faults: readonly AuditFault[];
  readonly said: readonly string[];
}

/**
 * What was asked and decided, and what is suppressed, by the records and the code that are here. An entry that they do not bear out was put in; one that is missing was taken out, or came after all that the audit tells.
 * @param isKept the file is the one that was exported: nothing was taken out
 */
export async function auditRecords(chain: CheckedChain, store: ReviewStore, isKept: boolean): Promise<Compared> {
  const compared = [await compareRequests(chain, store, isKept), await compareDecisions(chain, store, isKept), await compareSuppressed(chain, store)];
  return { faults: compared.flatMap(({ faults }) => faults), said: compared.flatMap(({ said }) => said) };
}

const howToFetch = "where it was never fetched: git fetch origin 'refs/firebreak/*:refs/firebreak/*'";

async function compareRequests({ entries, latest }: CheckedChain, { root }: ReviewStore, isKept: boolean): Promise<Compared> {
  const { requests } = await readReviews({ root });
  const expected = entriesOf({ requests });
  const told = entries.filter(({ entry: { kind } }) => kind === 'requested' || kind === 'flagged');
  const unborne = unborneBy(expected, told);
  const known = new Set(requests.map(({ id }) => id));
  const faults = unborne.map(({ line, entry: { request } }) => ({ line, why: typeof request === 'string' && known.has(request) ? `request ${request} of ${root} says something else` : `no request ${String(request)} under refs/firebreak/requests/ of ${root} says so; ${howToFetch}` }));
  const missing = new Map(missingFrom(expected, told).flatMap((entry) => (entry.kind === 'requested' || entry.kind === 'flagged' ? [[entry.request, entry.at] as const] : [])));
  return withMissing(faults, [...missing].map(([id, at]) => ({ what: `request ${id}`, at, ref: refOf(id) })), { latest, root, isKept });
}

async function compareDecisions({ signed, latest }: CheckedChain, { root }: ReviewStore, isKept: boolean): Promise<Compared> {
  const { decisions } = await readDecisions(root);
  const stored = new Set(decisions.map(({ bytes, signature }) => JSON.stringify([bytes.toString('utf8'), signature])));
  const told = new Set(signed.map(({ entry: { record, signature } }) => JSON.stringify([record, signature])));
  const faults = signed.flatMap(({ line, entry: { record, signature, id } }) => (stored.has(JSON.stringify([record, signature])) ? [] : [{ line, why: `no decision ${id} under refs/firebreak/decisions/ of ${root} has these bytes; ${howToFetch}` }]));
  const missing = decisions.filter(({ bytes, signature }) => !told.has(JSON.stringify([bytes.toString('utf8'), signature])));
  return withMissing(faults, missing.map(({ ref, decision: { id, created, kind, reviewer } }) => ({ what: `decision ${id} (${kind} by ${reviewer})`, at: created, ref })), { latest, root, isKept });
}

/** What is suppressed is told by the code and the rules, so another Firebreak may tell of other things. */
async function compareSuppressed({ entries, head }: CheckedChain, store: ReviewStore): Promise<Compared> {
  if (head === undefined) return { faults: [], said: [] };
  const { targetRef, commit, version, usual: named } = head;
  const usual = named === undefined ? undefined : await usualAt(store, targetRef, named);
  if (named !== undefined && usual === undefined) return { faults: [{ line: 1, why: `it names ${named} as what the default branch was beside ${targetRef}, and by ${store.root} it never was; where that is missing, fetch it` }], said: [] };
  const { suppressed } = await readSuppressed(store, { targetRef, commit, usual, ruleIds, withAnalyzer: lendAnalyzer(store) });
  // A day that is over ends a suppression that counted when the audit was made.
  const isOver = ({ until }: Readonly<Record<string, unknown>>) => typeof until === 'string' && until < today();
  const told = entries.filter(({ entry }) => entry.kind === 'suppressed' && !isOver(entry));
  const expected = entriesOf({ suppressed, targetRef, commit });
  const faults: AuditFault[] = [
    ...unborneBy(expected, told).map(({ line }) => ({ line, why: `the code of ${commit} has no such suppression` })),
    ...missingFrom(expected, told).map((entry) => ({ why: `${'path' in entry ? `${entry.path ?? ''}:${entry.line ?? 1}` : ''} is suppressed in ${commit}, the tip of ${targetRef} then, and no line of the audit tells of it` })),
  ];
  return version === readVersion() ? { faults, said: [] } : { faults: [], said: faults.map((fault) => `${placed(fault)}${fault.why}; the audit is of Firebreak ${version}, which may have seen it otherwise`) };
}

type Told = CheckedChain['entries'];

function entriesOf(facts: Partial<Parameters<typeof auditOf>[0]>): readonly AuditEntry[] {
  return auditOf({ requests: [], decisions: [], refusals: [], bypasses: [], suppressed: [], targetRef: '', commit: '', unreadable: [], describe: ({ blastRadius }) => describe(blastRadius), ...facts });
}

/** Each entry bears out one. */
function unborneBy(expected: readonly AuditEntry[], told: Told): Told {
  const left = new Map<string, number>();
  for (const entry of expected) left.set(JSON.stringify(entry), (left.get(JSON.stringify(entry)) ?? 0) + 1);
  return told.filter(({ entry }) => {
    const count = left.get(JSON.stringify(entry)) ?? 0;
    left.set(JSON.stringify(entry), count - 1);
    return count <= 0;
  });
}

function missingFrom(expected: readonly AuditEntry[], told: Told): readonly AuditEntry[] {
  const there = new Set(told.map(({ entry }) => JSON.stringify(entry)));
  return expected.filter((entry) => !there.has(JSON.stringify(entry)));
}

/** Of records that came after an audit, so many are named. */
const mostNamed = 3;

/** @param latest milliseconds since 1970 */
function withMissing(faults: Compared['faults'], missing: readonly { readonly what: string; readonly at: string; readonly ref: string }[], { latest, root, isKept }: { readonly latest: number; readonly root: string; readonly isKept: boolean }): Compared {
  const isLater = ({ at }: { readonly at: string }) => Date.parse(at) > latest;
  const later = missing.filter(isLater);
  return {
    faults: [...faults, ...missing.filter((each) => !isLater(each)).map(({ what, at, ref }) => ({ why: `${what} of ${at} is in no line of the audit, and ${root} has it (${ref}): it was taken out of the audit, or came to this repository only after that was made` }))],
    said: later.length === 0 ? [] : [`${later.slice(0, mostNamed).map(({ what, at }) => `${what} of ${at}`).join(', ')}${later.length > mostNamed ? ` and ${later.length - mostNamed} more` : ''} ${later.length === 1 ? 'is' : 'are'} later than all that the audit tells${isKept ? '' : `; whether ${later.length === 1 ? 'it' : 'they'} came after it or ${later.length === 1 ? 'was' : 'were'} taken out, only the digest that was kept shows`}`],
  };
}
