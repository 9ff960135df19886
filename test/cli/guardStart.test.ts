import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
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

describe('what is kept of the policy of a commit', () => {
  let program: Sandbox;
  let strict: Sandbox;
  const kept = () => readdirSync(program.at('compiled')).filter((name) => name.startsWith('policies-'));
  const answerIn = async (sandbox: Sandbox) => {
    const { stdout, stderr } = await callHook('claude-code', bash(dangerous, sandbox.folder), { cwd: sandbox.folder, program: program.at('hook.js') });
    return { permission: /"permissionDecision":"(\w+)"/.exec(stdout)?.[1], stderr };
  };
  const withPolicy = (text: string) => {
    const sandbox = Sandbox.repository();
    sandbox.write('.firebreak/policy.yml', text);
    sandbox.commitAll('Decide');
    return sandbox;
  };
  const headOf = (sandbox: Sandbox) => sandbox.git('rev-parse', 'HEAD').trim();
  const objectOf = (sandbox: Sandbox, oid: string) => sandbox.at('.git/objects', oid.slice(0, 2), oid.slice(2));

  before(() => {
    program = new Sandbox();
    for (const part of ['hook.js', 'later']) cpSync(path.resolve('dist', part), program.at(part), { recursive: true });
    for (const part of ['grammars', 'words']) symlinkSync(path.resolve('dist', part), program.at(part), 'junction');
    strict = withPolicy('version: 1\nagents: { ask: never, deny: critical }\n');
  });
  after(removeSandboxes);

  it('is nothing where another content stands under the name of the commit: it would hold in every repository', async () => {
    const forged = withPolicy('version: 1\nagents: { ask: never, deny: never }\n');
    mkdirSync(path.dirname(objectOf(forged, headOf(strict))), { recursive: true });
    cpSync(objectOf(forged, headOf(forged)), objectOf(forged, headOf(strict)));
    forged.write(`.git/${forged.git('symbolic-ref', 'HEAD').trim()}`, `${headOf(strict)}\n`);
    // Of the repository itself it is taken, as of one that somebody committed a policy to.
    assert.deepEqual(await answerIn(forged), { permission: undefined, stderr: '' });
    assert.deepEqual(kept(), []);
    assert.equal((await answerIn(strict)).permission, 'deny');
  });

  it('is taken the next time, of a commit with a policy and of one without', async () => {
    const plain = Sandbox.repository();
    plain.write('README', 'x\n');
    plain.commitAll('Start');
    const texts = () => kept().map((name) => readFileSync(program.at('compiled', name), 'utf8'));
    for (const [sandbox, permission] of [[strict, 'deny'], [plain, 'ask'], [strict, 'deny'], [plain, 'ask']] as const) assert.deepEqual(await answerIn(sandbox), { permission, stderr: '' });
    const [text = ''] = texts();
    assert.deepEqual((JSON.parse(text) as [string, unknown][]).map(([commit, policy]) => [commit, policy === null]), [[headOf(plain), true], [headOf(strict), false]]);
    // Of one that is known the objects are not asked.
    for (const sandbox of [strict, plain]) rmSync(sandbox.at('.git/objects', headOf(sandbox).slice(0, 2)), { recursive: true });
    assert.equal((await answerIn(strict)).permission, 'deny');
  });

  it('is done without when it is damaged', async () => {
    const other = withPolicy('version: 1\nagents: { ask: low, deny: critical }\n');
    for (const damage of ['{}', '[[', '']) {
      writeFileSync(program.at('compiled', kept()[0] ?? ''), damage);
      assert.deepEqual(await answerIn(other), { permission: 'deny', stderr: '' });
    }
  });

  it('is nothing of a policy that is broken, which is told each time', async () => {
    const broken = withPolicy('version: 1\nagents: { ask: nevr }\n');
    for (let time = 0; time < 2; time++) {
      const { permission, stderr } = await answerIn(broken);
      assert.equal(permission, 'ask');
      assert.match(stderr, /policy\.yml:2:/);
    }
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

  it('is what judges a command after git was started, which works meanwhile', () => {
    const order = [
      "const fs = require('node:fs'), processes = require('node:child_process'), [read, spawn] = [fs.readFileSync, processes.spawn], order = [];",
      "fs.readFileSync = (file, ...rest) => { if (/later.guard\\.js$/.test(String(file))) order.push('guard'); return read(file, ...rest); };",
      "processes.spawn = (program, ...rest) => { order.push(program); return spawn(program, ...rest); };",
      "process.on('exit', () => fs.writeSync(2, order.join()));",
    ];
    sandbox.write('order.cjs', order.join('\n'));
    const args = ['--require', sandbox.at('order.cjs'), path.resolve('dist/hook.js'), 'claude-code'];
    const { stderr } = spawnSync(process.execPath, args, { cwd: sandbox.folder, env: quietEnvironment, input: JSON.stringify(bash(dangerous, sandbox.folder)), encoding: 'utf8' });
    assert.equal(stderr, 'git,guard');
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
