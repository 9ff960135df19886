import assert from 'node:assert/strict';
import { inFixedOrder } from '../../src/core/review/recordFields.ts';
import { risky, removeSandboxes, Sandbox } from './sandbox.ts';

const id = '01M83E8K7KF9A4FAD9FDM8VK7T';

describe('firebreak reviews and show', () => {
  let sandbox: Sandbox;
  let head: string;
  beforeEach(() => {
    sandbox = Sandbox.repository();
    head = sandbox.git('rev-parse', 'HEAD');
  });
  after(removeSandboxes);

  const finding = () => ({
    fingerprint: 'a'.repeat(64),
    rule: 'recursive-delete',
    title: 'Recursive delete',
    path: 'src/a.ts',
    line: 3,
    severity: 'high',
    confidence: 'high',
    matched: 'rm -rf /',
    blastRadius: { scope: 'collection', undo: 'none', description: 'deletes it all' },
  });
  const request = () => ({
    version: 1,
    id,
    base: head,
    head,
    targetRef: 'refs/heads/main',
    findings: [finding()],
    requester: { name: 'Robin', email: 'robin@example.com' },
    reviewers: [] as string[],
    reason: 'because',
    createdAt: '2026-11-23T05:00:00.000Z',
    includes: [],
  });

  /** Writes a record as anybody could. */
  function put(content: string | Uint8Array, { name = 'request.json', ref = id, parents = [head], mode = '100644' } = {}): void {
    const blob = sandbox.gitWith({ input: content }, 'hash-object', '-w', '--stdin');
    const tree = sandbox.gitWith({ input: `${mode} blob ${blob}\t${name}\n` }, 'mktree');
    const commit = sandbox.git('commit-tree', tree, '-m', 'x', ...parents.flatMap((parent) => ['-p', parent]));
    sandbox.git('update-ref', `refs/firebreak/requests/${ref}`, commit);
  }

  it('says that there are none', async () => {
    const { code, stdout } = await sandbox.run(['reviews']);
    assert.deepEqual([code, stdout], [0, 'No review was requested here. To request one: firebreak request --all --reason "…"\n']);
    assert.deepEqual(JSON.parse((await sandbox.run(['reviews', '--format', 'json'])).stdout), { version: 1, reviews: [], unreadable: [], olderCount: 0 });
  });

  it('lists the newest first, and shows one by the beginning of its id', async () => {
    const ids: string[] = [];
    for (const reason of ['the first', 'the second']) {
      sandbox.write('a.ts', `${risky}// ${reason}\n`);
      const { stdout } = await sandbox.run(['request', '--all', '--reason', reason]);
      ids.unshift(/requested: (\S+)/.exec(stdout)?.[1] ?? '');
    }
    const { stdout } = await sandbox.run(['reviews']);
    assert.deepEqual(stdout.split('\n'), ['Waits for others:', `${ids[0] ?? ''} pending  1 finding, Robin Junior asks any senior: the second`, `${ids[1] ?? ''} pending  1 finding, Robin Junior asks any senior: the first`, '']);
    const shown = await sandbox.run(['show', (ids[1] ?? '').toLowerCase()]);
    assert.equal(shown.code, 0);
    assert.match(shown.stdout, /^ {2}asked by {3}Robin Junior <robin@example\.com>, \d{4}-/m);
    assert.match(shown.stdout, /^ {2}reason {5}the first$/m);
    assert.match(shown.stdout, /^a\.ts:1 high \(medium confidence\) delete-many-unfiltered$/m);
    assert.match(shown.stdout, /^Not committed when it was asked:\n {2}a\.ts$/m);
    const [, base = '', candidate = ''] = /^The code: git diff (\w+) (\w+)$/m.exec(shown.stdout) ?? [];
    assert.match(sandbox.git('diff', base, candidate), /^\+await db\.user\.deleteMany/m);
    const ambiguous = await sandbox.run(['show', '0']);
    assert.deepEqual([ambiguous.code, ambiguous.stderr.includes('names 2 requests; give more of the id')], [2, true]);
    const unknown = await sandbox.run(['show', 'ZZ']);
    assert.deepEqual([unknown.code, unknown.stderr], [2, 'firebreak: there is no request "ZZ"; see what there is: firebreak reviews\n']);
  });

  it('reads its own kind of record', async () => {
    put(inFixedOrder(request()));
    const { reviews, unreadable } = JSON.parse((await sandbox.run(['reviews', '--format', 'json'])).stdout) as { reviews: { id: string }[]; unreadable: unknown[] };
    assert.deepEqual([reviews.map((each) => each.id), unreadable], [[id], []]);
  });

  const hostile: readonly (readonly [string, () => void, RegExp])[] = [
    ['no JSON', () => { put('{'); }, /is not JSON in UTF-8/],
    ['no UTF-8', () => { put(Buffer.concat([Buffer.from('{"reason":"'), Buffer.from([0xff]), Buffer.from('"}')])); }, /is not JSON in UTF-8/],
    ['another version', () => { put(inFixedOrder({ ...request(), version: 2 })); }, /it is of version 2, and this Firebreak reads version 1/],
    ['5 MB', () => { put(inFixedOrder({ ...request(), reason: 'x'.repeat(5_000_000) })); }, /bytes, which no honest request has/],
    ['another id than its ref', () => { put(inFixedOrder(request()), { ref: id.replace('01', '02') }); }, /it says that it is 01M83/],
    ['other commits than it is bound to', () => { put(inFixedOrder({ ...request(), head: 'f'.repeat(40) })); }, /its head and base are not the commits that the record names/],
    ['no record', () => { put('{}', { name: 'other.json' }); }, /it has no request\.json/],
    ['a key that stands there twice', () => { put(inFixedOrder(request()).replace('"reason"', '"reason": "another",\n  "reason"')); }, /its request\.json is not written as Firebreak writes a request/],
    ['a byte order mark', () => { put(`\ufeff${inFixedOrder(request())}`); }, /its request\.json is not JSON in UTF-8/],
    ['a path that climbs', () => { put(inFixedOrder({ ...request(), findings: [{ ...finding(), path: '../../etc/passwd' }] })); }, /its findings\.0\.path is missing or not valid/],
    ['a tree instead of a commit', () => { sandbox.git('update-ref', `refs/firebreak/requests/${id}`, sandbox.git('rev-parse', 'HEAD^{tree}')); }, /it has no request\.json/],
  ];
  for (const [what, make, why] of hostile) {
    it(`tells of a record with ${what}, and lists the others`, async () => {
      make();
      const good = '03M83E8K7KF9A4FAD9FDM8VK7T';
      put(inFixedOrder({ ...request(), id: good }), { ref: good });
      const { code, stdout } = await sandbox.run(['reviews']);
      assert.equal(code, 0);
      const [, first = '', second = '', end] = stdout.split('\n');
      assert.ok(first.startsWith(`${good} pending`), stdout);
      assert.match(second, /^refs\/firebreak\/requests\/0[12]M83E8K7KF9A4FAD9FDM8VK7T: not read: /);
      assert.match(second, why);
      assert.equal(end, '');
      const shown = await sandbox.run(['show', second.slice(24, 50)]);
      assert.deepEqual([shown.code, shown.stderr.includes('cannot be read: ')], [2, true]);
    });
  }

  it('shows inertly what a record says', async () => {
    const evil = '\u001b[2J\u001b]0;x\u0007\u202e\u2066\u0085';
    put(inFixedOrder({ ...request(), requester: { name: 'Eve\u202e', email: 'e@x' }, reviewers: ['a\u2066'], reason: `${evil}\nsecond`, findings: [{ ...finding(), title: evil, matched: `${evil}\r\n${evil}`, blastRadius: { ...finding().blastRadius, target: evil, description: evil } }] }));
    for (const args of [['reviews'], ['reviews', '--format', 'json'], ['show', id]]) {
      const { code, stdout } = await sandbox.run(args);
      assert.equal(code, 0, stdout);
      assert.ok(stdout.includes('Eve'), stdout);
       
      assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2066]/, args.join(' '));
    }
  });
});

describe('firebreak explain', () => {
  let sandbox: Sandbox;
  before(() => {
    sandbox = new Sandbox();
  });
  after(removeSandboxes);

  it('prints what a rule is about', async () => {
    const { code, stdout } = await sandbox.run(['explain', 'delete-many-unfiltered']);
    assert.equal(code, 0);
    assert.match(stdout, /^Every record deleted or overwritten \(delete-many-unfiltered\)\n\n[^]+\nInstead: [^]+\nDoes not see: [^]+\nFound:\n {2}[^]*await prisma[^]+\nNot found:\n {2}/);
  });

  it('shows both sides of a rule that compares', async () => {
    const { stdout } = await sandbox.run(['explain', 'deletion-protection-removed']);
    assert.match(stdout, /\n {2}before:\n {4}resource [^]+\n {2}after:\n/);
  });

  it('knows what was meant', async () => {
    const near = await sandbox.run(['explain', 'delete-many-unfilterd']);
    assert.deepEqual([near.code, near.stderr], [2, 'firebreak: there is no rule "delete-many-unfilterd"; did you mean delete-many-unfiltered?\n']);
    const far = await sandbox.run(['explain', 'x']);
    assert.match(far.stderr, /^firebreak: there is no rule "x"; the rules are: .*delete-many-unfiltered/);
  });
});
