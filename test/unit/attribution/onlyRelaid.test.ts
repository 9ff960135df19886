import assert from 'node:assert/strict';
import { isOnlyRelaid } from '../../../src/core/attribution/onlyRelaid.ts';

const relaid: readonly (readonly [path: string, before: string, after: string])[] = [
  ['a.ts', "take(door, 'it\\'s', [one, two])\n", 'take(door, "it\'s", [\n  one,\n  two,\n]);\n'],
  ['a.ts', 'if (on) { stop() }\n', 'if (on) {\n  stop();\n}\n'],
  ['a.py', "def one(a):\n  if a:\n    drop(a, 'b')\n", 'def one(a):\n    if a:\n        drop(\n            a,\n            "b",\n        )\n'],
  ['a.yml', 'on:\n    push:\n        branches: [ main ]\n', 'on:\n  push:\n    branches: [main]\n'],
  ['run.sh', 'if on; then\nstop\nfi\n', 'if on; then\n  stop\nfi\n'],
  ['a.tf', 'a = 1\nlonger = 2\n', 'a      = 1\nlonger = 2\n'],
];
const changed: typeof relaid = [
  ['a.ts', 'if (!(one || two)) drop();\n', 'if (!one || two) drop();\n'],
  ['a.ts', 'take("name");\n', 'take(name);\n'],
  ['a.ts', '// not now\ndrop();\n', '// not now drop();\n'],
  ['a.ts', '// drop();\n', '//\ndrop();\n'],
  ['a.ts', 'take(a, b);\n', 'take(a b);\n'],
  ['a.ts', 'for (;;) {}\n', 'for () {}\n'],
  ['a.py', 'if sure:\n    ask()\n    drop()\n', 'if sure:\n    ask()\ndrop()\n'],
  ['a.py', 'drop(a)  # b\n', 'drop(a)\n# b\n'],
  ['a.yml', 'a:\n  b:\n    c: 1\n', 'a:\n  b:\n  c: 1\n'],
  ['run.sh', "echo '$HOME'\n", 'echo "$HOME"\n'],
  ['run.sh', 'echo a\nrm b\n', 'echo a rm b\n'],
  ['a.ts', 'run("rm -rf /tmp/a");\n', 'run("rm -rf / tmp/a");\n'],
  ['a.ts', 'run("a, )");\n', 'run("a )");\n'],
  ['a.ts', 'run("${name}");\n', 'run(`${name}`);\n'],
  ['a.rb', "run('#{name}')\n", 'run("#{name}")\n'],
  ['a.py', "run('\\n')\n", 'run("\\n" "")\n'],
  ['a.ts', 'same();\n', 'same();\n'],
];

describe('whether a file was only set in another way', () => {
  for (const [path, before, after] of relaid) it(`it was: ${JSON.stringify([path, before, after])}`, () => { assert.ok(isOnlyRelaid(path, before, after)); });
  for (const [path, before, after] of changed) it(`it was not: ${JSON.stringify([path, before, after])}`, () => { assert.ok(!isOnlyRelaid(path, before, after)); });
});
