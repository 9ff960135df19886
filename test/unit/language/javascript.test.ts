import assert from 'node:assert/strict';
import type { Call, Operation } from '../../../src/core/language/operation.ts';
import { disposeViews, operationsIn as operationsOf, told, toldLinks } from '../../support/operations.ts';

const wanted = {
  words: ['rm', 'rmSync', 'danger', 'deleteMany', 'drop', 'truncate', 'delete', 'rimraf'],
  imported: ['m#danger', 'node:fs#rmSync', 'rimraf#default', 'node:fs/promises#rm'],
};

const operationsIn = (code: string, path = 'a.ts'): Promise<Operation[]> => operationsOf(path, code, wanted);

const callees: readonly [name: string, code: string, imported: string][] = [
  ['a named import', `import { danger } from 'm'; danger();`, 'm#danger'],
  ['a renamed import', `import { danger as calm } from 'm'; calm();`, 'm#danger'],
  ['a namespace', `import * as m from 'm'; m.danger();`, 'm#danger'],
  ['a default import and its member', `import m from 'm'; m.danger();`, 'm#danger'],
  ['a default import that is called', `import wipe from 'rimraf'; wipe('x');`, 'rimraf#default'],
  ['import x = require', `import m = require('m'); m.danger();`, 'm#danger'],
  ['require', `const m = require('m'); m.danger();`, 'm#danger'],
  ['a destructured require', `const { danger: calm } = require('m'); calm();`, 'm#danger'],
  ['a member of a require', `require('m').danger();`, 'm#danger'],
  ['a dynamic import', `async function f() { const { danger } = await import('m'); danger(); }`, 'm#danger'],
  ['an alias', `import { danger } from 'm'; const rm = danger; rm();`, 'm#danger'],
  ['promisify', `import { promisify } from 'util'; import { danger } from 'm'; const later = promisify(danger); await later();`, 'm#danger'],
  ['promisify of a require', `const later = require('util').promisify(require('m').danger); later();`, 'm#danger'],
  ['a member under another name', `import * as m from 'm'; const Calm = m.danger; new Calm();`, 'm#danger'],
  ['a destructured namespace', `import * as m from 'm'; const { danger: calm } = m; calm();`, 'm#danger'],
  ['an instance', `import { Client } from 'm'; const c = new Client(); c.danger();`, 'm#Client.danger'],
  ['a string for a name', `import * as m from 'm'; m['danger']();`, 'm#danger'],
  ['optional chaining', `import * as m from 'm'; m?.danger?.();`, 'm#danger'],
  ['brackets and !', `import { danger } from 'm'; (danger!)();`, 'm#danger'],
  ['fs without its prefix', `import { rmSync } from 'fs'; rmSync('x');`, 'node:fs#rmSync'],
  ['fs.promises', `import fs from 'fs'; await fs.promises.rm('x');`, 'node:fs/promises#rm'],
  ['a name that a parameter shadows', `import { danger } from 'm'; function f(danger) { danger(); }`, '?danger'],
  ['a name that a local function shadows', `import { danger } from 'm'; { function danger() {} danger(); }`, '?danger'],
  ['a name that a destructured parameter shadows', `import { danger } from 'm'; const f = ({ danger }) => { danger(); };`, '?danger'],
  ['a name that is not imported', `danger();`, '?danger'],
];

const embedded: readonly [name: string, code: string, expected: readonly string[]][] = [
  ['a shell line', `import { execSync } from 'child_process'; execSync('cd x && rm -rf y');`, ['$ cd | cd x', '$ rm | rm -rf y']],
  ['a shell line with holes', `import { execSync } from 'node:child_process'; execSync(\`rm -rf \${dir}/x\`);`, ['$ rm | rm -rf ${dir}/x']],
  ['a shell line in a constant', `import { exec } from 'node:child_process'; const line = 'rm -rf y'; exec(line, done);`, ['$ rm | rm -rf y']],
  ['a sum of strings', `import { exec } from 'node:child_process'; exec('rm ' + '-rf ' + dir);`, ['$ rm | rm \' + \'-rf \' + dir']],
  ['a program and its arguments', `import { spawn } from 'node:child_process'; spawn('rm', ['-rf', dir]);`, [`$ rm | spawn('rm', ['-rf', dir])`]],
  ['a shell behind arguments', `import { spawn } from 'node:child_process'; spawn('sh', ['-c', 'rm -rf y']);`, [`$ sh | spawn('sh', ['-c', 'rm -rf y'])`, `$ rm | spawn('sh', ['-c', 'rm -rf y'])`]],
  ['zx', `import { $ } from 'zx'; await $\`rm -rf \${dir}\`;`, ['$ rm | rm -rf ${dir}']],
  ['exec of something else', `regex.exec('rm -rf y');`, []],
  ['a printed line', `console.log('rm -rf y');`, []],
  ['a line that is only kept', `const line = 'rm -rf y';`, []],
  ['SQL to a query', `await db.query('DROP TABLE users');`, ['sql drop | DROP TABLE users']],
  ['SQL in a template', 'await db.query(`\n  TRUNCATE ${table}\n`);', ['sql truncate | TRUNCATE ${table}']],
  ['SQL in a tagged template', 'await sql`DELETE FROM users`;', ['sql delete | DELETE FROM users']],
  ['SQL in an object', `await client.query({ text: 'DROP TABLE users', values: [] });`, ['sql drop | DROP TABLE users']],
  ['escapes before it', `await db.query("\\tDROP TABLE \\"users\\"");`, ['sql drop | DROP TABLE \\"users\\"']],
  ['surrogate pairs before it', `await db.query('/* 😀 */ DROP TABLE users');`, ['sql drop | DROP TABLE users']],
  ['a message about SQL', `throw new Error('DROP TABLE users');`, []],
  ['a comment', `// db.query('DROP TABLE users')\n/* execSync('rm -rf y') */`, []],
];

const halfTyped = [`import { rmSync } from 'fs'; rmSync(`, `rmSync('x', {`, 'const x = `${', 'db.query(`DROP', `foo(danger(`, '/* danger(', `import { danger`, 'danger()', '{'.repeat(2000) + 'danger()', '('.repeat(3000), 'danger(\0)', '\ud800danger()', '\r\n\r\ndanger()\r\n'];

describe('operations of JavaScript and TypeScript', () => {
  afterEach(() => {
    disposeViews();
  });
  const chains: readonly [code: string, links: string, next: string][] = [
  [`db.deleteMany();`, 'db', ''],
  [`prisma.user.deleteMany({}).then(log);`, 'prisma user', 'then(1)'],
  [`await (await knex('users').deleteMany()).rows[0];`, 'knex(1)', 'rows'],
  [`new Model(a, b).scope.deleteMany().where(x).returning;`, 'Model(2) scope', 'where(1) returning'],
  [`deleteMany(a).b(c.d(e));`, '', 'b(1)'],
];

describe('a chain of calls', () => {
  for (const [code, links, next] of chains) {
    it(`is known on both sides: ${code}`, async () => {
      const call = (await operationsIn(code)).find((operation) => operation.kind === 'call' && operation.name === 'deleteMany') as Call;
      assert.deepEqual([toldLinks(call.links), toldLinks(call.next)], [links, next]);
    });
  }
});

for (const [name, code, imported] of callees) {
    it(`resolves ${name}`, async () => {
      const calls = (await operationsIn(code)).filter((operation) => operation.kind === 'call');
      assert.equal(calls.map((call) => call.imported ?? `?${call.name}`).find((each) => each !== 'm#default'), imported);
    });
  }
  for (const [name, code, expected] of embedded) {
    it(`sees ${name}`, async () => {
      const operations = (await operationsIn(code)).filter((operation) => operation.kind !== 'call');
      assert.deepEqual(operations.map((operation) => told(operation, code)), expected);
    });
  }
  for (const path of ['a.tsx', 'a.jsx']) {
    it(`reads ${path}`, async () => {
      const code = `import { danger } from 'm';\nexport const B = () => <button onClick={() => danger()}>danger()</button>;`;
      assert.deepEqual((await operationsIn(code, path)).map((operation) => told(operation, code)), ['m#danger | danger()']);
    });
  }
  it('tells where a call stands and what loops over it', async () => {
    const code = `class Store { async wipe(all) { for (const one of all.items) { await danger(one); } } }`;
    const [call] = await operationsIn(code);
    assert.deepEqual([call?.address, call?.loop?.over], [['Store', 'wipe'], 'all.items']);
  });
  for (const code of ['exports.down = () => { danger(); };', 'module.exports = { async down() { danger(); } };', 'export const down = async () => danger();', 'class A { down = () => danger(); }']) {
    it(`knows the function around a call by what it is given to: ${code}`, async () => {
      const calls = await operationsIn(code);
      assert.ok(calls.some(({ address }) => address.at(-1) === 'down'));
    });
  }
  it('shows what stands before a call in its function', async () => {
    const code = `const a = 1; function wipe(b) { if (b) items.map((c) => danger(c)); }`;
    const call = (await operationsIn(code)).find((operation) => operation.kind === 'call' && operation.name === 'danger') as Call;
    assert.equal(call.preceding, 'function wipe(b) { if (b) items.map((c) => ');
  });
  it('takes a callback of forEach for a loop, and not the function around it', async () => {
    const code = `for (const x of xs) { later(function named() { ys.forEach((y) => danger(y)); danger(x); }); }`;
    assert.deepEqual((await operationsIn(code)).map((operation) => operation.loop?.over), ['ys', undefined]);
  });
  it('knows arguments as far as the file tells', async () => {
    const [call] = await operationsIn(`const NAME = 'prod'; danger({ a: NAME, b: \`x-\${y}\`, c: [1, true], ...rest }, null);`);
    assert.ok(call?.kind === 'call');
    const [first, second] = call.args;
    assert.equal(first?.properties?.get('a')?.constant, 'prod');
    assert.equal(first.properties.get('b')?.constant, 'x-\uE000');
    assert.deepEqual(first.properties.get('c')?.elements?.map((element) => element.constant), [1, true]);
    assert.equal(first.isOpen, true);
    assert.equal(second?.constant, null);
  });
  for (const code of halfTyped) {
    it(`gets over ${JSON.stringify(code).slice(0, 40)}`, async () => {
      for (const { range } of await operationsIn(code)) assert.ok(range.endExclusive <= code.length);
    });
  }
});
