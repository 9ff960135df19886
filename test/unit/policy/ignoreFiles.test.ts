import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { withoutIgnored } from '../../../src/core/policy/ignoreFiles.ts';

const files = ['a.ts', 'build/a.ts', 'build/kept.ts', 'docs/build/a.ts', 'node_modules/x/index.js', 'packages/one/out/a.ts', 'packages/one/src/a.ts', 'packages/two/out/a.ts', 'secret.sh', 'packages/one/secret.sh', 'logs/a.log', 'logs/b.txt'];
const ignoreFiles = [
  { folder: '', text: '# built\n/build/*\n!/build/kept.ts\nsecret.sh\n*.log\nnode_modules/\n' },
  { folder: 'packages/one', text: 'out/\n!secret.sh\n' },
];

describe('files that a .gitignore leaves out', () => {
  it('are those that git leaves out', () => {
    const root = mkdtempSync(path.join(os.tmpdir(), 'fb-ignored-'));
    try {
      const write = (file: string, text: string) => {
        mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
        writeFileSync(path.join(root, file), text);
      };
      for (const file of files) write(file, '');
      for (const { folder, text } of ignoreFiles) write(path.posix.join(folder, '.gitignore'), text);
      execFileSync('git', ['init', '--quiet'], { cwd: root });
      const listed = execFileSync('git', ['ls-files', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n');
      assert.deepEqual(withoutIgnored(files, ignoreFiles).sort(), listed.filter((file) => file !== '' && !file.endsWith('.gitignore')).sort());
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('are none but packages and git\'s own where there is no such file', () => {
    assert.deepEqual(withoutIgnored(['a.ts', '.git/config', 'x/node_modules/y.js'], []), ['a.ts']);
  });
});
