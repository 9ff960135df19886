import assert from 'node:assert/strict';
import { noPolicy, type Policy } from '../../../src/core/policy/policy.ts';
import type { Decision, DecisionKind } from '../../../src/core/review/decision.ts';
import type { FollowUp } from '../../../src/core/review/emergencies.ts';
import type { DecisionRecord } from '../../../src/core/review/facts.ts';
import { groupOf, type RequestState } from '../../../src/core/review/requestState.ts';
import { endedBy } from '../../../src/core/review/standing.ts';
import { landedAlthough, remarksOn, type TakenBack } from '../../../src/core/review/standingWords.ts';
import { ulid } from '../../../src/core/review/ulid.ts';

const policy: Policy = { ...noPolicy, seniors: ['alice@corp', 'carol@corp', 'dave@corp'], people: { 'alice@corp': { emails: ['alice@home'] } } };
const request: RequestState['request'] = { id: '01M83E8K7KF9A4FAD9FDM8VK7T', base: 'a'.repeat(40), head: 'b'.repeat(40), targetRef: 'refs/heads/main', findings: [], requester: { name: 'Robin', email: 'robin@corp' }, reviewers: [], reason: 'x', createdAt: '2026-11-29T10:00:00.000Z', includes: [] };
const followUp: FollowUp = { request: request.id, by: 'carol@corp', since: '2026-11-29T10:00:00.000Z', until: '2026-11-30T10:00:00.000Z', of: ['alice@corp', 'dave@corp'], uncounted: [] };
const atHead = { commit: 'c'.repeat(40), coverage: 'stale', because: ['src/a.ts is not as approved'] } as const;
const tookBack = (kind: DecisionKind): readonly TakenBack[] => [{ by: 'alice@corp', kind, revocation: request.id }];

function state(over: Partial<RequestState> = {}): RequestState {
  return { request, digest: '', decisions: [], coverage: 'pending', because: [], by: [], hasLanded: false, takenBack: [], group: 'waiting', ...over };
}

function decided(reviewer: string): Pick<RequestState, 'decisions'> {
  return { decisions: [record({ reviewer }).decision] };
}

let count = 0;

function record(over: Partial<Decision> = {}): DecisionRecord {
  const id = ulid(Date.parse('2026-11-29T11:00:00.000Z') + count++ * 1000, new Uint8Array(10).fill(count));
  const decision: Decision = { id, kind: 'approve', repository: { root: '1' }, targetRef: request.targetRef, request: { id: request.id, sha256: '', requester: request.requester }, base: '', head: '', tree: '', manifest: [], findings: [], analyzer: { version: '1', rules: '' }, reviewer: 'alice@corp', reason: '', created: '2026-11-29T11:00:00.000Z', expires: '2026-12-29T11:00:00.000Z', nonce: '', ...over };
  return { ref: id, decision, sha256: id, isPreviousKnown: true, signature: { isGood: true, isTouched: false, keyFingerprint: '' } };
}

function after(before: DecisionRecord, over: Partial<Decision> = {}): DecisionRecord {
  return record({ previous: { id: before.decision.id, sha256: before.sha256 }, reviewer: before.decision.reviewer, ...over });
}

describe('what a request is to whoever looks', () => {
  const rows: readonly (readonly [what: string, own: string, over: Partial<RequestState>, expected: RequestState['group']])[] = [
    ['a pending one needs a senior', 'alice@home', {}, 'needs me'],
    ['and nobody else', 'robin@corp', {}, 'waiting'],
    ['nor a senior who is not asked', 'alice@corp', { request: { ...request, reviewers: ['dave@corp'] } }, 'waiting'],
    ['nor one who decided', 'alice@home', decided('alice@corp'), 'waiting'],
    ['needs any other one when all whom it asks approved, and it takes more', 'carol@corp', { ...decided('alice@home'), request: { ...request, reviewers: ['alice@corp'] } }, 'needs me'],
    ['but not while one of them is left', 'carol@corp', { ...decided('alice@corp'), request: { ...request, reviewers: ['alice@corp', 'dave@corp'] } }, 'waiting'],
    ['nor when one took it back', 'carol@corp', { ...decided('alice@corp'), request: { ...request, reviewers: ['alice@corp'] }, takenBack: tookBack('approve') }, 'waiting'],
    ['nor when it is stale', 'carol@corp', { ...decided('alice@corp'), request: { ...request, reviewers: ['alice@corp'] }, coverage: 'stale' }, 'stale'],
    ['a covered one is decided', 'alice@corp', { coverage: 'covered' }, 'decided'],
    ['a rejected one is decided, also where it landed', 'alice@corp', { coverage: 'rejected', hasLanded: true }, 'decided'],
    ['a follow-up that is owed needs who could give it', 'alice@home', { coverage: 'covered', hasLanded: true, followUp }, 'needs me'],
    ['though the request asked only who passed it', 'alice@corp', { coverage: 'covered', followUp, request: { ...request, reviewers: ['carol@corp'] } }, 'needs me'],
    ['and waits for others, to who passed it', 'carol@corp', { coverage: 'covered', hasLanded: true, followUp }, 'waiting'],
    ['and to who asked', 'robin@corp', { coverage: 'covered', hasLanded: true, followUp }, 'waiting'],
    ['and to who followed already', 'alice@corp', { coverage: 'covered', followUp: { ...followUp, of: ['dave@corp'] } }, 'waiting'],
    ['a rejection of what is owed a follow-up hides nothing', 'dave@corp', { coverage: 'rejected', hasLanded: true, followUp }, 'needs me'],
    ['what went on is to be asked for again', 'robin@corp', { coverage: 'covered', atHead }, 'stale'],
    ['what landed is over', 'alice@corp', { hasLanded: true }, 'decided'],
    ['but where its approval was taken back', 'dave@corp', { hasLanded: true, takenBack: tookBack('approve') }, 'needs me'],
    ['and not where a rejection was', 'dave@corp', { hasLanded: true, takenBack: tookBack('reject') }, 'decided'],
  ];
  for (const [what, own, over, expected] of rows) {
    it(what, () => {
      assert.equal(groupOf(state(over), [own], policy), expected);
    });
  }
});

describe('what is said of a request beside where it stands', () => {
  it('is since when and until when a follow-up is owed, and of whom', () => {
    const [told = ''] = remarksOn({ followUp }, Date.parse('2026-11-29T12:00:00.000Z'));
    assert.equal(told, `carol@corp passed request ${request.id} in an emergency at 2026-11-29T10:00:00.000Z, and an approval has to follow by 2026-11-30T10:00:00.000Z, of alice@corp or dave@corp`);
    assert.deepEqual(remarksOn({ followUp }, Date.parse('2026-12-01T12:00:00.000Z')), [`${told}; that time is over, and no push passes before it`]);
  });

  it('is of which commit it is said, where what is checked out is another', () => {
    assert.deepEqual(remarksOn({ atHead }, 0), ['covered is what was asked about; HEAD (cccccccccccc) is stale: src/a.ts is not as approved']);
  });

  const although: readonly (readonly [Partial<RequestState>, string | undefined])[] = [
    [{ hasLanded: true, takenBack: tookBack('approve') }, 'though alice@corp took back their approval'],
    [{ hasLanded: true, takenBack: tookBack('emergency') }, 'though alice@corp took back their emergency pass'],
    [{ hasLanded: true, takenBack: tookBack('reject') }, undefined],
    [{ takenBack: tookBack('approve') }, undefined],
    [{ hasLanded: true, coverage: 'covered', takenBack: tookBack('approve') }, undefined],
    [{ hasLanded: true, coverage: 'rejected' }, 'though it is rejected; firebreak audit tells how it came there'],
  ];
  for (const [over, expected] of although) {
    it(`is ${expected ?? 'nothing'} of a ${over.hasLanded === true ? 'landed' : 'open'} ${over.coverage ?? 'pending'} one with ${over.takenBack?.[0]?.kind ?? 'nothing'} taken back`, () => {
      assert.equal(landedAlthough(state(over)), expected);
    });
  }
});

describe('what a taking back took back', () => {
  const kindsEnded = (revocation: DecisionRecord, ...records: readonly DecisionRecord[]) => endedBy(revocation, [...records, revocation]).map(({ decision: { kind } }) => kind);
  const [rejection, approval] = [record({ kind: 'reject' }), record()];

  it('is a rejection, or an approval', () => {
    assert.deepEqual(kindsEnded(after(rejection, { kind: 'revoke' }), rejection), ['reject']);
    assert.deepEqual(kindsEnded(after(approval, { kind: 'revoke' }), approval), ['approve']);
  });

  it('is what stood last', () => {
    const rejected = after(approval, { kind: 'reject' });
    assert.deepEqual(kindsEnded(after(rejected, { kind: 'revoke' }), approval, rejected), ['reject']);
  });

  it('is nothing of somebody else, nor what was taken back before or came after', () => {
    const first = after(rejection, { kind: 'revoke' });
    const second = after(first, { kind: 'revoke' });
    assert.deepEqual(kindsEnded(second, rejection, first), []);
    assert.deepEqual(kindsEnded(first, rejection, after(first)), ['reject']);
    assert.deepEqual(kindsEnded(record({ kind: 'revoke', reviewer: 'carol@corp' }), rejection, approval), []);
  });

  it('is an approval that it knows nothing of, too', () => {
    assert.deepEqual(kindsEnded(record({ kind: 'revoke' }), approval), ['approve']);
  });
});
