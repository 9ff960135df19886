import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { renameSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { quietEnvironment, removeSandboxes, risky, riskyRule, Sandbox } from './sandbox.ts';

/** Calls a hook as an agent does, with the payload that it would send. */
function tell(sandbox: Sandbox, agent: string, payload: unknown): void {
  execFileSync(process.execPath, [path.resolve('dist/hook.js'), agent], { cwd: sandbox.folder, env: quietEnvironment, input: JSON.stringify(payload) });
}

const guarded = 'export async function purge(dryRun: boolean) {\n  if (dryRun) return;\n  await db.user.deleteMany({});\n}\n';
const guard = '  if (dryRun) return;\n';
const values = Array.from({ length: 40 }, (_, index) => `export const value${index} = compute(${index});\n`).join('');

scenarios('Risk', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
    sandbox.write('purge.ts', guarded);
    sandbox.write('values.ts', values);
    sandbox.commitAll('Add');
  });
  after(removeSandboxes);

  scenario({ case: 'on the command line: an agent took a guard away', evidence: 'reported', result: '`check --scope ai` has the finding, and says that an AI removed it' }, async () => {
    const now = guarded.replace(guard, '');
    sandbox.write('purge.ts', now);
    tell(sandbox, 'claude-code', { session_id: 's', cwd: sandbox.folder, hook_event_name: 'PostToolUse', tool_name: 'Edit', tool_input: { file_path: sandbox.at('purge.ts'), old_string: guard, new_string: '' }, tool_response: { originalFile: guarded } });
    const { findings } = await sandbox.check(['--scope', 'ai']);
    const found = findings.find(({ rule }) => rule === 'guard-removed');
    assert.deepEqual(found?.origin, { kind: 'ai', tool: 'claude-code', session: 's', evidence: 'reported', removed: true });
    const { stdout } = await sandbox.run(['check', '--scope', 'ai']);
    assert.match(stdout, /guard-removed\n[^]*? {2}An AI removed this\. claude-code reported this deletion\.\n/);
  });

  scenario({ case: 'on the command line: a person took the guard away', evidence: 'none', result: '`check --scope ai` is silent about it' }, async () => {
    sandbox.write('purge.ts', guarded.replace(guard, ''));
    assert.deepEqual((await sandbox.check(['--scope', 'ai'])).findings, []);
    assert.ok((await sandbox.check([])).findings.some(({ rule }) => rule === 'guard-removed'));
  });

  scenario({ case: 'on the command line: an agent deleted a file', evidence: 'reported', result: '`check --scope ai` has the finding, and says that an AI removed it' }, async () => {
    unlinkSync(sandbox.at('values.ts'));
    tell(sandbox, 'codex', { session_id: 's', cwd: sandbox.folder, hook_event_name: 'PostToolUse', tool_name: 'apply_patch', tool_input: { command: '*** Begin Patch\n*** Delete File: values.ts\n*** End Patch' }, tool_response: {} });
    sandbox.git('add', '--all');
    const { findings } = await sandbox.check(['--staged', '--scope', 'ai']);
    assert.deepEqual(findings.map(({ rule, path: file, origin }) => [rule, file, origin]), [['code-removed', 'values.ts', { kind: 'ai', tool: 'codex', session: 's', evidence: 'reported', removed: true }]]);
  });
});

scenarios('Git', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
  });
  after(removeSandboxes);

  const told = (file: string, content: string) => {
    sandbox.write(file, content);
    tell(sandbox, 'claude-code', { session_id: 's', cwd: sandbox.folder, hook_event_name: 'PostToolUse', tool_name: 'Write', tool_input: { file_path: sandbox.at(file), content }, tool_response: {} });
  };

  scenario({ case: 'a file that an agent wrote is renamed by somebody', evidence: 'reported', result: 'its text is the agent\'s under the new name' }, async () => {
    told('a.ts', `// a file of an agent\n${risky}`);
    renameSync(sandbox.at('a.ts'), sandbox.at('b.ts'));
    const { findings } = await sandbox.check(['.', '--scope', 'ai']);
    assert.deepEqual(findings.map(({ rule, path: file, origin }) => [rule, file, origin?.tool]), [[riskyRule, 'b.ts', 'claude-code']]);
  });

  scenario({ case: 'a file that an agent wrote is copied, and a copy changed', evidence: 'reported', result: 'what stayed of its text is the agent\'s in both copies' }, async () => {
    const text = `// a file of an agent\n${risky}`;
    told('a.ts', text);
    sandbox.write('copy.ts', text);
    sandbox.write('other.ts', `${text}// changed\n`);
    const { findings } = await sandbox.check(['.', '--scope', 'ai']);
    assert.deepEqual(findings.map(({ path: file }) => file), ['a.ts', 'copy.ts', 'other.ts']);
  });
});
