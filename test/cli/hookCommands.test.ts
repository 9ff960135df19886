import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { blame, call, type Line, short } from './hooked.ts';
import { quietEnvironment, removeSandboxes, risky, Sandbox } from './sandbox.ts';

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

  const payload = (event: 'Pre' | 'Post', command: string) => ({ session_id: 's', cwd: sandbox.folder, hook_event_name: `${event}ToolUse`, tool_name: 'Bash', tool_input: { command }, tool_use_id: 'toolu_1' });
  const run = (event: 'Pre' | 'Post', command: string) => call(sandbox, 'claude-code', payload(event, command));
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

  it('know what it changed in submodules, and what in the repository around one that it runs in', async () => {
    const library = Sandbox.repository();
    library.write('lib.ts', before);
    library.commitAll('Add lib');
    sandbox.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.folder, 'libs/one');
    sandbox.commitAll('Add a library');
    await around('./generate', () => {
      sandbox.write('libs/one/lib.ts', changed);
      sandbox.write('src/a.ts', changed);
    });
    const lines = ['2 ai reported claude-code', '3 ai reported claude-code'];
    const linesOf = async (file: string, cwd: string) => short((JSON.parse((await sandbox.run(['blame', file, '--format', 'json'], { cwd })).stdout) as { lines: Line[] }).lines);
    assert.deepEqual([await linesOf('libs/one/lib.ts', sandbox.folder), await linesOf('src/a.ts', sandbox.folder)], [lines, lines]);
    sandbox.git('checkout', '--quiet', 'src/a.ts');
    const inside = (event: 'Pre' | 'Post') => call(sandbox, 'claude-code', { ...payload(event, './again'), cwd: sandbox.at('libs/one'), tool_use_id: 'toolu_2' }, sandbox.at('libs/one'));
    await inside('Pre');
    sandbox.write('src/a.ts', `${before}${written}`);
    await inside('Post');
    assert.deepEqual(await linesOf('src/a.ts', sandbox.folder), ['4 ai reported claude-code']);
    const found = await sandbox.run(['check', 'libs/one/lib.ts', '--scope', 'ai', '--format', 'json']);
    assert.equal(found.code, 0, found.stderr);
  });

  it('know what it wrote in files that git ignores, where it names them', async () => {
    sandbox.write('.gitignore', 'out/\n*.local.ts\n');
    sandbox.commitAll('Ignore');
    sandbox.write('a.local.ts', before);
    await around("cd out && sed -i 's/2/20/' ../a.local.ts; ./generate >made.ts", () => {
      sandbox.write('a.local.ts', changed);
      sandbox.write('out/made.ts', `${written}${risky}`);
    });
    assert.deepEqual(short(await blame(sandbox, 'a.local.ts')), ['2 ai reported claude-code', '3 ai reported claude-code']);
    assert.ok((await blame(sandbox, 'out/made.ts')).every(({ origin }) => origin === 'ai'));
    const { findings } = await sandbox.check(['out/made.ts', '--scope', 'ai']);
    assert.deepEqual(findings.map(({ origin }) => origin?.tool), ['claude-code']);
  });

  it('claim nothing of what it only moved or copied, and keep whose that is', async () => {
    const [theirs, mine] = ['theirs', 'mine'].map((name) => `export const ${name} = 'long enough to be no chance';\n`) as [string, string];
    sandbox.write('src/theirs.ts', theirs);
    await call(sandbox, 'claude-code', { ...payload('Post', ''), tool_use_id: 'toolu_0', tool_name: 'Write', tool_input: { file_path: sandbox.at('src/theirs.ts'), content: theirs }, tool_response: { type: 'create', originalFile: null } });
    const long = `${before}${before}`;
    sandbox.write('src/a.ts', long);
    sandbox.commitAll('Lengthen a');
    sandbox.write('src/mine.ts', mine);
    await around('mv, cp', () => {
      sandbox.git('mv', 'src/a.ts', 'src/moved.ts');
      sandbox.write('src/copy.ts', long);
      for (const [from, to] of [['src/theirs.ts', 'src/b.ts'], ['src/mine.ts', 'src/c.ts']] as const) renameSync(sandbox.at(from), sandbox.at(to));
      sandbox.write('src/new.ts', 'const made = 1;\n');
    });
    for (const file of ['src/moved.ts', 'src/copy.ts', 'src/c.ts']) assert.match((await sandbox.run(['blame', file])).stderr, /nothing is known/, file);
    for (const file of ['src/b.ts', 'src/new.ts']) assert.deepEqual(short(await blame(sandbox, file)), ['1 ai reported claude-code'], file);
  });

  it('claim nothing of what it only formatted', async () => {
    const mine = "const list = [first, second];\nexport function take(door) { return open(door, 'it\\'s', list) }\n";
    const formatted = 'const list = [\n  first,\n  second,\n];\nexport function take(door) {\n  return open(door, "it\'s", list);\n}\n';
    sandbox.write('src/mine.ts', mine);
    sandbox.write('src/theirs.ts', mine.replaceAll('list', 'all'));
    sandbox.write('run.sh', "echo '$HOME'\n");
    sandbox.commitAll('Add more');
    await around('prettier --write . && sed -i "s/list/all/" src/theirs.ts', () => {
      sandbox.write('src/mine.ts', formatted);
      sandbox.write('src/theirs.ts', formatted.replaceAll('list', 'every'));
      sandbox.write('run.sh', 'echo "$HOME"\n');
    });
    assert.match((await sandbox.run(['blame', 'src/mine.ts'])).stderr, /nothing is known/);
    for (const file of ['src/theirs.ts', 'run.sh']) assert.notDeepEqual(short(await blame(sandbox, file)), [], file);
  });

  it('know what it changed in a file of two megabytes', async () => {
    const long = 'x = 1;\n'.repeat(300_000);
    sandbox.write('long.ts', long);
    await around('generate', () => {
      sandbox.write('long.ts', long.replace('x = 1;', 'y = 2;'));
    });
    assert.deepEqual(short(await blame(sandbox, 'long.ts')), ['1 ai reported claude-code']);
  });

  it('know what it changed before it failed', async () => {
    await run('Pre', 'generate && npm test');
    sandbox.write('src/a.ts', changed);
    const failed = { ...payload('Post', 'generate && npm test'), hook_event_name: 'PostToolUseFailure', error: 'Exit code 1', is_interrupt: false };
    const { code, stdout, stderr } = await call(sandbox, 'claude-code', failed);
    assert.deepEqual([code, stdout, stderr], [0, '', '']);
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

  it('know what it changed and committed at once, made or deleted, and nothing that another commit brought', async () => {
    sandbox.write('old.ts', 'const old = 1;\n');
    sandbox.commitAll('Add old');
    await around('generate && git add -A && git commit -m generated && sed -i s/3/30/ src/a.ts', () => {
      sandbox.write('src/a.ts', changed);
      sandbox.write('src/made.ts', written);
      sandbox.git('rm', '--quiet', 'old.ts');
      sandbox.commitAll('generated');
      sandbox.write('src/a.ts', changed.replace('c = 3', 'c = 30'));
    });
    assert.deepEqual(short(await blame(sandbox, 'src/a.ts')), ['2 ai reported claude-code', '3 ai reported claude-code', '4 ai reported claude-code']);
    assert.deepEqual(short(await blame(sandbox, 'src/made.ts')), ['1 ai reported claude-code']);
    await around('./update.sh', () => {
      sandbox.write('src/theirs.ts', written);
      sandbox.git('add', '--all');
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--message=Theirs'], { cwd: sandbox.folder, env: { ...quietEnvironment, GIT_COMMITTER_DATE: '2020-01-01T00:00:00Z' } });
    });
    assert.match((await sandbox.run(['blame', 'src/theirs.ts'])).stderr, /nothing is known/);
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

  describe('leave git to another process', () => {
    /** A git that waits for the file `go`, and says who called it. */
    const slowly = () => {
      const git = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
      sandbox.write('bin/git', `#!/bin/sh\necho $PPID > '${sandbox.at('.git/asker')}'\nuntil [ -e '${sandbox.at('.git/go')}' ]; do sleep 0.02; done\nexec ${git} "$@"\n`);
      chmodSync(sandbox.at('bin/git'), 0o755);
      return { ...quietEnvironment, PATH: `${sandbox.at('bin')}${path.delimiter}${process.env.PATH ?? ''}` };
    };
    const go = () => { sandbox.write('.git/go', ''); };
    /** A command that has ended, while git still waits. */
    const end = async (work: () => void, command = 'generate') => {
      const env = slowly();
      await run('Pre', command);
      work();
      assert.deepEqual(await call(sandbox, 'claude-code', payload('Post', command), sandbox.folder, env), { code: 0, stdout: '', stderr: '' });
    };
    const asker = async (): Promise<number> => {
      for (;;) {
        if (existsSync(sandbox.at('.git/asker'))) {
          const pid = Number(readFileSync(sandbox.at('.git/asker'), 'utf8'));
          if (pid > 0) return pid;
        }
        await sleep(10);
      }
    };

    it('that the agent does not wait for, and whoever asks who wrote what does', async () => {
      await end(() => { sandbox.write('src/a.ts', changed); });
      const asked = blame(sandbox, 'src/a.ts');
      go();
      assert.deepEqual(short(await asked), ['2 ai reported claude-code', '3 ai reported claude-code']);
      assert.deepEqual(readdirSync(sandbox.at('.git/firebreak/commands')), []);
    });

    it('before the agent does the next thing', async () => {
      await end(() => { sandbox.write('src/a.ts', changed); });
      const next = run('Pre', 'generate more');
      go();
      assert.equal((await next).code, 0);
      assert.equal(readdirSync(sandbox.at('.git/firebreak/commands')).filter((name) => name.endsWith('.ended')).length, 0);
      assert.equal(readdirSync(sandbox.at('.git/firebreak/journal')).length, 1);
    });

    it('and say of a file that was written to meanwhile that nobody knows', async () => {
      await end(() => {
        sandbox.write('src/a.ts', changed);
        sandbox.write('src/b.ts', written);
      });
      await asker();
      await sleep(30);
      sandbox.write('src/a.ts', changed.replace('c = 3', 'c = 30'));
      go();
      assert.deepEqual(short(await blame(sandbox, 'src/b.ts')), ['1 ai reported claude-code']);
      assert.deepEqual(short(await blame(sandbox, 'src/a.ts')), ['2 unknown inferred', '3 unknown inferred', '4 unknown inferred']);
    });

    it('but for a command that only commits what stands there', async () => {
      sandbox.write('src/a.ts', changed);
      await end(() => { sandbox.commitAll('Change a'); }, 'git add -A && git commit -m "$(cat <<\'EOF\'\nChange a; it > was\n\nCo-Authored-By: x\nEOF\n)" && git push');
      await asker();
      await sleep(30);
      sandbox.write('src/a.ts', changed.replace('c = 3', 'c = 30'));
      go();
      assert.match((await sandbox.run(['blame', 'src/a.ts'])).stderr, /nothing is known/);
    });

    it('and keep what an agent tells of its edit meanwhile', async () => {
      await end(() => { sandbox.write('src/a.ts', changed); });
      await asker();
      await sleep(30);
      const content = `${changed}const d = 4;\n`;
      sandbox.write('src/a.ts', content);
      await call(sandbox, 'claude-code', { session_id: 's', cwd: sandbox.folder, hook_event_name: 'PostToolUse', tool_name: 'Write', tool_input: { file_path: sandbox.at('src/a.ts'), content }, tool_response: { originalFile: changed } });
      go();
      const lines = await blame(sandbox, 'src/a.ts');
      assert.deepEqual(short(lines.filter(({ line }) => line === 5)), ['5 ai reported claude-code']);
      assert.deepEqual(lines.filter(({ origin }) => origin !== 'ai' && origin !== 'unknown'), []);
    });

    it('that does its work when that one is killed', async () => {
      await end(() => { sandbox.write('src/a.ts', changed); });
      process.kill(await asker(), 'SIGKILL');
      go();
      assert.deepEqual(short(await blame(sandbox, 'src/a.ts')), ['2 ai reported claude-code', '3 ai reported claude-code']);
    });

    it('and tell once what goes wrong with it', async () => {
      const env = slowly();
      await run('Pre', 'generate');
      sandbox.write('src/a.ts', changed);
      sandbox.write('bin/git', '#!/bin/sh\necho out of order >&2\nexit 1\n');
      await call(sandbox, 'claude-code', payload('Post', 'generate'), sandbox.folder, env);
      assert.match((await sandbox.run(['blame', 'src/a.ts'])).stderr, /what a command of an agent wrote was not taken down: git status failed: out of order/);
      assert.doesNotMatch((await sandbox.run(['blame', 'src/a.ts'])).stderr, /out of order/);
    });
  });

  it('ask git nothing where it only reads', async () => {
    sandbox.write('bin/git', '#!/bin/sh\necho asked >&2\nexit 1\n');
    chmodSync(sandbox.at('bin/git'), 0o755);
    const env = { ...quietEnvironment, PATH: `${sandbox.at('bin')}${path.delimiter}${process.env.PATH ?? ''}` };
    assert.deepEqual(await call(sandbox, 'claude-code', payload('Pre', 'grep -rn x src | head'), sandbox.folder, env), { code: 0, stdout: '', stderr: '' });
    const asked = await call(sandbox, 'claude-code', payload('Pre', 'generate'), sandbox.folder, env);
    assert.deepEqual([asked.code, asked.stdout], [0, '']);
    assert.match(asked.stderr, /git status failed: asked/);
  });
});
