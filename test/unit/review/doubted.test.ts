import assert from 'node:assert/strict';
import type { DecisionRecord, GateFacts } from '../../../src/core/review/facts.ts';
import { ulid } from '../../../src/core/review/ulid.ts';
import { after, entry, facts, hourMs, make, now, overdue, policy, record, requestId, told, withPolicy } from './judged.ts';

const alices = record();
const rejected = record({ reviewer: 'carol@corp', kind: 'reject' });
const oldKey = { signature: { isGood: false, why: 'its key was revoked', isOwn: true } } as const;
const forged = { signature: { isGood: false, why: 'its key is not in allowed_signers' } } as const;
const isMissing = { isPreviousKnown: false } as const;
const elsewhere = { findings: [], request: { ...alices.decision.request, id: ulid(now - 6 * hourMs, new Uint8Array(10)) } } as const;
const asked: Partial<GateFacts> = { requestOf: () => ({ id: requestId, reviewers: [], includes: [], isOnThis: true }), firstAskedOf: () => requestId };
const touching = withPolicy({ keys: { ...policy.keys, requireTouch: 'high' } });
const touched = { signature: { isGood: true, isTouched: true, keyFingerprint: 'SHA256:x' } } as const;
const touchedRejection = record({ reviewer: 'carol@corp', kind: 'reject' }, touched);
const isHeld = /^unverifiable: carol@corp rejected it in request \w+, and that holds until the code is another or they take it back, though it is in doubt: /;

/** What somebody decided on something else after a decision that is nowhere, made so many hours ago. */
function gap({ reviewer = 'carol@corp', at = 1 } = {}, over: Partial<DecisionRecord> = {}): DecisionRecord {
  return record({ reviewer, ...elsewhere, previous: { id: ulid(now - at * hourMs, new Uint8Array(10)), sha256: '5'.repeat(64) }, created: new Date(now - (at - 0.5) * hourMs).toISOString() }, { ...isMissing, ...over });
}

describe('the gate, of what is in doubt', () => {
  const cases: readonly (readonly [string, GateFacts, RegExp])[] = [
    // A rejection that can be read.
    ['holds a rejection that a missing decision may have taken back, names both, and says who can end it', facts([alices, rejected, gap()], asked), new RegExp(`${isHeld.source}refs/firebreak/decisions/carol@corp/\\w+ may take it back, and the decision that it names as the one before, \\w+, is missing; .* > Have carol@corp say whether they still reject request ${requestId} \\(firebreak revoke ${requestId} --as carol@corp --reason "…" takes it back\\), because ${rejected.ref}, their rejection, is in doubt \\(.* is missing\\); or change the code and ask again: firebreak request --all --target refs/heads/main --reason "…"\\.$`)],
    ['holds one that a record which cannot be read may have taken back', facts([alices, rejected], { unreadable: [{ ref: 'refs/x', folder: 'carol@corp', why: 'it is not JSON' }] }), isHeld],
    ['holds one that somebody took back with a key that was revoked', facts([alices, rejected, after(rejected, { kind: 'revoke' }, oldKey)]), isHeld],
    ['holds one by a key that counts no more', facts([alices, record({ reviewer: 'carol@corp', kind: 'reject' }, oldKey)]), /^unverifiable: carol@corp rejected it .*though it is in doubt: its signature does not count: its key was revoked/],
    ['holds it against a pass in an emergency', facts([rejected, gap(), record({ reviewer: 'dave@corp', kind: 'emergency' })], withPolicy({ emergency: { ...policy.emergency, people: ['dave@corp'] } })), isHeld],
    ['holds it against the word of a forge', facts([rejected, gap()], { forgeApprovals: [{ principal: 'alice@corp', at: '2026-11-29T11:00:00Z' }] }), isHeld],
    ['is content where its reviewer takes it back after that', facts([alices, rejected, gap(), after(rejected, { kind: 'revoke', created: new Date(now - hourMs / 10).toISOString() })]), /^passed$/],
    ['doubts no rejection by what went missing before it', facts([alices, rejected, gap({ at: 5.5 })]), /^rejected: carol@corp rejected it/],
    ['is content with a later decision by a key that counts', facts([alices, record({ reviewer: 'carol@corp', kind: 'reject' }, oldKey), record({ reviewer: 'carol@corp', kind: 'revoke' })]), /^passed$/],
    ['counts the later approval after a gap that is older', facts([gap({ at: 4 }), record({ reviewer: 'carol@corp' })]), /^passed$/],
    ['holds no rejection by a key that was never theirs', facts([alices, record({ reviewer: 'carol@corp', kind: 'reject' }, forged)]), /^passed$/],
    ['nor one of who is no senior', facts([alices, record({ reviewer: 'x@corp', kind: 'reject' }, oldKey)]), /^passed$/],
    ['nor one of other content', facts([alices, record({ reviewer: 'carol@corp', kind: 'reject', tree: 'v'.repeat(40), manifest: [make, { ...entry, path: 'src/a.ts', blob: '9'.repeat(40) }] }, oldKey)]), /^passed$/],
    ['nor one for another branch', facts([alices, record({ reviewer: 'carol@corp', kind: 'reject', targetRef: 'refs/heads/release/1' }, oldKey)]), /^passed$/],
    // What an approval needs, and a rejection does not.
    ['holds a rejection that no key was touched for', facts([record({}, touched), rejected], touching), /^rejected: carol@corp rejected it/],
    ['holds a rejection by a touched key that was taken back without a touch, and says so', facts([record({}, touched), touchedRejection, after(touchedRejection, { kind: 'revoke' })], touching), /^rejected: carol@corp rejected it .*; what they decided since was signed without a touch, which the policy asks for > /],
    ['and one in whose place an approval without a touch came', facts([record({}, touched), touchedRejection, after(touchedRejection)], touching), /^rejected: carol@corp rejected it .*without a touch/],
    ['is content with a taking back with a touch, whatever stands between', (() => { const between = after(touchedRejection, elsewhere); return facts([record({}, touched), touchedRejection, between, after(between, { kind: 'revoke' }, touched)], touching); })(), /^passed$/],
    ['is content without one where the policy asks for none, or the rejection had none', facts([alices, touchedRejection, after(touchedRejection, { kind: 'revoke' })]), /^passed$/],
    ['is content without one where the rejection had none', facts([record({}, touched), rejected, after(rejected, { kind: 'revoke' })], touching), /^passed$/],
    ['holds what is missing until a decision with a touch', facts([record({}, touched), gap({ at: 3 }), record({ reviewer: 'carol@corp' })], { ...asked, ...touching }), /^unverifiable: .* is missing/],
    ['holds a rejection against another base than the branch has', facts([alices, rejected], { contentOf: ({ base }) => ({ isBaseInTarget: base !== rejected.decision.base, replay: 'differs', isInTarget: false }) }), /^rejected: carol@corp rejected it/],
    ['holds a rejection that is dated ahead', facts([alices, record({ reviewer: 'carol@corp', kind: 'reject', created: new Date(now + hourMs).toISOString() })]), /^rejected/],
    // What is not there.
    ['holds what is missing, names it, and says who may decide again', facts([alices, gap()], asked), new RegExp(`^unverifiable: refs/firebreak/decisions/carol@corp/\\w+, a record of carol@corp, is missing: refs/firebreak/decisions/carol@corp/\\w+ names it as the one before; it may be a rejection, and holds this until carol@corp decides on it again > Have carol@corp decide on request ${requestId} again \\(firebreak approve ${requestId} --as carol@corp --reason "…", or firebreak reject\\), because of refs/firebreak/decisions/carol@corp/\\w+, a record of carol@corp that is missing \\(`)],
    ['tells once of what is missing and cannot be read', (() => { const after = gap(); return facts([alices, after], { ...asked, unreadable: [{ ref: `refs/firebreak/decisions/carol@corp/${after.decision.previous?.id ?? ''}`, folder: 'carol@corp', why: 'it is not JSON' }] }); })(), /^unverifiable: [^>]*cannot be read: it is not JSON; it may be a rejection, and holds this until carol@corp decides on it again > /],
    ['is content with a decision on the same that is later', facts([alices, gap({ at: 3 }), record({ reviewer: 'carol@corp' })], asked), /^passed$/],
    ['holds nothing by what is older than every request for it', facts([alices, gap({ at: 5.5 })], asked), /^passed$/],
    ['holds nothing by what somebody else says is missing', facts([alices, gap({}, forged)], asked), /^passed$/],
    ['holds nothing by what is missing of who is no senior', facts([alices, gap({ reviewer: 'x@corp' })], asked), /^passed$/],
    // What has to follow an emergency.
    ['tells of a record that may hide what has to follow', facts([alices], { ...withPolicy({ emergency: { ...policy.emergency, people: ['dave@corp'] } }), unreadable: [{ ref: 'refs/x', folder: 'dave@corp', why: 'it is not JSON' }] }), /^passed refs\/x, a record of dave@corp, who may pass in an emergency, cannot be read: it is not JSON; it may be one that an approval has to follow/],
    ['takes no follow-up that may have been taken back, and says so', overdue([(request) => record({ request }), () => gap({ reviewer: 'alice@corp' })]), /^pending: carol@corp passed .*, of alice@corp; the approval by alice@corp does not count: refs\/firebreak\/decisions\/alice@corp\/\w+ may take it back, and the decision that it names as the one before, \w+, is missing/],
  ]; // prettier-ignore
  for (const [what, given, expected] of cases) {
    it(what, () => {
      assert.match(told(given), expected);
    });
  }
});
