import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { harmless, quietEnvironment, removeSandboxes, risky, Sandbox } from './sandbox.ts';
import { keyOf, members, signerLine, Team, usualPolicy } from './team.ts';

/** git as a person runs it, with its exit code and what it tells. */
function git(sandbox: Sandbox, ...args: string[]): { readonly code: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync('git', args, { cwd: sandbox.folder, env: quietEnvironment });
  return { code: status, stderr: stderr.toString() };
}

/** The last line that the hook of the other side wrote. */
function lastLine(stderr: string, prefix = 'remote: firebreak: '): string {
  return stderr.split('\n').filter((line) => line.startsWith(prefix)).at(-1)?.slice(prefix.length).trim() ?? '';
}

async function guarded(team = new Team(), ...args: string[]): Promise<Team> {
  const { code, stderr } = await team.remote.run(['init', '--server', ...args]);
  assert.equal(code, 0, stderr);
  return team;
}

function riskyCommit(team: Team): Sandbox {
  const robin = team.clone('robin');
  robin.write('src/a.ts', `// one\n${risky}`);
  robin.commitAll('Delete users');
  return robin;
}

describe('a repository that is pushed to', () => {
  after(removeSandboxes);

  it('refuses what lacks an approval, with the sentence that says what to do as its last line, and takes it when it is approved', async () => {
    const team = await guarded();
    const robin = riskyCommit(team);
    const refused = git(robin, 'push', 'origin', 'HEAD:main');
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /Blocked \(pending\): src\/a\.ts:2 high delete-many-unfiltered/);
    assert.match(lastLine(refused.stderr), /^Ask a senior to approve it: firebreak request --all/);
    const id = await team.request();
    assert.match(lastLine(git(robin, 'push', 'origin', 'HEAD:main').stderr), new RegExp(`^Wait until a senior has approved request ${id}`));
    await team.approve('alice', id);
    const taken = git(robin, 'push', 'origin', 'HEAD:main');
    assert.equal(taken.code, 0, taken.stderr);
    const folder = team.remote.at('firebreak/refusals');
    const kept = readdirSync(folder).flatMap((file) => readFileSync(`${folder}/${file}`, 'utf8').trimEnd().split('\n')).map((line) => JSON.parse(line) as { targetRef: string; nextStep: string });
    assert.deepEqual(kept.map(({ targetRef }) => targetRef), ['refs/heads/main', 'refs/heads/main']);
    assert.match(kept[1]?.nextStep ?? '', new RegExp(`^Wait until a senior has approved request ${id}`));
  });

  it('takes branches that nobody watches, and harmless changes, without asking', async () => {
    const team = await guarded();
    const robin = riskyCommit(team);
    assert.equal(git(robin, 'push', 'origin', 'HEAD:refs/heads/topic').code, 0);
    const carol = team.clone('carol');
    carol.write('a.ts', harmless);
    carol.commitAll('Read users');
    assert.equal(git(carol, 'push', 'origin', 'HEAD:main').code, 0);
  });

  it('tells whoever pushes what the policy lets pass and wants told', async () => {
    const team = await guarded(new Team({ policy: usualPolicy.replace('high: { approvals: 1 }', 'high: warn') }));
    const { code, stderr } = git(riskyCommit(team), 'push', 'origin', 'HEAD:main');
    assert.equal(code, 0, stderr);
    assert.match(lastLine(stderr), /^Warning: src\/a\.ts:2 high delete-many-unfiltered: /);
  });

  it('judges no branch that nobody watches by a policy of its own that is broken, and says of a broken one whose it is', async () => {
    const team = await guarded();
    const robin = team.clone('robin');
    const wip = 'refs/heads/wip';
    robin.write('.firebreak/policy.yml', 'version: 1\ntypo: 1\n');
    const broken = robin.commitAll('Mistype');
    assert.equal(git(robin, 'push', 'origin', `HEAD:${wip}`).code, 0);
    robin.write('.firebreak/policy.yml', usualPolicy);
    robin.commitAll('Correct it');
    for (const update of [`HEAD:${wip}`, `+${broken}:${wip}`, `+origin/main:${wip}`, `+${broken}:${wip}`, `:${wip}`]) {
      const { code, stderr } = git(robin, 'push', 'origin', update);
      assert.equal(code, 0, `${update}: ${stderr}`);
    }
    team.remote.git('fetch', '--quiet', robin.folder, `${broken}:refs/heads/main`);
    const { code, stderr } = git(robin, 'push', 'origin', 'HEAD:refs/heads/topic');
    assert.equal(code, 1);
    assert.match(stderr, /the policy of refs\/heads\/main, which says whether refs\/heads\/topic is watched, cannot be read: /);
    assert.match(lastLine(stderr), /^Correct \.firebreak\/policy\.yml in a change for refs\/heads\/main, have who keeps the gate name/);
  });

  it('takes tags of what is no commit where nobody watches them, and says of a watched branch that this is none', async () => {
    const team = await guarded();
    const robin = team.clone('robin');
    const blob = robin.git('rev-parse', 'HEAD:README.md');
    robin.git('tag', '--no-sign', '--message=A file', 'file', blob);
    for (const source of [blob, 'file']) {
      const taken = git(robin, 'push', 'origin', `${source}:refs/tags/${source === blob ? 'blob' : 'file'}`);
      assert.equal(taken.code, 0, taken.stderr);
    }
    assert.equal(git(robin, 'push', 'origin', ':refs/tags/blob').code, 0);
    const { code, stdout, stderr } = await team.remote.run(['gate', '--base', team.tip, '--head', blob, '--target', 'refs/heads/main']);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /refs\/heads\/main would move from or to a blob, which is no commit, so there is no change to judge; the policy has it watched, so give it a commit/);
  });

  it('neither deletes nor replaces a record, nor lets one stand in the way of others', async () => {
    const team = await guarded();
    riskyCommit(team);
    const id = await team.request();
    await team.approve('alice', id);
    const robin = team.clone('robin');
    robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    const [request = '', decision = ''] = ['refs/firebreak/requests', 'refs/firebreak/decisions'].map((prefix) => robin.git('for-each-ref', '--format=%(refname)', prefix));
    for (const ref of [request, decision]) {
      assert.match(lastLine(git(robin, 'push', 'origin', `:${ref}`).stderr), /^Push records only as firebreak made them/, `deleting ${ref}`);
      assert.match(lastLine(git(robin, 'push', '--force', 'origin', `HEAD:${ref}`).stderr), /^Push records only/, `replacing ${ref}`);
    }
    for (const ref of ['refs/firebreak/decisions/x', 'refs/firebreak/other', `${decision}/below`, 'refs/Firebreak/requests/x']) assert.equal(git(robin, 'push', 'origin', `HEAD:${ref}`).code, 1, ref);
    assert.deepEqual(team.remote.git('for-each-ref', '--format=%(refname)', 'refs/firebreak').split('\n').sort(), [decision, request].sort());
  });

  it('takes no record that cannot be read, nor a decision that its reviewer did not sign', async () => {
    const team = await guarded();
    riskyCommit(team);
    const id = await team.request();
    const robin = team.clone('robin');
    const [folder, name] = ['a'.repeat(64), '01HZZZZZZZZZZZZZZZZZZZZZZZ'];
    assert.match(git(robin, 'push', 'origin', `HEAD:refs/firebreak/decisions/${folder}/${name}`).stderr, /cannot be read: it has no decision\.json/);
    assert.match(git(robin, 'push', 'origin', `HEAD:refs/firebreak/requests/${name}`).stderr, /cannot be read: it has no request\.json/);
    // Signed, but by a key that only a clone takes for hers: what a clone knows of its remote anybody can write there.
    const alice = team.clone('alice');
    alice.write('.firebreak/allowed_signers', `${members.alice} ${signerLine('mallory').split(' ').slice(1).join(' ')}`);
    alice.commitAll('Take another key for hers');
    alice.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    alice.git('fetch', '--quiet', team.remote.folder, 'refs/firebreak/*:refs/firebreak/*');
    const forged = await alice.run(['approve', id, '--as', members.alice, '--key', keyOf('mallory'), '--reason', 'x', '--yes', '--no-fetch', '--no-push']);
    const made = alice.git('for-each-ref', '--format=%(refname)', 'refs/firebreak/decisions');
    assert.notEqual(made, '', forged.stderr);
    assert.match(git(alice, 'push', 'origin', made).stderr, /is not signed by alice@corp\.example/);
  });

  it('admits the first policy with an approval of the signers that the server names, and nothing before', async () => {
    const signers = new Sandbox();
    signers.write('signers', signerLine('alice'));
    const team = await guarded(new Team({ policy: '' }), '--bootstrap-signers', signers.at('signers'));
    const robin = team.clone('robin');
    robin.write('.firebreak/policy.yml', usualPolicy);
    robin.write('.firebreak/allowed_signers', signerLine('alice') + signerLine('carol'));
    robin.commitAll('Add a policy');
    assert.match(lastLine(git(robin, 'push', 'origin', 'HEAD:main').stderr), /^Ask alice@corp\.example, whom the gate was told with --bootstrap-signers, to approve the first policy: firebreak request --all --target refs\/heads\/main --reason "…"; they do it with that file \(firebreak approve ID --as NAME --reason "…" --bootstrap-signers FILE\); and push again\.$/);
    assert.equal(git(robin, 'push', 'origin', 'HEAD:refs/heads/topic').code, 0);
    const asked = await robin.run(['request', '--all', '--reason', 'needed']);
    const [, id = asked.stderr] = /requested: (\S+)/.exec(asked.stdout) ?? [];
    assert.match(asked.stdout, new RegExp(`to approve: a signer whom the gate was told with --bootstrap-signers, .*: firebreak approve ${id} --as NAME --reason "…" --bootstrap-signers FILE`));
    const approved = await team.decide('alice', 'approve', id, { args: ['--bootstrap-signers', signers.at('signers')] });
    assert.equal(approved.code, 0, approved.stderr);
    const { code, stderr } = git(robin, 'push', 'origin', 'HEAD:main');
    assert.equal(code, 0, stderr);
  });

  for (const isTold of [true, false]) {
    it(`holds everything while the policy cannot be read, and takes its correction with an approval of the signers that ${isTold ? 'it was told' : 'it is told then'}`, async () => {
      const signers = new Sandbox();
      signers.write('signers', signerLine('mallory'));
      const naming = ['--bootstrap-signers', signers.at('signers')];
      const team = await guarded(new Team(), ...(isTold ? naming : []));
      team.remote.git('config', 'core.hooksPath', '/dev/null');
      team.land({ '.firebreak/policy.yml': usualPolicy.replace('seniors', 'senior') });
      team.remote.git('config', '--unset', 'core.hooksPath');
      const robin = team.clone('robin');
      robin.git('pull', '--quiet', '--rebase', 'origin', 'main');
      robin.write('a.ts', harmless);
      robin.commitAll('Read users');
      const harmlessly = git(robin, 'push', 'origin', 'HEAD:main');
      assert.equal(harmlessly.code, 1);
      assert.match(harmlessly.stderr, /the policy of refs\/heads\/main cannot be read: .*unknown key "senior"/);
      assert.match(lastLine(harmlessly.stderr), isTold ? /^Correct \.firebreak\/policy\.yml in a change for refs\/heads\/main, ask mallory@evil\.example, whom the gate was told/ : /^Correct \.firebreak\/policy\.yml in a change for refs\/heads\/main, have who keeps the gate name the signers/);
      const early = await robin.run(['request', '--all', '--reason', 'needed', '--target', 'refs/heads/main']);
      assert.deepEqual([early.code, /the policy of refs\/heads\/main is broken: .*; correct it in the change, and ask again/.test(early.stderr)], [2, true], early.stderr);
      robin.write('.firebreak/policy.yml', usualPolicy);
      robin.commitAll('Correct the policy');
      if (!isTold) assert.equal((await team.remote.run(['init', '--server', ...naming])).code, 0);
      assert.match(lastLine(git(robin, 'push', 'origin', 'HEAD:main').stderr), /^Ask mallory@evil\.example, whom the gate was told with --bootstrap-signers, to approve the corrected policy: firebreak request --all/);
      const asked = await robin.run(['request', '--all', '--reason', 'needed', '--target', 'refs/heads/main']);
      assert.equal(asked.code, 0, asked.stderr);
      const [, id = asked.stderr] = /requested: (\S+)/.exec(asked.stdout) ?? [];
      assert.match(asked.stdout, new RegExp(`because refs/heads/main has no policy that can be read: firebreak approve ${id} --as NAME --reason "…" --bootstrap-signers FILE`));
      const mallory = team.clone('mallory');
      mallory.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
      const reviews = await mallory.run(['reviews']);
      assert.match(reviews.stdout + reviews.stderr, /the policy of refs\/heads\/main cannot be read: .*: firebreak reviews --bootstrap-signers FILE/);
      const approved = await team.decide('mallory', 'approve', id, { args: naming });
      assert.equal(approved.code, 0, approved.stderr + approved.stdout);
      const { code, stderr } = git(robin, 'push', 'origin', 'HEAD:main');
      assert.equal(code, 0, stderr);
    });
  }

  it('that was told no signers says of the first policy who has to name them, and what comes then', async () => {
    const team = await guarded(new Team({ policy: '' }));
    const robin = team.clone('robin');
    robin.write('a.ts', harmless);
    robin.commitAll('Read users');
    assert.match(lastLine(git(robin, 'push', 'origin', 'HEAD:main').stderr), /^Commit a policy for refs\/heads\/main \(firebreak init --policy proposes one\)\. Have who keeps the gate name the signers .*: firebreak init --server --bootstrap-signers FILE;/);
    robin.write('.firebreak/policy.yml', usualPolicy);
    robin.commitAll('Add a policy');
    assert.match(lastLine(git(robin, 'push', 'origin', 'HEAD:main').stderr), /^Have who keeps the gate name the signers who may approve the first policy .*, and push again\.$/);
    robin.write('.firebreak/policy.yml', 'version: 1\ntypo: 1\n');
    robin.commitAll('Break it');
    assert.match(lastLine(git(robin, 'push', 'origin', 'HEAD:main').stderr), /^Correct \.firebreak\/policy\.yml in the change, and push again\.$/);
  });

  it('is closed where the gate was taken away under it', async () => {
    const team = await guarded();
    const carol = team.clone('carol');
    carol.write('a.ts', harmless);
    carol.commitAll('Read users');
    rmSync(team.remote.at('firebreak/bin'), { recursive: true });
    const { code, stderr } = git(carol, 'push', 'origin', 'HEAD:main');
    assert.equal(code, 1);
    assert.match(stderr, /the gate is not where it was put, so it is closed/);
  });

  it('is told no address that is none', async () => {
    const { remote } = new Team();
    for (const url of ['not a url', '', 'app', 'https://']) {
      const { code, stderr } = await remote.run(['init', '--server', '--url', url]);
      assert.deepEqual([code, stderr.includes('is no address of a repository'), existsSync(remote.at('hooks/pre-receive'))], [2, true, false], stderr);
    }
    for (const url of ['https://host.example/team/app.git', 'git@host.example:team/app.git', 'ssh://git@host.example:2222/app', remote.folder]) assert.equal((await remote.run(['init', '--server', '--url', url])).code, 0, url);
  });

  it('is not put where people work, and says where it belongs', async () => {
    const clone = new Team().clone('robin');
    const { code, stderr } = await clone.run(['init', '--server']);
    assert.deepEqual([code, existsSync(clone.at('.git/hooks/pre-receive'))], [2, false]);
    assert.match(stderr, /has a work tree, and --server is for the repository that is pushed to, which is bare; run it there/);
    assert.equal((await clone.run(['init', '--server', '--remove'])).code, 0);
  });

  it('is taken out again', async () => {
    const team = await guarded();
    assert.ok(existsSync(team.remote.at('hooks/pre-receive')));
    assert.equal((await team.remote.run(['init', '--server', '--remove'])).code, 0);
    assert.equal(existsSync(team.remote.at('hooks/pre-receive')), false);
  });
});

describe('the hook before a push', () => {
  after(removeSandboxes);

  it('holds a push in the clone, beside the hook that was there, and lets it go when it is approved', async () => {
    const team = new Team();
    const robin = riskyCommit(team);
    robin.write('.git/hooks/pre-push', '#!/bin/sh\ncat > .git/pushed\n');
    spawnSync('chmod', ['+x', robin.at('.git/hooks/pre-push')]);
    assert.equal((await robin.run(['init', '--hook'])).code, 0);
    const held = git(robin, 'push', 'origin', 'HEAD:main');
    assert.equal(held.code, 1);
    assert.match(lastLine(held.stderr, 'firebreak: '), /^Ask a senior to approve it/);
    const id = await team.request();
    await team.approve('alice', id);
    assert.equal(git(robin, 'push', 'origin', 'HEAD:main').code, 0, 'what was approved elsewhere is fetched');
    assert.match(readFileSync(robin.at('.git/pushed'), 'utf8'), /refs\/heads\/main/);
    assert.equal((await robin.run(['init', '--hook', '--remove'])).code, 0);
    assert.equal(readFileSync(robin.at('.git/hooks/pre-push'), 'utf8'), '#!/bin/sh\ncat > .git/pushed\n');
  });

  it('says what to do where the branch has moved on, and lets pass where there is no policy', async () => {
    const team = new Team();
    const robin = riskyCommit(team);
    await robin.run(['init', '--hook']);
    team.land({ 'b.txt': 'b\n' });
    const moved = git(robin, 'push', 'origin', 'HEAD:main');
    assert.match(moved.stderr, /git pull --rebase|fetch first/);
    const free = new Team({ policy: '' });
    const other = riskyCommit(free);
    await other.run(['init', '--hook']);
    const [harmlessly, topic] = [git(other, 'push', 'origin', 'HEAD:main'), 'HEAD:refs/heads/topic'];
    assert.deepEqual([harmlessly.code, harmlessly.stderr.includes('firebreak: ')], [0, false], harmlessly.stderr);
    other.write('.firebreak/policy.yml', usualPolicy);
    other.commitAll('Add a policy');
    assert.doesNotMatch(git(other, 'push', 'origin', topic).stderr, /firebreak: /);
    const first = git(other, 'push', 'origin', 'HEAD:main');
    assert.match(first.stderr, /^firebreak: this brings the first policy of refs\/heads\/main; a gate admits it with the approval of a signer whom it was told with --bootstrap-signers: firebreak request --all --target refs\/heads\/main --reason "…", then firebreak approve ID --as NAME --reason "…" --bootstrap-signers FILE$/m);
    assert.equal(first.code, 0);
  });
});

describe('firebreak init --ci github', () => {
  after(removeSandboxes);

  it('writes a workflow that takes gate and policy from the base, and leaves another one alone', async () => {
    const sandbox = Sandbox.repository();
    const init = ['init', '--ci', 'github'];
    const unnamed = await sandbox.run(['init', '--ci', 'github']);
    assert.deepEqual([unnamed.code, unnamed.stderr.includes('say which package the workflow runs')], [2, true], unnamed.stderr);
    for (const name of ['.firebreak', 'tools']) sandbox.write(`${name}/firebreak.tgz`, 'a package\n');
    for (const source of ['firebreak', 'firebreak@latest', './none.tgz', '../firebreak.tgz', 'tools/firebreak.tgz', 'a;b@1.0.0']) assert.equal((await sandbox.run([...init, '--package', source])).code, 2, source);
    const args = [...init, '--package', '.firebreak/firebreak.tgz'];
    assert.match((await sandbox.run([...init, '--package', '@team/firebreak@1.2.3'])).stdout, /It runs @team\/firebreak@1\.2\.3\.\nCommit it, and make the check "gate refs\/heads\/NAME" required for each protected branch/);
    assert.match((await sandbox.run(args)).stdout, /It runs \.firebreak\/firebreak\.tgz\.\nCommit both, .*\nThere is no \.firebreak\/policy\.yml here yet: commit one with it /);
    const file = sandbox.at('.github/workflows/firebreak.yml');
    const text = readFileSync(file, 'utf8');
    const read = parseDocument(text);
    assert.deepEqual(read.errors, []);
    const { on, permissions, jobs } = read.toJS() as { on: object; permissions: object; jobs: { gate: { name: string; steps: { run?: string; uses?: string; with?: object }[] } } };
    assert.deepEqual(Object.keys(on), ['pull_request_target', 'merge_group']);
    assert.deepEqual(permissions, { contents: 'read', 'pull-requests': 'read' });
    assert.equal(jobs.gate.name, "gate ${{ github.event.merge_group.base_ref || format('refs/heads/{0}', github.event.pull_request.base.ref) }}", 'a pass for one branch is none for another');
    const uses = jobs.gate.steps.flatMap((step) => step.uses ?? []);
    assert.equal(uses.length, 2);
    for (const used of uses) assert.match(used, /^actions\/[\w-]+@[0-9a-f]{40}$/, 'a tag can be moved');
    const scripts = jobs.gate.steps.flatMap(({ run }) => run ?? []);
    assert.ok(scripts.every((script) => !script.includes('${{')), 'nothing from outside stands in a script');
    assert.match(scripts.join('\n'), /refs\/firebreak\/\*:refs\/firebreak\/\*.*refs\/notes\/ai/s);
    const toldOf = (script: string, ACTION: string, SENDER: string) => spawnSync('bash', ['-c', `${script.split('\n').filter((line) => line.includes('REQUESTER=')).join('\n')}\necho "$REQUESTER"`], { env: { ...process.env, ACTION, SENDER, OPENER: 'robin-gh' }, encoding: 'utf8' }).stdout.trim();
    const judging = scripts.find((script) => script.includes('REQUESTER=')) ?? '';
    const pushers = [['opened', 'robin-gh'], ['synchronize', 'robin-gh'], ['synchronize', 'alice-gh'], ['reopened', 'robin-gh'], ['', '']] as const;
    assert.deepEqual(pushers.map(([action, sender]) => toldOf(judging, action, sender)), ['robin-gh', 'robin-gh', '', '', ''], 'nobody else is who pushed');
    assert.ok(judging.includes('-c user.email="${REQUESTER:-merge}@users.noreply.github.com" commit-tree'), 'the merge that is only looked at is nobody else\'s, who would hold a senior\'s push');
    for (const script of scripts) assert.equal(spawnSync('bash', ['-n'], { input: script }).status, 0);
    assert.match(scripts.join('\n'), /^npm install --prefix \. --ignore-scripts .* "\$GITHUB_WORKSPACE\/\.firebreak\/firebreak\.tgz"$/m);
    assert.match((await sandbox.run(args)).stdout, /is as it should be/);
    assert.equal((await sandbox.run(['init', '--ci', 'github', '--remove'])).code, 0);
    assert.equal(existsSync(sandbox.at('.github')), false);
    assert.equal(existsSync(file), false);
    sandbox.write('.github/workflows/firebreak.yml', 'name: mine\n');
    assert.equal((await sandbox.run(['init', '--ci', 'github'])).code, 2);
    writeFileSync(file, 'name: mine\n');
  });
});
