import assert from 'node:assert/strict';
import { audited } from './audited.ts';
import { removeSandboxes, risky, Sandbox } from './sandbox.ts';
import { approved, asked, changedFile, changedText, keyOf, members, signerLine, Team, usualPolicy } from './team.ts';
import { assertTaken, guard, heldAsked, pushAs } from './threats/guarded.ts';

interface Listed {
  readonly id: string;
  readonly state: string;
  readonly landed: boolean;
  readonly group: string;
  readonly because: readonly string[];
  readonly followUp?: { readonly by: string; readonly of: readonly string[] };
  readonly atHead?: { readonly coverage: string };
}

async function listed(clone: Sandbox, ...args: string[]): Promise<readonly Listed[]> {
  const { stdout, stderr } = await clone.run(['reviews', '--format', 'json', ...args]);
  assert.ok(stdout.startsWith('{'), stderr);
  return (JSON.parse(stdout) as { readonly reviews: readonly Listed[] }).reviews;
}

const emergency = { args: ['--emergency'] };
const owed = /carol@corp\.example passed request \w+ in an emergency at \S+, and an approval has to follow by \S+, of alice@corp\.example/;

describe('where a request stands', () => {
  after(removeSandboxes);

  it('with a follow-up that is owed: with who can give it, and each push says so, by the server and by the hook', async () => {
    const { team, robin, id } = await heldAsked();
    assert.equal((await team.decide('carol', 'approve', id, emergency)).code, 0);
    assert.equal((await robin.run(['init', '--hook'])).code, 0);
    robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    const pushed = pushAs(members.robin, robin, 'HEAD:main');
    assertTaken(pushed);
    assert.match(pushed.said, new RegExp(`^firebreak: ${owed.source}`, 'm'));
    assert.match(pushed.said, new RegExp(`^remote: firebreak: ${owed.source}`, 'm'));
    for (const [member, group] of [['alice', 'needs me'], ['carol', 'waiting'], ['robin', 'waiting']] as const) {
      const [state] = await listed(team.clone(member));
      assert.deepEqual([state?.state, state?.landed, state?.group, state?.followUp?.of], ['covered', true, group, [members.alice]], member);
    }
    const { stdout } = await team.clone('alice').run(['reviews']);
    assert.match(stdout, new RegExp(`^Needs you:\n${id} covered, landed .*\n {2}${owed.source}\n$`));
    assert.match((await robin.run(['show', id])).stdout, owed);
    const own = await team.decide('carol', 'approve', id);
    assert.deepEqual([own.code, own.stderr.includes(`carol@corp.example would not count, because they passed request ${id} in an emergency themselves, and somebody else has to follow: have it approved by alice@corp.example (firebreak approve ${id} --as NAME --reason "…")`)], [2, true], own.stderr);
    await team.approve('alice', id);
    assert.deepEqual((await listed(team.clone('alice'))).map(({ group, followUp }) => [group, followUp]), [['decided', undefined]]);
    robin.write('docs.md', 'x\n');
    robin.commitAll('Harmless');
    const next = pushAs(members.robin, robin, 'HEAD:main');
    assertTaken(next);
    assert.doesNotMatch(next.said, /emergency/);
  });

  it('goes by the default branch\'s policy too, on a branch that has rules of its own, and by that alone on one that has none', async () => {
    const [own, bare] = ['refs/heads/release/1', 'refs/heads/release/2'];
    const watching = usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']");
    const team = new Team();
    const robin = team.clone('robin');
    robin.write('.firebreak/policy.yml', `version: 1\ntargets: ['${own}']\nseniors: [${members.mallory}]\nexclude: [hidden]\n`);
    robin.write('.firebreak/allowed_signers', signerLine('mallory'));
    robin.commitAll('Rules of its own');
    robin.git('push', '--quiet', 'origin', `HEAD:${own}`);
    robin.git('rm', '-rq', '.firebreak');
    robin.commitAll('No rules');
    robin.git('push', '--quiet', 'origin', `HEAD:${bare}`);
    team.land({ '.firebreak/policy.yml': watching });
    robin.git('fetch', '--quiet', 'origin');
    const ids: string[] = [];
    for (const branch of [own, bare]) {
      robin.git('switch', '--quiet', '--detach', `origin/${branch.slice('refs/heads/'.length)}`);
      robin.write(changedFile, changedText);
      robin.write('hidden/b.ts', risky);
      robin.commitAll('Delete users');
      const { stdout } = await robin.run(['request', '--all', '--reason', 'needed', '--target', branch]);
      assert.match(stdout, /2 findings/);
      assert.match(stdout, new RegExp(`to approve: 1 of ${members.alice}, ${members.carol}${branch === own ? `; and 1 of ${members.mallory}` : ''}\n`));
      ids.push(/requested: (\S+)/.exec(stdout)?.[1] ?? '');
    }
    const [id = '', other = ''] = ids;
    assert.equal((await team.decide('mallory', 'approve', id)).code, 0);
    const stands = async () => {
      const states = await listed(team.clone('alice'));
      return ids.map((each) => states.find((state) => state.id === each)).map((state) => [state?.state, state?.group]);
    };
    assert.deepEqual(await stands(), [['unverifiable', 'needs me'], ['pending', 'needs me']]);
    assert.deepEqual(await stands(), [['unverifiable', 'needs me'], ['pending', 'needs me']], 'as kept');
    for (const each of ids) await team.approve('alice', each);
    assert.deepEqual(await stands(), [['covered', 'decided'], ['covered', 'decided']]);
    const verified = await team.clone('alice').run(['verify']);
    assert.equal(verified.code, 0, verified.stdout);
    robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    assert.match((await robin.run(['show', other])).stdout, /covered/);
    const residual = await robin.run(['residual', other]);
    assert.deepEqual([residual.code, residual.stdout], [0, 'Nothing: HEAD holds what alice@corp.example approved, byte by byte.\n'], residual.stderr);
  });

  it('lets who passed it approve in place of that, where nothing was pushed by it', async () => {
    const { team, id } = await asked();
    await team.decide('carol', 'approve', id, emergency);
    const own = await team.decide('carol', 'approve', id);
    assert.match(own.stderr, new RegExp(`or take that back first, since it is not used yet \\(firebreak revoke ${id} --as carol@corp\\.example --reason "…"\\), and approve it then`));
    const revoked = await team.decide('carol', 'revoke', id);
    assert.match(revoked.stdout, /^carol@corp\.example takes back their emergency pass of \S+, of request/m);
    await team.approve('carol', id);
  });

  it('with an emergency by the default branch\'s policy, on a branch that has none', async () => {
    const team = new Team({ policy: '', files: { 'x.txt': 'x\n' } });
    const branch = 'refs/heads/release/1';
    const robin = team.clone('robin');
    robin.git('push', '--quiet', 'origin', `HEAD:${branch}`);
    team.land({ '.firebreak/policy.yml': usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']"), '.firebreak/allowed_signers': signerLine('alice') + signerLine('carol') });
    await guard(team);
    robin.git('fetch', '--quiet', 'origin');
    robin.write(changedFile, changedText);
    robin.commitAll('Delete users');
    const id = await team.request('--target', branch);
    assert.equal((await team.decide('carol', 'approve', id, emergency)).code, 0);
    assert.deepEqual((await listed(team.clone('alice'))).map(({ state }) => state), ['covered']);
    const pushed = pushAs(members.robin, robin, `HEAD:${branch}`);
    assertTaken(pushed);
    assert.match(pushed.said, owed);
    assert.deepEqual((await audited(team.remote, '--target', branch)).told, []);
    assert.deepEqual((await audited(robin, '--target', branch)).told, []);
  });

  it('passes nothing in an emergency where nobody could follow', async () => {
    const { team, robin } = await asked();
    robin.git('commit', '--quiet', '--amend', '--message', `Delete users\n\nCo-authored-by: Alice <${members.alice}>`);
    const { code, stderr } = await team.decide('carol', 'approve', await team.request(), emergency);
    assert.deepEqual([code, stderr.includes('nobody could follow: every senior other than carol@corp.example asked for it or had a part in it')], [2, true], stderr);
  });

  it('on a first policy: with whom the server names, when that is said', async () => {
    const team = new Team({ policy: '' });
    const robin = team.clone('robin');
    robin.write('.firebreak/policy.yml', `version: 1\ntargets: [refs/heads/main]\nseniors: [${members.alice}]\n`);
    robin.write('.firebreak/allowed_signers', signerLine('alice'));
    robin.commitAll('Begin with a policy');
    const id = await team.request();
    const alice = team.clone('alice');
    alice.write('signers', signerLine('alice'));
    const named = ['--bootstrap-signers', 'signers'];
    const [unsaid] = await listed(alice);
    assert.deepEqual([unsaid?.group, unsaid?.because.join().includes('firebreak reviews --bootstrap-signers FILE')], ['waiting', true]);
    assert.match((await alice.run(['reviews', '--no-fetch'])).stderr, /^firebreak: refs\/heads\/main has no policy that is known here; .*: firebreak reviews --bootstrap-signers FILE\n$/);
    assert.deepEqual((await listed(alice, ...named)).map(({ group, state }) => [group, state]), [['needs me', 'pending']]);
    assert.equal((await team.decide('alice', 'approve', id, { args: named })).code, 0);
    assert.deepEqual((await listed(alice, ...named)).map(({ group, state }) => [group, state]), [['decided', 'covered']]);
    assert.match((await alice.run(['show', id, ...named])).stdout, new RegExp(`^${id} covered`));
    assert.match((await alice.run(['verify', ...named])).stdout, /2 records, all good/);
    assert.match((await alice.run(['verify', '--no-fetch'])).stdout, /^To do: name the signers whom the gate was told, .*: firebreak verify --bootstrap-signers FILE\.$/m);
    alice.git('fetch', '--quiet', robin.folder, 'HEAD');
    assert.match((await alice.run(['residual', id, '--head', 'FETCH_HEAD', ...named])).stdout, /^Nothing: FETCH_HEAD holds what alice@corp\.example approved/);
  });

  it('with what was taken back by its name', async () => {
    const { team, robin, id } = await asked();
    await team.decide('carol', 'reject', id);
    const revoked = await team.decide('carol', 'revoke', id);
    assert.match(revoked.stdout, /^carol@corp\.example takes back their rejection of \S+, of request/m);
    robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    assert.match((await robin.run(['show', id])).stdout, /^revoke of their rejection by carol@corp\.example, /m);
    assert.match((await robin.run(['residual', id])).stdout, /^carol@corp\.example took back their rejection: looked at it$/m);
  });

  it('is told to who asks for rejected code again, and to who approves it, with what ends that', async () => {
    const { team, robin, id } = await asked();
    await team.decide('carol', 'reject', id);
    const holds = new RegExp(`the gate holds it whatever (?:others|you) approve: carol@corp\\.example rejected it in request ${id}, and that holds until the code is another or they take it back \\(firebreak revoke ${id} --as carol@corp\\.example --reason "…"\\): looked at it`);
    const again = await robin.run(['request', '--all', '--reason', 'once more']);
    assert.match(again.stderr, holds, again.stdout);
    const second = /requested: (\S+)/.exec(again.stdout)?.[1] ?? '';
    const approval = await team.decide('alice', 'approve', second);
    assert.equal(approval.code, 0);
    assert.match(approval.stderr, holds);
    await team.decide('carol', 'revoke', id);
    const { stdout } = await team.gate();
    assert.match(stdout, /The gate is open/);
  });

  it('is told to who approves what landed in an emergency and is rejected: that the approval settles what is owed, and that nothing of what landed is held', async () => {
    const seniors = usualPolicy.replace(`seniors: [${members.alice}, `, `seniors: [${members.alice}, ${members.mallory}, `);
    const { team, robin, id } = await heldAsked({ policy: seniors, signers: signerLine('alice') + signerLine('carol') + signerLine('mallory') });
    assert.equal((await team.decide('carol', 'approve', id, emergency)).code, 0);
    assertTaken(pushAs(members.robin, robin, 'HEAD:main'));
    assert.equal((await team.decide('mallory', 'reject', id)).code, 0);
    const { code, stderr } = await team.decide('alice', 'approve', id);
    assert.equal(code, 0, stderr);
    assert.match(stderr, new RegExp(`^firebreak: it is on refs/heads/main already, and the gate holds it where it would come anew, whatever you approve: mallory@evil\\.example rejected it in request ${id}, `, 'm'));
    assert.match(stderr, new RegExp(`^firebreak: an approval settles all the same what is owed for the emergency: carol@corp\\.example passed request ${id} in an emergency at `, 'm'));
    assert.doesNotMatch(stderr, /: the gate holds it whatever/);
    const [state] = await listed(team.clone('alice'));
    assert.deepEqual([state?.state, state?.landed, state?.followUp], ['rejected', true, undefined]);
    robin.write('docs.md', 'x\n');
    robin.commitAll('Harmless');
    const next = pushAs(members.robin, robin, 'HEAD:main');
    assertTaken(next);
    assert.doesNotMatch(next.said, /emergency/);
  });

  it('says nothing of a rejection to who approves in its place', async () => {
    const { team, id } = await asked();
    await team.decide('carol', 'reject', id);
    const { code, stderr } = await team.decide('carol', 'approve', id);
    assert.deepEqual([code, stderr.includes('the gate holds it')], [0, false], stderr);
    assert.match((await team.gate()).stdout, /The gate is open/);
  });

  it('of who asked is that of what is checked out, where it went on', async () => {
    const { team, robin, id } = await approved();
    robin.write(changedFile, changedText.replace('user', 'order'));
    robin.commitAll('One more edit');
    const [state] = await listed(robin);
    assert.deepEqual([state?.state, state?.group, state?.atHead?.coverage], ['covered', 'stale', 'stale']);
    assert.match((await team.gate()).stdout, /Blocked \(stale\)/);
    const head = robin.git('rev-parse', 'HEAD').slice(0, 12);
    assert.match((await robin.run(['reviews'])).stdout, new RegExp(`^Stale, to be asked for again:\n${id} covered .*\n {2}covered is what was asked about; HEAD \\(${head}\\) is stale: `));
    // The same code by another commit, and a branch about something else.
    robin.git('reset', '--quiet', '--hard', 'HEAD~');
    robin.git('commit', '--quiet', '--amend', '--message', 'Other words');
    assert.deepEqual((await listed(robin)).map(({ group }) => group), ['decided']);
    robin.git('switch', '--quiet', '--create', 'else', 'origin/main');
    robin.write('src/else.ts', risky);
    robin.commitAll('Something else');
    assert.deepEqual((await listed(robin)).map(({ group, atHead }) => [group, atHead]), [['decided', undefined]]);
  });

  it('is told of what was rejected and came in all the same, and the audit tells how', async () => {
    const { team, robin, id } = await asked();
    await team.decide('carol', 'reject', id);
    robin.git('push', '--quiet', 'origin', 'HEAD:main');
    assert.match((await robin.run(['reviews'])).stdout, new RegExp(`^Decided:\n${id} rejected, landed though it is rejected; firebreak audit tells how it came there `));
    const audit = await robin.run(['audit', '--no-fetch']);
    assert.match(audit.stdout, /"kind":"bypassed"/, audit.stderr);
  });

  it('cannot be decided by nobody, nor where git does not know who writes it', async () => {
    const { team, id } = await asked();
    const alice = team.clone('alice');
    alice.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    const unnamed = (...env: string[]) => alice.run(['approve', id, '--reason', 'fine', '--yes', ...env]);
    const unknown = await unnamed();
    assert.match(unknown.stderr, /^firebreak: say who decides: --as NAME, with a name that \.firebreak\/allowed_signers has for your key; .*firebreak init --signing/);
    alice.git('config', 'firebreak.signingKey', keyOf('alice'));
    assert.equal((await unnamed()).stderr, 'firebreak: say who decides; by .firebreak/allowed_signers your key stands for: --as alice@corp.example\n');
    for (const name of ['user.name', 'user.email']) alice.git('config', '--unset', name);
    alice.git('config', 'user.useConfigOnly', 'true');
    const nobody = await team.decide('alice', 'approve', id);
    assert.match(nobody.stderr, /git does not know who you are; say it: git config --global user\.name/);
  });
});
