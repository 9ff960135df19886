import assert from 'node:assert/strict';
import { audited } from './audited.ts';
import { harmless, removeSandboxes, risky, Sandbox } from './sandbox.ts';
import { members, signerLine, Team, type TeamOptions, usualPolicy } from './team.ts';

const release = 'refs/heads/release/50';
const watching = usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']");
const ownPolicy = `version: 1\ntargets: ['${release}']\nseniors: [${members.mallory}]\n`;

function mallory(team: Team, at = 'origin/main'): Sandbox {
  const clone = team.clone('mallory');
  clone.git('fetch', '--quiet', 'origin');
  clone.git('switch', '--quiet', '--detach', at);
  return clone;
}

/** A team whose first commit is of before all others here. */
function begun(options?: TeamOptions): Team {
  const team = new Team(options);
  const founder = new Sandbox();
  founder.git('clone', '--quiet', team.remote.folder, '.');
  founder.git('config', 'user.name', 'founder');
  founder.git('config', 'user.email', 'founder@corp.example');
  founder.gitWith({ env: { GIT_COMMITTER_DATE: new Date(Date.now() - 10 * 3_600_000).toISOString() } }, 'commit', '--quiet', '--amend', '--no-edit', '--reset-author');
  founder.git('push', '--quiet', '--force', 'origin', 'HEAD:main');
  return team;
}

/** Of some hours ago, by its own word. */
function committed(clone: Sandbox, hoursAgo = 0): string {
  clone.git('add', '--all');
  clone.gitWith({ env: { GIT_COMMITTER_DATE: new Date(Date.now() - hoursAgo * 3_600_000).toISOString() } }, 'commit', '--quiet', '--message=More');
  return clone.git('rev-parse', 'HEAD');
}

/** A branch that Mallory gave a policy which names them, while the default branch did not watch it. */
function ownBranch(team: Team, policy = ownPolicy): Sandbox {
  const clone = mallory(team);
  clone.write('.firebreak/policy.yml', policy);
  clone.write('.firebreak/allowed_signers', signerLine('mallory'));
  committed(clone, 5);
  clone.git('push', '--quiet', 'origin', `HEAD:${release}`);
  return clone;
}

/** The default branch watches releases from some hours ago on. */
function watch(team: Team, policy = watching, hoursAgo = 3): string {
  const clone = mallory(team);
  clone.git('config', 'user.email', 'founder@corp.example');
  clone.write('.firebreak/policy.yml', policy);
  const made = committed(clone, hoursAgo);
  clone.git('config', 'user.email', members.mallory);
  clone.git('push', '--quiet', 'origin', 'HEAD:main');
  return made;
}

/** What somebody else landed shows that the policy was there by then. */
function goOn(team: Team, hoursAgo = 2): void {
  const clone = mallory(team);
  clone.write('docs.md', `${hoursAgo}\n`);
  committed(clone, hoursAgo);
  clone.git('push', '--quiet', 'origin', 'HEAD:main');
}

const auditedRelease = (at: Sandbox) => audited(at, '--target', release);

async function verified(at: Sandbox, text: string): Promise<void> {
  at.write('audit.jsonl', text);
  const { code, stdout } = await at.run(['verify', '--audit', at.at('audit.jsonl')]);
  assert.equal(code, 0, stdout);
}

describe('what came past the gate onto a branch beside the default one', function () {
  this.timeout(240_000);
  after(removeSandboxes);

  it('is what the default branch\'s rules of then do not let in, though those of the branch do', async () => {
    const team = begun();
    const clone = ownBranch(team);
    watch(team);
    goOn(team);
    clone.git('switch', '--quiet', '--detach', 'origin/release/50');
    clone.write('past.ts', risky);
    const past = committed(clone, 1);
    clone.git('push', '--quiet', 'origin', `HEAD:${release}`);
    const robin = team.clone('robin');
    for (const place of [team.remote, robin]) {
      robin.git('fetch', '--quiet', 'origin');
      const { stdout, told, bypasses } = await auditedRelease(place);
      assert.deepEqual(told, [`${past} past.ts`]);
      assert.match(bypasses[0]?.because.join() ?? '', /needs the approval of a senior, and has none that count,by the rules of refs\/heads\/main$/);
      await verified(place, stdout);
    }
  });

  it('is not what landed before these watched it, or when they did no longer, and not what is not known to have come after', async () => {
    const team = begun();
    const clone = ownBranch(team, `${ownPolicy}severities: { critical: warn, high: warn }\n`);
    clone.write('before.ts', risky);
    committed(clone, 4);
    clone.git('push', '--quiet', 'origin', `HEAD:${release}`);
    watch(team);
    assert.deepEqual((await auditedRelease(team.remote)).bypasses, []);
    clone.git('switch', '--quiet', '--detach', 'origin/release/50');
    clone.write('after.ts', risky);
    const after = committed(clone, 1);
    clone.git('push', '--quiet', 'origin', `HEAD:${release}`);
    const { stdout, bypasses } = await auditedRelease(team.remote);
    assert.deepEqual(bypasses.map(({ kind, commit, path }) => [kind, commit, path]), [['uncertain', after, 'after.ts']]);
    assert.match(bypasses[0]?.unless.join() ?? '', /^the rules of the default branch, [0-9a-f]{40}, came onto it only after this, and those of before let it in$/);
    await verified(team.remote, stdout);
    watch(team, usualPolicy, 0);
    assert.deepEqual((await auditedRelease(team.remote)).bypasses, []);
    await verified(team.remote, stdout);
  });

  it('is nothing of before these watched it either, where the branch has nothing in common with the default one', async () => {
    const team = begun();
    const clone = mallory(team);
    clone.git('switch', '--quiet', '--orphan', 'alone');
    clone.write('.firebreak/policy.yml', `${ownPolicy}severities: { critical: warn, high: warn }\n`);
    committed(clone, 6);
    clone.write('before.ts', risky);
    committed(clone, 5);
    clone.git('push', '--quiet', 'origin', `HEAD:${release}`);
    watch(team);
    goOn(team);
    assert.deepEqual((await auditedRelease(team.remote)).bypasses, []);
  });

  it('is what came onto a branch without a policy that the default one has watched', async () => {
    const team = begun({ policy: '' });
    const clone = mallory(team);
    clone.write('early.ts', risky);
    committed(clone, 6);
    clone.git('push', '--quiet', 'origin', `HEAD:${release}`);
    const founder = mallory(team);
    founder.write('.firebreak/policy.yml', watching);
    founder.write('.firebreak/allowed_signers', signerLine('alice') + signerLine('carol'));
    committed(founder, 5);
    founder.git('push', '--quiet', 'origin', 'HEAD:main');
    const robin = team.clone('robin');
    robin.git('fetch', '--quiet', 'origin');
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('docs.md', 'x\n');
    committed(robin, 4);
    robin.git('push', '--quiet', 'origin', 'HEAD:main');
    clone.git('switch', '--quiet', '--detach', 'origin/release/50');
    clone.write('past.ts', risky);
    const past = committed(clone, 1);
    clone.write('fine.ts', harmless);
    committed(clone);
    clone.git('push', '--quiet', 'origin', `HEAD:${release}`);
    assert.deepEqual((await auditedRelease(team.remote)).told, [`${past} past.ts`]);
  });

  it('is nothing of what both let in, nor of what the default branch had before it was merged into it', async () => {
    const team = new Team({ policy: watching });
    const robin = team.clone('robin');
    robin.git('push', '--quiet', 'origin', `HEAD:${release}`);
    robin.write('main.ts', risky);
    robin.commitAll('For main');
    await team.approve('alice', await team.request());
    robin.git('push', '--quiet', 'origin', 'HEAD:main');
    robin.git('fetch', '--quiet', 'origin');
    robin.git('switch', '--quiet', '--detach', 'origin/release/50');
    robin.write('.firebreak/policy.yml', `${watching}# Of this branch.\n`);
    robin.commitAll('Rules of its own');
    await team.approve('alice', await team.request('--target', release));
    robin.git('push', '--quiet', 'origin', `HEAD:${release}`);
    robin.git('fetch', '--quiet', 'origin');
    robin.git('merge', '--quiet', '--no-edit', 'origin/main');
    await team.approve('alice', await team.request('--target', release));
    robin.git('push', '--quiet', 'origin', `HEAD:${release}`);
    const { bypasses, stderr } = await auditedRelease(team.remote);
    assert.deepEqual(bypasses, [], stderr);
    assert.match(stderr, /2 commits of refs\/heads\/release\/50 judged again/);
  });
});
