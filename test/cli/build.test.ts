import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { isAscii } from 'node:buffer';
import { chmodSync, cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { whenAsked } from '../../scripts/whenAsked.mjs';
import { familyWordsOf, ruleWordsOf } from '../../src/core/check/ruleWords.ts';
import type { Family } from '../../src/core/language/language.ts';
import { readers } from '../../src/core/language/readers.ts';
import { rules } from '../../src/core/rules/index.ts';
import { madeWordsIn } from '../../src/node/madeWords.ts';
import { quietEnvironment, removeSandboxes, Sandbox } from './sandbox.ts';

describe('npm run build', () => {
  after(removeSandboxes);

  it('makes of what an agent waits for a text of ASCII, which is read in half the time', () => {
    for (const part of ['hook', 'guard']) assert.ok(isAscii(readFileSync(`dist/later/${part}.js`)), part);
  });

  it('has a bundle run a module when something of it is first used', async () => {
    const folder = new Sandbox();
    folder.write('src/used.ts', "import type { Said } from './said.ts';\nconsole.log('used runs');\nexport class Used { constructor(readonly said: Said) {} }\nexport const used = (said: Said) => new Used(said).said;\nexport default 'its own';\n");
    folder.write('src/unused.ts', "console.log('unused runs');\nexport const unused = () => 'nobody asks';\n");
    folder.write('src/said.ts', 'export type Said = string;\n');
    folder.write('src/main.ts', `
import path from 'node:path';
import own, { Used, used } from './used.ts';
import { unused } from './unused.ts';
export { used as passedOn } from './used.ts';
console.log('main runs');
console.log(path.basename(process.argv.length > 9 ? unused() : used('a/b')), new Used('c').said, own);
`);
    const { outputFiles } = await build({ entryPoints: [folder.at('src/main.ts')], bundle: true, platform: 'node', format: 'cjs', minify: true, write: false, plugins: [whenAsked((source) => source)] });
    const ran = execFileSync(process.execPath, ['-'], { input: outputFiles[0]?.text }).toString();
    assert.deepEqual(ran.trim().split('\n'), ['main runs', 'used runs', 'b c its own']);
  });

  it('works out of the rules what a first look asks for, just as it would be worked out then', () => {
    const made = madeWordsIn(path.resolve('dist/words'));
    assert.deepEqual(made.rules(), ruleWordsOf(rules));
    for (const family of Object.keys(readers) as Family[]) assert.deepEqual(made.of(family), familyWordsOf(rules, family, readers[family]), family);
  });

  it('installs first what a fresh clone lacks', () => {
    const fresh = new Sandbox();
    cpSync('scripts', fresh.at('scripts'), { recursive: true });
    fresh.write('package.json', JSON.stringify({ name: 'fresh', version: '1.0.0' }));
    fresh.write('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/esbuild': { version: '1.0.0' } } }));
    fresh.write('esbuild.mjs', "import { built } from 'esbuild';\nexport const build = () => console.log(built);\n");
    // An npm that has the one package.
    fresh.write('bin/npm', `#!/bin/sh
mkdir -p node_modules/esbuild
echo '{ "packages": { "node_modules/esbuild": { "version": "1.0.0" } } }' > node_modules/.package-lock.json
echo '{ "name": "esbuild", "version": "1.0.0", "type": "module", "exports": "./main.js" }' > node_modules/esbuild/package.json
echo 'export const built = "it was built";' > node_modules/esbuild/main.js
`);
    chmodSync(fresh.at('bin/npm'), 0o755);
    const { scripts } = JSON.parse(execFileSync('cat', ['package.json']).toString()) as { scripts: { build: string } };
    const [program, ...args] = scripts.build.split(' ');
    assert.equal(program, 'node');
    const env = { ...quietEnvironment, npm_execpath: undefined, PATH: `${fresh.at('bin')}${path.delimiter}${process.env.PATH ?? ''}` };
    assert.match(execFileSync(process.execPath, args, { cwd: fresh.folder, env }).toString(), /it was built/);
  });
});
