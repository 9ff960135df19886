import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { SoftwareSecurityKey } from '../../support/softwareSecurityKey.ts';
import { cli, quietEnvironment, removeSandboxes, risky, Sandbox } from '../sandbox.ts';
import { keyOf, members, signerLine, usualPolicy } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, decisionsIn, heldApproved, heldAsked, push, pushAs, putRecord, textOf } from './guarded.ts';

threats('An AI agent with a shell in the clone of a junior', () => {
  after(removeSandboxes);

  attack({ attack: 'It pushes past the hook of the clone with --no-verify, and forges what the clone knows of the branch with update-ref', answer: 'the gate that counts runs in the repository that is pushed to, on its own refs', result: 'the push is refused' }, async () => {
    const { robin } = await heldAsked();
    assert.equal((await robin.run(['init', '--hook'])).code, 0);
    robin.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    robin.git('config', 'core.hooksPath', '/dev/null');
    assertRefused(push(robin, '--no-verify', 'HEAD:main'), /Blocked \(pending\): src\/a\.ts:4 high delete-many-unfiltered/);
  });

  attack({ attack: 'It edits policy and signers in its clone, makes a key, and approves in the name of a senior', answer: 'it has no key of a senior', result: 'no record is taken, and the push is refused' }, async () => {
    const { robin, id } = await heldAsked();
    robin.write('.firebreak/policy.yml', usualPolicy.replace('high: { approvals: 1 }', 'high: warn'));
    robin.write('.firebreak/allowed_signers', signerLine('mallory').replace(members.mallory, members.alice));
    robin.git('stash', '--quiet');
    robin.git('update-ref', 'refs/remotes/origin/main', 'stash@{0}');
    robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    const { code, stderr } = await robin.run(['approve', id, '--as', members.alice, '--key', keyOf('mallory'), '--reason', 'x', '--yes', '--no-fetch', '--no-push']);
    assert.equal(code, 0, stderr);
    assertRefused(push(robin, decisionsIn(robin)[0] ?? '', 'HEAD:main'), /is not signed by alice@corp\.example/);
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): src\/a\.ts/);
  });

  attack({ attack: 'It deletes the rejection of a senior at the remote, or writes something else over it', answer: 'records are neither deleted nor replaced', result: 'both pushes are refused, and the rejection holds' }, async () => {
    const { team, robin, id } = await heldAsked();
    assert.equal((await team.decide('alice', 'reject', id)).code, 0);
    const [ref = ''] = decisionsIn(team.remote);
    assertRefused(push(robin, `:${ref}`), /is a record, and records are never deleted/);
    assertRefused(push(robin, '--force', `HEAD:${ref}`), /is a record, and records are never replaced/);
    await team.approve('carol', id);
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(rejected\).*[^]*alice@corp\.example rejected it/);
  });

  attack({ attack: 'It deletes the branch, or pushes by force what does not contain its tip', answer: 'a watched branch only goes on', result: 'both pushes are refused' }, async () => {
    const { team, robin } = await heldAsked();
    team.remote.git('config', 'receive.denyDeleteCurrent', 'ignore');
    assertRefused(push(robin, ':main'), /the policy watches this branch/);
    robin.git('switch', '--quiet', '--orphan', 'fresh');
    robin.write('a.ts', risky);
    robin.commitAll('From nothing');
    assertRefused(push(robin, '--force', 'HEAD:main'), /does not contain the tip of refs\/heads\/main/);
  });

  attack({ attack: 'It lets a merge bring the risky code in by its second parent', answer: 'what is judged is the difference of the trees', result: 'the push is refused' }, async () => {
    const { robin } = await heldAsked();
    robin.git('switch', '--quiet', '--create', 'quiet', 'origin/main');
    robin.write('b.txt', 'b\n');
    robin.commitAll('Harmless');
    robin.git('merge', '--quiet', '--no-ff', '--message=Merge', 'topic');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): src\/a\.ts/);
  });
});

threats('An agent on the machine of a senior', () => {
  after(removeSandboxes);

  attack({ attack: 'It signs with the key in the senior\'s ssh-agent, which was added with ssh-add -c', answer: 'the agent asks the senior, who says no', result: 'nothing is signed; without -c it would have been' }, async () => {
    const { team, id } = await heldAsked();
    const folder = new Sandbox();
    for (const [name, code] of [['no', 1], ['yes', 0]] as const) {
      folder.write(name, `#!/bin/sh\necho asked >> "${folder.at('asked')}"\nexit ${code}\n`);
      chmodSync(folder.at(name), 0o755);
    }
    const agent = (answer: string) => spawn('ssh-agent', ['-D', '-a', folder.at(`socket-${answer}`)], { env: { ...quietEnvironment, SSH_ASKPASS: folder.at(answer), SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0' }, stdio: ['ignore', 'pipe', 'ignore'] });
    const [refusing, open] = [agent('no'), agent('yes')];
    try {
      await Promise.all([refusing, open].map((each) => new Promise((resolve) => each.stdout.once('data', resolve))));
      const env = (answer: string) => ({ SSH_AUTH_SOCK: folder.at(`socket-${answer}`) });
      execFileSync('ssh-add', ['-q', '-c', keyOf('alice')], { env: { ...quietEnvironment, ...env('no') }, stdio: 'ignore' });
      execFileSync('ssh-add', ['-q', keyOf('alice')], { env: { ...quietEnvironment, ...env('yes') }, stdio: 'ignore' });
      folder.write('alice.pub', readFileSync(`${keyOf('alice')}.pub`));
      const key = ['--key', folder.at('alice.pub')];
      const declined = await team.decide('alice', 'approve', id, { args: key, env: env('no') });
      assert.deepEqual([declined.code, decisionsIn(team.clone('alice'))], [2, []], declined.stdout + declined.stderr);
      assert.match(declined.stderr, /the agent refused to sign/);
      assert.equal(readFileSync(folder.at('asked'), 'utf8'), 'asked\n');
      const signed = await team.decide('alice', 'approve', id, { args: key, env: env('yes') });
      assert.equal(signed.code, 0, signed.stderr);
    } finally {
      refusing.kill();
      open.kill();
    }
  });

  attack({ attack: 'It signs with the security key of the senior, which nobody touches', answer: 'with requireTouch, a signature counts only when its flags, which are signed, say that the key was touched', result: 'the push is refused, and passes with a touch' }, async () => {
    const hardware = new SoftwareSecurityKey('ed25519');
    const signers = `${signerLine('alice')}${members.alice} ${hardware.publicKey}\n`;
    const { team, robin } = await heldApproved({ policy: `${usualPolicy}keys: { requireTouch: high }\n`, signers });
    assertRefused(push(robin, 'HEAD:main'), /a security key that was touched, and it was signed without/);
    const [ref = ''] = decisionsIn(team.remote);
    const record = textOf(team.remote, ref);
    const sign = (flags: number, told = flags) => { putRecord(team.remote, ref, { 'decision.json': record, 'decision.json.sig': hardware.sign(Buffer.from(record), 'firebreak-decision-v1', { flags, told }) }); };
    sign(0);
    assertRefused(push(robin, 'HEAD:main'), /a security key that was touched, and it was signed without/);
    sign(0, 1);
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(unverifiable\)/);
    sign(1);
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'It runs firebreak approve where nobody can be asked, or looks for a tool that approves', answer: 'approving asks at a terminal, and no tool for models approves', result: 'nothing is signed' }, async () => {
    const { team, id } = await heldAsked();
    const alice = team.clone('alice');
    alice.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    const { code, stderr } = await alice.run(['approve', id, '--as', members.alice, '--key', keyOf('alice'), '--reason', 'x'], { input: 'approve\n' });
    assert.deepEqual([code, decisionsIn(alice)], [2, []]);
    assert.match(stderr, /there is no terminal to ask at/);
    const client = new Client({ name: 'agent', version: '1.0.0' });
    const env = Object.fromEntries(Object.entries(quietEnvironment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [cli, 'mcp'], cwd: alice.folder, env, stderr: 'pipe' }));
    try {
      const { tools } = await client.listTools();
      assert.deepEqual(tools.map(({ name }) => name).filter((name) => /approve|sign|reject|revoke|suppress|decide/.test(name)), []);
    } finally {
      await client.close();
    }
  });
});

threats('Approving what is one\'s own', () => {
  after(removeSandboxes);

  attack({ attack: 'A senior pushes a change that only they approved', answer: 'the pusher is who the server says, and approves nothing of their own', result: 'the push is refused' }, async () => {
    const { robin } = await heldApproved();
    assertRefused(pushAs(members.alice, robin, 'HEAD:main'), /alice@corp\.example pushes the change, and nobody approves their own/);
  });

  attack({ attack: 'They do it from a second account, or another address', answer: 'people of the policy says which names are one person; names are compared without case and in one form of Unicode', result: 'each push is refused' }, async () => {
    const { robin } = await heldApproved();
    for (const name of ['alice-gh', 'ALICE-GH', 'alice@home.example', '7+alice-gh@users.noreply.github.com', 'Ａlice@corp.example']) assertRefused(pushAs(name, robin, 'HEAD:main'), /alice@corp\.example pushes the change/);
  });

  attack({ attack: 'They are author, committer or co-author of a commit in it, under whatever address', answer: 'everybody whom a commit of the change names takes part in it', result: 'each push is refused' }, async () => {
    const { robin } = await heldApproved();
    const attempts: readonly (readonly [string, () => unknown])[] = [
      ['author', () => robin.git('commit', '--quiet', '--amend', '--no-edit', '--author=A <alice@HOME.example>')],
      ['committer', () => robin.gitWith({ env: { GIT_COMMITTER_EMAIL: 'alice@corp.example' } }, 'commit', '--quiet', '--amend', '--no-edit', '--author=Robin <robin@example.com>')],
      ['co-author', () => robin.git('commit', '--quiet', '--amend', '--message=Delete\n\nco-authored-BY: A <alice@home.example>\n\nmore words')],
    ];
    for (const [role, amend] of attempts) {
      amend();
      assertRefused(push(robin, 'HEAD:main'), new RegExp(`alice@corp\\.example is ${role} of a commit in it`));
    }
  });

  attack({ attack: 'A senior asks for the review of a change that somebody else committed, and approves it', answer: 'who asks takes part', result: 'nothing is signed' }, async () => {
    const { team, robin } = await heldAsked();
    robin.git('config', 'user.email', 'alice@home.example');
    const id = await team.request();
    const { code, stderr } = await team.decide('alice', 'approve', id);
    assert.equal(code, 2);
    assert.match(stderr, /the decision would not count: alice@corp\.example asked for the review/);
    assert.deepEqual(decisionsIn(team.remote), []);
  });

  attack({ attack: 'One senior approves twice where two are asked for', answer: 'people are counted, and not approvals', result: 'the push is refused' }, async () => {
    const { team, robin, id } = await heldApproved({ policy: usualPolicy.replace('high: { approvals: 1 }', 'high: { approvals: 2 }') });
    await team.approve('alice', id);
    assertRefused(push(robin, 'HEAD:main'), /it needs approvals of 2 seniors, and has 1 that counts/);
    await team.approve('carol', id);
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'A senior approves in the name of another one too, whose line of the signers has the same key', answer: 'two approvals are of two keys', result: 'the push is refused, and says so' }, async () => {
    const { team, robin, id } = await heldApproved({ policy: usualPolicy.replace('high: { approvals: 1 }', 'high: { approvals: 2 }'), signers: signerLine('alice') + signerLine('carol') + signerLine('alice').replace(members.alice, members.carol) });
    assert.equal((await team.decide('carol', 'approve', id, { args: ['--key', keyOf('alice')] })).code, 0);
    assertRefused(push(robin, 'HEAD:main'), /it needs approvals of 2 seniors, and has 1 that counts[^]*does not count beside another one that was signed with the same key/);
    await team.approve('carol', id);
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'A junior signs a decision with their own key, that the signers name', answer: 'the signer has to be a senior of the policy', result: 'the push is refused' }, async () => {
    const { team, robin, id } = await heldAsked({ signers: signerLine('alice') + signerLine('mallory') });
    const own = await team.decide('mallory', 'approve', id);
    assert.match(own.stderr, /mallory@evil\.example is none of the seniors/);
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\)/);
  });
});
