import assert from 'node:assert/strict';
import { risky, riskyRule, removeSandboxes, Sandbox } from './sandbox.ts';

describe('firebreak check: the policy', () => {
  let sandbox: Sandbox;
  const policy = (lines: string) => {
    sandbox.write('.firebreak/policy.yml', `version: 1\n${lines}`);
  };
  beforeEach(() => {
    sandbox = Sandbox.repository();
    sandbox.write('a.ts', risky);
  });
  after(removeSandboxes);

  it('switches a rule off', async () => {
    policy(`rules: { ${riskyRule}: off }\n`);
    sandbox.commitAll('Decide');
    assert.deepEqual((await sandbox.check(['a.ts'])).findings, []);
  });

  it('raises a severity, and never lowers one', async () => {
    policy(`rules: { ${riskyRule}: critical }\n`);
    sandbox.commitAll('Decide');
    assert.deepEqual((await sandbox.check(['a.ts'])).findings.map(({ severity }) => severity), ['critical']);
    policy(`rules: { ${riskyRule}: low }\n`);
    sandbox.commitAll('Decide again');
    assert.deepEqual((await sandbox.check(['a.ts'])).findings.map(({ severity }) => severity), ['high']);
  });

  it('raises a severity, which makes no change of what was there before', async () => {
    policy(`rules: { ${riskyRule}: critical }\n`);
    sandbox.commitAll('Decide');
    sandbox.write('a.ts', `${risky}// end\n`);
    assert.deepEqual((await sandbox.check([])).findings, []);
  });

  it('leaves paths out, also when they could not be read', async () => {
    policy(`exclude: ['fixtures/**']\n`);
    sandbox.commitAll('Decide');
    sandbox.write('fixtures/deep/b.ts', risky);
    sandbox.write('fixtures/c.ts', Buffer.from([0]));
    const { findings, unread } = await sandbox.check(['.']);
    assert.deepEqual([findings.map(({ path }) => path), unread], [['a.ts'], []]);
  });

  it('is not read from the change that it judges', async () => {
    sandbox.commitAll('Add a');
    const base = sandbox.git('rev-parse', 'HEAD');
    policy(`rules: { ${riskyRule}: off }\n`);
    sandbox.write('b.ts', risky);
    assert.equal((await sandbox.check([])).findings.length, 1);
    sandbox.git('add', '--all');
    assert.equal((await sandbox.check(['--staged'])).findings.length, 1);
    sandbox.commitAll('Decide for myself');
    assert.equal((await sandbox.check(['--diff', `${base}..HEAD`])).findings.length, 1);
    assert.equal((await sandbox.check(['b.ts'])).findings.length, 0, 'what is committed holds for what comes after');
  });

  it('is told to be broken before it is committed, and a change that brings such a one is not asked for', async () => {
    sandbox.commitAll('Add a');
    policy('seniorss: []\n');
    const told = /^firebreak: the policy that the change brings is broken, so the one before it is used, and the gate lets no such change pass: \.firebreak\/policy\.yml:2:1: unknown key "seniorss", did you mean "seniors"\?/m;
    for (const args of [['a.ts'], []]) assert.match((await sandbox.run(['check', ...args])).stderr, told);
    sandbox.git('add', '--all');
    assert.match((await sandbox.run(['check', '--staged'])).stderr, told);
    sandbox.git('switch', '--quiet', '--create', 'topic');
    const asked = await sandbox.run(['request', '--all', '--reason', 'needed', '--no-push']);
    assert.equal(asked.code, 2, asked.stdout);
    assert.match(asked.stderr, /^firebreak: the change would break the policy, so no approval could let it pass the gate: \.firebreak\/policy\.yml:2:1: unknown key "seniorss"[^\n]*; correct it, and ask again\n$/);
    assert.equal(sandbox.git('for-each-ref', 'refs/firebreak'), '');
    policy('seniors: [alice@corp.example]\n');
    assert.equal((await sandbox.run(['check', 'a.ts'])).stderr, '');
  });

  it('says where it is broken, in one line', async () => {
    policy(`rules:\n  delete-many-unfilterd: off\nseniorss: []\n`);
    sandbox.commitAll('Decide');
    const { code, stdout, stderr } = await sandbox.run(['check', 'a.ts']);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^firebreak: [^\n]*\.firebreak\/policy\.yml:3:3: there is no rule "delete-many-unfilterd", did you mean "delete-many-unfiltered"\?[^\n]*\n$/);
    assert.match(stderr, /policy\.yml:4:1: unknown key "seniorss", did you mean "seniors"\?/);
  });
});
