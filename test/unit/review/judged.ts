import { noPolicy, type Policy } from '../../../src/core/policy/policy.ts';
import type { Concern } from '../../../src/core/review/concern.ts';
import type { Decision } from '../../../src/core/review/decision.ts';
import type { DecisionRecord, GateFacts } from '../../../src/core/review/facts.ts';
import { judge } from '../../../src/core/review/gate.ts';
import { ulid } from '../../../src/core/review/ulid.ts';

export const hourMs = 3_600_000;
export const now = Date.parse('2026-11-29T12:00:00.000Z');
export const root = '1'.repeat(40);
export const policy: Policy = {
  ...noPolicy,
  targets: ['refs/heads/main', 'refs/heads/release/*'],
  seniors: ['alice@corp', 'carol@corp'],
  people: { 'alice@corp': { emails: ['Alice@Home.example'], github: 'Alice-GH' } },
  severities: { critical: { approvals: 2 }, high: { approvals: 1 }, medium: 'warn', low: 'warn' },
  emergency: { people: ['carol@corp'], followUpWithinMs: 24 * hourMs },
};
export const concern: Concern = {
  kind: 'finding', fingerprint: 'f'.repeat(64), rule: 'recursive-delete', title: 'Recursive delete', path: 'src/a.ts', line: 3, severity: 'high', confidence: 'high', matched: 'x',
  blastRadius: { scope: 'collection', undo: 'none', description: 'deletes' }, evidence: ['Makefile'], effect: 'deletes', authorship: 'unknown',
}; // prettier-ignore
export const entry = { oldMode: '100644', oldBlob: 'c'.repeat(40), mode: '100644', blob: 'd'.repeat(40), sha256: 'd'.repeat(64) };
export const make = { ...entry, path: 'Makefile' };
export const requestId = ulid(now - 5 * hourMs, new Uint8Array(10));

/** Of the decisions that were made, so that each has a time and an id of its own. */
let count = 0;

/** A decision of two hours ago; the time in its id follows. */
export function decision(over: Partial<Decision> = {}): Decision {
  const created = over.created ?? new Date(now - 2 * hourMs + count++ * 1000).toISOString();
  return {
    id: ulid(Date.parse(created), new Uint8Array(10).fill(count)), kind: 'approve', repository: { root }, targetRef: 'refs/heads/main', request: { id: requestId, sha256: 'a'.repeat(64), requester: { name: 'Robin', email: 'robin@corp' } },
    base: 'b'.repeat(40), head: 'e'.repeat(40), tree: 't'.repeat(40), manifest: [make, { ...entry, path: 'src/a.ts' }], findings: [{ fingerprint: concern.fingerprint, rule: concern.rule, severity: 'high', path: concern.path, blastRadius: { scope: 'collection', undo: 'none', effect: 'deletes' }, evidence: ['Makefile'] }],
    analyzer: { version: '1', rules: 'a'.repeat(64) }, reviewer: 'alice@corp', reason: 'fine', created, expires: new Date(Date.parse(created) + 14 * 24 * hourMs).toISOString(), nonce: '0'.repeat(32), ...over,
  }; // prettier-ignore
}

export function record(over: Partial<Decision> = {}, facts: Partial<DecisionRecord> = {}): DecisionRecord {
  const made = decision(over);
  return { ref: `refs/firebreak/decisions/${made.reviewer}/${made.id}`, decision: made, sha256: made.id.padEnd(64, '0'), signature: { isGood: true, isTouched: false, keyFingerprint: `SHA256:${made.reviewer}` }, isPreviousKnown: true, ...facts };
}

/** A later decision of the same reviewer that knows of the one before. */
export function after(before: DecisionRecord, over: Partial<Decision> = {}, facts: Partial<DecisionRecord> = {}): DecisionRecord {
  return record({ reviewer: before.decision.reviewer, previous: { id: before.decision.id, sha256: before.sha256 }, ...over }, facts);
}

/** What the tree that is judged holds. */
export function filesOf(own: Partial<typeof entry> = {}, evidence: Partial<typeof entry> = {}): GateFacts['files'] {
  return new Map([['src/a.ts', { ...entry, ...own }], ['Makefile', { ...entry, ...evidence }]]);
}

export function facts(records: readonly DecisionRecord[], over: Partial<GateFacts> = {}): GateFacts {
  return {
    targetRef: 'refs/heads/main', movement: 'advance', policy: { kind: 'at', commit: 'p'.repeat(40), policy }, pusher: 'robin@corp', costs: [], participants: [{ name: 'robin@corp', role: 'author' }], canSign: () => true, repository: { roots: [root], urls: [] }, now, tree: 't'.repeat(40), concerns: [concern],
    files: filesOf(), records, unreadable: [], forgeApprovals: [], contentOf: () => ({ isBaseInTarget: true, replay: 'differs', isInTarget: false }), landedBeside: () => undefined, policyOf: () => policy, participantsOf: () => [], folderOf: (principal) => principal, requestOf: () => undefined, firstAskedOf: () => undefined, ...over,
  }; // prettier-ignore
}

/** An emergency of carol's whose time is over, and what was decided on its request. */
export function overdue(follow: readonly ((request: Decision['request']) => DecisionRecord)[], over: Partial<GateFacts> = {}, own: Partial<Decision> = {}): GateFacts {
  const request = { id: ulid(now - 31 * hourMs, new Uint8Array(10)), sha256: 'a'.repeat(64), requester: { name: 'Robin', email: 'robin@corp' } };
  return facts([record({ reviewer: 'carol@corp', kind: 'emergency', created: new Date(now - 30 * hourMs).toISOString(), request, ...own }), ...follow.map((make) => make(request))], { concerns: [], ...over });
}

export const withPolicy = (over: Partial<Policy>): Partial<GateFacts> => ({ policy: { kind: 'at', commit: 'p'.repeat(40), policy: { ...policy, ...over } } });

export function told(given: GateFacts): string {
  const verdict = judge(given);
  return verdict.passed ? `passed ${[...verdict.notes, ...verdict.warned.map(({ path, severity }) => `warns of ${severity} ${path}`), verdict.unjudged ?? ''].join('; ')}`.replace(/[; ]+$/, '') : `${verdict.blocked.map(({ coverage, because }) => `${coverage ?? 'push'}: ${because.join('; ')}`).join(' | ')} > ${verdict.nextStep}`;
}
