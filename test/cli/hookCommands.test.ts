import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { blame, call, short } from './hooked.ts';
import { quietEnvironment, removeSandboxes, Sandbox } from './sandbox.ts';

const before = 'const a = 1;\nconst b = 2;\nconst c = 3;\n';
const changed = 'const a = 1;\nconst b = 20;\nconst x = 0;\nconst c = 3;\n';
const written = 'export const fresh = true;\n';

describe('the hooks around a command', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
    sandbox.write('src/a.ts', before);
    sandbox.commitAll('Add a');
  });
  after(removeSandboxes);

  const run = (event: 'Pre' | 'Post', command: string) => call(sandbox, 'claude-code', { session_id: 's', cwd: sandbox.folder, hook_event_name: `${event}ToolUse`, tool_name: 'Bash', tool_input: { command }, tool_use_id: 'toolu_1' });
  /** What the hooks before and after a command told, with what the command did between them. */
  const around = async (command: string, work: () => void) => {
    const runs = [await run('Pre', command)];
    work();
    runs.push(await run('Post', command));
    assert.deepEqual(runs.map(({ code, stderr }) => [code, stderr]), [[0, ''], [0, '']]);
  };

  it('know what it changed beside repositories within, links, and files that are no text', async () => {
    sandbox.git('init', '--quiet', sandbox.at('inner'));
    sandbox.write('inner/x.ts', 'x\n');
    symlinkSync(sandbox.at('src'), sandbox.at('linked'));
    sandbox.write('data.bin', Buffer.from([0, 255, 254, 0]));
    await around('generate', () => {
      sandbox.write('src/a.ts', changed);
      sandbox.write('data.bin', Buffer.from([0, 255, 253, 0]));
      sandbox.write('inner/x.ts', 'y\n');
    });
    assert.deepEqual(short(await blame(sandbox, 'src/a.ts')), ['2 ai reported claude-code', '3 ai reported claude-code']);
  });

  it('claim nothing that it only took out of the index', async () => {
    await around('git rm --cached src/a.ts', () => sandbox.git('rm', '--quiet', '--cached', 'src/a.ts'));
    assert.match((await sandbox.run(['blame', 'src/a.ts'])).stderr, /nothing is known/);
  });

  it('know what it changed before it committed, whatever the message says', async () => {
    sandbox.write('src/mine.ts', 'const mine = 1;\n');
    await around('sed -i s/1/2/ src/mine.ts && git commit -am "merge and apply"', () => {
      sandbox.write('src/mine.ts', 'const mine = 2;\n');
      sandbox.commitAll('merge and apply');
    });
    assert.deepEqual(short(await blame(sandbox, 'src/mine.ts')), ['1 ai reported claude-code']);
  });

  it('compare with what a checkout writes, filters of the repository included', async () => {
    sandbox.write('.gitattributes', '*.txt text eol=crlf\n');
    sandbox.write('w.txt', 'one\r\ntwo\r\n');
    sandbox.commitAll('Add w');
    await around('generate', () => { sandbox.write('w.txt', 'one\r\ntwo\r\nthree\r\n'); });
    assert.deepEqual(short(await blame(sandbox, 'w.txt')), ['3 ai reported claude-code']);
  });

  it('lose none of very many files: of those that differed before, nobody knows what was theirs', async () => {
    for (let index = 0; index < 1100; index++) sandbox.write(`many/${String(index).padStart(4, '0')}.ts`, `const n = ${index};\n`);
    await around('generate', () => {
      sandbox.write('many/0001.ts', 'const n = 1;\nconst more = 1;\n');
      sandbox.write('many/1099.ts', `const n = 1099;\nconst more = ${'1 + '.repeat(60)}1;\n`);
      sandbox.write('src/made.ts', written);
    });
    assert.deepEqual(short(await blame(sandbox, 'many/0001.ts')), ['2 ai reported claude-code']);
    assert.ok((await blame(sandbox, 'many/1099.ts')).every(({ origin }) => origin === 'unknown'));
    assert.deepEqual(short(await blame(sandbox, 'src/made.ts')), ['1 ai reported claude-code']);
    assert.match((await sandbox.run(['blame', 'many/1098.ts'])).stderr, /nothing is known/);
  });

  it('ask git nothing where it only reads', async () => {
    sandbox.write('bin/git', '#!/bin/sh\necho asked >&2\nexit 1\n');
    chmodSync(sandbox.at('bin/git'), 0o755);
    const env = { ...quietEnvironment, PATH: `${sandbox.at('bin')}${path.delimiter}${process.env.PATH ?? ''}` };
    const payload = (command: string) => ({ session_id: 's', cwd: sandbox.folder, hook_event_name: 'PostToolUse', tool_name: 'Bash', tool_input: { command }, tool_use_id: 't' });
    const before = { ...payload('grep -rn x src | head'), hook_event_name: 'PreToolUse' };
    assert.deepEqual(await call(sandbox, 'claude-code', before, sandbox.folder, env), { code: 0, stdout: '', stderr: '' });
    const asked = await call(sandbox, 'claude-code', { ...before, tool_input: { command: 'generate' } }, sandbox.folder, env);
    assert.deepEqual([asked.code, asked.stdout], [0, '']);
    assert.match(asked.stderr, /git status failed: asked/);
  });
});
