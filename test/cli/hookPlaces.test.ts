import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { quietEnvironment, removeSandboxes, Sandbox } from './sandbox.ts';

const written = 'export const made = true;\n';

/** Calls the hook as an agent does that wrote a new file. */
function tell(file: string, cwd: string): void {
  const payload = { session_id: 's', cwd, hook_event_name: 'PostToolUse', tool_name: 'Write', tool_input: { file_path: file, content: written }, tool_response: { type: 'create', originalFile: null } };
  execFileSync(process.execPath, [path.resolve('dist/hook.js'), 'claude-code'], { cwd, input: JSON.stringify(payload), env: quietEnvironment });
}

describe('where an agent works', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
  });
  after(removeSandboxes);

  const tools = async (file: string, cwd = sandbox.folder) => {
    const { stdout } = await sandbox.run(['blame', file, '--format', 'json'], { cwd });
    return (JSON.parse(stdout) as { lines: { tool?: string }[] }).lines.map(({ tool }) => tool);
  };

  it('may lie outside of every repository: the file tells', async () => {
    sandbox.write('a.ts', written);
    tell(sandbox.at('a.ts'), new Sandbox().folder);
    assert.deepEqual(await tools('a.ts'), ['claude-code']);
  });

  it('may be another repository than the file\'s', async () => {
    const other = Sandbox.repository();
    other.write('b.ts', written);
    tell(other.at('b.ts'), sandbox.folder);
    assert.deepEqual(await tools(other.at('b.ts')), ['claude-code']);
    assert.ok(!existsSync(sandbox.at('.git/firebreak')));
  });

  it('may be a folder below, from which the path counts', async () => {
    sandbox.write('src/a.ts', written);
    tell('a.ts', sandbox.at('src'));
    assert.deepEqual(await tools('src/a.ts'), ['claude-code']);
  });
});

describe('an agent\'s configuration that says something already', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
  });
  after(removeSandboxes);

  for (const [agent, file, event] of [
    ['claude-code', '.claude/settings.json', 'PostToolUse'],
    ['codex', '.codex/hooks.json', 'PostToolUse'],
    ['cursor', '.cursor/hooks.json', 'afterFileEdit'],
    ['gemini-cli', '.gemini/settings.json', 'AfterTool'],
    ['windsurf', '.windsurf/hooks.json', 'post_write_code'],
  ] as const) {
    it(`of ${agent} keeps all of it, and is the same to the byte once ours is taken out`, async () => {
      const mine = `${JSON.stringify({ version: 1, theirs: { deep: [1, { two: null }] }, hooks: { [event]: [{ command: 'mine' }], other: [{ command: 'mine too' }] } }, undefined, 2)}\n`;
      sandbox.write(file, mine);
      assert.equal((await sandbox.run(['init', '--agent', agent])).code, 0);
      const both = JSON.parse(readFileSync(sandbox.at(file), 'utf8')) as { theirs: unknown; hooks: Record<string, unknown[]> };
      assert.deepEqual([both.theirs, both.hooks[event]?.[0], both.hooks.other], [{ deep: [1, { two: null }] }, { command: 'mine' }, [{ command: 'mine too' }]]);
      assert.equal(both.hooks[event]?.length, 2);
      assert.equal((await sandbox.run(['init', '--agent', agent, '--remove'])).code, 0);
      assert.equal(readFileSync(sandbox.at(file), 'utf8'), mine);
    });
  }
});
