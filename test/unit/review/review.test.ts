import assert from 'node:assert/strict';
import { newestRequests } from '../../../src/core/review/coverage.ts';
import { showInert } from '../../../src/core/review/inert.ts';
import { parseRequest, serializeRequest } from '../../../src/core/review/parseRequest.ts';
import { branchesShadowedBy, shadowsOf } from '../../../src/core/review/pushedRefs.ts';
import { longest, type RequestedFinding, type ReviewRequest, toRequested } from '../../../src/core/review/request.ts';
import { isUlid, ulid } from '../../../src/core/review/ulid.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';

const finding: RequestedFinding = {
  fingerprint: '0f'.repeat(32),
  rule: 'recursive-delete',
  title: 'Recursive delete',
  path: 'src/clean up.ts',
  line: 3,
  severity: 'high',
  confidence: 'medium',
  matched: 'rm -rf "$DIR"',
  blastRadius: { scope: 'collection', undo: 'none', target: '$DIR', description: 'deletes `$DIR`; cannot be undone' },
};
const request: ReviewRequest = {
  id: '01M83E8K7KF9A4FAD9FDM8VK7T',
  base: 'a'.repeat(40),
  head: 'b'.repeat(64),
  targetRef: 'refs/heads/main',
  findings: [finding],
  requester: { name: 'Robin', email: 'robin@example.com' },
  reviewers: ['alice@corp'],
  reason: 'Because\nof that 😀',
  createdAt: '2026-11-23T05:00:00.000Z',
  includes: [{ path: 'a.ts', from: 'buffer' }],
};

const stored = (over: object = {}): unknown => ({ ...(JSON.parse(serializeRequest(request)) as object), ...over });
const withFinding = (over: object) => stored({ findings: [{ ...finding, ...over }] });

describe('serializeRequest', () => {
  it('comes back the same', () => {
    assert.deepEqual(parseRequest(stored()), request);
  });

  it('gives the same bytes whatever order the keys came in', () => {
    const backwards = Object.fromEntries(Object.entries(request).reverse()) as unknown as ReviewRequest;
    assert.equal(serializeRequest(backwards), serializeRequest(request));
    assert.ok(serializeRequest(request).endsWith('}\n'));
  });
});

describe('parseRequest refuses', () => {
  const faults: readonly (readonly [string, unknown, RegExp])[] = [
    ['nothing', undefined, /it is not a request/],
    ['null', null, /it is not a request/],
    ['a text', 'x', /it is not a request/],
    ['a list', [], /it is not a request/],
    ['no version', { ...request }, /its version is missing/],
    ['a later version', stored({ version: 2 }), /it is of version 2, and this Firebreak reads version 1/],
    ['a version that is no number', stored({ version: '1' }), /it is of version "1"/],
    ['an unknown key', stored({ approved: true }), /it has the unknown key "approved"/],
    ['an unknown key in a finding', withFinding({ approved: true }), /findings\.0 has the unknown key "approved"/],
    ['a prototype', JSON.parse(serializeRequest(request).replace('{', '{"__proto__": {"reason": "x"},')), /it has the unknown key "__proto__"/],
    ['a prototype in a finding', JSON.parse(serializeRequest(request).replace('"confidence"', '"__proto__": {}, "confidence"')), /findings\.0 has the unknown key "__proto__"/],
    ['an id that is no ULID', stored({ id: '../../heads/main' }), /its id /],
    ['an id past the end of time', stored({ id: `8${request.id.slice(1)}` }), /its id /],
    ['a short object name', stored({ head: 'abc' }), /its head /],
    ['an option for an object name', stored({ base: `--${'a'.repeat(38)}` }), /its base /],
    ['another kind of ref', stored({ targetRef: 'refs/tags/x' }), /its targetRef /],
    ['a ref that climbs', stored({ targetRef: 'refs/heads/../x' }), /its targetRef /],
    ['a ref with blanks', stored({ targetRef: 'refs/heads/a b' }), /its targetRef /],
    ['a branch that a clone would take for the default one', stored({ targetRef: 'refs/heads/HEAD' }), /its targetRef /],
    ['no findings', stored({ findings: [] }), /its findings /],
    ['too many findings', stored({ findings: Array.from({ length: longest.findings + 1 }, () => finding) }), /its findings /],
    ['an upper-case fingerprint', withFinding({ fingerprint: 'AB'.repeat(32) }), /its findings\.0\.fingerprint /],
    ['line 0', withFinding({ line: 0 }), /its findings\.0\.line /],
    ['half a line', withFinding({ line: 1.5 }), /its findings\.0\.line /],
    ['an unknown severity', withFinding({ severity: 'mild' }), /its findings\.0\.severity /],
    ['a huge text', withFinding({ matched: 'x'.repeat(longest.matched + 1) }), /its findings\.0\.matched /],
    ['an empty reason', stored({ reason: '' }), /its reason /],
    ['a reviewer of two lines', stored({ reviewers: ['a\nb'] }), /its reviewers\.0 /],
    ['a requester with escapes', stored({ requester: { name: '\u001b[2J', email: 'x' } }), /its requester\.name /],
    ['a local time', stored({ createdAt: '2026-11-23T05:00:00+01:00' }), /its createdAt /],
    ['a time that is none', stored({ createdAt: '2026-13-45T05:00:00Z' }), /its createdAt /],
    ['an unknown source', stored({ includes: [{ path: 'a', from: 'thin air' }] }), /its includes\.0\.from /],
  ];
  for (const [what, value, why] of faults) {
    it(what, () => {
      const parsed = parseRequest(value);
      assert.ok('why' in parsed);
      assert.match(parsed.why, why);
    });
  }

  for (const path of ['', '.', '..', '../a', 'a/../b', 'a/./b', 'a//b', '/a', 'a/', '\\a', 'a\\..\\b', 'C:/a', 'c:a', 'a\nb', 'a\u0000b', 'a\u001b[31m', 'a\u0085b', 'x'.repeat(5000)]) {
    it(`the path ${JSON.stringify(path.slice(0, 20))}`, () => {
      assert.ok('why' in parseRequest(withFinding({ path })));
      assert.ok('why' in parseRequest(stored({ includes: [{ path, from: 'workTree' }] })));
    });
  }

  it('and takes odd but honest paths', () => {
    for (const path of ['a', '.env', '..a', 'a..', 'a b/ü/😀', 'ab:c', '-x', '...']) assert.ok(!('why' in parseRequest(withFinding({ path }))), path);
  });
});

describe('toRequested', () => {
  it('cuts what is too long, so that a reader accepts it', () => {
    const long = 'x'.repeat(100_000);
    const made = toRequested(
      {
        ruleId: 'r', title: 't', path: 'p', range: new OffsetRange(0, 1), matched: long, severity: 'high', confidence: 'high', fingerprint: finding.fingerprint, within: [],
        blastRadius: { scope: 'account', undo: 'none', effect: long, target: long, factors: [] },
      },
      7,
    );
    assert.equal(made.line, 7);
    assert.ok(!('why' in parseRequest(stored({ findings: [made] }))));
  });
});

describe('newestRequests', () => {
  it('gives for each fingerprint the newest request that lists it', () => {
    const [one, two] = ['1'.repeat(64), '2'.repeat(64)];
    const older = { ...request, id: '01AAAAAAAAAAAAAAAAAAAAAAAA', findings: [one, two].map((fingerprint) => ({ ...finding, fingerprint })) };
    const newer = { ...request, id: '01BBBBBBBBBBBBBBBBBBBBBBBB', findings: [{ ...finding, fingerprint: two }] };
    for (const requests of [[older, newer], [newer, older]]) {
      const newest = newestRequests(requests);
      assert.deepEqual([newest.get(one)?.id, newest.get(two)?.id, newest.size], [older.id, newer.id, 2]);
    }
  });
});

describe('ulid', () => {
  it('is the one of the specification for its time', () => {
    assert.equal(ulid(1469918176385, new Uint8Array(10)).slice(0, 10), '01ARYZ6S41');
    assert.equal(ulid(0, new Uint8Array(10)), '0'.repeat(26));
    assert.equal(ulid(2 ** 48 - 1, new Uint8Array(10).fill(255)), `7${'Z'.repeat(25)}`);
  });

  it('sorts by time', () => {
    const ids = [5, 1, 4000, 300_000_000_000].map((time) => ulid(time, new Uint8Array(10).fill(time % 256)));
    assert.deepEqual(ids.toSorted(), [ids[1], ids[0], ids[2], ids[3]]);
  });

  it('refuses times and randomness that it cannot hold', () => {
    for (const time of [-1, 2 ** 48, NaN]) assert.throws(() => ulid(time, new Uint8Array(10)), RangeError);
    assert.throws(() => ulid(1, new Uint8Array(9)), RangeError);
  });

  it('is known from what is none', () => {
    assert.ok(isUlid(request.id));
    for (const text of ['', request.id.toLowerCase(), `${request.id}0`, `8${request.id.slice(1)}`, request.id.replace('K', 'I'), `${request.id}\n`]) assert.ok(!isUlid(text), text);
  });
});

describe('showInert', () => {
  const table: readonly (readonly [string, string])[] = [
    ['plain ünï 😀', 'plain ünï 😀'],
    ['\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['\u009b31m', '\\u{9b}31m'],
    ['a\nb\r\nc\td', 'a\\nb\\r\\nc  d'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['zero\u200bwidth\ufeff', 'zero\\u{200b}width\\u{feff}'],
    ['\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['\ud800', '\\u{d800}'],
    ['\u0000\u0007\u007f', '\\u{0}\\u{7}\\u{7f}'],
  ];
  for (const [text, shown] of table) {
    it(`shows ${JSON.stringify(text)} as ${shown}`, () => {
      assert.equal(showInert(text), shown);
    });
  }
});

describe('what git takes for a branch where that is named in short', () => {
  it('is told the same from either side', () => {
    for (const branch of ['refs/heads/main', 'refs/heads/release/1']) for (const ref of shadowsOf(branch)) assert.ok(branchesShadowedBy(ref).includes(branch), ref);
    for (const ref of ['refs/heads/main', 'refs/heads/topic/main', 'refs/tags/v1/main', 'refs/notes/main/x', 'refs/heads/origin/main']) assert.ok(!branchesShadowedBy(ref).includes('refs/heads/main'), ref);
  });
});
