import assert from 'node:assert/strict';
import { checkText } from '../../support/check.ts';

/** Scripts that hand code to other interpreters, and what is found in it. */
const scripts: readonly (readonly [script: string, ...found: string[]])[] = [
  [`python3 -c 'import os; os.system("rm -rf /srv/data")'`, 'rm -rf /srv/data'],
  [`python3 <<'EOF'\nimport os\nos.system("rm -rf /srv/data")\nEOF`, 'rm -rf /srv/data'],
  [`D=/srv; python3 - <<EOF\nimport os\nos.system("rm -rf $D")\nEOF`, 'rm -rf $D'],
  [`node -e "require('child_process').execSync('rm -rf /srv')"`, 'rm -rf /srv'],
  [`node -e "const fs = require('fs'); fs.rmSync('/srv', { recursive: true })"`, "fs.rmSync('/srv', { recursive: true })"],
  [`ruby -e 'system("rm -rf /srv")'`, 'rm -rf /srv'],
  [`php -r 'shell_exec("rm -rf /srv");'`, 'rm -rf /srv'],
  [`perl -e 'system("rm -rf /srv")'`, 'rm -rf /srv'],
  [`python3 -c 'print("shutil.rmtree(1)")'`],
  [`echo 'import shutil; shutil.rmtree("/srv")' > x.py`],
];

describe('code that a shell hands to other interpreters', () => {
  for (const [script, ...found] of scripts) {
    it(script, async () => {
      const findings = await checkText('x.sh', script);
      assert.deepEqual(findings.map(({ matched }) => matched), found);
    });
  }
});
