import assert from 'node:assert/strict';
import { describe as told } from '../../../src/core/check/blastRadius.ts';
import { unhurried } from '../../../src/core/language/pace.ts';
import { folderOf } from '../../../src/core/language/project.ts';
import { checker } from '../../support/check.ts';

const manifest = JSON.stringify({
  scripts: { wipe: 'rm -rf /srv/data', both: 'npm run wipe && yarn loop', loop: 'npm run loop', preship: 'npm run wipe', ship: 'echo', 'db:a': 'rm -rf /srv/a', 'db:b': 'echo', tidy: 'rm', nuke: 'node ops/nuke.ts' },
});
const files: Readonly<Record<string, string>> = {
  'package.json': manifest,
  'web/package.json': JSON.stringify({ scripts: { web: 'rm -rf /srv/web' } }),
  'composer.json': JSON.stringify({ scripts: { wipe: ['echo', 'rm -rf /srv/data'] } }),
  'db/wipe.sh': 'set -e\ndropdb shop\n',
  'db/empty.sql': '-- all of it\nTRUNCATE orders;\n',
  'ops/nuke.py': 'import boto3\nboto3.client("s3").delete_bucket(Bucket="prod-data")\n',
  'ops/nuke.ts': 'import { S3 } from "@aws-sdk/client-s3";\nawait new S3({}).deleteBucket({ Bucket: "prod-data" });\n',
  'ops/nuke.test.js': 'require("child_process").execSync("rm -rf /srv/data");\n',
  'ops/readme.txt': 'set -e\nrm -rf /srv/data\n',
  'ops/teardown': 'rm -rf /srv/data\n',
  'db/notes.txt': 'TRUNCATE orders;\n',
  'ops/nuke.txt': 'import shutil\nshutil.rmtree("/srv/data")\n',
  'ops/nuke.dat': 'require("fs").rmSync("/srv/data", { recursive: true });\n',
  'db/outer.sh': './wipe.sh\n',
  'lib/shell.ts': "import { execSync } from 'node:child_process';\nexport function sh(line: string) { return execSync(line, { stdio: 'inherit' }); }\nexport function tell(line: string) { console.log(line); execSync('ls'); }\n",
  'lib/run.js': "const { spawn } = require('child_process');\nfunction run(cmd, args, opts = {}) { return new Promise((resolve) => spawn(cmd, args, opts).on('exit', resolve)); }\nmodule.exports = { run };\n",
  'lib/exec.mjs': "import { promisify } from 'node:util';\nimport { exec } from 'node:child_process';\nexport const execAsync = promisify(exec);\nexport default execAsync;\n",
  'lib/echo.js': 'export function run(text) { return text; }\n',
  Makefile: 'D = /srv\nwipe:\n\trm -rf $(D)/data\nok:\n\techo\n',
};

const project = {
  read: (path: string) => Promise.resolve(files[path]),
  list: (folder: string) => Promise.resolve(Object.keys(files).filter((path) => folderOf(path) === folder)),
};

async function findingsOf(path: string, text: string): Promise<string[]> {
  const [look] = await checker.check({ files: [{ path, after: { text } }], project }, () => unhurried);
  assert.ok(look?.kind === 'findings', JSON.stringify(look));
  return look.findings.map((finding) => `${finding.matched}: ${told(finding.blastRadius)}`);
}

/** A file, what is underlined in it, and what is told of it; without them nothing is found. */
const cases: readonly (readonly [path: string, text: string, underlined?: string, reason?: string])[] = [
  ['a.sh', 'set -e\nnpm run -s wipe', 'npm run -s wipe', '`wipe` in package.json runs `rm -rf /srv/data`'],
  ['deep/in/a.sh', 'yarn wipe', 'yarn wipe', 'rm -rf /srv/data'],
  ['a.sh', 'python3 -u ops/nuke.py --all', 'ops/nuke.py --all', '`ops/nuke.py` runs'],
  ['a.sh', 'cd ops && ./nuke.py', './nuke.py', 'deletes the S3 bucket `prod-data`'],
  ['a.sh', 'npx tsx ops/nuke.ts', 'ops/nuke.ts', 'deletes the S3 bucket `prod-data`'],
  ['a.sh', 'bun run ops/nuke.ts', 'bun run ops/nuke.ts', 'deletes the S3 bucket `prod-data`'],
  ['a.sh', 'deno run -A ops/nuke.ts', 'deno run -A ops/nuke.ts', 'deletes the S3 bucket `prod-data`'],
  ['a.sh', 'npm run nuke', 'npm run nuke', '`nuke` in package.json runs `node ops/nuke.ts`; `ops/nuke.ts` runs'],
  ['a.sh', 'black ops/nuke.py && tsc ops/nuke.ts && node --test ops/nuke.test.js'],
  ['ci.yml', 'script:\n  - python ops/nuke.py\n'],
  ['a.sh', 'cat db/empty.sql | psql "$URL"', 'psql "$URL"', 'TRUNCATE orders'],
  ['a.sh', 'ssh host bash -s < db/wipe.sh', 'bash -s', '`db/wipe.sh` runs'],
  ['a.sh', 'pnpm both', 'pnpm both', '`both` in package.json runs `npm run wipe && yarn loop`; `wipe` in package.json runs'],
  ['a.sh', 'npm run ship', 'npm run ship', '`preship` in package.json'],
  ['a.sh', 'run-s "db:*"', 'run-s "db:*"', '/srv/a'],
  ['a.sh', 'npm run tidy -- -rf /srv/x', 'npm run tidy -- -rf /srv/x', '/srv/x'],
  ['a.sh', 'bun rm -rf /srv'],
  ['a.sh', 'yarn shred /srv/data', 'yarn shred /srv/data', '/srv/data'],
  ['a.sh', 'npx -y rimraf@5 /srv/data', 'rimraf@5 /srv/data', '/srv/data'],
  ['a.sh', 'cd web && npm run web', 'npm run web', 'web/package.json'],
  ['a.sh', 'npm --prefix web run web', 'npm --prefix web run web', '/srv/web'],
  ['a.sh', 'npm run gone; npm install; echo npm run wipe'],
  ['a.sh', 'composer run wipe', 'composer run wipe', '/srv/data'],
  ['a.sh', 'make -j4 ok wipe X=1', 'make -j4 ok wipe X=1', '`wipe` in Makefile runs `rm -rf /srv/data`'],
  ['.github/workflows/a.yml', 'on: push\njobs:\n  a:\n    steps:\n      - run: npm run wipe\n', 'npm run wipe', 'package.json'],
  ['Makefile', 'a:\n\tnpm run wipe\n', 'npm run wipe', 'package.json'],
  ['a.js', "import { execSync } from 'node:child_process';\nexecSync('npm run wipe');", 'npm run wipe', 'package.json'],
  ['a.ts', "import { sh } from './lib/shell';\nsh('rm -rf /srv/data');", 'rm -rf /srv/data', '/srv/data'],
  ['a.ts', "import { sh } from './lib/shell';\nconst line = 'rm -rf /srv/data';\nsh(line);", 'rm -rf /srv/data', '/srv/data'],
  ['a.ts', "import { sh } from './lib/shell.js';\nsh('make wipe');", 'make wipe', 'Makefile'],
  ['web/a.ts', "import * as shell from '../lib/shell';\nshell.sh('rm -rf /srv/data');", 'rm -rf /srv/data', '/srv/data'],
  ['a.js', "const { run } = require('./lib/run');\nawait run('kubectl', ['delete', 'namespace', 'shop']);", "run('kubectl', ['delete', 'namespace', 'shop'])", '`shop`'],
  ['a.mjs', "import run from './lib/exec.mjs';\nawait run('rm -rf /srv/data');", 'rm -rf /srv/data', '/srv/data'],
  ['a.mjs', "import { execAsync } from './lib/exec.mjs';\nawait execAsync('rm -rf /srv/data');", 'rm -rf /srv/data', '/srv/data'],
  ['a.ts', "import { sh, tell } from './lib/shell';\ntell('rm -rf /srv/data');\nsh('git status');"],
  ['a.js', "import { run } from './lib/echo.js';\nrun('rm -rf /srv/data');"],
  ['a.js', "import { run } from './lib/none.js';\nrun('rm -rf /srv/data');"],
  ['a.js', "import { execSync } from 'node:child_process';\nexecSync('make wipe');", 'make wipe', '`wipe` in Makefile'],
  ['a.ts', "import { spawnSync } from 'node:child_process';\nspawnSync('./db/wipe.sh', { stdio: 'inherit' });", './db/wipe.sh', 'drops the database `shop`'],
  ['a.ts', "import { execa } from 'execa';\nawait execa('pnpm', ['wipe']);", "execa('pnpm', ['wipe'])", 'package.json'],
  ['a.js', "const cp = require('child_process');\nconst line = 'psql -f db/empty.sql';\ncp.exec(line);", 'psql -f db/empty.sql', '`orders`'],
  ['a.js', "import { execSync } from 'node:child_process';\nexecSync('make ok');"],
  ['a.js', "import { execSync } from 'node:child_process';\nconsole.log('make wipe', './db/wipe.sh');\nexecSync('make ok');"],
  ['a.py', 'import subprocess\nsubprocess.check_call(["./db/wipe.sh"])', 'subprocess.check_call(["./db/wipe.sh"])', '`shop`'],
  ['a.py', 'import os\nos.system("make wipe")', 'make wipe', 'Makefile'],
  ['a.go', 'package a\n\nimport "os/exec"\n\nfunc f() error { return exec.Command("make", "wipe").Run() }', 'exec.Command("make", "wipe")', 'Makefile'],
  ['a.rb', 'system("make wipe")', 'make wipe', 'Makefile'],
  ['A.java', 'class A { void f() throws Exception { new ProcessBuilder("bash", "db/wipe.sh").start(); } }', 'new ProcessBuilder("bash", "db/wipe.sh")', '`shop`'],
  ['a.sh', 'bash db/wipe.sh --all', 'bash db/wipe.sh --all', '`db/wipe.sh`'],
  ['db/a.sh', '. ./wipe.sh', '. ./wipe.sh', 'drops the database `shop`'],
  ['a.sh', 'cat db/wipe.sh | sudo bash', 'bash', '`db/wipe.sh`'],
  ['a.sh', 'bash -s -- --all < db/wipe.sh', 'bash -s -- --all', '`db/wipe.sh`'],
  ['a.sh', 'cd db && ./wipe.sh', './wipe.sh', '`db/wipe.sh` runs'],
  ['a.sh', '(cd ./db; bash wipe.sh)', 'bash wipe.sh', 'drops the database `shop`'],
  ['a.sh', 'bash "$(git rev-parse --show-toplevel)/db/wipe.sh"', 'bash "$(git rev-parse --show-toplevel)/db/wipe.sh"', 'drops the database `shop`'],
  ['db/a.sh', './wipe.sh --all', './wipe.sh --all', 'drops the database `shop`'],
  ['a.sh', 'psql -f db/empty.sql', 'psql -f db/empty.sql', '`orders`'],
  ['a.sh', 'mysql shop < db/empty.sql', 'mysql shop', '`orders`'],
  ['.github/workflows/a.yml', 'on: push\njobs:\n  a:\n    steps:\n      - run: ./db/wipe.sh\n', './db/wipe.sh', '`shop`'],
  ['a.sh', 'bash -n db/wipe.sh; cat db/wipe.sh; chmod +x db/wipe.sh; echo ./db/wipe.sh; psql -f db/none.sql'],
  ['a.sh', 'cat db/wipe.sh | grep set; cat db/wipe.sh | bash -n; bash "$DIR/none.sh"'],
  ['a.sh', 'cd web && ./wipe.sh'],
  ['a.sh', 'set -e\nbash ops/readme.txt', 'bash ops/readme.txt', '`ops/readme.txt` runs `set -e'],
  ['a.sh', 'sh ./ops/teardown prod', 'sh ./ops/teardown prod', '`ops/teardown` runs'],
  ['a.sh', 'cd ops && . ./readme.txt', '. ./readme.txt', '/srv/data'],
  ['a.sh', 'psql "$URL" -f db/notes.txt', 'psql "$URL" -f db/notes.txt', 'TRUNCATE orders'],
  ['a.sh', 'mysql shop < db/notes.txt', 'mysql shop', 'TRUNCATE orders'],
  ['a.sh', 'sqlcmd -S db -i db/notes.txt', 'sqlcmd -S db -i db/notes.txt', 'TRUNCATE orders'],
  ['a.sh', 'python3 ops/nuke.txt --all', 'ops/nuke.txt --all', '`ops/nuke.txt` runs'],
  ['a.sh', 'node ops/nuke.dat', 'ops/nuke.dat', '`ops/nuke.dat` runs'],
  ['Makefile', 'a:\n\tbash ops/readme.txt\n', 'bash ops/readme.txt', '/srv/data'],
  ['a.sh', 'cat ops/readme.txt; grep rm ops/readme.txt; cp ops/teardown /usr/bin/; bash -n ops/teardown; psql -o db/notes.txt -c "SELECT 1"'],
  ['a.sh', 'node app.js ops/readme.txt && python -m json.tool ops/nuke.txt && bash none.txt'],
  ['package.json', '{"scripts": {"wipe": "rm -rf /srv/data", "again": "npm run wipe"}}', 'rm -rf /srv/data', 'cannot be undone'],
];

describe('scripts of the project that are run by name', () => {
  for (const [path, text, underlined, reason = ''] of cases) {
    it(`${path} ${JSON.stringify(text)}`, async () => {
      const found = await findingsOf(path, text);
      assert.deepEqual(found.map((each) => each.slice(0, underlined?.length)), underlined === undefined ? [] : [underlined]);
      for (const each of found) assert.ok(each.includes(reason), each);
    });
  }
});

/** A file whose name and first line tell no language, what runs it in the project or the change, and what is found in it. */
const runAs: readonly (readonly [path: string, text: string, runner: string, runs: string, found: number])[] = [
  ['ops/readme.txt', 'rm -rf /srv/data\n', 'deploy.sh', 'bash ops/readme.txt\n', 1],
  ['ops/teardown', 'rm -rf /srv/data\n', '.github/workflows/a.yml', 'on: push\njobs:\n  a:\n    steps:\n      - run: sh ops/teardown\n', 1],
  ['db/notes.txt', 'TRUNCATE orders;\n', 'package.json', '{"scripts": {"reset": "psql -f db/notes.txt"}}', 1],
  ['db/notes.txt', 'TRUNCATE orders;\n', 'Dockerfile', 'FROM postgres\nRUN psql < db/notes.txt\n', 1],
  ['ops/nuke.txt', 'import shutil\nshutil.rmtree("/srv/data")\n', 'ops/run.sh', 'python nuke.txt\n', 1],
  ['rules.txt', 'wipe:\n\trm -rf /srv/data\n', 'Makefile', 'include rules.txt\n', 1],
  ['ops/readme.txt', 'rm -rf /srv/data\n', 'deploy.sh', 'cat ops/readme.txt # bash ops/readme.txt\n', 0],
  ['ops/readme.txt', 'rm -rf /srv/data\n', 'deploy.sh', 'echo "bash ops/readme.txt"\n', 0],
  ['ops/readme.txt', 'rm -rf /srv/data\n', 'README.md', 'bash ops/readme.txt\n', 0],
  ['ops/readme.txt', 'rm -rf /srv/data\n', 'deploy.sh', 'bash other/readme.txt\n', 0],
  ['ops/readme.txt', 'Run the script to remove the old data.\n', 'deploy.sh', 'bash ops/readme.txt\n', 0],
];

describe('files that are read as what runs them', () => {
  for (const [path, text, runner, runs, count] of runAs) {
    it(`${path} of ${runner} ${JSON.stringify(runs)}`, async () => {
      const only = { read: (file: string) => Promise.resolve(file === runner ? runs : undefined), list: (folder: string) => Promise.resolve(folderOf(runner) === folder ? [runner.slice(runner.lastIndexOf('/') + 1)] : []) };
      const looks = [
        ...(await checker.check({ files: [{ path, after: { text } }], project: only }, () => unhurried)),
        ...(await checker.check({ files: [{ path, after: { text } }], others: [{ path: runner, after: runs }] }, () => unhurried)),
      ];
      assert.deepEqual(looks.map((look) => (look.kind === 'findings' ? look.findings.length : 0)), [count, count]);
    });
  }

  it('does not look for who runs what did not change', async () => {
    const text = 'rm -rf /srv/data\n';
    const [look] = await checker.check({ files: [{ path: 'ops/readme.txt', before: { text }, after: { text } }], others: [{ path: 'a.sh', after: 'bash ops/readme.txt\n' }] }, () => unhurried);
    assert.equal(look?.kind, 'notApplicable');
  });
});
