import assert from 'node:assert/strict';
import { newFindings } from '../../../src/core/check/newFindings.ts';
import { checkText } from '../../support/check.ts';

const cases: readonly [name: string, path: string, before: string, after: string, fresh: number][] = [
  ['a WHERE that gave way to a semicolon', 'a.sql', 'DELETE FROM users\nWHERE id = 1;', 'DELETE FROM users\n;', 1],
  ['a constant that now names the root', 'a.ts', "import fs from 'fs';\nconst d = '/tmp/x';\nfs.rmSync(d, { recursive: true });", "import fs from 'fs';\nconst d = '/';\nfs.rmSync(d, { recursive: true });", 1],
  ['a variable of a script', 'a.sh', 'D=/tmp/x\nrm -rf "$D"', 'D=/\nrm -rf "$D"', 1],
  ['a comment taken off', 'a.ts', "/*\nawait pool.query('DROP TABLE users');\n*/", "\nawait pool.query('DROP TABLE users');\n", 1],
  ['an import from elsewhere', 'a.ts', "import { DeleteTableCommand } from './mine';\nnew DeleteTableCommand({ TableName: 't' });", "import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';\nnew DeleteTableCommand({ TableName: 't' });", 1],
  ['a line moved', 'a.sh', 'rm -rf /srv/a\necho', 'echo\nrm -rf /srv/a', 0],
  ['a second copy', 'a.sh', 'rm -rf /srv/a', 'rm -rf /srv/a\nrm -rf /srv/a', 1],
  ['nothing', 'a.sh', 'rm -rf /srv/a', 'rm -rf /srv/a', 0],
];

describe('findings that the text before did not have', () => {
  for (const [name, path, before, after, fresh] of cases) {
    it(`with ${name}: ${fresh}`, async () => {
      assert.equal(newFindings(await checkText(path, after), await checkText(path, before)).size, fresh);
    });
  }
});
