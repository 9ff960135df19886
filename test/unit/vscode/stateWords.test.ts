import assert from 'node:assert/strict';
import type { RequestedFinding, ReviewRequest } from '../../../src/core/review/request.ts';
import type { Decision } from '../../../src/core/review/decision.ts';
import type { Concern } from '../../../src/core/review/concern.ts';
import { wordShared } from '../../../src/vscode/review/reviewWords.ts';
import { ageOf, describeUnsigned, pushedTo, refusalIn, wordStanding } from '../../../src/vscode/review/stateWords.ts';

const finding: RequestedFinding = {
  fingerprint: 'a'.repeat(64),
  rule: 'recursive-delete',
  title: 'Recursive delete',
  path: 'src/a.ts',
  line: 3,
  severity: 'high',
  confidence: 'high',
  matched: 'remove(everything)',
  blastRadius: { scope: 'collection', undo: 'none', description: 'removes everything below it' },
};
const request: ReviewRequest = {
  id: '01M83E8K7KF9A4FAD9FDM8VK7T',
  base: '1'.repeat(40),
  head: '2'.repeat(40),
  targetRef: 'refs/heads/main',
  findings: [finding],
  requester: { name: 'Robin', email: 'robin@example.com' },
  reviewers: ['alice@corp'],
  reason: 'Needed\u202e',
  createdAt: '2026-11-23T05:00:00.000Z',
  includes: [],
};
const decision: Decision = {
  id: '01M83E8K7KF9A4FAD9FDM8VK7V',
  kind: 'reject',
  repository: { root: '3'.repeat(40) },
  targetRef: request.targetRef,
  request: { id: request.id, sha256: 'b'.repeat(64), requester: request.requester },
  base: request.base,
  head: request.head,
  tree: '4'.repeat(40),
  manifest: [{ path: 'src/a.ts' }],
  findings: [],
  analyzer: { version: '1.0.0', rules: 'c'.repeat(64) },
  reviewer: 'alice@corp',
  reason: 'Too much',
  created: '2026-11-23T06:00:00.000Z',
  expires: '2026-12-07T06:00:00.000Z',
  nonce: 'd'.repeat(32),
};
const concern: Concern = { ...finding, kind: 'finding', evidence: [], authorship: 'unknown' };
const state = { request, by: [], decisions: [] };
const by = ['alice@corp (same tree)', 'carol@corp (same files)', 'alice@corp (replay)'];

const standings: readonly (readonly [what: string, standing: ReturnType<typeof wordStanding>, kind: string, words: string])[] = [
  ['one that waits', wordStanding({ ...state, coverage: 'pending' }, undefined), 'requested', 'Review requested from alice@corp'],
  ['an approval of these bytes, by whom', wordStanding({ ...state, coverage: 'covered', by }, true), 'approved', 'Approved by alice@corp, carol@corp'],
  ['an approval of other bytes as none', wordStanding({ ...state, coverage: 'covered', by }, false), 'stale', 'Changed since approval'],
  ['an approval of bytes that nobody compared', wordStanding({ ...state, coverage: 'covered', by }, undefined), 'approved', 'Approved by alice@corp, carol@corp, as it was asked'],
  ['a stale one', wordStanding({ ...state, coverage: 'stale' }, undefined), 'stale', 'Approved once, not as it is now'],
  ['a rejection with its reason', wordStanding({ ...state, coverage: 'rejected', decisions: [decision] }, undefined), 'rejected', 'Rejected by alice@corp: Too much'],
  ['what cannot be verified as no approval', wordStanding({ ...state, coverage: 'unverifiable' }, true), 'requested', 'Review cannot be verified'],
];

const minute = 60_000;
const ages: readonly (readonly [ms: number, words: string])[] = [
  [-minute, 'now'],
  [59_999, 'now'],
  [minute, '1 min'],
  [59 * minute, '59 min'],
  [60 * minute, '1 h'],
  [24 * 60 * minute - 1, '23 h'],
  [49 * 60 * minute, '2 d'],
];

const pushes: readonly (readonly [what: string, stderr: string, refusal: string | undefined])[] = [
  ['the last line of the other side', 'remote: firebreak: Blocked (pending): src/a.ts:2        \nremote: firebreak: Ask a senior.        \nTo /srv\n ! [remote rejected] main -> main (pre-receive hook declined)\n', 'Ask a senior.'],
  ['the last line of the hook here', 'firebreak: Blocked\r\nfirebreak: Ask a senior.\r\nerror: failed to push some refs\r\n', 'Ask a senior.'],
  ['nothing of another refusal', 'remote: error: protected branch\n ! [remote rejected] main -> main (firebreak: no)\n', undefined],
];

describe('the words of reviews', () => {
  for (const [what, standing, kind, words] of standings) {
    it(`tell ${what}`, () => {
      assert.deepEqual(standing, { kind, words });
    });
  }

  for (const [ms, words] of ages) {
    it(`call ${ms} ms ${words}`, () => {
      assert.equal(ageOf(0, ms), words);
    });
  }

  for (const [what, stderr, refusal] of pushes) {
    it(`take ${what}`, () => {
      assert.equal(refusalIn(stderr), refusal);
    });
  }

  for (const [refspec, branch] of [['main', 'refs/heads/main'], ['+topic:release/1', 'refs/heads/release/1'], ['refs/heads/a:refs/heads/b', 'refs/heads/b'], ['v1:refs/tags/v1', undefined], [':', undefined], ['', undefined], [undefined, undefined]] as const) {
    it(`know that ${refspec ?? 'no refspec'} goes to ${branch ?? 'no branch'}`, () => {
      assert.equal(pushedTo(refspec), branch);
    });
  }

  it('say everything that a signature is on, inertly', () => {
    const text = describeUnsigned({ request, decision, digest: 'e'.repeat(64), concerns: [concern], unasked: [{ ...concern, title: 'Something else', path: 'src/b.ts' }], missing: [{ ...finding, title: 'Gone' }], takesBack: [], rejections: [] }, 'SHA256:abc (the SSH agent)', Date.parse('2026-11-24T07:00:00.000Z'), 'Asia/Tokyo');
    for (const part of ['Robin <robin@example.com>', 'refs/heads/main', 'Needed\\u{202e}', 'high: Recursive delete, src/a.ts:3', 'removes everything below it', 'not decided on:\n• Something else, src/b.ts:3', 'not in the change:\n• Gone', 'Files: 1', 'Reason: Too much', 'Expires: 7 December 2026 at 15:00 GMT+9, in 13 days\n', 'alice@corp, SHA256:abc', `sha256:${'e'.repeat(64)}`]) assert.ok(text.includes(part), `${part} in ${text}`);
  });

  it('say what is taken back, and why an approval lets nothing pass', () => {
    const text = describeUnsigned({ request, decision, digest: '', concerns: [concern], unasked: [], missing: [], takesBack: [{ ...decision, kind: 'reject', created: '2026-11-28T01:00:00.000Z' }], rejections: ['the gate holds it whatever you approve: carol@corp rejected it\u202e'] }, '', 0, 'UTC');
    assert.match(text, /^Takes back: the rejection of 28 November 2026 at 01:00 UTC$/m);
    assert.match(text, /^The gate holds it whatever you approve: carol@corp rejected it\\u\{202e\}$/m);
  });

  for (const [now, words] of [['2026-11-23T06:00:00.010Z', 'in 14 days'], ['2026-12-06T05:00:00Z', 'in 25 hours'], ['2026-12-07T05:00:00Z', 'in 1 hour'], ['2026-12-07T05:50:00Z', 'in less than an hour'], ['2026-12-07T06:00:00Z', 'over']] as const) {
    it(`say at ${now} that a decision of 14 days ends ${words}`, () => {
      const text = describeUnsigned({ request, decision, digest: '', concerns: [], unasked: [], missing: [], takesBack: [], rejections: [] }, '', Date.parse(now));
      assert.match(text, new RegExp(`^Expires: .*, ${words}$`, 'm'));
    });
  }

  it('say how many findings they have no room for', () => {
    const text = describeUnsigned({ request, decision, digest: '', concerns: Array.from({ length: 15 }, () => concern), unasked: [], missing: [], takesBack: [], rejections: [] }, '', 0);
    assert.match(text, /and 3 findings more/);
  });

  it('say that nothing is lost when the remote does not take it', () => {
    assert.match(wordShared({ remote: 'origin', why: 'no route' }, ['refs/x']), /Nothing is lost.*origin did not take it \(no route\).*git push origin refs\/x/);
    assert.match(wordShared('no remote', ['refs/x']), /git push REMOTE refs\/x/);
    assert.equal(wordShared(undefined, ['refs/x']), 'It was sent to the remote.');
  });
});
