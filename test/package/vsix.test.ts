import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { packageExtension } from '../../scripts/package.mjs';
import { readZip } from './zip.ts';

describe('the .vsix', () => {
  let files: Map<string, Buffer>;
  const warnings: unknown[] = [];

  before(async () => {
    mkdirSync('out', { recursive: true });
    const { warn } = console;
    // There warnings go another way.
    delete process.env.GITHUB_ACTIONS;
    console.warn = (...told: unknown[]) => warnings.push(told);
    try {
      files = readZip(readFileSync(await packageExtension({ folder: 'out' })));
    } finally {
      console.warn = warn;
    }
  });

  it('is packed without a warning', () => {
    assert.deepEqual(warnings, []);
  });

  it('has both bundles, the grammars, the texts and the manifest', () => {
    const names = [...files.keys()];
    const wanted = [
      'extension/package.json',
      'extension/readme.md',
      'extension/changelog.md',
      'extension/LICENSE.txt',
      'extension/dist/extension.js',
      'extension/dist/cli.js',
      'extension/dist/hook.js',
      'extension/dist/later/guard.js',
      'extension/dist/later/hook.js',
      'extension/dist/later/readPolicy.js',
      'extension/dist/later/mcp.js',
      'extension/dist/later/repository.js',
      'extension/media/icon.png',
      'extension/dist/grammars/web-tree-sitter.wasm',
      'extension/dist/words/javascript.json',
      'extension/dist/grammars/tree-sitter-typescript.wasm',
    ];
    assert.deepEqual(
      wanted.filter((name) => !names.includes(name)),
      [],
    );
  });

  it('has nothing else: no sources, tests, maps or node_modules', () => {
    const allowed = [
      /^(\[Content_Types\]\.xml|extension\.vsixmanifest)$/,
      /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
      /^extension\/dist\/(later\/)?[\w-]+\.js$/,
      /^extension\/dist\/grammars\/[\w-]+\.wasm$/,
      /^extension\/dist\/words\/\w+\.json$/,
      /^extension\/media\/[\w/-]+\.png$/,
      /^extension\/media\/policy\.schema\.json$/,
      /^extension\/media\/walkthrough\/\w+\.md$/,
      // What the walkthrough is tried on.
      /^extension\/examples\/workspace\/[\w./-]+$/,
    ];
    assert.deepEqual(
      [...files.keys()].filter((name) => !allowed.some((pattern) => pattern.test(name))),
      [],
    );
  });

  it('has ten settings at most: what a team chooses stands in its policy', () => {
    const { contributes } = JSON.parse(String(files.get('extension/package.json'))) as { contributes: { configuration: { properties: object } } };
    const { length } = Object.keys(contributes.configuration.properties);
    assert.ok(length > 0 && length <= 10, `${length} settings`);
  });

  it('declares no proposed API, which the Marketplace would refuse', () => {
    const manifest = JSON.parse(String(files.get('extension/package.json'))) as { publisher?: string };
    assert.equal(manifest.publisher, 'firebreak');
    assert.equal('enabledApiProposals' in manifest, false);
  });
});
