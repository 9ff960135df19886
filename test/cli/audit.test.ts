import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { chainOf } from '../../src/core/report/auditChain.ts';
import type { AuditEntry } from '../../src/core/report/audit.ts';
import { sha256Hex } from '../../src/node/digest.ts';
import { faultsOfSarif } from '../support/sarif.ts';
import { risky, riskyRule, removeSandboxes, type Sandbox } from './sandbox.ts';
import { findStore } from '../../src/node/review/store.ts';
import { verifyRecords } from '../../src/node/review/verifyRecords.ts';
import { approved, asked, members, signerLine, Team, usualPolicy } from './team.ts';
import { decisionsIn, rewritten } from './threats/guarded.ts';

const suppressed = (reason: string) => `// firebreak-ignore ${riskyRule}: ${reason}\n${risky}`;

describe('a suppression at the gate', function () {
  this.timeout(120_000);
  after(removeSandboxes);

  it('that is new waits for a senior like the operation itself; one that stood at the base does not', async () => {
    const team = new Team({ files: { 'old.ts': suppressed('a table of the demo') } });
    const robin = team.clone('robin');
    robin.write('old.ts', `${suppressed('a table of the demo')}f();\n`);
    robin.commitAll('Say more');
    assert.equal((await team.gate()).code, 0);
    robin.write('new.ts', suppressed('trust me'));
    robin.commitAll('Delete users');
    const refused = await team.gate();
    assert.equal(refused.code, 1);
    assert.match(refused.stdout, new RegExp(`Blocked \\(pending\\): new\\.ts:2 high ${riskyRule}`));
    await team.approve('alice', await team.request());
    assert.equal((await team.gate()).code, 0);
  });

  it('that is put above an operation of the base waits too', async () => {
    const team = new Team({ files: { 'old.ts': risky } });
    team.clone('robin').write('old.ts', suppressed('nobody will look'));
    team.clone('robin').commitAll('Explain');
    assert.match((await team.gate()).stdout, new RegExp(`Blocked \\(pending\\): old\\.ts:2 high ${riskyRule}`));
  });
});

describe('firebreak audit', function () {
  this.timeout(120_000);
  let remote: Sandbox;
  let jsonl: string;
  before(async () => {
    const team = new Team({ files: { 'old.ts': suppressed('a table of the demo') } });
    ({ remote } = team);
    team.clone('robin').write('a.ts', risky);
    team.clone('robin').commitAll('Delete users');
    const id = await team.request();
    assert.equal((await team.gate()).code, 1);
    await team.approve('alice', id);
    const emergency = await team.decide('carol', 'approve', id, { args: ['--emergency', '--reason', 'it burns'] });
    assert.equal(emergency.code, 0, emergency.stdout + emergency.stderr);
    const { code, stdout, stderr } = await remote.run(['audit']);
    assert.equal(code, 0, stderr);
    jsonl = stdout;
  });
  after(removeSandboxes);

  const verify = (text: string, ...args: string[]) => {
    remote.write('audit.jsonl', text);
    return remote.run(['verify', '--audit', remote.at('audit.jsonl'), ...args]);
  };

  it('tells what was flagged, requested, refused, decided, bypassed and suppressed', () => {
    const kinds = jsonl.trimEnd().split('\n').slice(1, -1).map((line) => (JSON.parse(line) as { entry: { kind: string } }).entry.kind);
    assert.deepEqual(kinds, ['flagged', 'requested', 'refused', 'decided', 'bypassed', 'suppressed']);
  });
  it('is the same each time', async () => {
    assert.equal((await remote.run(['audit'])).stdout, jsonl);
  });
  it('is checked again, chain and signatures, with the digest that was kept', async () => {
    const good = await verify(jsonl);
    assert.equal(good.code, 0, good.stdout + good.stderr);
    const kept = /SHA-256 is ([0-9a-f]{64})/.exec(good.stdout)?.[1] ?? '';
    assert.match(good.stdout, /^6 entries, 2 signatures, nothing wrong in itself; [^]*It does not show that this is the file that was exported/);
    assert.equal((await verify(jsonl, '--digest', kept)).code, 0);
    assert.equal((await verify(jsonl, '--digest', '0'.repeat(64))).code, 1);
  });
  it('is checked with signers of one\'s own choice, and finds those who are none', async () => {
    remote.write('signers', signerLine('alice'));
    const { code, stdout } = await verify(jsonl, '--signers', remote.at('signers'));
    assert.equal(code, 1);
    assert.match(stdout, /line 6: its signature does not count/);
  });
  const entries = () => jsonl.trimEnd().split('\n').slice(1, -1).map((line) => (JSON.parse(line) as { entry: AuditEntry }).entry);
  /** As whoever can write the file would: all lines chained anew. */
  const rechained = (change: (all: AuditEntry[]) => AuditEntry[]) => {
    const { n: _n, previous: _previous, genesis: _genesis, ...head } = JSON.parse(jsonl.split('\n', 1)[0] ?? '') as Parameters<typeof chainOf>[1] & { n: number; previous: string; genesis: string };
    return verify(`${chainOf(change(entries()), head, sha256Hex).lines.join('\n')}\n`);
  };
  const forgeries: readonly [what: string, change: (all: AuditEntry[]) => AuditEntry[], why: RegExp][] = [
    ['tells nothing of a request', (all) => all.filter(({ kind }) => kind !== 'requested' && kind !== 'flagged'), /^not good {2}\S.*audit\.jsonl: request (\w{26}) of \S+ is in no line of the audit, and \S.* has it \(refs\/firebreak\/requests\/\1\): it was taken out of the audit, or came to this repository only after that was made$/m],
    ['tells of a request that nobody made', (all) => [...all, ...all.filter(({ kind }) => kind === 'requested').map((entry) => ({ ...entry, request: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }))], /line \d: no request 01ARZ3NDEKTSV4RRFFQ69G5FAV under refs\/firebreak\/requests\/ of \S.* says so; where it was never fetched: git fetch/],
    ['tells nothing of an approval', (all) => all.filter(({ kind }) => kind !== 'decided'), /^not good {2}\S.*audit\.jsonl: decision (\w{26}) \(approve by alice@corp\.example\) of \S+ is in no line of the audit, and \S.* has it \(refs\/firebreak\/decisions\/[0-9a-f]{64}\/\1\)/m],
    ['calls a good signature bad', (all) => all.map((entry) => ('decision' in entry ? { ...entry, signatureIsGood: false } : entry)), /line 5: its signature counts, and the audit says that it does not/],
    ['has an entry of its own kind', (all) => [...all.slice(0, 1), { kind: 'blessed', by: 'alice@corp.example' } as unknown as AuditEntry, ...all.slice(1)], /line 3: it tells of something that is "blessed", which Firebreak \S+ tells of in no audit that this one can read/],
    ['tells nothing of what is suppressed', (all) => all.filter(({ kind }) => kind !== 'suppressed'), /^not good {2}\S.*audit\.jsonl: old\.ts:2 is suppressed in \w+, the tip of refs\/heads\/main then, and no line of the audit tells of it/m],
  ];
  for (const [what, change, why] of forgeries) {
    it(`is at fault, by the records that are here, where it ${what} and all is chained anew`, async () => {
      const { code, stdout } = await rechained(change);
      assert.equal(code, 1, stdout);
      assert.match(stdout, why);
    });
  }
  it('says of what is later than all that it tells that only the digest shows more', async () => {
    const { code, stdout } = await rechained((all) => all.filter((entry) => !(entry.kind === 'bypassed')));
    assert.equal(code, 0, stdout);
    assert.match(stdout, /decision \w{26} \(emergency by carol@corp\.example\) of \S+ is later than all that the audit tells; whether it came after it or was taken out, only the digest that was kept shows$/m);
    const kept = /SHA-256 is ([0-9a-f]{64})/.exec(stdout)?.[1] ?? '';
    assert.match((await verify(readFileSync(remote.at('audit.jsonl'), 'utf8'), '--digest', kept)).stdout, /of \S+ is later than all that the audit tells\n1?\d entries, [^\n]* all good, and the file is the one that was kept/);
  });
  it('is at fault when a line was changed', async () => {
    const { code, stdout } = await verify(jsonl.replace('it burns', 'it is fine'));
    assert.equal(code, 1);
    assert.match(stdout, /the line before it is not the one that it names/);
    assert.match(stdout, /it says something else than what was signed|what was signed is no decision/);
  });
  it('is at fault once where a line was taken out, and not with all that follow', async () => {
    const { code, stdout } = await verify(jsonl.split('\n').filter((_, index) => index !== 1).join('\n'));
    assert.equal(code, 1);
    assert.match(stdout, /^not good {2}\S[^\n]*audit\.jsonl: request \w+ [^\n]* is in no line of the audit, [^\n]*\nnot good {2}line 2: it is numbered 2, and 1 comes here\nnot good {2}line 2: the line before it [^\n]*\nnot good {2}line 7: it says that there are 6 entries, and there are 5\n5 entries/);
  });
  it('needs the name of a file beside a digest', async () => {
    const { code, stderr } = await remote.run(['verify', '--digest', '0'.repeat(64)]);
    assert.deepEqual([code, stderr.includes('name it: --audit FILE')], [2, true], stderr);
  });
  it('says what a digest is, and where it is, to who gives something else', async () => {
    for (const digest of ['xyz', 'a'.repeat(40), '']) {
      const { code, stdout, stderr } = await verify(jsonl, '--digest', digest);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^firebreak: --digest ".*" is no digest: it takes the SHA-256 of the audit's last line, 64 digits from 0 to 9 and a to f, as firebreak audit told it when the audit was made/);
    }
  });
  it('is at fault when its end was cut off', async () => {
    assert.equal((await verify(jsonl.trimEnd().split('\n').slice(0, -1).join('\n'))).code, 1);
  });
  it('is SARIF as the schema has it', async () => {
    const { stdout, code } = await remote.run(['audit', '--format', 'sarif']);
    assert.equal(code, 0);
    assert.deepEqual(faultsOfSarif(JSON.parse(stdout)), []);
  });
  it('is CSV', async () => {
    const { stdout } = await remote.run(['audit', '--format', 'csv']);
    const suppressed = stdout.split('\r\n').find((row) => row.startsWith('"suppressed"')) ?? '';
    assert.match(suppressed, /^"suppressed","\d{4}-\d\d-\d\dT[\d:.]+Z","[^"]+ <founder@corp\.example>",/);
    assert.deepEqual(stdout.split('\r\n').map((row) => row.split(',')[0]), ['kind', '"flagged"', '"requested"', '"refused"', '"decided"', '"bypassed"', '"suppressed"', '']);
  });
  it('tells of a line of the log that cannot be read, and says so', async () => {
    const [log = ''] = remote.git('rev-parse', '--absolute-git-dir').split('\n');
    const file = `${log}/firebreak/refusals/${new Date().toISOString().slice(0, 7)}.jsonl`;
    const before = readFileSync(file, 'utf8');
    appendFileSync(file, 'half of a li');
    const { code, stdout, stderr } = await remote.run(['audit', '--format', 'csv']);
    assert.equal(code, 1);
    assert.match(stdout, /"unreadable",.*"refusals\/\d{4}-\d\d\.jsonl:2".*"it is not JSON"/);
    assert.match(stderr, /1 could not be read/);
    remote.write(file.slice(remote.folder.length + 1), before);
  });
  it('of a branch that is not known says what to do', async () => {
    const { code, stderr } = await remote.run(['audit', '--target', 'refs/heads/none']);
    assert.equal(code, 2);
    assert.match(stderr, /refs\/heads\/none is not known here; fetch it, or name another: --target REF/);
  });
});

describe('what an audit tells as suppressed on a branch beside the default one', function () {
  this.timeout(120_000);
  after(removeSandboxes);

  it('goes by the policies by which the gate judges it: by its own alone nothing of it was told', async () => {
    const watching = usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']");
    const team = new Team({ policy: watching, files: { 'old.ts': suppressed('a table of the demo') } });
    const branch = 'refs/heads/release/1';
    const robin = team.clone('robin');
    // Pushed past any gate: a policy of its own that leaves all out.
    robin.write('.firebreak/policy.yml', `${watching}exclude: ['**']\n`);
    robin.commitAll('Rules of its own');
    robin.git('push', '--quiet', 'origin', `HEAD:${branch}`);
    const { stdout } = await team.remote.run(['audit', '--target', branch]);
    const told = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { usual?: string; entry?: { kind: string; path?: string } });
    assert.deepEqual(told.flatMap(({ entry }) => (entry?.kind === 'suppressed' ? [entry.path] : [])), ['old.ts']);
    assert.equal(told[0]?.usual, team.tip);
    const verified = async (text: string) => {
      team.remote.write('audit.jsonl', text);
      return (await team.remote.run(['verify', '--audit', team.remote.at('audit.jsonl')])).stdout;
    };
    assert.doesNotMatch(await verified(stdout), /suppress/);
    // Later rules of the default branch change nothing of it; what it never was does.
    team.land({ '.firebreak/policy.yml': `${watching}exclude: ['old.ts']\n` });
    assert.doesNotMatch(await verified(stdout), /suppress/);
    assert.match(await verified(stdout.replaceAll(team.remote.git('rev-parse', 'main~1'), robin.git('rev-parse', 'HEAD'))), /^not good {2}line 1: it names \w{40} as what the default branch was beside refs\/heads\/release\/1, and by .+ it never was/m);
  });
});

describe('what was decided before its key went', function () {
  this.timeout(120_000);
  after(removeSandboxes);

  const ways: readonly [how: string, files: () => Readonly<Record<string, string>>, why: RegExp][] = [
    ['was taken out of the signers', () => ({ '.firebreak/allowed_signers': signerLine('carol') }), /its key is not in allowed_signers/],
    ['was revoked', () => ({ '.firebreak/revoked': signerLine('alice').split(' ').slice(1).join(' ') }), /its key was revoked/],
  ];
  for (const [how, files, why] of ways) {
    it(`stays good where it ${how}, and is told with what nobody knows`, async () => {
      const { team } = await approved();
      team.land(files());
      const carol = team.clone('carol');
      carol.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
      carol.git('fetch', '--quiet', 'origin');
      const store = await findStore(carol.folder);
      assert.ok(store);
      const [, decision] = await verifyRecords(store, undefined, { ruleIds: [] });
      assert.deepEqual([decision?.faults, decision?.isOver], [[], true]);
      assert.match(decision?.said.at(-1) ?? '', why);
      assert.match(decision?.said.at(-1) ?? '', /it counted by the signers of \w{12}, the policy that it names, and counts no longer: .*; that it was made before that, nobody but its signer says/);
      const { stdout } = await carol.run(['audit', '--no-fetch']);
      assert.match(stdout, /"signatureIsGood":true,"signatureNoLonger":"its key/);
      carol.write('audit.jsonl', stdout);
      const verified = await carol.run(['verify', '--audit', 'audit.jsonl']);
      assert.equal(verified.code, 0, verified.stdout);
      assert.match(verified.stdout, /^line \d: it counted by the signers of/m);
    });
  }

  it('is not good by a policy that was never the branch\'s', async () => {
    const { team, robin, id } = await asked();
    // Mallory's key stands in the signers of a commit of their own, which their decision names.
    robin.write('.firebreak/allowed_signers', signerLine('mallory').replace(members.mallory, members.alice));
    const own = robin.commitAll('Other signers');
    await team.approve('alice', id);
    const [ref = ''] = decisionsIn(team.remote);
    rewritten(team.remote, ref, { signer: 'mallory', over: { policy: own } });
    team.remote.git('fetch', '--quiet', robin.folder, 'HEAD');
    const store = await findStore(team.remote.folder);
    assert.ok(store);
    const faults = (await verifyRecords(store, undefined, { ruleIds: [] })).flatMap((each) => each.faults);
    assert.match(faults.map(({ why }) => why).join(), /its signature does not count: its key is not in allowed_signers/);
  });
});
