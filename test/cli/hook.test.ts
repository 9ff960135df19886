import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { blame, call, type Line, short } from './hooked.ts';
import { removeSandboxes, risky, Sandbox } from './sandbox.ts';

describe('what agents tell of their writes', () => {
  let sandbox: Sandbox;
  const before = 'const a = 1;\nconst b = 2;\nconst c = 3;\n';
  const after = 'const a = 1;\nconst b = 20;\nconst x = 0;\nconst c = 3;\n';
  beforeEach(() => {
    sandbox = Sandbox.repository();
    sandbox.write('src/a.ts', before);
    sandbox.commitAll('Add a');
  });
  afterAll();

  const claudeEdit = (extra: object = {}) => ({
    session_id: 's1',
    transcript_path: '/tmp/t.jsonl',
    cwd: sandbox.folder,
    permission_mode: 'default',
    hook_event_name: 'PostToolUse',
    tool_name: 'Edit',
    tool_input: { file_path: sandbox.at('src/a.ts'), old_string: 'const b = 2;\n', new_string: 'const b = 20;\nconst x = 0;\n' },
    tool_use_id: 'toolu_1',
    tool_response: { filePath: sandbox.at('src/a.ts'), originalFile: before, structuredPatch: [], userModified: false, ...extra },
  });

  it('names the lines of an edit, of Claude Code', async () => {
    sandbox.write('src/a.ts', after);
    assert.deepEqual(await call(sandbox, 'claude-code', claudeEdit()), { code: 0, stdout: '', stderr: '' });
    assert.deepEqual(short(await blame(sandbox, 'src/a.ts')), ['2 ai reported claude-code', '3 ai reported claude-code']);
    const { stdout } = await sandbox.run(['blame', 'src/a.ts']);
    assert.equal(stdout.split('\n')[0]?.trimEnd(), '                        1   const a = 1;');
    assert.match(stdout, /^claude-code \(reported\) {2}2 {3}const b = 20;$/m);
  });

  it('keeps what an agent deleted', async () => {
    sandbox.write('src/a.ts', 'const a = 1;\nconst c = 3;\n');
    await call(sandbox, 'claude-code', { ...claudeEdit(), tool_input: { file_path: sandbox.at('src/a.ts'), old_string: 'const b = 2;\n', new_string: '' } });
    assert.deepEqual(await blame(sandbox, 'src/a.ts'), [{ line: 2, origin: 'ai', evidence: 'reported', tool: 'claude-code', session: 's1', deleted: 'const b = 2;\n', onlyDeleted: true }]);
  });

  it('leaves to its user what a user changed in the proposal', async () => {
    sandbox.write('src/a.ts', after.replace('const x = 0;', 'const mine = 0;'));
    await call(sandbox, 'claude-code', claudeEdit({ userModified: true }));
    const lines = await blame(sandbox, 'src/a.ts');
    assert.ok(lines.some(({ line, origin }) => line === 2 && origin === 'ai'), 'what stayed of the proposal is the agent\'s');
  });

  it('follows a chain of writes of two agents, told in any order and twice', async () => {
    const last = after.replace('const c = 3;', 'const c = 33;');
    sandbox.write('src/a.ts', after);
    await call(sandbox, 'claude-code', claudeEdit());
    await call(sandbox, 'claude-code', claudeEdit());
    sandbox.write('src/a.ts', last);
    await call(sandbox, 'cursor', {
      conversation_id: 'c1', generation_id: 'g', model: 'm-1', hook_event_name: 'afterFileEdit', workspace_roots: [sandbox.folder],
      file_path: sandbox.at('src/a.ts'), edits: [{ old_string: 'const c = 3;', new_string: 'const c = 33;' }],
    }); // prettier-ignore
    const lines = await blame(sandbox, 'src/a.ts');
    assert.deepEqual(short(lines), ['2 ai reported claude-code', '3 ai reported claude-code', '4 ai reported cursor']);
    assert.equal(lines[2]?.model, 'm-1');
    const [journal = ''] = readdirSync(sandbox.at('.git/firebreak/journal'));
    const file = sandbox.at('.git/firebreak/journal', journal);
    writeFileSync(file, readFileSync(file, 'utf8').split('\n').reverse().join('\n'));
    assert.deepEqual(short(await blame(sandbox, 'src/a.ts')), short(lines));
  });

  it('keeps an agent\'s lines where a person went on without being told of', async () => {
    sandbox.write('src/a.ts', after);
    await call(sandbox, 'claude-code', claudeEdit());
    sandbox.write('src/a.ts', `// mine\n${after}const d = 4;\n`);
    assert.deepEqual(short(await blame(sandbox, 'src/a.ts')), ['3 ai reported claude-code', '4 ai reported claude-code']);
  });

  it('says that what agents told was emptied', async () => {
    sandbox.write('src/a.ts', after);
    await call(sandbox, 'claude-code', claudeEdit());
    const [journal = ''] = readdirSync(sandbox.at('.git/firebreak/journal'));
    writeFileSync(sandbox.at('.git/firebreak/journal', journal), '');
    const { code, stderr } = await sandbox.run(['blame', 'src/a.ts']);
    assert.equal(code, 0);
    assert.match(stderr, /^firebreak: what agents told of src\/a\.ts was there and is gone: its journal is empty/m);
  });

  it('takes a failed tool of Copilot CLI for one that is over', async () => {
    const failed = { sessionId: 's', timestamp: 1, cwd: sandbox.folder, toolName: 'create', toolArgs: JSON.stringify({ path: 'n.ts', file_text: 'rm' }), error: 'no room' };
    assert.deepEqual(await call(sandbox, 'copilot-cli', failed), { code: 0, stdout: '', stderr: '' });
    const command = { sessionId: 's', timestamp: 1, cwd: sandbox.folder, toolName: 'bash', toolArgs: JSON.stringify({ command: './generate' }) };
    await call(sandbox, 'copilot-cli', command);
    sandbox.write('src/a.ts', after);
    await call(sandbox, 'copilot-cli', { ...command, error: 'exit code 1' });
    assert.deepEqual(short(await blame(sandbox, 'src/a.ts')), ['2 ai reported copilot-cli', '3 ai reported copilot-cli']);
  });

  it('takes nothing down for a tool that was refused or failed', async () => {
    await call(sandbox, 'claude-code', { ...claudeEdit(), tool_response: { error: 'old_string not found' } });
    await call(sandbox, 'copilot-cli', { sessionId: 's', timestamp: 1, cwd: sandbox.folder, toolName: 'create', toolArgs: JSON.stringify({ path: 'n.ts', file_text: 'x' }), toolResult: { resultType: 'denied' } });
    assert.match((await sandbox.run(['blame', 'src/a.ts'])).stderr, /nothing is known of who wrote src\/a\.ts/);
  });

  const written = 'export const fresh = true;\n';
  /** A new file, as each agent tells of it. */
  const creations: Readonly<Record<string, (file: string, folder: string) => unknown>> = {
    'claude-code': (file, cwd) => ({ session_id: 's', cwd, hook_event_name: 'PostToolUse', tool_name: 'Write', tool_input: { file_path: file, content: written }, tool_response: { type: 'create', filePath: file, content: written, structuredPatch: [], originalFile: null } }),
    codex: (_file, cwd) => ({ session_id: 's', turn_id: 't', model: 'm', cwd, hook_event_name: 'PostToolUse', tool_name: 'apply_patch', tool_input: { command: `*** Begin Patch\n*** Add File: new.ts\n+${written.trimEnd()}\n*** End Patch\n` }, tool_response: {} }),
    cursor: (file, cwd) => ({ conversation_id: 's', model: 'm', hook_event_name: 'afterFileEdit', workspace_roots: [cwd], file_path: file, edits: [{ old_string: '', new_string: written }] }),
    vscode: (file, cwd) => ({ sessionId: 's', cwd, hookEventName: 'PostToolUse', toolName: 'create_file', toolInput: { filePath: file, content: written }, toolResponse: 'ok' }),
    'gemini-cli': (file, cwd) => ({ session_id: 's', cwd, hook_event_name: 'AfterTool', timestamp: '2026-01-01T00:00:00Z', tool_name: 'write_file', tool_input: { file_path: file, content: written }, tool_response: {} }),
    'copilot-cli': (file, cwd) => ({ sessionId: 's', timestamp: 1, cwd, toolName: 'create', toolArgs: JSON.stringify({ path: file, file_text: written }), toolResult: { resultType: 'success', textResultForLlm: 'ok' } }),
    windsurf: (file) => `{"agent_action_name":"post_write_code","trajectory_id":"t","execution_id":"e","model_name":"m","tool_info":{"file_path":${JSON.stringify(file)},"edits":[{"old_string":"","new_string":"${written}"}]}}`,
    cline: (_file, cwd) => ({ taskId: 's', hookName: 'PostToolUse', workspaceRoots: [cwd], postToolUse: { toolName: 'write_to_file', parameters: { path: 'new.ts', content: written }, result: 'ok', success: true } }),
    generic: (file) => ({ agent: 'my-agent', session: 's', event: 'post', files: [{ path: file, before: '', content: written }] }),
  };
  for (const [agent, payloadOf] of Object.entries(creations)) {
    it(`reads the payload of ${agent} for a new file`, async () => {
      const file = sandbox.at('new.ts');
      sandbox.write('new.ts', written);
      const { code, stdout, stderr } = await call(sandbox, agent, payloadOf(file, sandbox.folder));
      assert.deepEqual([code, stdout, stderr], [0, agent === 'cline' ? '{"cancel":false}\n' : agent === 'cursor' ? '{}\n' : '', '']);
      assert.deepEqual(short(await blame(sandbox, 'new.ts')), [`1 ai reported ${agent === 'generic' ? 'my-agent' : agent}`]);
    });
  }

  it('never fails an agent\'s tool call', async () => {
    const outside = new Sandbox();
    outside.write('a.ts', 'x');
    for (const [agent, payload, folder] of [
      ['claude-code', 'not json', sandbox.folder],
      ['claude-code', '', sandbox.folder],
      ['claude-code', '[1, 2]', sandbox.folder],
      ['nobody', '{}', sandbox.folder],
      ['claude-code', { ...claudeEdit(), cwd: outside.folder, tool_input: { file_path: outside.at('a.ts'), content: 'x' }, tool_name: 'Write' }, outside.folder],
      ['claude-code', { ...claudeEdit(), tool_input: { file_path: sandbox.at('src'), content: 'x' }, tool_name: 'Write' }, sandbox.folder],
    ] as const) {
      assert.equal((await call(sandbox, agent, payload, folder)).code, 0);
    }
    assert.deepEqual((await call(sandbox, 'cline', 'not json')).stdout, '{"cancel":false}\n');
  });

  it('finds what a tool wrote that does not say it, in a notebook too, and that a file went', async () => {
    const cell = (...lines: readonly string[]) => `{\n "cells": [\n  {\n   "source": [\n${lines.map((line) => `    ${JSON.stringify(line)}`).join(',\n')}\n   ]\n  }\n ]\n}\n`;
    sandbox.write('n.ipynb', cell('import os\n'));
    const notebook = (event: string, extra: object = {}) => ({ session_id: 's', cwd: sandbox.folder, hook_event_name: event, tool_name: 'NotebookEdit', tool_use_id: 'toolu_2', tool_input: { notebook_path: sandbox.at('n.ipynb'), new_source: 'import os\nimport sys\n', cell_id: '0', edit_mode: 'replace' }, ...extra });
    await call(sandbox, 'claude-code', notebook('PreToolUse'));
    sandbox.write('n.ipynb', cell('import os\n', 'import sys\n'));
    assert.deepEqual(await call(sandbox, 'claude-code', notebook('PostToolUse', { tool_response: {} })), { code: 0, stdout: '', stderr: '' });
    assert.ok((await blame(sandbox, 'n.ipynb')).some(({ line, origin, tool }) => line === 6 && origin === 'ai' && tool === 'claude-code'));
    assert.deepEqual(short((await blame(sandbox, 'n.ipynb')).filter(({ line, origin }) => (line !== 5 && line !== 6) || origin !== 'ai')), []);
    // Without an event before, nobody knows what of it was there.
    sandbox.write('m.ipynb', cell('import re\n'));
    await call(sandbox, 'claude-code', { ...notebook('PostToolUse', { tool_response: {} }), tool_use_id: 'toolu_3', tool_input: { notebook_path: sandbox.at('m.ipynb'), new_source: 'import re\n' } });
    assert.ok((await blame(sandbox, 'm.ipynb')).every(({ origin }) => origin === 'unknown'));
    const patch = (event: string) => ({ session_id: 's', turn_id: 't', model: 'm', cwd: sandbox.folder, hook_event_name: event, tool_name: 'apply_patch', tool_use_id: 'call_1', tool_input: { command: '*** Begin Patch\n*** Delete File: new.ts\n*** End Patch\n' }, ...(event === 'PostToolUse' && { tool_response: {} }) });
    sandbox.write('new.ts', before);
    await call(sandbox, 'codex', patch('PreToolUse'));
    rmSync(sandbox.at('new.ts'));
    await call(sandbox, 'codex', patch('PostToolUse'));
    const journal = readFileSync(sandbox.at('.git/firebreak/journal', `${createHash('sha256').update('new.ts').digest('hex')}.jsonl`), 'utf8');
    assert.ok(journal.includes(JSON.stringify([0, before, ''])), journal);
    assert.deepEqual(readdirSync(sandbox.at('.git/firebreak/commands')), []);
  });

  it('says what stands in its way, and puts a folder aside that stands where it writes', async () => {
    sandbox.write('src/a.ts', after);
    sandbox.write('.git/firebreak/journal', '');
    const told = await call(sandbox, 'claude-code', claudeEdit());
    assert.equal(told.code, 0);
    assert.match(told.stderr, /^firebreak: hook: .+\/\.git\/firebreak\/journal is a file where a folder of Firebreak's belongs; move it away and try again\n$/);
    rmSync(sandbox.at('.git/firebreak/journal'));
    mkdirSync(sandbox.at('.git/firebreak/journal', `${createHash('sha256').update('src/a.ts').digest('hex')}.jsonl`), { recursive: true });
    assert.deepEqual(await call(sandbox, 'claude-code', claudeEdit()), { code: 0, stdout: '', stderr: '' });
    assert.deepEqual(short(await blame(sandbox, 'src/a.ts')), ['2 ai reported claude-code', '3 ai reported claude-code']);
  });

  it('takes what a command changed for the agent\'s, and nothing that stood there before', async () => {
    sandbox.write('src/mine.ts', 'const mine = 1;\nconst other = 2;\n');
    const bash = (event: string) => ({ session_id: 's', cwd: sandbox.at('src'), hook_event_name: event, tool_name: 'Bash', tool_input: { command: 'sed -i s/2/22/ *.ts; generate > made.ts' }, tool_use_id: 'toolu_9' });
    await call(sandbox, 'claude-code', bash('PreToolUse'));
    sandbox.write('src/a.ts', before.replace('b = 2', 'b = 22'));
    sandbox.write('src/mine.ts', 'const mine = 1;\nconst other = 22;\n');
    sandbox.write('src/made.ts', written);
    assert.deepEqual(await call(sandbox, 'claude-code', { ...bash('PostToolUse'), tool_response: { stdout: '', stderr: '' } }), { code: 0, stdout: '', stderr: '' });
    assert.deepEqual(short(await blame(sandbox, 'src/a.ts')), ['2 ai reported claude-code']);
    assert.deepEqual(short(await blame(sandbox, 'src/mine.ts')), ['2 ai reported claude-code']);
    assert.deepEqual(short(await blame(sandbox, 'src/made.ts')), ['1 ai reported claude-code']);
    assert.deepEqual(readdirSync(sandbox.at('.git/firebreak/commands')), []);
  });

  it('does not take for an agent\'s what git brought back', async () => {
    sandbox.write('src/a.ts', after);
    sandbox.git('stash');
    const shell = (event: string) => ({ conversation_id: 'c', hook_event_name: event, workspace_roots: [sandbox.folder], command: 'git stash pop' });
    await call(sandbox, 'cursor', shell('beforeShellExecution'));
    sandbox.git('stash', 'pop');
    await call(sandbox, 'cursor', shell('afterShellExecution'));
    assert.match((await sandbox.run(['blame', 'src/a.ts'])).stderr, /nothing is known/);
  });

  it('takes down a file of some megabytes, and says of a larger one that it does not', async () => {
    const write = (content: string) => {
      sandbox.write('src/long.ts', content);
      return call(sandbox, 'claude-code', { session_id: 's', cwd: sandbox.folder, hook_event_name: 'PostToolUse', tool_name: 'Write', tool_input: { file_path: sandbox.at('src/long.ts'), content }, tool_response: { type: 'create', originalFile: null } });
    };
    assert.deepEqual(await write('x = 1;\n'.repeat(300_000)), { code: 0, stdout: '', stderr: '' });
    assert.equal((await blame(sandbox, 'src/long.ts')).length, 300_000);
    const { code, stderr } = await write('x = 1;\n'.repeat(900_000));
    assert.equal(code, 0);
    assert.match(stderr, /src\/long\.ts is no text, or too large, and was not taken down/);
  });

  it('leaves the words of a line that an agent did not change to whoever wrote them', async () => {
    sandbox.write('src/a.ts', before.replace('const a = 1;', 'let a = 100;'));
    await call(sandbox, 'claude-code', { ...claudeEdit(), tool_input: { file_path: sandbox.at('src/a.ts'), old_string: 'const a = 1;', new_string: 'let a = 100;' } });
    const { stdout } = await sandbox.run(['blame', 'src/a.ts', '--format', 'json']);
    const deleted = (JSON.parse(stdout) as { lines: Line[] }).lines[0]?.deleted;
    assert.equal(deleted, 'const … 1');
  });

  it('says of what a claim leaves open that nobody knows', async () => {
    sandbox.write('src/a.ts', `${before}const told = 1;\nconst untold = 2;\n`);
    await call(sandbox, 'cursor', { conversation_id: 'c', hook_event_name: 'afterFileEdit', workspace_roots: [sandbox.folder], file_path: sandbox.at('src/a.ts'), edits: [{ old_string: 'gone', new_string: 'const told = 1;\n' }, { old_string: 'gone too', new_string: 'told' }] });
    assert.ok((await blame(sandbox, 'src/a.ts')).every(({ origin }) => origin === 'ai' || origin === 'unknown'));
  });

  it('reads the search blocks of Cline, and finds a file behind a link', async () => {
    symlinkSync(sandbox.at('src'), sandbox.at('linked'));
    sandbox.write('src/a.ts', after);
    const diff = '------- SEARCH\nconst b = 2;\n=======\nconst b = 20;\nconst x = 0;\n+++++++ REPLACE\n';
    const payload = { taskId: 's', hookName: 'PostToolUse', workspaceRoots: [sandbox.folder], postToolUse: { toolName: 'replace_in_file', parameters: { path: 'linked/a.ts', diff }, success: true } };
    await call(sandbox, 'cline', payload);
    assert.deepEqual(short(await blame(sandbox, 'src/a.ts')), ['2 ai reported cline', '3 ai reported cline']);
  });

  it('tells what VS Code writes before it is saved, through the hooks of Claude Code too', async () => {
    await call(sandbox, 'claude-code', { session_id: 's', cwd: sandbox.folder, hook_event_name: 'PostToolUse', tool_name: 'replace_string_in_file', tool_input: { filePath: sandbox.at('src/a.ts'), oldString: 'const b = 2;\n', newString: 'const b = 20;\nconst x = 0;\n' }, tool_response: 'ok' });
    sandbox.write('src/a.ts', after);
    assert.deepEqual(short(await blame(sandbox, 'src/a.ts')), ['2 ai reported vscode', '3 ai reported vscode']);
  });

  it('does not take another branch for what a command wrote', async () => {
    sandbox.git('switch', '--quiet', '--create', 'other');
    sandbox.write('src/a.ts', after);
    sandbox.commitAll('Change a elsewhere');
    const shell = (event: string) => ({ conversation_id: 'c', hook_event_name: event, workspace_roots: [sandbox.folder], command: 'git switch main' });
    await call(sandbox, 'cursor', shell('beforeShellExecution'));
    sandbox.git('switch', '--quiet', 'main');
    await call(sandbox, 'cursor', shell('afterShellExecution'));
    assert.match((await sandbox.run(['blame', 'src/a.ts'])).stderr, /nothing is known/);
  });

  it('loses nothing when twenty run at once', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `const n${index} = ${index};\n`);
    sandbox.write('many.ts', names.join(''));
    const told = await Promise.all(
      names.map((_, index) => call(sandbox, 'generic', { agent: `agent-${index}`, files: [{ path: 'many.ts', before: names.slice(0, index).join(''), content: names.slice(0, index + 1).join('') }] })),
    );
    assert.deepEqual(told.map(({ code, stderr }) => [code, stderr]), told.map(() => [0, '']));
    assert.deepEqual(short(await blame(sandbox, 'many.ts')), names.map((_, index) => `${index + 1} ai reported agent-${index}`));
  });

  it('passes over what is broken in its journal, and says so', async () => {
    sandbox.write('src/a.ts', after);
    await call(sandbox, 'claude-code', claudeEdit());
    const [journal = ''] = readdirSync(sandbox.at('.git/firebreak/journal'));
    appendFileSync(sandbox.at('.git/firebreak/journal', journal), '\n{"v":1,"path":"src/a.ts"');
    const { stdout, stderr } = await sandbox.run(['blame', 'src/a.ts', '--format', 'json']);
    assert.match(stderr, /1 line of what agents told of src\/a\.ts could not be read/);
    assert.equal((JSON.parse(stdout) as { lines: unknown[] }).lines.length, 2);
  });

  it('reaches a linked work tree, whose journal is its own', async () => {
    sandbox.git('worktree', 'add', '--quiet', sandbox.at('linked'));
    const file = sandbox.at('linked', 'src', 'a.ts');
    writeFileSync(file, after);
    await call(sandbox, 'claude-code', { ...claudeEdit(), cwd: sandbox.at('linked'), tool_input: { ...claudeEdit().tool_input, file_path: file } });
    const { stdout } = await sandbox.run(['blame', 'src/a.ts', '--format', 'json'], { cwd: sandbox.at('linked') });
    assert.equal((JSON.parse(stdout) as { lines: unknown[] }).lines.length, 2);
    rmSync(sandbox.at('linked'), { recursive: true });
    assert.match((await sandbox.run(['blame', 'src/a.ts'])).stderr, /nothing is known/);
  });

  it('counts for check --scope ai', async () => {
    sandbox.write('b.ts', `const x = 1;\n${risky}`);
    await call(sandbox, 'generic', { agent: 'my-agent', files: [{ path: 'b.ts', before: 'const x = 1;\n', content: `const x = 1;\n${risky}` }] });
    const { findings } = await sandbox.check(['b.ts', '--scope', 'ai']);
    assert.deepEqual(findings.map(({ origin }) => origin), [{ kind: 'ai', tool: 'my-agent', evidence: 'reported' }]);
  });

  it('keeps digests, so that a journal of another text says nothing', async () => {
    sandbox.write('src/a.ts', after);
    await call(sandbox, 'claude-code', claudeEdit());
    const digest = createHash('sha256').update(after).digest('hex');
    const [journal = ''] = readdirSync(sandbox.at('.git/firebreak/journal'));
    assert.ok(readFileSync(sandbox.at('.git/firebreak/journal', journal), 'utf8').includes(digest));
    sandbox.write('src/a.ts', before);
    assert.deepEqual(await blame(sandbox, 'src/a.ts'), []);
  });
});

function afterAll(): void {
  after(removeSandboxes);
}
