import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { runNpm } from '../../scripts/npm.mjs';

interface Packed {
  files: { path: string }[];
}

describe('the npm package', () => {
  it('is packed without a warning', async () => {
    const { stderr } = await promisify(execFile)('npm', ['pack', '--dry-run', '--ignore-scripts', '--loglevel=notice'], { shell: process.platform === 'win32' });
    assert.match(stderr, /npm notice/);
    assert.doesNotMatch(stderr, /npm warn/i);
  });

  it('has the command line, the grammars and the texts, and nothing else', async () => {
    const output = await runNpm(['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: process.cwd() });
    const [packed] = JSON.parse(output) as Packed[];
    const names = (packed?.files ?? []).map((file) => file.path);
    assert.ok(names.includes('dist/cli.js'), `dist/cli.js is missing from ${names.join(', ')}`);
    for (const part of ['dist/gitHook.js', 'dist/hook.js', 'dist/later/commandLine.js', 'dist/later/gitHook.js', 'dist/later/guard.js', 'dist/later/hook.js', 'dist/later/mcp.js', 'dist/later/readPolicy.js', 'dist/words/rules.json']) assert.ok(names.includes(part), `${part} is missing`);
    const allowed = /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/(?:cli|gitHook|hook|later\/commandLine|later\/gitHook|later\/guard|later\/hook|later\/mcp|later\/readPolicy)\.js|dist\/grammars\/[\w-]+\.wasm|dist\/words\/\w+\.json)$/;
    assert.deepEqual(
      names.filter((name) => !allowed.test(name)),
      [],
    );
  });
});
