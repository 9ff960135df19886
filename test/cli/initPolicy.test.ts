import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { matchesGlob } from '../../src/core/policy/glob.ts';
import { parsePolicy } from '../../src/core/policy/parsePolicy.ts';
import { removeSandboxes, Sandbox } from './sandbox.ts';

describe('firebreak init --policy', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
  });
  after(removeSandboxes);

  const read = () => readFileSync(sandbox.at('.firebreak/policy.yml'), 'utf8');

  it('proposes seniors from CODEOWNERS and the history, and can be read', async () => {
    sandbox.write('.github/CODEOWNERS', '# who\n* @corp/all\n/infra/ carol@corp.example @carol # hers\n');
    sandbox.commitAll('Own\n\nReviewed-by: Alice <alice@corp.example>');
    const { code, stdout } = await sandbox.run(['init', '--policy']);
    assert.equal(code, 0);
    assert.match(stdout, /^wrote \.firebreak\/policy\.yml/);
    const parsed = parsePolicy(read());
    assert.ok('policy' in parsed, JSON.stringify(parsed));
    assert.deepEqual(parsed.policy.seniors, ['carol@corp.example', 'alice@corp.example', 'robin@example.com']);
    assert.deepEqual(parsed.policy.paths, [{ match: '/infra/', reviewers: ['carol@corp.example'] }]);
    assert.deepEqual(parsed.policy.targets, ['refs/heads/main']);
    assert.match(read(), /^agents: \{ ask: high, deny: never \}$/m);
    assert.match(read(), /CODEOWNERS names "@corp\/all", "@carol"/);
  });

  it('takes the patterns of CODEOWNERS as forges read them', async () => {
    sandbox.write('CODEOWNERS', '/my\\ dir/ carol@corp.example\n\\#odd carol@corp.example # a comment\n\n[Section] @corp/x\n#/none/ carol@corp.example\n/README.md\tcarol@corp.example\n');
    sandbox.commitAll('Own');
    assert.equal((await sandbox.run(['init', '--policy'])).code, 0);
    const parsed = parsePolicy(read());
    assert.ok('policy' in parsed, JSON.stringify(parsed));
    assert.deepEqual(parsed.policy.paths.map(({ match }) => match), ['/my dir/', '#odd', '/README.md']);
    assert.ok(matchesGlob('my dir/a.sh', '/my dir/'));
  });

  it('asks for so many approvals that the other seniors can give them where one wrote it and one was taken out', async () => {
    const asks = async () => {
      await sandbox.run(['init', '--policy']);
      const parsed = parsePolicy(read());
      sandbox.git('clean', '--quiet', '--force', '-d');
      return 'policy' in parsed ? [parsed.policy.seniors.length, parsed.policy.severities.critical, parsed.policy.policyChanges] : parsed.errors;
    };
    const review = (name: string) => {
      sandbox.write('a.txt', name);
      sandbox.commitAll(`Change\n\nReviewed-by: ${name} <${name}@corp.example>`);
    };
    for (const name of ['alice', 'bob']) review(name);
    assert.deepEqual(await asks(), [3, { approvals: 1 }, { approvals: 1 }]);
    review('carol');
    assert.deepEqual(await asks(), [4, { approvals: 2 }, { approvals: 2 }]);
    await sandbox.run(['init', '--policy']);
    assert.match(read(), /takes one senior more than the number\.\nseverities:/);
  });

  it('never writes over one, and takes its own out again', async () => {
    await sandbox.run(['init', '--policy']);
    const before = read();
    const { code, stderr } = await sandbox.run(['init', '--policy']);
    assert.deepEqual([code, read()], [2, before]);
    assert.match(stderr, /policy\.yml is there already, and was left as it is/);
    assert.equal((await sandbox.run(['init', '--policy', '--remove'])).code, 0);
    assert.equal(existsSync(sandbox.at('.firebreak/policy.yml')), false);
  });

  it('leaves one that somebody changed, with the way on', async () => {
    await sandbox.run(['init', '--policy']);
    const edited = read().replace('review: risky', 'review: all-ai');
    sandbox.write('.firebreak/policy.yml', edited);
    const { code, stderr } = await sandbox.run(['init', '--policy', '--remove']);
    assert.deepEqual([code, read()], [2, edited]);
    assert.match(stderr, /was left as it is; if nobody needs it, take it out yourself: git rm -f \.firebreak\/policy\.yml/);
  });

  it('wants one thing at a time', async () => {
    for (const args of [['init'], ['init', '--policy', '--agent', 'codex']]) assert.equal((await sandbox.run(args)).code, 2);
  });
});
