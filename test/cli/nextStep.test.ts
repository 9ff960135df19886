import assert from 'node:assert/strict';
import { removeSandboxes, risky, type Run, type Sandbox } from './sandbox.ts';
import { approved, asked, changedFile, changedText, keyOf, type Made, type Member, members, signerLine, Team, usualPolicy } from './team.ts';

/** Runs a command that a sentence tells, as it is written but for the name and the reason. */
function runTold(sandbox: Sandbox, sentence: string, command: 'request' | 'approve' | 'show' | 'residual', as: Member = 'alice'): Promise<Run> {
  const words = new RegExp(`firebreak (${command}(?: [A-Z0-9]{26})?(?: --all)?(?: --target \\S+)?(?: --as NAME)?(?: --reason "…")?)`).exec(sentence)?.[1];
  if (words === undefined) throw new Error(`it tells of no ${command}: ${sentence}`);
  const args = words.split(' ').map((word) => (word === 'NAME' ? members[as] : word === '"…"' ? 'because' : word));
  return sandbox.run([...args, ...(command === 'approve' ? ['--yes', '--key', keyOf(as)] : [])]);
}

/** Runs the approval that a sentence tells in a senior's clone, which looks at the reviews first. */
async function approveTold(team: Team, sentence: string, as: Member): Promise<void> {
  const senior = team.clone(as);
  senior.git('fetch', '--quiet', 'origin');
  await senior.run(['reviews']);
  const { code, stdout, stderr } = await runTold(senior, sentence, 'approve', as);
  assert.equal(code, 0, stdout + stderr);
}

async function statesOf(sandbox: Sandbox): Promise<Readonly<Record<string, string>>> {
  const { reviews } = JSON.parse((await sandbox.run(['reviews', '--format', 'json'])).stdout) as { reviews: readonly { id: string; state: string; group: string }[] };
  return Object.fromEntries(reviews.map(({ id, state, group }) => [id, `${state}, ${group}`]));
}

/** Another request about the same code, of somebody else. */
async function askedTwice(make: () => Promise<Made>): Promise<Made & { readonly second: string }> {
  const made = await make();
  return { ...made, second: await made.team.request('--reviewer', members.carol) };
}

describe('what the last line of a refusal tells to do', () => {
  after(removeSandboxes);

  it('is what opens the gate: to ask, and then to approve', async () => {
    const team = new Team();
    const robin = team.clone('robin');
    robin.write(changedFile, changedText);
    robin.commitAll('Delete users');
    const { code } = await runTold(robin, (await team.gate()).lastLine, 'request');
    assert.equal(code, 0);
    await approveTold(team, (await team.gate()).lastLine, 'carol');
    assert.equal((await team.gate()).code, 0);
  });

  it('is to ask again where the code changed after it was asked about', async () => {
    const { team, robin, id } = await asked();
    robin.write(changedFile, `${changedText}// more\n`);
    robin.commitAll('More');
    const { lastLine } = await team.gate();
    assert.match(lastLine, new RegExp(`^Ask again, because request ${id} is not about what is pushed`));
    assert.equal((await runTold(robin, lastLine, 'request')).code, 0);
    await approveTold(team, (await team.gate()).lastLine, 'alice');
    assert.equal((await team.gate()).code, 0);
  });

  it('shows the request that was rejected, and not a later one of the same code', async () => {
    const { team, robin, id, second } = await askedTwice(asked);
    assert.equal((await team.decide('alice', 'reject', id)).code, 0);
    const { lastLine } = await team.gate();
    robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    assert.match((await runTold(robin, lastLine, 'show')).stdout, /reject by alice@corp\.example/);
    // Lists say the same.
    const states = await statesOf(team.clone('carol'));
    assert.deepEqual([states[id], states[second]], ['rejected, decided', 'rejected, decided']);
  });

  it('needs nobody for a later request of what was approved', async () => {
    const { team, id, second } = await askedTwice(asked);
    await team.approve('alice', id);
    assert.equal((await team.gate()).code, 0);
    const states = await statesOf(team.clone('carol'));
    assert.deepEqual([states[id], states[second]], ['covered, decided', 'covered, decided']);
  });

  it('waits for the later of two changes of the policy', async () => {
    const { team } = await asked();
    const robin = team.clone('robin');
    for (const days of [10, 12]) {
      robin.git('fetch', '--quiet', 'origin');
      robin.git('switch', '--quiet', '--create', `days${days}`, 'origin/main');
      robin.write('.firebreak/policy.yml', `${usualPolicy}keys: { maxAge: ${days}d }\n`);
      robin.commitAll('Change the policy');
      const id = await team.request();
      const { lastLine } = await team.gate();
      assert.match(lastLine, new RegExp(`^Wait until a senior has approved request ${id} `));
      team.clone('carol').git('fetch', '--quiet', 'origin');
      assert.equal((await statesOf(team.clone('carol')))[id], 'pending, needs me');
      await approveTold(team, lastLine, 'carol');
      assert.equal((await team.gate()).code, 0);
      robin.git('push', '--quiet', 'origin', 'HEAD:main');
    }
  });

  it('waits for somebody else than who pushes, and for one of whom the policy names for the path', async () => {
    const { team, id } = await asked();
    await team.approve('alice', id);
    const pushed = await team.gate('HEAD', { args: ['--requester', members.alice] });
    assert.match(pushed.lastLine, new RegExp(`^Wait until a senior other than alice@corp\\.example has approved request ${id} `));
    const named = await approved({ policy: `${usualPolicy}paths: [{ match: 'src/**', reviewers: [${members.carol}] }]\n` });
    const { lastLine } = await named.team.gate();
    assert.match(lastLine, /^Wait until carol@corp\.example has approved request/);
    await approveTold(named.team, lastLine, 'carol');
    assert.equal((await named.team.gate()).code, 0);
  });

  it('is a key of a senior, where nobody else is left and theirs ran out, told to whoever asks, too', async () => {
    const [principal = '', type = '', key = ''] = signerLine('alice').trim().split(' ');
    const team = new Team({ signers: `${principal} valid-before="20260101000000Z" ${type} ${key}\n${signerLine('carol')}` });
    const carol = team.clone('carol');
    carol.write(changedFile, changedText);
    carol.commitAll('Delete users');
    const told = /ave a key that counts of alice@corp\.example added to \.firebreak\/allowed_signers \(firebreak init --signing prints its line\)/;
    const why = /it needs the approval of a senior, nobody approves their own, alice@corp\.example has no key that counts, and no senior is left who could/;
    const request = await carol.run(['request', '--all', '--reason', 'needed']);
    assert.equal(request.code, 0, request.stderr);
    const held = await team.gate('HEAD', { from: carol });
    for (const words of [told, why]) for (const said of [request.stderr, held.lastLine]) assert.match(said, words);
  });

  it('is another way where too few are left who could approve, told to whoever asks, too', async () => {
    const team = new Team();
    const alice = team.clone('alice');
    alice.write('infra/drop.sh', '#!/bin/sh\nterraform destroy -auto-approve\n');
    alice.commitAll('Destroy it');
    const way = /ave somebody who is no senior commit it, ask for it and push it, or change \.firebreak\/policy\.yml/;
    const why = /it needs approvals of 2 seniors, nobody approves their own, and only carol@corp\.example is left who could/;
    const request = await alice.run(['request', '--all', '--reason', 'needed']);
    assert.equal(request.code, 0, request.stderr);
    for (const told of [way, why]) assert.match(request.stderr, told);
    await approveTold(team, `firebreak approve ${/requested: (\S+)/.exec(request.stdout)?.[1] ?? ''} --as NAME --reason "…"`, 'carol');
    const held = await team.gate('HEAD', { from: alice });
    for (const told of [way, why]) assert.match(held.lastLine, told);
    // Who is no senior takes it over.
    const robin = team.clone('robin');
    robin.write('infra/drop.sh', '#!/bin/sh\nterraform destroy -auto-approve\n');
    robin.commitAll('Destroy it');
    const asked = await robin.run(['request', '--all', '--reason', 'needed']);
    assert.deepEqual([asked.code, asked.stderr], [0, '']);
    const id = /requested: (\S+)/.exec(asked.stdout)?.[1] ?? '';
    for (const senior of ['alice', 'carol'] as const) await team.approve(senior, id);
    assert.equal((await team.gate()).code, 0);
  });

  it('needs another senior where the one who was asked approved, and it takes two', async () => {
    const team = new Team();
    const robin = team.clone('robin');
    robin.write('infra/drop.sh', '#!/bin/sh\nterraform destroy -auto-approve\n');
    robin.commitAll('Destroy it');
    const id = await team.request('--reviewer', members.alice);
    const carol = team.clone('carol');
    assert.equal((await statesOf(carol))[id], 'pending, waiting');
    await team.approve('alice', id);
    assert.equal((await statesOf(carol))[id], 'pending, needs me');
    assert.match((await carol.run(['reviews'])).stdout, /needs approvals of 2 seniors, and has 1 that counts/);
  });

  it('asks for the branch that is pushed to, which need not be the default one', async () => {
    const team = new Team({ policy: usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']") });
    const robin = team.clone('robin');
    robin.git('push', '--quiet', 'origin', 'HEAD:refs/heads/release/1');
    robin.git('fetch', '--quiet', 'origin');
    robin.write(changedFile, changedText);
    robin.commitAll('Delete users');
    const target = { target: 'refs/heads/release/1' };
    assert.equal((await runTold(robin, (await team.gate('HEAD', target)).lastLine, 'request')).code, 0);
    await approveTold(team, (await team.gate('HEAD', target)).lastLine, 'carol');
    assert.equal((await team.gate('HEAD', target)).code, 0);
  });

  it('says that a suppression is what is asked about', async () => {
    const team = new Team();
    const robin = team.clone('robin');
    robin.write('a.ts', `// firebreak-ignore delete-many-unfiltered: they are only copies\n${risky}`);
    robin.commitAll('Delete users');
    assert.match((await team.gate()).stdout, /Blocked \(pending\): a\.ts:2 high delete-many-unfiltered\n[^]*the comment in line 1 that suppresses it is new, or stood for something else at the base, and counts here only when it is approved/);
  });

  it('lets no policy in that names nobody, and lets one out of it by the signers that the server names', async () => {
    const { team, robin } = await asked();
    robin.git('switch', '--quiet', '--create', 'nobody', 'origin/main');
    robin.write('.firebreak/policy.yml', 'version: 1\ntargets: [refs/heads/main]\nseniors: []\n');
    robin.commitAll('Name nobody');
    // Nobody is asked for what no approval could let in.
    const unasked = await robin.run(['request', '--all', '--reason', 'needed']);
    assert.deepEqual([unasked.code, unasked.stderr.includes('.firebreak/policy.yml would name no seniors')], [2, true], unasked.stderr);
    const refused = await team.gate();
    assert.deepEqual([refused.code, refused.lastLine], [1, 'Correct .firebreak/policy.yml in the change, and push again.']);
    assert.match(refused.stdout, /\.firebreak\/policy\.yml would name no seniors, so nothing could ever be approved any more/);
    // As where it came in before that was seen.
    robin.git('push', '--quiet', 'origin', 'HEAD:main');
    robin.write('.firebreak/policy.yml', usualPolicy);
    robin.commitAll('Name them again');
    assert.match((await team.gate()).lastLine, /^Have \.firebreak\/policy\.yml name seniors in a change that is admitted with --bootstrap-signers/);
    robin.git('fetch', '--quiet', 'origin');
    const signers = robin.git('show', 'HEAD:.firebreak/allowed_signers');
    team.remote.write('signers', `${signers}\n`);
    const args = ['--bootstrap-signers', team.remote.at('signers')];
    const id = await team.request();
    assert.equal((await team.decide('alice', 'approve', id, { args })).code, 0);
    assert.equal((await team.gate('HEAD', { args })).code, 0);
  });
});
