import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { AuditEntry } from '../../../src/core/report/audit.ts';
import { chainOf, checkChain, latestOf } from '../../../src/core/report/auditChain.ts';
import { csvOf } from '../../../src/core/report/auditCsv.ts';
import { auditSarifOf } from '../../../src/core/report/auditSarif.ts';
import { parseRefusal } from '../../../src/core/report/gateLog.ts';
import { rules } from '../../../src/core/rules/index.ts';
import { faultsOfSarif } from '../../support/sarif.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const fingerprint = 'f'.repeat(64);
const at = '2026-11-29T10:00:00Z';
const finding = { fingerprint, rule: 'recursive-delete', severity: 'high', path: 'a b.sh', line: 3, description: 'removes `/srv`' } as const;
const decided = { kind: 'decided', at, decision: 'approve', id: 'D', request: 'R', reviewer: 'alice@corp', reason: 'fine', targetRef: 'refs/heads/main', head: 'h', expires: at, fingerprints: [fingerprint], signatureIsGood: true, record: '{}\n', signature: 's' } as const;
const entries: readonly AuditEntry[] = [
  { kind: 'flagged', at, request: 'R', targetRef: 'refs/heads/main', ...finding },
  { kind: 'requested', at, request: 'R', requester: 'Bo <b@x>', reviewers: [], reason: 'please', targetRef: 'refs/heads/main', base: 'b', head: 'h' },
  decided,
  { ...decided, kind: 'bypassed', decision: 'emergency', reviewer: 'carol@corp' },
  { kind: 'refused', at, targetRef: 'refs/heads/main', base: 'b', head: 'h', blocked: [{ what: 'a.sh:3' }], nextStep: 'Wait.' },
  { kind: 'suppressed', commit: 'c', reason: 'made above', until: '2027-01-31', suppressionLine: 2, ...finding },
];
const head = { version: '1.0.0', targetRef: 'refs/heads/main', commit: 'c', history: { from: 'b', commits: 1, logged: 0 } };

describe('the chain of an audit', () => {
  const { lines, digest: last } = chainOf(entries, head, digest);
  const faultsOf = (changed: readonly string[]) => checkChain(changed.map((line) => `${line}\n`).join(''), digest).faults;

  it('is good as it was written, and names its last digest', () => {
    assert.deepEqual(faultsOf(lines), []);
    assert.equal(last, digest(lines.at(-1) ?? ''));
    assert.equal(checkChain(lines.join('\n'), digest).entryCount, entries.length);
  });
  it('begins with a genesis that is named, and each line has the digest of the one before', () => {
    const read = lines.map((line) => JSON.parse(line) as { previous: string; genesis?: string });
    const [first] = read;
    assert.deepEqual([first?.genesis, first?.previous], ['firebreak-audit-v1', digest('firebreak-audit-v1')]);
    for (const [index, { previous }] of read.entries()) if (index > 0) assert.equal(previous, digest(lines[index - 1] ?? ''));
  });

  const changes: readonly [what: string, change: (all: readonly string[]) => readonly string[]][] = [
    ['an entry that was changed', (all) => all.map((line, index) => (index === 3 ? line.replace('fine', 'fine!') : line))],
    ['an entry that was taken out', (all) => all.filter((_, index) => index !== 2)],
    ['an entry that was put in twice', (all) => all.flatMap((line, index) => (index === 2 ? [line, line] : [line]))],
    ['entries that changed places', (all) => all.map((line, index) => (index === 2 ? (all[3] ?? '') : index === 3 ? (all[2] ?? '') : line))],
    ['an end that was cut off', (all) => all.slice(0, -1)],
    ['entries that were cut off before the end', (all) => [...all.slice(0, -2), all.at(-1) ?? '']],
    ['a beginning that was cut off', (all) => all.slice(1)],
    ['another genesis', (all) => all.map((line, index) => (index === 0 ? line.replace('audit-v1', 'audit-v2') : line))],
    ['what is no JSON', (all) => all.map((line, index) => (index === 4 ? 'x' : line))],
    ['a decision without its signed bytes', () => chainOf(entries.map((entry) => (entry.kind === 'decided' ? ({ kind: 'decided', at } as AuditEntry) : entry)), head, digest).lines],
    ['nothing', () => []],
  ];
  for (const [what, change] of changes) {
    it(`is at fault with ${what}`, () => {
      assert.notDeepEqual(faultsOf(change(lines)), []);
    });
  }
  it('has another last digest when all of it was written anew', () => {
    const forged = chainOf(entries.slice(1), head, digest);
    assert.deepEqual(faultsOf(forged.lines), []);
    assert.notEqual(forged.digest, last);
  });
  it('names its latest moment only where another one was ahead of who made it, and then it has to be one of an entry', () => {
    const ahead = { ...decided, id: 'E', at: '2026-12-09T10:00:00Z' };
    const now = Date.parse(at) + 60_000;
    assert.deepEqual([latestOf(entries, now), latestOf([...entries, ahead], now)], [{}, { latest: at }]);
    const checked = (latest: string) => checkChain(chainOf([...entries, ahead], { ...head, latest }, digest).lines.join('\n'), digest);
    assert.deepEqual([checked(at).faults, checked(at).latest], [[], Date.parse(at)]);
    assert.match(checked('2026-11-29T09:00:00Z').faults.map(({ why }) => why).join(), /no entry is of then/);
  });
  it('stays on its lines and safe to show, whatever is in it', () => {
    const hostile = chainOf([{ ...decided, reason: 'a\n{"n":9}\u2028\u001b[31m\u202e' }], head, digest);
    assert.doesNotMatch(hostile.lines.join(''), /[\p{Cc}\p{Cf}\p{Zl}]/u);
    assert.deepEqual(faultsOf(hostile.lines), []);
  });
});

describe('an audit as CSV', () => {
  it('has a row for each entry, each with all cells in quotes', () => {
    const rows = csvOf(entries).split('\r\n');
    assert.equal(rows.length, entries.length + 2);
    assert.match(rows[0] ?? '', /^kind,at,who,what,/);
    assert.match(rows[3] ?? '', /^"decided","2026-11-29T10:00:00Z","alice@corp","approve",/);
  });
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '  =HYPERLINK("http://x")', '|calc']) {
    it(`runs no formula: ${JSON.stringify(text)}`, () => {
      const cells = csvOf([{ ...decided, reviewer: text, reason: text }]).split('\r\n')[1] ?? '';
      assert.equal(cells.match(/"'\s*[=+\-@|]/g)?.length, 2, cells);
      assert.doesNotMatch(cells, /"\s*[=+\-@|]/);
    });
  }
  it('keeps a text with quotes and line ends in its cell', () => {
    const rows = csvOf([{ ...decided, reason: 'a","b\r\nc' }]).split('\r\n');
    assert.equal(rows.length, 3);
    assert.match(rows[1] ?? '', /"a"",""b\\r\\nc"/);
  });
});

describe('an audit as SARIF', () => {
  interface Log { runs: [{ properties: object; results: { partialFingerprints: object; suppressions: { kind: string; status: string }[] }[] }] }
  const logOf = (some: readonly AuditEntry[]) => {
    const log = auditSarifOf(some, { version: '1.0.0', rules, pageOf: () => undefined });
    assert.deepEqual(faultsOfSarif(log), []);
    return (log as Log).runs[0];
  };
  const statuses = (some: readonly AuditEntry[]) => logOf(some).results[0]?.suppressions.map(({ kind, status }) => `${kind} ${status}`);
  it('is as the schema has it, with counts of everything', () => {
    assert.deepEqual(logOf(entries).properties, { requested: 1, flagged: 1, decided: 1, suppressed: 1, refused: 1, bypassed: 1, uncertain: 0 });
    assert.deepEqual(logOf(entries).results.map(({ partialFingerprints }) => partialFingerprints), [{ 'firebreakFinding/v1': fingerprint }, { 'firebreakFinding/v1': fingerprint }]);
  });
  it('takes for open what nobody can tell, and not for what came past the gate', () => {
    const landed = { at, targetRef: 'refs/heads/main', base: 'b', commit: 'c', committer: 'Bo <b@x>', what: 'a.sh:3', because: ['it has none'], ...finding } as const;
    const log = logOf([{ ...landed, kind: 'bypassed', unless: [] }, { ...landed, kind: 'uncertain', unless: ['a senior pushed it'] }]);
    const results = log.results as unknown as readonly { kind?: string; level: string; message: { text: string }; properties: { bypassed?: boolean; uncertain?: boolean } }[];
    assert.deepEqual(results.map(({ kind, level, properties: { bypassed, uncertain } }) => [kind, level, bypassed, uncertain]), [[undefined, 'error', true, undefined], ['open', 'none', undefined, true]]);
    assert.match(results[1]?.message.text ?? '', /may have come past the gate.*; unless a senior pushed it/);
    assert.match(csvOf([{ ...landed, kind: 'uncertain', unless: ['a senior pushed it'] }]), /\r\n"uncertain",.*"it has none; unless a senior pushed it"/);
  });
  it('says of each finding where it stands', () => {
    const [flagged, , approved] = entries;
    assert.ok(flagged && approved);
    assert.deepEqual(statuses([flagged]), ['external underReview']);
    assert.deepEqual(statuses([flagged, approved]), ['external accepted']);
    assert.deepEqual(statuses([flagged, { ...decided, decision: 'reject' }]), ['external rejected']);
    assert.deepEqual(statuses([flagged, decided, { ...decided, decision: 'revoke' }]), ['external underReview']);
    assert.deepEqual(statuses([flagged, { ...decided, signatureIsGood: false }]), ['external underReview']);
    assert.deepEqual(statuses(entries.slice(5)), ['inSource accepted']);
  });
});

describe('a line of the gate\'s log', () => {
  const line = { version: 1, at, targetRef: 'refs/heads/main', base: 'b', head: 'h', blocked: [], nextStep: 'Wait.' };
  it('is read', () => {
    assert.ok('at' in parseRefusal(JSON.stringify(line)));
  });
  for (const bad of ['x', '{}', JSON.stringify({ ...line, version: 2 }), JSON.stringify({ ...line, extra: 1 }), JSON.stringify({ ...line, at: 'today' }), '{"__proto__":{}}']) {
    it(`is told when it is ${bad.slice(0, 40)}`, () => {
      assert.ok('why' in parseRefusal(bad));
    });
  }
});
