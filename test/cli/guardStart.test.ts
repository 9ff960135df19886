import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { callHook } from './hooked.ts';
import { quietEnvironment, removeSandboxes, Sandbox } from './sandbox.ts';

const bash = (command: string, cwd: string) => ({ session_id: 's', cwd, hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_use_id: 't', tool_input: { command } });
const write = (content: string, cwd: string) => ({ session_id: 's', cwd, hook_event_name: 'PreToolUse', tool_name: 'Write', tool_input: { file_path: path.join(cwd, 'drop.ts'), content } });

const dangerous = 'cd infra && terraform destroy -auto-approve';
const deletesBucket = 'import { S3 } from "@aws-sdk/client-s3";\nconst s3 = new S3({});\nexport const drop = () => s3.deleteBucket({ Bucket: "prod-data" });\n';

describe('what V8 compiled of the guard', () => {
  let program: Sandbox;
  let sandbox: Sandbox;
  const kept = (part = 'guard') => readdirSync(program.at('compiled')).filter((name) => name.startsWith(`${part}-`));
  const held = async (payload: object) => {
    assert.match((await callHook('claude-code', payload, { cwd: sandbox.folder, program: program.at('hook.js') })).stdout, /"ask"/);
  };

  before(() => {
    // Of its own: other tests call the hook at the same time.
    program = new Sandbox();
    sandbox = Sandbox.repository();
    for (const part of ['hook.js', 'later']) cpSync(path.resolve('dist', part), program.at(part), { recursive: true });
    for (const part of ['grammars', 'words']) symlinkSync(path.resolve('dist', part), program.at(part), 'junction');
  });
  after(removeSandboxes);

  it('is taken the next time, after a command and after an edit that is parsed', async () => {
    const payloads = [bash(dangerous, sandbox.folder), write(deletesBucket, sandbox.folder)];
    for (const payload of payloads) await held(payload);
    const madeAt = () => [...kept(), ...kept('hook')].map((name) => statSync(program.at('compiled', name)).mtimeMs);
    const first = madeAt();
    // What judges commands is not what judges edits; what reads them is the same.
    assert.equal(first.length, 3);
    for (const payload of [...payloads, ...payloads]) {
      await held(payload);
      // What V8 refuses to take is made anew.
      assert.deepEqual(madeAt(), first);
    }
  });

  it('lies beside the program and never in a repository, and is done without when it is damaged', async () => {
    // What the commands of before changed may be told meanwhile.
    assert.deepEqual(readdirSync(sandbox.at('.git/firebreak')).filter((name) => name !== 'journal'), ['commands']);
    writeFileSync(program.at('compiled', kept()[0] ?? ''), 'not what it was');
    await held(bash(dangerous, sandbox.folder));
  });
});

describe('what Node loads for the guard', () => {
  let sandbox: Sandbox;

  before(() => {
    sandbox = Sandbox.repository();
    sandbox.write('loaded.cjs', "process.on('exit', () => require('node:fs').writeSync(2, JSON.stringify(process.moduleLoadList)));\n");
  });
  after(removeSandboxes);

  function loadedFor(payload: object): readonly string[] {
    const args = ['--require', sandbox.at('loaded.cjs'), path.resolve('dist/hook.js'), 'claude-code'];
    const { stderr } = spawnSync(process.execPath, args, { cwd: sandbox.folder, env: quietEnvironment, input: JSON.stringify(payload), encoding: 'utf8' });
    return (JSON.parse(stderr) as string[]).map((name) => name.replace('NativeModule ', ''));
  }

  it('is little for what holds nothing', () => {
    const loaded = loadedFor(write('export const a = 1;\n', sandbox.folder));
    assert.ok(loaded.includes('vm'), 'it is told what was loaded');
    for (const name of ['stream', 'net', 'perf_hooks', 'v8', 'zlib', 'child_process']) assert.ok(!loaded.includes(name), name);
  });

  it('is no stream to answer with', () => {
    const answered = loadedFor(write(deletesBucket, sandbox.folder));
    for (const name of ['net', 'tty', 'perf_hooks']) assert.ok(!answered.includes(name), name);
  });

  it('keeps nobody waiting when all is said', () => {
    sandbox.write('busy.cjs', 'setTimeout(() => undefined, 100_000);\n');
    const args = ['--require', sandbox.at('busy.cjs'), path.resolve('dist/hook.js'), 'claude-code'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: sandbox.folder, env: quietEnvironment, input: JSON.stringify(write(deletesBucket, sandbox.folder)), encoding: 'utf8', timeout: 30_000 });
    assert.equal(status, 0);
    assert.match(stdout, /"ask"/);
  });
});
