import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { cli, quietEnvironment, removeSandboxes, risky, type Sandbox } from './sandbox.ts';
import { approved, asked, changedFile, keyOf, members, signerLine, Team, usualPolicy } from './team.ts';

const decisionRefs = (sandbox: Sandbox) => sandbox.git('for-each-ref', '--format=%(refname)', 'refs/firebreak/decisions').split('\n').filter((ref) => ref !== '');

/** Puts other files into a decision's place, as anybody who can push could. */
function rewrite(remote: Sandbox, ref: string, change: (record: string, signature: string) => readonly [string | Uint8Array, string]): void {
  const [record, signature] = change(`${remote.git('show', `${ref}:decision.json`)}\n`, `${remote.git('show', `${ref}:decision.json.sig`)}\n`);
  const blobs = [record, signature].map((input) => remote.gitWith({ input }, 'hash-object', '-w', '--stdin'));
  const tree = remote.gitWith({ input: `100644 blob ${blobs[0] ?? ''}\tdecision.json\n100644 blob ${blobs[1] ?? ''}\tdecision.json.sig\n` }, 'mktree');
  remote.git('update-ref', ref, remote.gitWith({ env: { GIT_AUTHOR_NAME: 'x', GIT_AUTHOR_EMAIL: 'x@x', GIT_COMMITTER_NAME: 'x', GIT_COMMITTER_EMAIL: 'x@x' } }, 'commit-tree', tree, '-m', 'x'));
}

describe('firebreak approve, reject, revoke and verify', () => {
  after(removeSandboxes);

  it('sign what stock tools can check, and take it back', async () => {
    // A copy of an approved team would have its approval from another repository.
    const { team, id } = await asked();
    await team.approve('alice', id);
    const alice = team.clone('alice');
    alice.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    const [ref = ''] = decisionRefs(alice);
    for (const name of ['decision.json', 'decision.json.sig']) alice.write(name, `${alice.git('show', `${ref}:${name}`)}\n`);
    alice.write('signers', signerLine('alice'));
    const said = execFileSync('ssh-keygen', ['-Y', 'verify', '-f', alice.at('signers'), '-I', members.alice, '-n', 'firebreak-decision-v1', '-s', alice.at('decision.json.sig')], { input: readFileSync(alice.at('decision.json')) });
    assert.match(said.toString(), /^Good "firebreak-decision-v1" signature for alice@corp\.example/);
    const verified = await alice.run(['verify']);
    assert.deepEqual([verified.code, verified.stderr], [0, ''], verified.stdout);
    assert.match(verified.stdout, /approve by alice@corp\.example[^]*signed with SHA256:[^]*2 records, all good/);
    const listed = await team.clone('carol').run(['reviews']);
    assert.match(listed.stdout, /^Decided:\n\S+ covered {2}1 finding/);
    const revoked = await team.decide('alice', 'revoke', id);
    assert.equal(revoked.code, 0, revoked.stderr);
    const { code, stdout } = await team.gate();
    assert.deepEqual([code, stdout.includes('Blocked (pending)')], [1, true], stdout);
    const again = await team.decide('alice', 'revoke', id);
    assert.deepEqual([again.code, /^firebreak: alice@corp\.example took back already what they decided on request \w+, at \S+, so there is nothing to take back, and nothing was signed/m.test(again.stderr), decisionRefs(team.remote).length], [2, true, 2], again.stderr);
    const nothing = await team.decide('carol', 'revoke', id);
    assert.deepEqual([nothing.code, nothing.stderr.includes('carol@corp.example decided nothing on request')], [2, true], nothing.stderr);
    // What was decided since is another thing.
    await team.approve('alice', id);
    assert.equal((await team.decide('alice', 'revoke', id)).code, 0);
  });

  it('wait for nobody when the change has landed, but for who has to look when its approval was taken back', async () => {
    const { team, robin, id } = await asked();
    const carol = team.clone('carol');
    assert.match((await carol.run(['reviews'])).stdout, /^Needs you:\n\S+ pending {2}1 finding/);
    // Under another commit, as a forge would squash it.
    const squash = robin.git('commit-tree', 'HEAD^{tree}', '-p', 'origin/main', '-m', 'Squash');
    robin.git('push', '--quiet', 'origin', `${squash}:refs/heads/main`);
    carol.git('fetch', '--quiet', 'origin');
    assert.match((await carol.run(['reviews'])).stdout, /^Decided:\n\S+ pending, landed {2}1 finding/);
    await team.approve('alice', id);
    assert.equal((await team.decide('alice', 'revoke', id)).code, 0);
    // What was approved is there, and is approved no more.
    assert.match((await carol.run(['reviews'])).stdout, /^Waits for others:\n\S+ pending, landed though alice@corp\.example took back their approval {2}1 finding|^Needs you:\n\S+ pending, landed though alice@corp\.example took back their approval {2}1 finding/);
  });

  it('are refused to who takes part in the change, has no key there, or another key', async () => {
    const { team, id, robin } = await asked();
    const stranger = await team.decide('mallory', 'approve', id);
    assert.deepEqual([stranger.code, stranger.stderr.includes('mallory@evil.example is none of the seniors')], [2, true], stranger.stderr);
    const forged = await team.decide('alice', 'approve', id, { args: ['--key', keyOf('mallory')] });
    assert.deepEqual([forged.code, forged.stderr.includes('nothing was stored, because the signature would not count on refs/heads/main: its key is not in allowed_signers')], [2, true], forged.stderr);
    const keyless = await team.decide('alice', 'approve', id, { args: ['--key', 'no-such-file'] });
    assert.deepEqual([keyless.code, keyless.stderr.includes('no-such-file')], [2, true], keyless.stderr);
    robin.git('commit', '--quiet', '--amend', '--message=Delete\n\nCo-Authored-By: A <alice@home.example>\n\nmore words');
    const own = await team.decide('alice', 'approve', await team.request());
    assert.match(own.stderr, /the decision would not count: alice@corp\.example is co-author of a commit in it \(as alice@home\.example\)/);
    assert.deepEqual(decisionRefs(team.remote), []);
  });

  it('say what to do who signs with a key that was revoked, which is the one that is named', async () => {
    const { team, id } = await asked();
    const key = signerLine('alice').split(' ').slice(1).join(' ');
    team.land({ '.firebreak/revoked': key });
    const { code, stderr } = await team.decide('alice', 'approve', id);
    assert.deepEqual([code, stderr.includes('its key was revoked; this is the key that .firebreak/allowed_signers names for alice@corp.example there, so it takes another one')], [2, true], stderr);
  });

  it('are asked of no one who could make none', async () => {
    const { team, robin } = await asked();
    const { code, stderr } = await robin.run(['request', '--all', '--reason', 'x', '--reviewer', 'nobody@x.example']);
    assert.deepEqual([code, /nobody@x\.example is none of the seniors .* names, and could not decide; ask one of them, .*: alice@corp\.example, carol@corp\.example/.test(stderr)], [2, true], stderr);
    assert.notEqual(await team.request('--reviewer', 'alice-gh', '--reviewer', members.carol), '');
  });

  it('end only where they let something pass', async () => {
    const { team, id } = await asked();
    assert.match((await team.decide('alice', 'approve', id)).stdout, /^ {2}expires /m);
    const taken = await team.decide('alice', 'revoke', id);
    assert.doesNotMatch(taken.stdout, /expires/);
    for (const args of [['verify'], ['show', id]]) {
      const { stdout } = await team.clone('alice').run(args);
      assert.deepEqual([/approve by .*, until /.test(stdout), /revoke (?:of their approval )?by /.test(stdout), /revoke .*, until /.test(stdout)], [true, true, false], stdout);
    }
  });

  it('hold a change that is committed again under the reviewer\'s name', async () => {
    const { team, robin } = await approved();
    robin.gitWith({ env: { GIT_COMMITTER_EMAIL: 'ALICE@HOME.example' } }, 'commit', '--quiet', '--amend', '--no-edit');
    const { code, stdout } = await team.gate();
    assert.deepEqual([code, stdout.includes('alice@corp.example is committer of a commit in it (as ALICE@HOME.example)')], [1, true], stdout);
    assert.equal((await team.gate('HEAD', { args: ['--requester', 'alice-gh'] })).code, 1);
  });

  const tampered: readonly (readonly [string, (record: string, signature: string) => readonly [string | Uint8Array, string], RegExp])[] = [
    ['other words', (record, signature) => [record.replace('looked at it', 'looked at it!'), signature], /the signature does not|does not fit|not good|other bytes/],
    ['half of it', (record, signature) => [record.slice(0, 400), signature], /it is not JSON/],
    ['no UTF-8', (_, signature) => [new Uint8Array([0xff, 0xfe]), signature], /is not UTF-8/],
    ['a later version', (record, signature) => [record.replace('decision/v1', 'decision/v9'), signature], /a newer Firebreak may read it/],
    ['no signature', (record) => [record, 'nothing\n'], /signature/],
  ];
  for (const [what, change, why] of tampered) {
    it(`hold when a stored decision has ${what}`, async () => {
      const { team } = await approved();
      const [ref = ''] = decisionRefs(team.remote);
      rewrite(team.remote, ref, change);
      const { code, stdout, lastLine } = await team.gate();
      assert.equal(code, 1, stdout);
      assert.match(lastLine, /^(?:See what is wrong with the records: firebreak verify|Wait until|Have alice@corp\.example decide on request \w+ again \(firebreak approve)/);
      const verified = await team.remote.run(['verify']);
      assert.equal(verified.code, 1);
      assert.match(verified.stdout, /not good/);
      assert.match(verified.stdout, why);
    });
  }

  it('judge a change to policy and signers by the old ones', async () => {
    const team = new Team();
    const robin = team.clone('robin');
    robin.write('.firebreak/policy.yml', usualPolicy.replace(members.carol, members.robin));
    robin.write('.firebreak/allowed_signers', signerLine('robin'));
    robin.write(changedFile, risky);
    robin.commitAll('Make me a senior');
    const id = await team.request();
    const own = await robin.run(['approve', id, '--as', members.robin, '--key', keyOf('robin'), '--reason', 'mine', '--yes']);
    assert.match(own.stderr, /robin@example\.com is none of the seniors/);
    const { code, stdout } = await team.gate();
    assert.equal(code, 1);
    for (const path of ['.firebreak/allowed_signers:1 high protected-file', '.firebreak/policy.yml:1 high protected-file', `${changedFile}:1 high`]) assert.ok(stdout.includes(`Blocked (pending): ${path}`), stdout);
    await team.approve('alice', id);
    assert.equal((await team.gate()).code, 0, 'the old senior may make a new one');
  });

  it('refuse a policy that a change would break, and one that is broken', async () => {
    const team = new Team();
    const robin = team.clone('robin');
    robin.write('.firebreak/policy.yml', usualPolicy.replace('seniors', 'senior'));
    robin.commitAll('Typo');
    const breaking = await team.gate();
    assert.deepEqual([breaking.code, breaking.lastLine], [1, 'Correct .firebreak/policy.yml in the change, and push again.']);
    assert.match(breaking.stdout, /\.firebreak\/policy\.yml:3:1: unknown key "senior", did you mean "seniors"/);
    team.land({ '.firebreak/policy.yml': usualPolicy.replace('seniors', 'senior') });
    const broken = await team.gate();
    assert.equal(broken.code, 1);
    assert.match(broken.lastLine, /^Correct \.firebreak\/policy\.yml in a change for refs\/heads\/main, have who keeps the gate name the signers who may approve it/);
  });

  it('are told by verify as taken back, where they are', async () => {
    const { team, id } = await approved();
    await team.approve('carol', id);
    assert.equal((await team.decide('alice', 'revoke', id)).code, 0);
    const { code, stdout } = await team.remote.run(['verify']);
    assert.equal(code, 0, stdout);
    const told = stdout.split('\n').filter((line) => line.includes('taken back by'));
    assert.equal(told.length, 1, stdout);
    assert.match(stdout, /approve by alice@corp\.example on request \w+, [^\n]*\n[^\n]*\n {2}taken back by alice@corp\.example, \S+Z, and counts no more: looked at it\n/);
  });

  it('are told by verify, where one is missing, with its name, and with what to decide again until that is done', async () => {
    const { team, robin, id } = await approved();
    robin.git('switch', '--quiet', '--create', 'other', 'origin/main');
    robin.write('src/z.ts', risky);
    robin.commitAll('Another');
    const other = await team.request();
    await team.approve('alice', other);
    assert.equal((await team.decide('alice', 'revoke', other)).code, 0);
    const [first = '', between = '', last = ''] = decisionRefs(team.remote);
    team.remote.git('update-ref', '-d', between);
    const verified = await team.remote.run(['verify']);
    assert.equal(verified.code, 1);
    assert.ok(verified.stdout.includes(`the decision before it, ${between.slice(-26)}, is missing`), verified.stdout);
    assert.match(verified.stdout, new RegExp(`^To do: fetch what is missing: [^\\n]*; where nobody has ${between}, a record of alice@corp\\.example, it may take back what they decided before, so where that still matters they decide on it again: firebreak approve ${id} --as alice@corp\\.example --reason "…"; that it is missing stays told here\\.$`, 'm'));
    assert.match(verified.stdout, new RegExp(`^4 records, 1 not good: ${last}$`, 'm'));
    assert.notEqual(first, '');
    // Her clone would send it along.
    team.clone('alice').git('update-ref', '-d', between);
    await team.approve('alice', id);
    assert.match((await team.remote.run(['verify'])).stdout, /; where nobody has refs\/\S+, a record of alice@corp\.example, nothing that they decided and is here is in doubt by that, /);
  });

  it('tell whoever asks and whoever pushes of rules that would lock the seniors out', async () => {
    const team = new Team();
    const robin = team.clone('robin');
    const told = /this would lock the seniors out: a change of the policy asks for approvals of 2, and of those whom the policy would name then only 1 would have a key that counts \(by .* none for carol@corp\.example\)/;
    robin.write('.firebreak/policy.yml', usualPolicy.replace('policyChanges: { approvals: 1 }', 'policyChanges: { approvals: 2 }'));
    robin.commitAll('Ask for two');
    const { code, stdout, stderr } = await robin.run(['request', '--all', '--reason', 'needed']);
    assert.deepEqual([code, stderr], [0, ''], stdout);
    // What locks out is the signers, the policy, or a list of revoked keys.
    robin.write('.firebreak/revoked', signerLine('carol').split(' ').slice(1).join(' '));
    robin.commitAll('Revoke a key');
    const asked = await robin.run(['request', '--all', '--reason', 'needed']);
    assert.match(asked.stderr, told);
    const [, id = ''] = /requested: (\S+)/.exec(asked.stdout) ?? [];
    await team.approve('alice', id);
    for (const format of ['text', 'json', 'sarif', 'github']) {
      const gate = await team.gate('HEAD', { args: ['--format', format] });
      assert.deepEqual([gate.code, told.test(gate.stdout)], [0, true], gate.stdout + gate.stderr);
    }
  });

  it('tell whoever asks, looks, signs and pushes of a policy by which the branch would be watched no more, and refuse one by which nothing could be', async () => {
    const team = new Team();
    const robin = team.clone('robin');
    const told = 'this would have refs/heads/main watched no more: targets in .firebreak/policy.yml would be refs/heads/mian, ';
    robin.write('.firebreak/policy.yml', usualPolicy.replace('refs/heads/main', 'refs/heads/mian'));
    robin.commitAll('Tidy up');
    const asked = await robin.run(['request', '--all', '--reason', 'needed']);
    assert.ok(asked.stderr.includes(told), asked.stderr);
    const [, id = ''] = /requested: (\S+)/.exec(asked.stdout) ?? [];
    const shown = await team.clone('alice').run(['show', id]);
    assert.ok(shown.stderr.includes(told), shown.stdout + shown.stderr);
    const approved = await team.decide('alice', 'approve', id);
    assert.ok(approved.stderr.includes(told), approved.stderr);
    const gate = await team.gate();
    assert.deepEqual([gate.code, gate.stdout.includes(told)], [0, true], gate.stdout + gate.stderr);
    robin.write('.firebreak/policy.yml', usualPolicy.replace('refs/heads/main', 'refs/head/main'));
    robin.commitAll('Tidy up more');
    const refused = await team.gate();
    assert.deepEqual([refused.code, refused.stdout.includes('the change would break the policy: .firebreak/policy.yml:2:11: "refs/head/main" can be no branch')], [1, true], refused.stdout + refused.stderr);
  });

  it('admit the first policy by the signers that the server names', async () => {
    const team = new Team({ policy: '' });
    const robin = team.clone('robin');
    robin.write('.firebreak/policy.yml', usualPolicy);
    robin.write('.firebreak/allowed_signers', signerLine('alice') + signerLine('carol'));
    robin.commitAll('First policy');
    const id = await team.request();
    const without = await team.gate();
    assert.deepEqual([without.code, without.lastLine.includes('--bootstrap-signers')], [1, true]);
    assert.equal((await team.gate('HEAD', { args: ['--optional'] })).code, 0);
    team.remote.write('signers', signerLine('alice'));
    const args = ['--bootstrap-signers', team.remote.at('signers')];
    assert.equal((await team.gate('HEAD', { args })).code, 1);
    const signed = await team.decide('alice', 'approve', id, { args });
    assert.equal(signed.code, 0, signed.stderr);
    const admitted = await team.gate('HEAD', { args });
    assert.equal(admitted.code, 0, admitted.stdout);
  });

  it('keep what was asked and decided when the remote cannot be reached, or does not take it', async () => {
    const { team, id, robin } = await asked();
    team.remote.write('hooks/pre-receive', '#!/bin/sh\necho "no reviews here" >&2\nexit 1\n');
    chmodSync(team.remote.at('hooks/pre-receive'), 0o755);
    team.remote.git('config', 'core.hooksPath', team.remote.at('hooks'));
    const refused = await team.decide('alice', 'approve', id);
    assert.equal(refused.code, 1, refused.stderr);
    assert.match(refused.stderr, /it is in this repository only, because origin did not take it \(.*\); when that is put right: git push origin refs\/firebreak\/decisions\//);
    assert.equal(decisionRefs(team.clone('alice')).length, 1);
    robin.git('remote', 'set-url', 'origin', '/no/such/place');
    const offline = await robin.run(['request', '--all', '--reason', 'again']);
    assert.equal(offline.code, 1, offline.stderr);
    assert.match(offline.stderr, /it is in this repository only, because origin did not take it/);
    const listed = await robin.run(['reviews']);
    assert.deepEqual([listed.code, /origin was not reached .*so this is what was known before/.test(listed.stderr), listed.stdout.includes('Waits for others:')], [0, true, true], listed.stdout);
  });

  it('are sent although nobody reads what is said', async () => {
    const { team, robin } = await asked();
    const count = () => team.remote.git('for-each-ref', '--format=%(refname)', 'refs/firebreak/requests').split('\n').length;
    const before = count();
    execFileSync('sh', ['-c', '"$0" "$1" request --all --reason again | true', process.execPath, cli], { cwd: robin.folder, env: quietEnvironment });
    assert.equal(count(), before + 1);
  });

  it('are made with HEAD detached, and in a shallow clone say what to fetch', async () => {
    const { team, id } = await asked();
    const alice = team.clone('alice');
    alice.git('switch', '--quiet', '--detach');
    await team.approve('alice', id);
    assert.equal((await team.gate()).code, 0);
    team.land({ 'docs.md': 'x\n' });
    const carol = team.clone('carol');
    carol.git('fetch', '--quiet', '--depth=1', `file://${team.remote.folder}`, 'main');
    const shallow = await team.decide('carol', 'approve', id);
    assert.deepEqual([shallow.code, /this clone is shallow.*git fetch --unshallow/.test(shallow.stderr)], [2, true], shallow.stderr);
    assert.equal(decisionRefs(carol).length, 1, 'only that of Alice');
  });

  it('say what to fetch where the branch that is meant is not known', async () => {
    const { team, id } = await asked();
    const alice = team.clone('alice');
    alice.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    alice.git('switch', '--quiet', '--detach');
    for (const ref of ['refs/remotes/origin/main', 'refs/heads/main']) alice.git('update-ref', '-d', ref);
    alice.git('remote', 'set-url', 'origin', alice.at('away'));
    const { code, stderr } = await alice.run(['approve', id, '--as', members.alice, '--key', keyOf('alice'), '--reason', 'x', '--yes']);
    assert.deepEqual([code, stderr.includes('refs/heads/main, which the request is for, is not known here; fetch it: git fetch')], [2, true], stderr);
  });

  it('ask at a terminal only, and look where the branch really is', async () => {
    const { team, id } = await asked();
    const alice = team.clone('alice');
    const unasked = await alice.run(['approve', id, '--as', members.alice, '--reason', 'x']);
    assert.deepEqual([unasked.code, unasked.stderr.includes('there is no terminal to ask at; look at it with "firebreak show", and give --yes')], [2, true], unasked.stderr);
    const elsewhere = await team.gate('HEAD', { base: team.clone('robin').git('rev-parse', 'HEAD') });
    assert.deepEqual([elsewhere.code, /the tip of refs\/heads\/main is .*give --base the tip/.test(elsewhere.stderr)], [2, true], elsewhere.stderr);
    const deleted = await team.gate('0'.repeat(40));
    assert.deepEqual([deleted.code, deleted.lastLine], [1, 'Leave refs/heads/main where it is, or take it out of targets in .firebreak/policy.yml first.']);
  });
});
