import assert from 'node:assert/strict';
import { landedBeside } from '../../../src/core/review/landedBeside.ts';

const js = `import { connect } from './db';
const ACCOUNT = 'dev';
const client = connect(ACCOUNT);
const config = {
  retries: 3,
  region: 'here',
};

export async function clean(users) {
  const old = users.filter(isOld);
  await client.delete(old);
}

export function report(users) {
  console.log(users.length, config.retries);
}

class Jobs {
  stage = 'dev';
  run() {
    return this.stop(this.stage);
  }
  other() {
    return 1;
  }
}
`;
const python = `import os
BUCKET = os.environ.get("BUCKET", "scratch")

def wipe(path):
    if path.startswith("/tmp"):
        shutil.rmtree(path)

def other():
    return 1
`;
const terraform = `variable "env" {
  default = "dev"
}

resource "aws_s3_bucket" "data" {
  bucket        = "\${var.env}-data"
  force_destroy = true
}

resource "aws_sqs_queue" "jobs" {
  delay = 1
}
`;
const shell = `#!/bin/sh
# Cleans up.
DIR=/tmp/cache
rm -r "$DIR"
echo done
`;
const yaml = `env:
  STAGE: dev
jobs:
  clean:
    runs-on: here
    steps:
      - run: terraform destroy
  test:
    runs-on: here
    steps:
      - run: npm test
`;

interface Landed { readonly text: string; readonly at: string; readonly from: string; readonly to: string; readonly found: string | undefined }
const cases: readonly (readonly [what: string, Landed])[] = [
  ['another function, which speaks of the same', { text: js, at: 'client.delete', from: 'console.log(users', to: "console.log('users', users", found: undefined }],
  ['a new function at the end', { text: js, at: 'client.delete', from: '    return 1;\n  }\n}\n', to: '    return 1;\n  }\n}\n\nfunction more(users) {\n  return users;\n}\n', found: undefined }],
  ['a value that nothing of it leads to', { text: js, at: 'client.delete', from: 'retries: 3', to: 'retries: 4', found: undefined }],
  ['a comment in its own function', { text: js, at: 'client.delete', from: '  const old', to: '  // Those from last year.\n  const old', found: undefined }],
  ['its own function', { text: js, at: 'client.delete', from: 'users.filter(isOld)', to: 'users', found: 'const old = users;' }],
  ['a value that leads to it over another one', { text: js, at: 'client.delete', from: "'dev';\nconst client", to: "'prod';\nconst client", found: "const ACCOUNT = 'prod';" }],
  ['where something is imported from', { text: js, at: 'client.delete', from: './db', to: './production', found: "import { connect } from './production';" }],
  ['another name of the same import', { text: js, at: 'client.delete', from: '{ connect }', to: '{ connect, other }', found: undefined }],
  ['a line that is gone', { text: js, at: 'console.log', from: "  region: 'here',\n", to: '', found: "region: 'here'," }],
  ['another method of its class', { text: js, at: 'this.stop', from: 'return 1', to: 'return 2', found: undefined }],
  ['a field of its class that it speaks of', { text: js, at: 'this.stop', from: "stage = 'dev'", to: "stage = 'prod'", found: "stage = 'prod';" }],
  ['a guard around it, in Python', { text: python, at: 'shutil.rmtree', from: '"/tmp"', to: '"/"', found: 'if path.startswith("/"):' }],
  ['another function, in Python', { text: python, at: 'shutil.rmtree', from: 'return 1', to: 'return 2', found: undefined }],
  ['a value that it does not speak of, in Python', { text: python, at: 'shutil.rmtree', from: '"scratch"', to: '"orders"', found: undefined }],
  ['a variable that it speaks of, in Terraform', { text: terraform, at: 'force_destroy', from: 'default = "dev"', to: 'default = "prod"', found: 'default = "prod"' }],
  ['another resource, in Terraform', { text: terraform, at: 'force_destroy', from: 'delay = 1', to: 'delay = 2', found: undefined }],
  ['any other command, in a script', { text: shell, at: 'rm -r', from: 'DIR=', to: 'cd /srv\nDIR=', found: 'cd /srv' }],
  ['a comment, in a script', { text: shell, at: 'rm -r', from: '# Cleans up.', to: '# Cleans up each night.', found: undefined }],
  ['another job, in a pipeline', { text: yaml, at: 'terraform destroy', from: 'npm test', to: 'npm run test', found: undefined }],
  ['where it runs, in a pipeline', { text: yaml, at: 'terraform destroy', from: 'runs-on: here\n    steps:\n      - run: terraform', to: 'runs-on: there\n    steps:\n      - run: terraform', found: 'runs-on: there' }],
];

/** What is deleted, and how it came to its value. */
const ways: readonly (readonly [value: string, line: string, from: string, to: string])[] = [
  ['base', "import { base } from './base';", './base', './prodbase'],
  ['data', "const data = join(home, 'staging');", 'staging', 'prod'],
  ['ROOT.path', "const ROOT = {};\nObject.assign(ROOT, { path: 'staging' });", 'staging', 'prod'],
  ['root', "const { root } = load('staging');", 'staging', 'prod'],
  ['first', "const [first] = load('staging');", 'staging', 'prod'],
  ['p', "const p = join(home, 'staging');", 'staging', 'prod'],
  ['dirs[0]', "const dirs = readdirSync('/srv').filter((each) => each.startsWith('staging'));", 'staging', 'prod'],
  ['root', "const root = join(home, 'sub', 'staging');", 'staging', 'prod'],
  ['путь', "const путь = join(home, 'staging');", 'staging', 'prod'],
];

describe('what landed beside what was approved, in its file', () => {
  for (const [what, { text, at, from, to, found }] of cases) {
    it(`is ${found === undefined ? 'nothing to it' : 'what it depends on'}: ${what}`, () => {
      const judged = text.replace(from, () => to);
      assert.notEqual(judged, text);
      const line = judged.slice(0, judged.indexOf(at)).split('\n').length;
      assert.equal(landedBeside(text, judged, line), found);
    });
  }
  for (const [value, line, from, to] of ways) {
    it(`is what it depends on: ${line.replace('\n', ' ')}`, () => {
      const text = `import { rmSync } from 'node:fs';\n${line}\n\nexport function wipe() {\n  rmSync(${value}, { recursive: true });\n}\n`;
      const judged = text.replace(from, to);
      const at = judged.slice(0, judged.indexOf('rmSync(')).split('\n').length;
      assert.equal(landedBeside(text, judged, at), judged.split('\n').find((each) => each.includes(to)));
    });
  }
  it('takes no long time in a long file', () => {
    const long = Array.from({ length: 4000 }, (_, index) => `const a${index} = b${index + 1} + a${index + 1};\n`).join('');
    assert.equal(landedBeside(long, `${long}const c = 1;\n`, 1), undefined);
    assert.equal(landedBeside(long, long.replace('b3999', 'b0'), 1)?.startsWith('const a3998'), true);
  });
});
