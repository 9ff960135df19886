import assert from 'node:assert/strict';
import { pathsWithNewRunSettings } from '../../../src/core/review/runSettings.ts';

const rows: readonly (readonly [path: string, before: string | undefined, after: string | undefined, isAsked: boolean])[] = [
  ['.npmrc', undefined, 'script-shell=/bin/true\n', true],
  ['.npmrc', 'registry=https://a/\n', 'registry=https://a/\n  node-options = --require=./x.cjs\n', true],
  ['web/.npmrc', undefined, '"script-shell"="./sh"\n', true],
  ['.NPMRC', undefined, 'script-shell=./sh', true],
  ['.npmrc', undefined, '"script\\u002dshell"=./sh', true],
  ['.npmrc', undefined, '${X-script}-shell=./sh', true],
  ['.npmrc', 'script-shell=bash\n', undefined, true],
  ['.npmrc', 'ignore-scripts=true\n', '', true],
  ['.npmrc', '', 'ignore-scripts=true\n', false],
  ['.npmrc', undefined, 'registry=https://npm.corp/\n//npm.corp/:_authToken=${NPM_TOKEN}\n', false],
  ['.npmrc', undefined, '; script-shell=/bin/true\n# node-options=x\nsave-exact=true\n', false],
  ['.npmrc', 'script-shell=bash\n', '# why\nscript-shell = bash\nfund=false\n', false],
  ['npmrc.md', undefined, 'script-shell=/bin/true\n', false],
  ['.yarnrc', undefined, 'yarn-path "./tools/yarn.js"\n', true],
  ['.yarnrc', undefined, '--install.cwd ./tools\n', true],
  ['.yarnrc', undefined, 'registry "https://npm.corp/"\n', false],
  ['.yarnrc.yml', undefined, 'yarnPath: tools/yarn.cjs\n', true],
  ['.yarnrc.yml', 'nodeLinker: pnp\n', 'nodeLinker: node-modules\nnpmRegistryServer: https://npm.corp\n', false],
  ['.yarnrc.yml', undefined, '"yarn\\x50ath": x.cjs\n', true],
  ['.yarnrc.yml', undefined, 'yarnPath: [\n', true],
  ['pnpm-workspace.yaml', 'packages: [a]\n', 'packages: [a]\nscriptShell: ./sh\n', true],
  ['pnpm-workspace.yaml', 'packages: [a]\n', 'packages: [a, b]\ncatalog: { react: ^19.0.0 }\n', false],
];

describe('settings of package managers', () => {
  for (const [path, before, after, isAsked] of rows) {
    it(`${isAsked ? 'decide what runs' : 'are nobody\'s concern'}: ${path} ${JSON.stringify(before)} -> ${JSON.stringify(after)}`, () => {
      const side = (text: string | undefined) => (text === undefined ? undefined : { text });
      const [was, is] = [side(before), side(after)];
      assert.deepEqual(pathsWithNewRunSettings({ path, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }), isAsked ? [path] : []);
    });
  }

  it('come and go where a file that holds them is renamed, and may be anything where nobody can read them', () => {
    const text = { text: 'script-shell=./sh\n' };
    assert.deepEqual(pathsWithNewRunSettings({ path: '.npmrc', pathBefore: 'notes.txt', before: text, after: text }), ['.npmrc']);
    assert.deepEqual(pathsWithNewRunSettings({ path: 'notes.txt', pathBefore: '.npmrc', before: text, after: text }), ['.npmrc']);
    assert.deepEqual(pathsWithNewRunSettings({ path: '.npmrc', after: { unread: 'it is binary' } }), ['.npmrc']);
  });
});
