import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { quietEnvironment, removeSandboxes, Sandbox } from './sandbox.ts';

describe('firebreak init --agent', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
  });
  after(removeSandboxes);

  const read = (file: string) => readFileSync(sandbox.at(file), 'utf8');
  const init = (...args: string[]) => sandbox.run(['init', '--agent', ...args]);

  it('has Claude Code call the hook, and keeps what else its settings say', async () => {
    const mine = '{\n    "model": "opus",\n    "hooks": {\n        "PostToolUse": [\n            {\n                "matcher": "Write",\n                "hooks": []\n            }\n        ]\n    },\n    "env": {}\n}\n';
    sandbox.write('.claude/settings.json', mine);
    const { code, stdout } = await init('claude-code');
    assert.deepEqual([code, stdout], [0, 'changed .claude/settings.json\n']);
    const settings = JSON.parse(read('.claude/settings.json')) as { hooks: Record<string, { matcher: string; hooks: { command: string }[] }[]> };
    assert.deepEqual(Object.keys(settings), ['model', 'hooks', 'env']);
    assert.deepEqual(settings.hooks.PostToolUse?.map(({ matcher }) => matcher), ['Write', 'Write|Edit|MultiEdit|NotebookEdit|Bash']);
    assert.deepEqual(settings.hooks.PostToolUseFailure?.map(({ matcher }) => matcher), ['Bash']);
    assert.match(read('.claude/settings.json'), /^ {4}"model"/m);
    assert.equal((await init('claude-code')).stdout, '.claude/settings.json is as it should be\n');
    assert.equal((await init('claude-code', '--remove')).code, 0);
    assert.equal(read('.claude/settings.json'), mine);
  });

  for (const [what, mine] of [
    ['an empty object', '{}'],
    ['nothing', ''],
    ['blanks', ' \n'],
    ['lists and objects that hold nothing', '{ "hooks": { "PreToolUse": [], "PostToolUse": [ ] }, "env": {} }\n'],
    ['a mark in front of it', '\uFEFF{\r\n  "model": "opus"\r\n}\r\n'],
  ] as const) {
    it(`gives back to the byte a file that holds ${what}`, async () => {
      sandbox.write('.claude/settings.json', mine);
      sandbox.commitAll('Mine');
      assert.equal((await init('claude-code')).stdout, 'changed .claude/settings.json\n');
      assert.match(read('.claude/settings.json'), /hook claude-code/);
      assert.equal((await init('claude-code')).stdout, '.claude/settings.json is as it should be\n');
      assert.equal((await init('claude-code', '--remove')).code, 0);
      assert.equal(read('.claude/settings.json'), mine);
    });
  }

  it('gives back the lists that were there, though somebody went on in the file, and the last commit\'s text where nothing was kept', async () => {
    sandbox.write('.claude/settings.json', '{\n  "hooks": {\n    "PreToolUse": []\n  }\n}\n');
    sandbox.commitAll('Mine');
    await init('claude-code');
    sandbox.write('.claude/settings.json', read('.claude/settings.json').replace('{\n', '{\n  "model": "opus",\n'));
    await init('claude-code', '--remove');
    assert.equal(read('.claude/settings.json'), '{\n  "model": "opus",\n  "hooks": {\n    "PreToolUse": []\n  }\n}\n');
    sandbox.write('.codex/hooks.json', '{}');
    sandbox.commitAll('Mine');
    await init('codex');
    rmSync(sandbox.at('.git/firebreak/configurations'), { recursive: true });
    await init('codex', '--remove');
    assert.equal(read('.codex/hooks.json'), '{}');
  });

  it('says what to do where a file may not be written', async () => {
    sandbox.write('.claude/settings.json', '{}');
    chmodSync(sandbox.at('.claude/settings.json'), 0o444);
    const { code, stderr } = await sandbox.runUnprivileged(['init', '--agent', 'claude-code']);
    assert.deepEqual([code, stderr], [2, 'firebreak: .claude/settings.json was left as it is: it may not be written (permission denied); let yourself do that, and run this again\n']);
    assert.equal(read('.claude/settings.json'), '{}');
  });

  for (const agent of ['claude-code', 'codex', 'cursor', 'vscode', 'gemini-cli', 'copilot-cli', 'windsurf', 'cline']) {
    it(`leaves no trace of ${agent} when it is taken out again`, async () => {
      const { stdout } = await init(agent);
      const files = [...stdout.matchAll(/^wrote (.+)$/gm)].map(([, file]) => file ?? '');
      assert.ok(files.length > 0);
      for (const file of files) assert.match(read(file), new RegExp(`hook ${agent}`));
      await init(agent, '--remove');
      assert.deepEqual(files.filter((file) => existsSync(sandbox.at(file))), []);
      assert.equal(sandbox.git('status', '--porcelain'), '');
    });
  }

  it('leaves a file alone that it cannot read', async () => {
    for (const broken of ['{ "hooks": ', '[]', '{"hooks": {"PostToolUse": "x"}}']) {
      sandbox.write('.claude/settings.json', broken);
      const { code, stderr } = await init('claude-code');
      assert.equal(code, 2);
      assert.match(stderr, /\.claude\/settings\.json was left as it is/);
      assert.equal(read('.claude/settings.json'), broken);
    }
  });

  it('leaves alone what somebody else hooked into Cline', async () => {
    sandbox.write('.clinerules/hooks/PostToolUse', '#!/bin/sh\necho mine\n');
    assert.equal((await init('cline')).code, 2);
    assert.equal(read('.clinerules/hooks/PostToolUse'), '#!/bin/sh\necho mine\n');
  });

  it('gives Cline the answer that it waits for, with the hook and in a clone without', async () => {
    await init('cline');
    const answer = () => execFileSync(sandbox.at('.clinerules/hooks/PostToolUse'), { cwd: sandbox.folder, input: '{}', env: quietEnvironment }).toString();
    assert.equal(answer(), '{"cancel":false}\n');
    rmSync(sandbox.at('.git/firebreak'), { recursive: true });
    assert.equal(answer(), '{"cancel":false}\n');
  });

  it('names the agents that there are', async () => {
    assert.match((await init('nobody')).stderr, /there is no agent nobody to configure; name one of claude-code, codex/);
  });

  it('writes a command that works as the agent runs it', async () => {
    await init('claude-code');
    sandbox.write('a.ts', 'export const made = true;\n');
    const settings = JSON.parse(read('.claude/settings.json')) as { hooks: { PostToolUse: { hooks: { command: string }[] }[] } };
    const command = settings.hooks.PostToolUse[0]?.hooks[0]?.command ?? '';
    const payload = { session_id: 's', cwd: sandbox.folder, hook_event_name: 'PostToolUse', tool_name: 'Write', tool_input: { file_path: sandbox.at('a.ts'), content: 'export const made = true;\n' }, tool_response: { type: 'create', originalFile: null } };
    assert.equal(execFileSync('sh', ['-c', command], { cwd: sandbox.folder, input: JSON.stringify(payload), env: quietEnvironment }).toString(), '');
    assert.match((await sandbox.run(['blame', 'a.ts'])).stdout, /^claude-code \(reported\) {2}1 {3}export const made = true;$/m);
  });
});
