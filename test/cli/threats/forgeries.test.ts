import assert from 'node:assert/strict';
import { removeSandboxes, risky } from '../sandbox.ts';
import { changedFile, changedText, keyOf, members, signerLine, usualPolicy } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, decisionsIn, heldApproved, heldAsked, push, putRecord, rewritten, signedBy, textOf } from './guarded.ts';

threats('A forged decision, ref or note', () => {
  after(removeSandboxes);

  attack({ attack: 'A junior takes an approval back in the name of the senior, with a key of their own, where the server did not hold records', answer: 'what no key of the senior signed is not theirs, and takes nothing back', result: 'the approval holds, and verify says what the record is' }, async () => {
    const { team, robin } = await heldApproved();
    robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    const forged = rewritten(robin, decisionsIn(robin)[0] ?? '', { signer: 'mallory', over: { kind: 'revoke' } });
    assertRefused(push(robin, forged), /is not signed by alice@corp\.example/);
    team.remote.git('fetch', '--quiet', robin.folder, `${forged}:${forged}`);
    assertTaken(push(robin, 'HEAD:main'));
    const { code, stdout } = await team.clone('carol').run(['verify']);
    assert.equal(code, 1);
    assert.match(stdout, /not good {2}refs\/firebreak\/decisions\/\S+\n.*revoke by alice[^]*its signature does not count: its key is not in allowed_signers/);
  });

  attack({ attack: 'A junior writes the approval of a senior and signs it with a key of their own', answer: 'a signature counts by the keys that allowed_signers names at the tip of the target', result: 'the record is not taken, and where it lies all the same it counts for nothing' }, async () => {
    const { team, robin, id } = await heldAsked();
    const liar = team.clone('mallory');
    liar.write('.firebreak/allowed_signers', `${members.alice} ${signerLine('mallory').split(' ').slice(1).join(' ')}`);
    liar.commitAll('Call my key hers');
    liar.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    liar.git('fetch', '--quiet', team.remote.folder, 'refs/firebreak/*:refs/firebreak/*');
    const { code, stderr } = await liar.run(['approve', id, '--as', members.alice, '--key', keyOf('mallory'), '--reason', 'x', '--yes', '--no-fetch', '--no-push']);
    assert.equal(code, 0, stderr);
    const [forged = ''] = decisionsIn(liar);
    assertRefused(push(liar, forged), /is not signed by alice@corp\.example: its key is not in allowed_signers/);
    team.remote.git('fetch', '--quiet', liar.folder, `${forged}:${forged}`);
    assertRefused(push(robin, 'HEAD:main'), /the approval by alice@corp\.example of request \w+ does not count/);
  });

  attack({ attack: 'The fields of a signed approval are changed to fit other code', answer: 'the stored bytes are the signed bytes', result: 'the approval counts for nothing' }, async () => {
    const { team, robin } = await heldApproved();
    robin.write(changedFile, `${changedText}// more\n`);
    robin.commitAll('More');
    const [ref = ''] = decisionsIn(team.remote);
    const [record, signature] = [textOf(team.remote, ref), textOf(team.remote, ref, 'decision.json.sig')];
    const tree = robin.git('rev-parse', 'HEAD^{tree}');
    putRecord(team.remote, ref, { 'decision.json': record.replace(/"gitTree": "\w+"/, `"gitTree": "${tree}"`), 'decision.json.sig': signature });
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(unverifiable\): src\/a\.ts/);
    assert.equal((await team.remote.run(['verify'])).code, 1);
  });

  attack({ attack: 'A signature that a senior made for something else stands under an approval', answer: 'decisions have a namespace of their own, which is part of what is signed', result: 'the approval counts for nothing' }, async () => {
    const { team, robin } = await heldApproved();
    const [ref = ''] = decisionsIn(team.remote);
    const record = textOf(team.remote, ref);
    putRecord(team.remote, ref, { 'decision.json': record, 'decision.json.sig': signedBy('alice', record, 'git') });
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(unverifiable\)/);
    assert.match((await team.remote.run(['verify'])).stdout, /it was made for the namespace "git"/);
  });

  attack({ attack: 'A key that was revoked signs', answer: '.firebreak/revoked at the tip of the target', result: 'the approval counts for nothing' }, async () => {
    const { team, robin } = await heldApproved({ files: { '.firebreak/revoked': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n' } });
    team.remote.git('config', 'core.hooksPath', '/dev/null');
    team.land({ '.firebreak/revoked': signerLine('alice').split(' ').slice(1).join(' ') });
    team.remote.git('config', '--unset', 'core.hooksPath');
    robin.git('pull', '--quiet', '--rebase', 'origin', 'main');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(unverifiable\)/);
    assert.match((await team.remote.run(['verify'])).stdout, /its key was revoked/);
  });

  attack({ attack: 'An unsigned decision in the name of a senior, for a branch that has no signers, is to make theirs doubtful', answer: 'where a branch has no signers, those of the default branch judge what comes in', result: 'the record is not taken' }, async () => {
    const { team, robin } = await heldApproved();
    const [ref = ''] = decisionsIn(team.remote);
    robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    const forged = rewritten(robin, ref, { signer: 'mallory', over: { kind: 'revoke', targetRef: 'refs/heads/nowhere' } });
    assertRefused(push(robin, forged), /is not signed by alice@corp\.example/);
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'A ref that the server might take for what its own remote has is pushed with other signers', answer: 'in a repository that is pushed to, a branch itself is its tip', result: 'the forged record is not taken' }, async () => {
    const { team, robin, id } = await heldAsked();
    // As `git clone --bare` and mirrors have it.
    team.remote.git('remote', 'add', 'origin', '/no/such/place');
    robin.write('.firebreak/allowed_signers', `${members.alice} ${signerLine('mallory').split(' ').slice(1).join(' ')}`);
    robin.commitAll('Call another key hers');
    robin.git('push', '--quiet', 'origin', 'HEAD:refs/remotes/origin/main');
    robin.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    const made = await robin.run(['approve', id, '--as', members.alice, '--key', keyOf('mallory'), '--reason', 'x', '--yes', '--no-fetch', '--no-push']);
    assert.equal(made.code, 0, made.stderr);
    assertRefused(push(robin, decisionsIn(robin)[0] ?? ''), /is not signed by alice@corp\.example/);
  });
});

threats('Policy or signers changed by the change itself', () => {
  after(removeSandboxes);

  attack({ attack: 'A change makes its author a senior with a key, and its author approves it', answer: 'policy and signers are read at the tip of the target, and nowhere else', result: 'the push is refused, and passes when a senior of before has approved it' }, async () => {
    const { team, robin } = await heldAsked();
    robin.write('.firebreak/policy.yml', usualPolicy.replace(members.carol, members.mallory));
    robin.write('.firebreak/allowed_signers', signerLine('mallory'));
    robin.commitAll('Make a senior');
    const id = await team.request();
    const liar = team.clone('mallory');
    liar.git('fetch', '--quiet', robin.folder, 'HEAD:refs/remotes/origin/main');
    const own = await team.decide('mallory', 'approve', id);
    assert.match(own.stderr, /mallory@evil\.example is none of the seniors/);
    liar.git('fetch', '--quiet', robin.folder, '+HEAD:refs/remotes/origin/main');
    const forced = await liar.run(['approve', id, '--as', members.mallory, '--key', keyOf('mallory'), '--reason', 'mine', '--yes', '--no-fetch', '--no-push']);
    assert.equal(forced.code, 0, forced.stderr);
    assertRefused(push(liar, decisionsIn(liar)[0] ?? ''), /is not signed by mallory@evil\.example/);
    team.remote.git('fetch', '--quiet', liar.folder, 'refs/firebreak/*:refs/firebreak/*');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(\w+\): \.firebreak\/policy\.yml:1 high protected-file/);
    await team.approve('alice', id);
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'What decides what is checked and run is changed: policy, signers, CODEOWNERS, CI, .gitattributes, .gitmodules', answer: 'each change to such a file needs what policyChanges asks for, harmless as it looks', result: 'each push is refused' }, async () => {
    const { robin } = await heldAsked();
    for (const path of ['.firebreak/policy.yml', '.firebreak/allowed_signers', '.firebreak/revoked', '.FIREBREAK/policy.yml', 'CODEOWNERS', '.github/CODEOWNERS', '.github/workflows/ci.yml', '.gitlab-ci.yml', 'src/.gitattributes', '.gitmodules']) {
      robin.git('switch', '--quiet', '--detach', 'origin/main');
      robin.write(path, path.endsWith('policy.yml') ? `${usualPolicy}# more\n` : path === '.firebreak/allowed_signers' ? signerLine('alice') + signerLine('carol') + signerLine('mallory') : '# harmless\n');
      robin.commitAll(path);
      assertRefused(push(robin, 'HEAD:main'), new RegExp(`Blocked \\(pending\\): ${path.replaceAll('.', '\\.')}:1 high protected-file`));
    }
  });

  attack({ attack: 'A change deletes the policy, or puts a link in its place', answer: 'the deletion is a change to the policy', result: 'both pushes are refused' }, async () => {
    const { robin } = await heldAsked();
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.git('rm', '--quiet', '-r', '.firebreak');
    robin.git('commit', '--quiet', '--message=Without');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): \.firebreak\/policy\.yml/);
    const link = robin.gitWith({ input: 'README.md' }, 'hash-object', '-w', '--stdin');
    robin.git('update-index', '--add', '--cacheinfo', `120000,${link},.firebreak/policy.yml`);
    robin.git('commit', '--quiet', '--message=A link');
    robin.write(changedFile, risky);
    assertRefused(push(robin, 'HEAD:main'), /the change would break the policy: \.firebreak\/policy\.yml/);
  });
});
