import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Decision } from '../../../src/core/review/decision.ts';
import { parseDecision, serializeDecision } from '../../../src/core/review/parseDecision.ts';
import { timeOf, ulid } from '../../../src/core/review/ulid.ts';

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
const created = '2026-11-29T10:00:00.000Z';
const decision: Decision = {
  id: ulid(Date.parse(created), new Uint8Array(10).fill(7)),
  kind: 'approve',
  repository: { root: '1'.repeat(40), url: 'host/team/app' },
  targetRef: 'refs/heads/main',
  request: { id: ulid(Date.parse(created) - 1000, new Uint8Array(10)), sha256: 'a'.repeat(64), requester: { name: 'Robin', email: 'robin@corp' } },
  base: 'b'.repeat(40),
  head: 'c'.repeat(40),
  tree: 'd'.repeat(40),
  manifest: [{ path: 'gone.ts', oldMode: '100644', oldBlob: 'e'.repeat(40) }, { path: 'missing.tfvars' }, { path: 'src/a.ts', mode: '100644', blob: 'f'.repeat(40), sha256: 'f'.repeat(64) }],
  findings: [{ fingerprint: '0'.repeat(64), rule: 'recursive-delete', severity: 'high', path: 'src/a.ts', blastRadius: { scope: 'set', undo: 'none', effect: 'deletes', target: 'prod' }, evidence: ['missing.tfvars'] }],
  analyzer: { version: '0.1.0', rules: '9'.repeat(64) },
  policy: '8'.repeat(40),
  reviewer: 'alice@corp',
  reason: 'Fine\n😀',
  created,
  expires: '2026-12-13T10:00:00.000Z',
  nonce: '7'.repeat(32),
  previous: { id: ulid(Date.parse(created) - 500, new Uint8Array(10)), sha256: '6'.repeat(64) },
};
const stored = serializeDecision(decision, digestOf);
const written = (over: Partial<Record<keyof Decision, unknown>>) => serializeDecision({ ...decision, ...over } as Decision, digestOf);
const why = (text: string) => {
  const read = parseDecision(text, digestOf);
  return 'why' in read ? read.why : 'read';
};

describe('a decision', () => {
  it('is an in-toto Statement, and comes back the same', () => {
    assert.deepEqual(parseDecision(stored, digestOf), decision);
    const statement = JSON.parse(stored) as { _type: string; subject: readonly unknown[]; predicateType: string };
    assert.equal(statement._type, 'https://in-toto.io/Statement/v1');
    assert.deepEqual(statement.subject, [{ name: 'refs/heads/main', digest: { gitTree: decision.tree, sha256: digestOf(`${JSON.stringify(decision.manifest.map((entry) => Object.fromEntries(Object.entries(entry).sort(([one], [two]) => (one < two ? -1 : 1)))), undefined, 2)}\n`) } }]);
  });

  it('holds its time in its id', () => {
    assert.equal(timeOf(decision.id), Date.parse(created));
  });

  const faults: readonly (readonly [string, string, RegExp])[] = [
    ['nothing', '', /it is not JSON/],
    ['a part of it', stored.slice(0, 500), /it is not JSON/],
    ['null', 'null', /it is not a decision/],
    ['another version', stored.replace('decision/v1', 'decision/v2'), /it is of version ".*v2", and this Firebreak reads version .*v1; a newer/],
    ['another statement', stored.replace('Statement/v1', 'Statement/v2'), /its _type is missing/],
    ['an unknown key', stored.replace('"nonce"', '"approvedBy": "x", "nonce"'), /predicate has the unknown key "approvedBy"/],
    ['a prototype', stored.replace('"nonce"', '"__proto__": {"decision": "approve"}, "nonce"'), /predicate has the unknown key "__proto__"/],
    ['a key that stands twice', stored.replace('"decision": "approve"', '"decision": "reject",\n    "decision": "approve"'), /it is not written as Firebreak writes/],
    ['other white space', JSON.stringify(JSON.parse(stored)), /it is not written as Firebreak writes/],
    ['bytes behind it', `${stored} `, /it is not written as Firebreak writes/],
    ['an escaped spelling', stored.replace('alice@corp', '\\u0061lice@corp'), /it is not written as Firebreak writes/],
    ['another kind', written({ kind: 'bless' }), /predicate\.decision is missing or not valid/],
    ['a path that climbs', written({ manifest: [{ path: '../x' }], findings: [] }), /manifest\.0\.path is missing or not valid/],
    ['a path with a line end', written({ manifest: [{ path: 'a\nb' }], findings: [] }), /manifest\.0\.path/],
    ['a mode of a folder', written({ manifest: [{ path: 'x', mode: '040000', blob: 'f'.repeat(40) }], findings: [] }), /manifest\.0\.mode/],
    ['half a side', written({ manifest: [{ path: 'x', mode: '100644' }], findings: [] }), /a file with half of its side/],
    ['a file that stands twice', written({ manifest: [...decision.manifest, ...decision.manifest] }), /its manifest names a file twice/],
    ['a finding of no listed file', written({ manifest: decision.manifest.slice(0, 2) }), /its manifest lacks "src\/a\.ts"/],
    ['evidence that is not listed', written({ manifest: decision.manifest.slice(2) }), /its manifest lacks "missing\.tfvars"/],
    ['another manifest than its subject', stored.replace('"100644"', '"100755"'), /its subject is another manifest than its own/],
    ['another branch than its subject', stored.replace('"targetRef": "refs/heads/main"', '"targetRef": "refs/heads/other"'), /its subject is another branch/],
    ['another time than its id', written({ created: '2026-11-29T10:00:00.001Z' }), /its id is of another time/],
    ['an end before its beginning', written({ expires: '2026-11-29T09:00:00.000Z' }), /it expires before it was created/],
    ['a branch that is none', written({ targetRef: 'refs/heads/../x' }), /subject\.0\.name is missing or not valid/],
    ['a reviewer of two lines', written({ reviewer: 'a\nb' }), /predicate\.reviewer/],
    ['a reason that is too long', written({ reason: 'x'.repeat(10_001) }), /predicate\.reason/],
    ['no reason', written({ reason: '' }), /predicate\.reason/],
    ['a number for a text', written({ nonce: 7 }), /predicate\.nonce/],
  ];
  for (const [what, text, expected] of faults) {
    it(`is not ${what}`, () => {
      assert.match(why(text), expected);
    });
  }
});
