import assert from 'node:assert/strict';
import { faultsOfSarif } from '../support/sarif.ts';
import { risky, riskyRule, removeSandboxes, Sandbox } from './sandbox.ts';

describe('firebreak check: what a comment suppresses', () => {
  let sandbox: Sandbox;
  before(() => {
    sandbox = Sandbox.repository();
    sandbox.write('a.ts', `// firebreak-ignore ${riskyRule}: a table of the demo (until 2999-01-31)\n${risky}`);
    sandbox.write('b.ts', `// firebreak-ignore ${riskyRule}: it was meant for a while (until 2020-01-31)\n${risky}`);
    sandbox.write('c.tf', 'resource "a" {\n# firebreak-ignore resource-removed: x\n');
    sandbox.commitAll('Add code');
  });
  after(removeSandboxes);

  it('does not fail on it, and counts it', async () => {
    const { code, stdout } = await sandbox.run(['check', 'a.ts']);
    assert.equal(stdout, '0 findings in 1 checked file; 1 suppressed\n');
    assert.equal(code, 0);
  });
  it('fails on it once its day is over, and tells why', async () => {
    const { code, stdout } = await sandbox.run(['check', 'b.ts']);
    assert.match(stdout, /b\.ts:1:4 medium .* suppression-void\n.*\n {2}held until 2020-01-31, which is over/);
    assert.match(stdout, new RegExp(`b\\.ts:2:7 high .* ${riskyRule}`));
    assert.equal(code, 1);
  });
  it('carries it in JSON beside the findings', async () => {
    const { stdout } = await sandbox.run(['check', '--format', 'json', 'a.ts']);
    const report = JSON.parse(stdout) as { findings: unknown[]; suppressed: { rule: string; suppression: unknown }[] };
    assert.deepEqual(report.findings, []);
    assert.deepEqual(report.suppressed.map(({ rule, suppression }) => [rule, suppression]), [[riskyRule, { kind: 'comment', line: 1, reason: 'a table of the demo', until: '2999-01-31' }]]);
  });
  it('carries it in SARIF as the schema has it, unread files beside it', async () => {
    sandbox.write('c.tf', 'resource "a" {\n# firebreak-ignore resource-removed: y\n');
    const { stdout, code } = await sandbox.run(['check', '--format', 'sarif', 'a.ts', 'b.ts', 'c.tf']);
    const log = JSON.parse(stdout) as { runs: [{ results: { suppressions?: unknown[] }[]; invocations: [{ executionSuccessful: boolean }] }] };
    assert.deepEqual(faultsOfSarif(log), []);
    assert.equal(log.runs[0].results.filter(({ suppressions }) => suppressions !== undefined).length, 1);
    assert.equal(log.runs[0].invocations[0].executionSuccessful, false);
    assert.equal(code, 1);
    assert.doesNotMatch(stdout, new RegExp(sandbox.folder.replaceAll(/[\\.]/g, '\\$&')), 'no path of this machine');
  });
  it('annotates what counts for GitHub', async () => {
    const { stdout, code } = await sandbox.run(['check', '--format', 'github', 'a.ts', 'b.ts']);
    assert.deepEqual(stdout.split('\n').map((line) => line.split(',')[0]), ['::warning file=b.ts', '::error file=b.ts', '2 findings (1 high', '']);
    assert.equal(code, 1);
  });
  it('can be asked a senior for', async () => {
    sandbox.write('a.ts', `// firebreak-ignore ${riskyRule}: another reason\nawait db.user.deleteMany({ });\n`);
    const { code, stdout, stderr } = await sandbox.run(['request', '--all', '--reason', 'It is a demo']);
    assert.equal(code, 0, stderr);
    const id = /Review requested: (\S+)/.exec(stdout)?.[1] ?? '';
    assert.match((await sandbox.run(['show', id])).stdout, new RegExp(`a\\.ts:2 high .* ${riskyRule}`));
  });
  it('counts for nothing when an AI wrote the comment', async () => {
    sandbox.write('d.ts', risky);
    sandbox.commitAll('Add d');
    const event = { hook_event_name: 'PostToolUse', tool_name: 'Write', session_id: 's', cwd: sandbox.folder, tool_input: { file_path: sandbox.at('d.ts'), content: `// firebreak-ignore ${riskyRule}: trust me\n${risky}` } };
    const pre = { ...event, hook_event_name: 'PreToolUse' };
    assert.equal((await sandbox.run(['hook', 'claude-code'], { input: JSON.stringify(pre) })).code, 0);
    sandbox.write('d.ts', event.tool_input.content);
    assert.equal((await sandbox.run(['hook', 'claude-code'], { input: JSON.stringify(event) })).code, 0);
    const { code, stdout } = await sandbox.run(['check', 'd.ts']);
    assert.match(stdout, /the comment in line 1 that would suppress it counts for nothing, because an AI wrote in it/);
    assert.equal(code, 1);
  });
  it('counts for nothing in a large part that nothing explains, and says what makes it count', async () => {
    const text = `export {};\nconst made = 1;\n// firebreak-ignore ${riskyRule}: a table of the demo\n${risky}`;
    sandbox.write('e.ts', text);
    const { code, stdout } = await sandbox.run(['check', '--scope', 'all', 'e.ts']);
    assert.match(stdout, /the comment in line 3 that would suppress it counts for nothing, because nobody knows who wrote it; its author makes it count with "Mark Selection as Mine" in the editor/);
    assert.equal(code, 1);
    sandbox.commitAll('Add e');
    assert.equal((await sandbox.run(['check', '--scope', 'all', 'e.ts'])).stdout, '0 findings in 1 checked file; 1 suppressed\n');
  });
});
