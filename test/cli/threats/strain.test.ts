import assert from 'node:assert/strict';
import { chmodSync, readFileSync } from 'node:fs';
import { ulid } from '../../../src/core/review/ulid.ts';
import { harmless, removeSandboxes, risky, type Sandbox } from '../sandbox.ts';
import { usualPolicy } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, heldAsked, push, pushWith, putRecord } from './guarded.ts';

threats('A server without room, and without end to do', () => {
  after(removeSandboxes);

  attack({ attack: 'The disk is full, so that the hook cannot keep what git tells it of the push', answer: 'what does not arrive whole closes the gate', result: 'each push is refused, in the clone too, and passes the hook of the clone when there is room' }, async () => {
    const { team, robin } = await heldAsked();
    const full = fullDisk(robin);
    assertRefused(pushWith(full, robin, 'HEAD:main'), /firebreak: what git tells this hook could not be kept in .*, so the gate is closed; make room there/);
    assertRefused(pushWith({ TMPDIR: robin.at('nowhere') }, robin, 'HEAD:main'), /so the gate is closed/);
    assert.equal((await robin.run(['init', '--hook'])).code, 0);
    const clone = pushWith(full, robin, 'HEAD:refs/heads/topic');
    assertRefused(clone, /so the gate is closed/);
    assert.doesNotMatch(clone.said, /remote: /);
    assert.equal(team.remote.git('for-each-ref', 'refs/heads/topic'), '');
    assertTaken(pushWith({}, robin, 'HEAD:refs/heads/topic'));
    // git calls the clone's hook, and tells it nothing.
    assertTaken(pushWith({}, robin, 'HEAD:refs/heads/topic'));
  });

  attack({ attack: 'A junior floods the server with requests, each as long as one may be', answer: 'requests are read only where something has to be approved, the newest first, and no more than there is room for', result: 'a harmless push reads none of them, a risky one is refused as always, and reviews says what it did not read' }, async () => {
    const { team, robin, id } = await heldAsked();
    const text = robin.git('show', `refs/firebreak/requests/${id}:request.json`);
    const record = text.replace(/"reason": "[^"]*"/, `"reason": "${'x'.repeat(9000)}"`) + ' '.repeat(2 * 1024 * 1024 - text.length - 9000);
    putRecord(robin, 'refs/flood/one', { 'request.json': record });
    const now = Date.now();
    const names = Array.from({ length: 140 }, (_, index) => ulid(now - index, new Uint8Array(10)));
    const refs = names.map((name) => `refs/flood/one:refs/firebreak/requests/${name}`);
    assertRefused(push(robin, ...refs.slice(0, 1)), /its head and base are not the commits that the record names|it says that it is/);
    team.remote.git('fetch', '--quiet', robin.folder, ...refs);
    const refused = push(robin, 'HEAD:main');
    assertRefused(refused, /Blocked \(pending\): src\/a\.ts/);
    robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    assert.match((await robin.run(['reviews'])).stdout, /the newer ones hold over 256 MB, so this one was not read; name it to read it: firebreak show \w{26}\n/);
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('a.ts', harmless);
    robin.commitAll('Harmless');
    assertTaken(pushWith({ GIT_TRACE: team.remote.at('trace') }, robin, 'HEAD:main'));
    const asked = readFileSync(team.remote.at('trace'), 'utf8');
    assert.deepEqual([asked.includes('refs/firebreak/decisions/'), asked.includes('refs/firebreak/requests/')], [true, false]);
  });

  attack({ attack: 'A push brings more records than anybody makes', answer: 'so many are taken at once and no more', result: 'none of them is taken' }, async () => {
    const { team, robin } = await heldAsked();
    const now = Date.now();
    const refs = Array.from({ length: 501 }, (_, index) => `HEAD:refs/firebreak/requests/${ulid(now - index, new Uint8Array(10))}`);
    assertRefused(push(robin, ...refs), /the push brings 501 records, and no more than 500 are taken at once; push them in parts/);
    assert.equal(team.remote.git('for-each-ref', '--format=%(refname)', 'refs/firebreak/').split('\n').length, 1);
  });
});

threats('Passing by the gate', () => {
  after(removeSandboxes);

  attack({ attack: 'A file has a name that is not UTF-8, and reads like the name of one that was approved', answer: 'names are compared byte for byte, and one that cannot be told cannot be approved', result: 'the push is refused, with how the name is written; that such a file goes can be approved' }, async () => {
    const { team, robin } = await heldAsked();
    robin.git('switch', '--quiet', '--create', 'names', 'origin/main');
    robin.write('.github/workflows/ci\uFFFD.yml', 'on: push\n');
    robin.commitAll('Add a workflow');
    await team.approve('alice', await team.request());
    assertTaken(push(robin, 'HEAD:main'));
    const blob = robin.gitWith({ input: 'on: push\n' }, 'hash-object', '-w', '--stdin');
    const folder = (name: Uint8Array) => robin.gitWith({ input: Buffer.concat([Buffer.from(`100644 blob ${blob}\tci\uFFFD.yml\x00100644 blob ${blob}\t`), name, Buffer.from('\0')]) }, 'mktree', '-z');
    const odd = commitWith(robin, '040000', '.github', robin.gitWith({ input: `040000 tree ${folder(Buffer.from('ci\xff.yml', 'latin1'))}\tworkflows\n` }, 'mktree'));
    assertRefused(push(robin, `${odd}:main`), /the change brings the file "\.github\/workflows\/ci\\xff\.yml", whose name is not UTF-8, so that nobody can say which file they approve; give it another name/);
    team.remote.git('fetch', '--quiet', robin.folder, `+${odd}:refs/heads/main`);
    const without = robin.git('commit-tree', 'origin/main^{tree}', '-p', odd, '-m', 'Remove it');
    assertRefused(push(robin, `${without}:main`), /Blocked \(pending\): \.github\/workflows\/ci\\xff\.yml:1 high protected-file/);
  });

  attack({ attack: 'A tree has an entry that leads out of the work tree, as no git writes it', answer: 'each name that comes is looked at before anything is read by it', result: 'the push is refused, and says which entry it is' }, async () => {
    const { robin } = await heldAsked();
    const blob = robin.gitWith({ input: risky }, 'hash-object', '-w', '--stdin');
    const entry = (mode: string, name: string, oid: string) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]);
    for (const [name, told] of [['..', '"\\.\\./a\\.ts"'], ['.GIT', '"\\.GIT/a\\.ts"']] as const) {
      const inner = robin.gitWith({ input: entry('100644', 'a.ts', blob) }, 'hash-object', '-t', 'tree', '-w', '--literally', '--stdin');
      const tree = robin.gitWith({ input: entry('40000', name, inner) }, 'hash-object', '-t', 'tree', '-w', '--literally', '--stdin');
      const commit = robin.git('commit-tree', tree, '-p', 'origin/main', '-m', 'Odd');
      assertRefused(push(robin, `${commit}:main`), new RegExp(`the change brings an entry ${told}, which git itself never writes .* take it out of the tree`));
    }
  });

  attack({ attack: 'Commands come in where no ending and no first line says that a shell runs them: a hook of husky, an executable, a file that is made executable later', answer: 'the place, and the mode, say it too', result: 'each push is refused, and the hook as what runs on the machines of the team besides' }, async () => {
    const { robin } = await heldAsked();
    const script = 'aws s3 rb s3://customer-data --force\n';
    const commit = (name: string, mode: string, onto = 'origin/main') => {
      robin.git('switch', '--quiet', '--detach', onto);
      robin.git('update-index', '--add', '--cacheinfo', `${mode},${robin.gitWith({ input: script }, 'hash-object', '-w', '--stdin')},${name}`);
      robin.git('commit', '--quiet', '--message=Script');
      robin.git('reset', '--quiet', '--hard');
      return robin.git('rev-parse', 'HEAD');
    };
    assertRefused(push(robin, `${commit('.husky/pre-commit', '100644')}:main`), /Blocked \(pending\): \.husky\/pre-commit:1 high aws-cli-delete[^]*Blocked \(pending\): \.husky\/pre-commit:1 high protected-file/);
    assertRefused(push(robin, `${commit('bin/wipe', '100755')}:main`), /Blocked \(pending\): bin\/wipe:1 high aws-cli-delete/);
    assertTaken(push(robin, `${commit('bin/wipe', '100644')}:main`));
    robin.git('fetch', '--quiet', 'origin');
    assertRefused(push(robin, `${commit('bin/wipe', '100755')}:main`), /Blocked \(pending\): bin\/wipe:1 high aws-cli-delete/);
  });

  attack({ attack: 'A file says what it runs in escapes, in an encoding of its own or in letters that only look like others, which its language makes code of before it reads it', answer: 'a text that runs something else than what stands in it counts as not read', result: 'each push is refused, and check says what stands for what' }, async () => {
    const { robin } = await heldAsked();
    const files: readonly (readonly [name: string, text: string, told: string])[] = [
      ['a.js', "import fs from 'node:fs';\nfs.rm\\u0053ync('/srv/data', { recursive: true });\n", '\\u0053 in line 2 stands for "S"'],
      ['A.java', 'class A { void f() throws Exception {\n// \\u000a Runtime.getRuntime().exec("rm -rf /srv/data");\n} }\n', '\\u000a in line 2 stands for "\\n"'],
      ['a.py', '# coding: utf_7\nimport shutil\n+AHMAaAB1AHQAaQBsAC4AcgBtAHQAcgBlAGUAKAAiAC8AcwByAHYAIgAp-\n', 'it says that it is written in utf_7'],
      ['b.py', 'import shutil\nshutil.ｒmtree("/srv/data")\n', 'Python takes ｒmtree in line 2 for rmtree'],
    ];
    for (const [name, text, told] of files) {
      robin.git('switch', '--quiet', '--detach', 'origin/main');
      robin.write(name, text);
      robin.commitAll('Tidy');
      assertRefused(push(robin, 'HEAD:main'), new RegExp(`Blocked \\(pending\\): ${name.replace('.', '\\.')}:1 high unread-file`));
      const { stdout, stderr } = await robin.run(['check', name]);
      assert.ok(`${stdout}${stderr}`.includes(told), stdout + stderr);
    }
  });

  attack({ attack: 'The default branch that the server names is not there, and a watched branch is begun with danger in it', answer: 'a branch that some policy watches is not let in where nobody knows whose policy holds', result: 'the push is refused, with what names the default branch; what nobody watches goes in, and so does all when it is named' }, async () => {
    const { team, robin } = await heldAsked({ policy: usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']") });
    team.remote.git('symbolic-ref', 'HEAD', 'refs/heads/trunk');
    robin.git('switch', '--quiet', '--orphan', 'danger');
    robin.write('a.ts', risky);
    robin.commitAll('Danger');
    assertRefused(push(robin, 'HEAD:refs/heads/release/1'), /HEAD of this repository names refs\/heads\/trunk, which is not there, .* git symbolic-ref HEAD refs\/heads\/main/);
    assertTaken(push(robin, 'HEAD:refs/heads/other'));
    team.remote.git('symbolic-ref', 'HEAD', 'refs/heads/main');
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('a.ts', harmless);
    robin.commitAll('Harmless');
    assertTaken(push(robin, 'HEAD:refs/heads/release/1'));
  });
});

/** A commit on the tip with one more entry in its tree. */
function commitWith(sandbox: Sandbox, mode: string, name: string, oid: string): string {
  const others = sandbox.git('ls-tree', 'origin/main').split('\n').filter((line) => !line.endsWith(`\t${name}`));
  const tree = sandbox.gitWith({ input: [...others, `${mode} tree ${oid}\t${name}`].map((line) => `${line}\n`).join('') }, 'mktree');
  return sandbox.git('commit-tree', tree, '-p', 'origin/main', '-m', 'Odd');
}

/** Has hooks write as to a disk that is full: the system gives no file room. */
function fullDisk(sandbox: Sandbox): NodeJS.ProcessEnv {
  sandbox.write('.git/full/cat', '#!/bin/sh\nulimit -f 0\nPATH="${PATH#*:}" exec /bin/cat "$@"\n');
  chmodSync(sandbox.at('.git/full/cat'), 0o755);
  return { PATH: `${sandbox.at('.git/full')}:${process.env.PATH ?? ''}` };
}
