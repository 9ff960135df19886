import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Checker } from '../../src/core/check/checker.ts';
import { Grammars } from '../../src/core/language/grammars.ts';
import { rules } from '../../src/core/rules/index.ts';
import { sha256Hex } from '../../src/node/digest.ts';
import { readGrammarFrom } from '../../src/node/readGrammar.ts';
import { openDesk, type Unsigned } from '../../src/node/review/desk.ts';
import { removeSandboxes, risky, Sandbox } from './sandbox.ts';
import { approved, asked, changedFile, changedText, keyOf, members, signerLine, Team, usualPolicy } from './team.ts';

const ruleIds = rules.map(({ id }) => id);
const engine = { checker: new Checker(rules, { grammars: new Grammars(readGrammarFrom(path.resolve('dist/grammars'))), digest: sha256Hex, today: () => '2026-11-29' }), ruleIds, version: '1.0.0' };
const options = { onTouchNeeded: () => undefined, signal: new AbortController().signal };

function fetched(clone: Sandbox): Sandbox {
  clone.git('fetch', '--quiet', 'origin', '+refs/firebreak/*:refs/firebreak/*');
  return clone;
}

describe('the desk that an editor works at', () => {
  after(removeSandboxes);

  describe('before a signature', () => {
    let alice: Sandbox;
    let unsigned: Unsigned;
    let id: string;
    beforeEach(async () => {
      const made = await asked();
      id = made.id;
      alice = fetched(made.team.clone('alice'));
      const desk = await openDesk(alice.folder);
      unsigned = await desk.prepare({ requestId: id, kind: 'approve', reviewer: members.alice, reason: 'Looked at it' }, engine);
    });
    const key = () => ({ kind: 'file', path: keyOf('alice') }) as const;
    const decisions = () => alice.git('for-each-ref', '--format=%(refname)', 'refs/firebreak/decisions');

    it('signs exactly the bytes whose digest was shown', async () => {
      const ref = await unsigned.sign(unsigned.digest, key(), options);
      const bytes = alice.git('cat-file', 'blob', `${ref}:decision.json`);
      assert.ok([bytes, `${bytes}\n`].some((each) => sha256Hex(each) === unsigned.digest));
      const { states } = await (await openDesk(alice.folder)).states(engine);
      assert.deepEqual(states.map(({ coverage, group, by }) => [coverage, group, by]), [['covered', 'decided', [`${members.alice} (same tree)`]]]);
    });

    it('signs nothing when another digest was shown', async () => {
      await assert.rejects(unsigned.sign('0'.repeat(64), key(), options), /not what was shown/);
      assert.equal(decisions(), '');
    });

    it('signs nothing when the request is another by now', async () => {
      const ref = `refs/firebreak/requests/${id}`;
      const record = alice.git('show', `${ref}:request.json`).replace(/"reason": ".*"/, '"reason": "Another reason"');
      const blob = alice.gitWith({ input: record }, 'hash-object', '-w', '--stdin');
      const tree = alice.gitWith({ input: `100644 blob ${blob}\trequest.json\n` }, 'mktree');
      const parents = alice.git('show', '--no-patch', '--format=%P', ref).split(' ').flatMap((parent) => ['-p', parent]);
      alice.git('config', 'user.name', 'alice');
      alice.git('update-ref', ref, alice.git('commit-tree', tree, ...parents, '-m', 'Another'));
      await assert.rejects(unsigned.sign(unsigned.digest, key(), options), /changed while it was shown/);
      assert.equal(decisions(), '');
    });

    it('stores nothing that another key signed', async () => {
      await assert.rejects(unsigned.sign(unsigned.digest, { kind: 'file', path: keyOf('carol') }, options), /nothing was stored/);
      assert.equal(decisions(), '');
    });
  });

  it('shows of an approved change just what was committed since', async () => {
    const { team, id, robin } = await approved();
    fetched(robin);
    robin.write(changedFile, `${changedText}// more\n`);
    robin.commitAll('One more line');
    const rest = await (await openDesk(robin.folder)).rest(id, ruleIds);
    assert.ok('approved' in rest);
    assert.equal(rest.approved.reviewer, members.alice);
    assert.deepEqual(rest.movedOn, []);
    assert.deepEqual(rest.files.map(({ path: file, before, after }) => [file, before, after]), [[changedFile, { text: changedText }, { text: `${changedText}// more\n` }]]);
    const second = await team.request();
    const alice = fetched(team.clone('alice'));
    const again = await (await openDesk(alice.folder)).rest(second, ruleIds);
    assert.ok('approved' in again);
    assert.deepEqual(again.files.map(({ path: file }) => file), [changedFile]);
    team.land({ [changedFile]: '// others' });
    alice.git('fetch', '--quiet', 'origin');
    const moved = await (await openDesk(alice.folder)).rest(second, ruleIds);
    assert.deepEqual('approved' in moved ? moved.movedOn : moved, [changedFile]);
  });

  it('compares a new change with nothing that was approved and has landed', async () => {
    const { team, robin } = await approved();
    robin.git('push', '--quiet', 'origin', 'HEAD:main');
    robin.write(changedFile, changedText.replace('user', 'order'));
    robin.write('src/more.ts', risky);
    robin.commitAll('Delete orders');
    const second = await team.request();
    const desk = await openDesk(fetched(robin).folder);
    const { states } = await desk.states(engine);
    assert.deepEqual(states.map(({ request: { id }, coverage, hasLanded, because }) => [id === second, coverage, hasLanded, because]), [
      [true, 'pending', false, ['it needs the approval of a senior, and has none that count']],
      [false, 'covered', true, []],
    ]);
    assert.deepEqual(await desk.rest(second, ruleIds), { because: [] });
  });

  it('says what still stands when somebody took back their approval', async () => {
    const { team, id } = await approved();
    await team.approve('carol', id);
    const alice = fetched(team.clone('alice'));
    const unsigned = await (await openDesk(alice.folder)).prepare({ requestId: id, kind: 'revoke', reviewer: members.alice, reason: 'Looked again' }, engine);
    await unsigned.sign(unsigned.digest, { kind: 'file', path: keyOf('alice') }, options);
    assert.deepEqual((await unsigned.stillStands()).map(({ kind, reviewer }) => [kind, reviewer]), [['approve', members.carol]]);
  });

  it('tells which branches a change may be for, the likeliest first, and finds what it holds against another one', async () => {
    const { team, robin } = await asked({ policy: usualPolicy.replace('targets: [refs/heads/main]', "targets: [refs/heads/main, 'refs/heads/release/*']") });
    const desk = await openDesk(robin.folder);
    assert.deepEqual(await desk.watchedBranches(), ['refs/heads/main']);
    team.remote.git('branch', 'release/1', 'main');
    team.remote.git('branch', 'other', 'main');
    robin.git('fetch', '--quiet', 'origin');
    assert.deepEqual(await desk.watchedBranches(), ['refs/heads/main', 'refs/heads/release/1']);
    const found = await desk.changeToRequest(engine, { targetRef: 'refs/heads/release/1' });
    assert.deepEqual(found.map(({ path: file }) => file), [changedFile]);
  });

  it('fetches with the records the policy that they are judged by, and the records also where a branch is gone', async () => {
    const { team, id } = await asked({ policy: usualPolicy.replace('targets: [refs/heads/main]', "targets: [refs/heads/main, 'refs/heads/release/*']") });
    team.remote.git('branch', 'release/1', 'main');
    const carol = team.clone('carol');
    carol.git('fetch', '--quiet', 'origin');
    const desk = await openDesk(carol.folder);
    team.land({ '.firebreak/policy.yml': usualPolicy.replace(`, ${members.carol}]`, ']').replace('approvals: 2', 'approvals: 1') });
    assert.equal(await desk.fetch(), undefined);
    assert.equal(carol.git('rev-parse', 'origin/main'), team.tip);
    assert.deepEqual((await desk.states(engine)).states.map(({ request, group }) => [request.id, group]), [[id, 'waiting']], 'carol is no senior any more');
    team.remote.git('branch', '--delete', '--force', 'release/1');
    carol.git('update-ref', '-d', `refs/firebreak/requests/${id}`);
    carol.git('update-ref', 'refs/remotes/origin/main', 'origin/main~1');
    assert.equal(await desk.fetch(), undefined);
    assert.equal((await desk.states(engine)).states.length, 1);
  });

  it('hides nothing behind an approval that nobody signed', async () => {
    const { team, id, robin } = await approved();
    const alice = fetched(team.clone('alice'));
    const [ref = ''] = alice.git('for-each-ref', '--format=%(refname)', 'refs/firebreak/decisions').split('\n');
    const signature = alice.gitWith({ input: readFileSync(`${keyOf('alice')}.pub`) }, 'hash-object', '-w', '--stdin');
    const tree = alice.gitWith({ input: `100644 blob ${alice.git('rev-parse', `${ref}:decision.json`)}\tdecision.json\n100644 blob ${signature}\tdecision.json.sig\n` }, 'mktree');
    alice.git('update-ref', ref, alice.git('commit-tree', tree, '-m', 'Forged'));
    const none = await (await openDesk(alice.folder)).rest(id, ruleIds);
    assert.ok('because' in none && none.because.join().includes('its signature does not count'), JSON.stringify(none));
    const shown = await alice.run(['residual', id]);
    assert.match(shown.stdout, /its signature does not count: [^]*has no approval that counts here/, shown.stderr);
    assert.ok('approved' in (await (await openDesk(fetched(robin).folder)).rest(id, ruleIds)));
  });

  it('takes no branch of the clone for what the remote has', async () => {
    const { team, id, robin } = await asked();
    const alice = fetched(team.clone('alice'));
    // Somebody's branch, with signers of its own, checked out under the name of the target.
    robin.write('.firebreak/allowed_signers', signerLine('mallory').replace(members.mallory, members.alice));
    robin.commitAll('Other signers');
    alice.git('fetch', '--quiet', robin.folder, '+HEAD:refs/heads/theirs');
    alice.git('switch', '--quiet', '--detach');
    alice.git('update-ref', 'refs/heads/main', 'theirs');
    alice.git('update-ref', '-d', 'refs/remotes/origin/main');
    alice.git('remote', 'set-url', 'origin', alice.at('away'));
    const desk = await openDesk(alice.folder);
    await assert.rejects(desk.prepare({ requestId: id, kind: 'approve', reviewer: members.alice, reason: 'x' }, engine), /refs\/heads\/main, which the request is for, is not known here; fetch it: git fetch origin \+refs\/heads\/main:refs\/remotes\/origin\/main/);
    assert.deepEqual((await desk.states(engine)).states.map(({ coverage, because }) => [coverage, because.map((each) => each.split(';')[0])]), [['pending', ['refs/heads/main has no policy that is known here']]]);
    // The remote is asked for a branch that is not known here, or has moved on.
    alice.git('remote', 'set-url', 'origin', team.remote.folder);
    assert.equal((await desk.prepare({ requestId: id, kind: 'approve', reviewer: members.alice, reason: 'x' }, engine)).request.id, id);
  });

  describe('listing reviews', () => {
    /** What git was started for, as it tells itself. */
    async function startedIn(trace: Sandbox, run: () => Promise<unknown>): Promise<number> {
      const before = readdirSync(trace.folder).length;
      process.env.GIT_TRACE2_EVENT = trace.folder;
      try {
        await run();
      } finally {
        delete process.env.GIT_TRACE2_EVENT;
      }
      return readdirSync(trace.folder).length - before;
    }

    it('asks git about what is open, however much is decided and landed', async () => {
      const { team, robin, id } = await asked();
      await team.approve('alice', id);
      const trace = new Sandbox();
      const costs: number[] = [];
      for (const name of ['one', 'two', 'three']) {
        robin.git('push', '--quiet', 'origin', 'HEAD:main');
        fetched(robin);
        const list = async () => (await openDesk(robin.folder)).states(engine);
        assert.ok((await list()).states.every(({ coverage, decisions }) => coverage === 'covered' && decisions.length === 1));
        // The tip moves, and nothing is open.
        team.land({ [`${name}.md`]: 'x\n' });
        robin.git('pull', '--quiet', '--rebase', 'origin', 'main');
        costs.push(await startedIn(trace, list));
        robin.write(`src/${name}.ts`, risky);
        robin.commitAll(name);
        await team.approve('alice', await team.request());
      }
      assert.deepEqual(costs, [costs[0], costs[0], costs[0]]);
      const open = async () => (await openDesk(robin.folder)).states(engine);
      fetched(robin);
      const [first, again] = [await startedIn(trace, open), await startedIn(trace, open)];
      assert.ok(first > again, `${first} and then ${again}`);
      assert.equal(again, costs[0]);
    });

    it('says something else as soon as what it rests on is another', async () => {
      const { team, robin, id } = await asked();
      await team.approve('alice', id);
      const list = async () => (await (await openDesk(fetched(robin).folder)).states(engine)).states.map(({ coverage }) => coverage);
      assert.deepEqual(await list(), ['covered']);
      await team.decide('alice', 'revoke', id);
      assert.deepEqual(await list(), ['pending']);
      await team.approve('carol', id);
      assert.deepEqual(await list(), ['covered']);
      const [ref = ''] = robin.git('for-each-ref', '--format=%(refname)', 'refs/firebreak/decisions').split('\n');
      robin.git('update-ref', ref.replace(/[^/]+$/, '01ZZZZZZZZZZZZZZZZZZZZZZZZ'), 'HEAD');
      assert.deepEqual((await (await openDesk(robin.folder)).states(engine)).unreadable.length, 1);
      for (const file of readdirSync(robin.at('.git/firebreak/states'))) robin.write(`.git/firebreak/states/${file}`, '{ "version": 1, "coverage": "covered"');
      robin.git('update-ref', '-d', ref.replace(/[^/]+$/, '01ZZZZZZZZZZZZZZZZZZZZZZZZ'));
      assert.deepEqual(await list(), ['covered']);
    });

    it('says what the gate says of what means something else by now, though the request says of itself what it said', async () => {
      const removal = 'aws s3 rb "s3://$BUCKET" --force';
      const script = (bucket: string, ...more: readonly string[]) => ['#!/bin/sh', `BUCKET=${bucket}`, ...Array.from({ length: 8 }, (_, line) => `echo ${line}`), ...more, ''].join('\n');
      const team = new Team({ files: { 'a.sh': script('scratch-tmp-build-cache') } });
      const robin = team.clone('robin');
      robin.write('a.sh', script('scratch-tmp-build-cache', removal));
      robin.commitAll('Clean up');
      const id = await team.request();
      for (const senior of ['alice', 'carol'] as const) await team.approve(senior, id);
      const coverage = async () => (await (await openDesk(fetched(robin).folder)).states(engine)).states.map((state) => state.coverage);
      assert.deepEqual(await coverage(), ['covered']);
      team.land({ 'a.sh': script('customer-archive') });
      robin.git('pull', '--quiet', '--rebase', 'origin', 'main');
      assert.deepEqual(await coverage(), ['stale']);
      assert.match((await team.gate()).stdout, /Blocked \(stale\)/);
      const listed = await robin.run(['reviews']);
      assert.match(listed.stdout, new RegExp(`${id} stale`), listed.stderr);
      assert.match((await robin.run(['show', id])).stdout, /with what has landed meanwhile it .*customer-archive/);
    });

    it('says what the gate says of what the change holds and the request does not name', async () => {
      const team = new Team();
      const robin = team.clone('robin');
      robin.write('a.ts', risky);
      robin.write('b.ts', risky);
      robin.commitAll('Delete twice');
      const { findings } = await robin.check(['--diff', 'origin/main..HEAD']);
      const made = await robin.run(['request', findings[0]?.fingerprint.slice(0, 12) ?? '', '--reason', 'one of them']);
      await team.approve('alice', /requested: (\S+)/.exec(made.stdout)?.[1] ?? made.stderr);
      const { states } = await (await openDesk(fetched(robin).folder)).states(engine);
      assert.deepEqual(states.map(({ coverage, by }) => [coverage, by.length]), [['pending', 1]]);
      assert.match((await team.gate()).stdout, /Blocked \(pending\): b\.ts/);
    });

    it('lists what is recent, counts what is older, and shows it when it is asked for', async () => {
      const { robin, id } = await asked();
      const old = `01${'0'.repeat(24)}`;
      const record = robin.git('show', `refs/firebreak/requests/${id}:request.json`).replace(`"id": "${id}"`, `"id": "${old}"`);
      const tree = robin.gitWith({ input: `100644 blob ${robin.gitWith({ input: record }, 'hash-object', '-w', '--stdin')}\trequest.json\n` }, 'mktree');
      const parents = robin.git('show', '--no-patch', '--format=%P', `refs/firebreak/requests/${id}`).split(' ').flatMap((parent) => ['-p', parent]);
      robin.git('update-ref', `refs/firebreak/requests/${old}`, robin.git('commit-tree', tree, ...parents, '-m', 'Old'));
      const listed = await robin.run(['reviews', '--no-fetch']);
      assert.deepEqual([listed.stdout.includes(id), listed.stdout.includes(old), listed.stdout.includes('1 older request not listed: firebreak reviews --all')], [true, false, true], listed.stdout + listed.stderr);
      const all = await robin.run(['reviews', '--no-fetch', '--all']);
      assert.deepEqual([all.stdout.includes(old), all.stdout.includes('not listed')], [true, false], all.stdout + all.stderr);
      assert.match((await robin.run(['show', old])).stdout, /pending/);
    });
  });

  it('finds what the gate will ask about in what is committed', async () => {
    const { robin } = await asked();
    const findings = await (await openDesk(robin.folder)).changeToRequest(engine);
    assert.deepEqual(findings.map(({ path: file, rule }) => [file, rule]), [[changedFile, 'delete-many-unfiltered']]);
  });

  it('finds the same in the work tree as the command line asks about: links, submodules, protected and unreadable files, and texts that nobody saved', async () => {
    const { robin } = await asked();
    symlinkSync('other.ts', robin.at('deploy.sh'));
    mkdirSync(robin.at('vendor/lib'), { recursive: true });
    robin.git('update-index', '--add', '--cacheinfo', `160000,${'ab'.repeat(20)},vendor/lib`);
    robin.write('.gitattributes', '* text=auto\n');
    robin.write('tool.sh', 'a\0b');
    const desk = await openDesk(robin.folder);
    const named = (findings: readonly { readonly path: string; readonly rule: string }[]) => findings.map(({ path: file, rule }) => `${file} ${rule}`);
    const found = named(await desk.changeToRequest(engine, { buffers: new Map() }));
    assert.deepEqual(found, ['.gitattributes protected-file', 'deploy.sh unread-file', `${changedFile} delete-many-unfiltered`, 'tool.sh unread-file', 'vendor/lib unread-file']);
    const made = await robin.run(['request', '--all', '--reason', 'x', '--no-push']);
    assert.equal(made.code, 0, made.stderr);
    const id = /requested: (\S+)/.exec(made.stdout)?.[1] ?? '';
    assert.deepEqual(named((JSON.parse(robin.git('show', `refs/firebreak/requests/${id}:request.json`)) as { findings: { path: string; rule: string }[] }).findings), found);
    const unsaved = named(await desk.changeToRequest(engine, { buffers: new Map([['src/other.ts', risky]]) }));
    assert.ok(unsaved.includes('src/other.ts delete-many-unfiltered'));
  });
});
