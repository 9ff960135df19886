import assert from 'node:assert/strict';
import { noPolicy } from '../../../src/core/policy/policy.ts';
import { findConcerns } from '../../../src/node/review/findConcerns.ts';
import { removeSandboxes, Sandbox } from '../../cli/sandbox.ts';
import { checker } from '../../support/check.ts';
import { isolateGit } from './isolateGit.ts';

const analyzer = { checker, startFile: () => ({ isOver: () => false }), regionsOf: () => Promise.resolve(undefined) };

type Files = Readonly<Record<string, string>>;

/** Of a change from some files to others: `PATH RULE: EVIDENCE` of each finding. Two files of it have nothing to do with the others. */
async function evidenceOf(before: Files, after: Files): Promise<string[]> {
  const sandbox = Sandbox.repository();
  const commit = (files: Files) => {
    for (const [path, text] of Object.entries(files)) sandbox.write(path, text);
    return sandbox.commitAll('Change');
  };
  const from = commit({ 'aside.py': 'a = 1\n', 'web/aside.ts': 'f();\n', ...before });
  const to = commit({ 'aside.py': '# more\na = 1\n', 'web/aside.ts': 'f(); // more\n', ...after });
  const concerns = await findConcerns({ root: sandbox.folder, objectFormat: 'sha1' }, { from, to, policy: noPolicy, analyzer });
  return concerns.map(({ path, rule, evidence }) => `${path} ${rule}: ${evidence.join(' ')}`);
}

const python = (condition: string, indent: string) => `import shutil\ndef clear(env):\n${condition}${indent}shutil.rmtree('/srv/data')\n`;

describe('what a finding was judged from', () => {
  isolateGit();
  after(removeSandboxes);

  const cases: readonly [what: string, before: Files, after: Files, expected: readonly string[]][] = [
    ['is nothing of a script that grows, whatever else changes', { 'clean.sh': 'ls\n' }, { 'clean.sh': 'ls\nrm -rf $DIR/*\n' }, ['clean.sh recursive-delete: ']],
    ['is the script that sets its variable', { 'env.sh': 'DIR=/tmp/x\n', 'clean.sh': 'ls\n' }, { 'env.sh': 'DIR=/srv\n', 'clean.sh': '. ./env.sh\nrm -rf $DIR/*\n' }, ['clean.sh recursive-delete: env.sh']],
    ['is the script that it runs', { 'run.sh': 'ls\n', 'a.sh': 'ls\n' }, { 'run.sh': 'rm -rf /srv/data\n', 'a.sh': 'ls\nbash run.sh\n' }, ['a.sh recursive-delete: run.sh', 'run.sh recursive-delete: ']],
    ['is the file of what a command names', { 'package.json': '{"scripts":{"x":"ls"}}\n', 'ci.sh': 'ls\n' }, { 'package.json': '{"scripts":{"x":"rm -rf /srv/data"}}\n', 'ci.sh': 'ls\nnpm run x\n' }, ['ci.sh recursive-delete: package.json', 'package.json recursive-delete: ']],
    ['is nothing of a guard that went, and is nowhere else', { 'm.py': python("  if env == 'dev':\n", '    ') }, { 'm.py': python('', '  ') }, ['m.py file-tree-delete: ', 'm.py guard-removed: ']],
    ['is the file with the variable that takes a protection away', { 'main.tf': 'resource "aws_db_instance" "a" {\n  deletion_protection = true\n}\n' }, { 'main.tf': 'resource "aws_db_instance" "a" {\n  deletion_protection = var.p\n}\n', 'variables.tf': 'variable "p" {\n  default = false\n}\n' }, ['main.tf deletion-protection-removed: variables.tf']],
  ];
  for (const [what, before, after, expected] of cases) {
    it(what, async () => {
      assert.deepEqual(await evidenceOf(before, after), expected);
    });
  }

  it('is nothing whose name no approval could hold', async () => {
    await assert.rejects(evidenceOf({ 'e\tnv.sh': 'DIR=/tmp/x\n' }, { 'e\tnv.sh': 'DIR=/srv\n', 'clean.sh': '. "./e\tnv.sh"\nrm -rf $DIR/*\n' }), /what clean\.sh does depends on the file "e\\tnv\.sh", whose name no approval can hold; give it another one/);
  });
});
