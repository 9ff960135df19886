import assert from 'node:assert/strict';
import { importsRunner } from '../../../src/core/language/javascript/importedRunners.ts';
import { checkText } from '../../support/check.ts';

/** What is underlined of what is found, in a file with functions of its own that run commands. */
const rows: readonly (readonly [path: string, text: string, underlined: readonly string[]])[] = [
  ['a.py', `import subprocess\n\ndef sh(cmd):\n    return subprocess.check_output(cmd, shell=True)\n\nsh("terraform destroy -auto-approve")\n`, ['terraform destroy -auto-approve']],
  ['a.py', `import shlex, subprocess\n\ndef sh(cmd: str, **kw) -> str:\n    return subprocess.run(shlex.split(cmd), **kw)\n\nsh("git status")\nsh("terraform destroy -auto-approve", cwd="infra")\n`, ['terraform destroy -auto-approve']],
  ['a.py', `import subprocess\n\ndef kubectl(*args):\n    subprocess.run(["kubectl", *args], check=True)\n\nkubectl("delete", "namespace", "shop")\nkubectl("get", "pods")\n`, ['kubectl("delete", "namespace", "shop")']],
  ['a.py', `import subprocess\n\nclass Shell:\n    def run(self, cmd):\n        subprocess.run(cmd, shell=True, check=True)\n\ndef main(shell: Shell):\n    shell.run("dropdb shop")\n`, ['dropdb shop']],
  ['a.ts', `import { execSync } from 'node:child_process';\nconst sh = (line: string) => execSync(line, { stdio: 'inherit' });\nsh('terraform destroy -auto-approve');\n`, ['terraform destroy -auto-approve']],
  ['a.js', `const { spawnSync } = require('child_process');\nfunction kubectl(...args) {\n  return spawnSync('kubectl', args);\n}\nkubectl('delete', 'ns', 'shop');\n`, ["kubectl('delete', 'ns', 'shop')"]],
  // The name is also that of a method that sends SQL.
  ...['run', 'exec', 'execute', 'query'].map((name) => ['a.ts', `import { execSync } from 'node:child_process';\nfunction ${name}(line: string) {\n  execSync(line);\n}\n${name}('terraform destroy -auto-approve');\n`, ['terraform destroy -auto-approve']] as const),
  ['a.ts', `import { execSync } from 'node:child_process';\nclass Deploy {\n  run(line: string) {\n    execSync(line);\n  }\n  all() {\n    this.run('terraform destroy -auto-approve');\n  }\n}\n`, ['terraform destroy -auto-approve']],
  ['a.ts', `import { execSync } from 'node:child_process';\nfunction query(line: string) {\n  execSync(line);\n}\ndb.query('DROP TABLE orders');\n`, ['DROP TABLE orders']],
  ['a.go', `package a\n\nimport "os/exec"\n\nfunc run(name string, args ...string) error {\n\treturn exec.Command(name, args...).Run()\n}\n\nfunc Wipe() error {\n\treturn run("terraform", "destroy", "-auto-approve")\n}\n`, ['run("terraform", "destroy", "-auto-approve")']],
  ['a.rb', `def run(cmd)\n  system(cmd) or abort('failed')\nend\n\nrun('rm -rf /srv/data')\n`, ['rm -rf /srv/data']],
  ['a.php', `<?php\nfunction run(string $cmd) {\n    exec($cmd, $out, $code);\n}\nrun('rm -rf /srv/data');\n`, ['rm -rf /srv/data']],
  ['A.java', `class A {\n  static void run(String... cmd) throws IOException {\n    new ProcessBuilder(cmd).start();\n  }\n  void wipe() throws IOException {\n    run("kubectl", "delete", "namespace", "shop");\n  }\n}\n`, ['run("kubectl", "delete", "namespace", "shop")']],
  ['a.kt', `fun run(vararg cmd: String) {\n    ProcessBuilder(*cmd).start()\n}\nfun wipe() {\n    run("kubectl", "delete", "namespace", "shop")\n}\n`, ['run("kubectl", "delete", "namespace", "shop")']],
  ['A.cs', `using System.Diagnostics;\nclass A {\n  static void Run(string file, string args) {\n    Process.Start(file, args);\n  }\n  static void Main() {\n    Run("kubectl", "delete namespace shop");\n  }\n}\n`, ['Run("kubectl", "delete namespace shop")']],
  ['a.rs', `use std::process::Command;\nfn sh(line: &str) {\n    Command::new("sh").arg("-c").arg(line).status().unwrap();\n}\nfn main() {\n    sh("rm -rf /srv/data");\n}\n`, ['sh("rm -rf /srv/data")']],
  // The function names the program, and the call only what it is to do.
  ['a.py', `import subprocess\n\nclass Stack:\n    def _apply(self, *args: str) -> None:\n        subprocess.run(["terraform", *args], cwd=self.folder, check=True)\n\n    def recreate(self) -> None:\n        self._apply("init", "-input=false")\n        self._apply("destroy", "-auto-approve")\n`, ['self._apply("destroy", "-auto-approve")']],
  ['a.js', `const { execFileSync } = require('child_process');\nconst stack = (...args) => execFileSync('terraform', args, { stdio: 'inherit' });\nstack('plan', '-destroy');\nstack('destroy', '-auto-approve');\n`, ["stack('destroy', '-auto-approve')"]],
  ['a.js', `const { execFileSync } = require('child_process');\nconst list = (...args) => execFileSync('ls', args);\nlist('destroy', '-auto-approve');\n`, []],
  ['a.py', `import subprocess\n\ndef stack(*args):\n    subprocess.run(["terraform", *args], check=True)\n\ndef log(*args):\n    print("terraform", *args)\n\nlog("destroy", "-auto-approve")\nstack("fmt")\n`, []],
  // What only speaks of it, and what does something else with what it is given.
  ['a.py', `import subprocess\n\ndef sh(cmd):\n    return subprocess.check_output(cmd, shell=True)\n\ndef log(message):\n    print(message)\n\nlog("terraform destroy -auto-approve")\nsh("git status")\n`, []],
  ['a.py', `import subprocess\n\ndef report(title, cmd):\n    subprocess.run(cmd, shell=True)\n\nreport("rm -rf /srv/data", "git status")\n`, []],
];

describe('a function of the file that runs what it is given', () => {
  for (const [index, [path, text, underlined]] of rows.entries()) {
    it(`has ${underlined.join(', ') || 'nothing'} found (${path}, ${index})`, async () => {
      const findings = await checkText(path, text);
      assert.deepEqual([...new Set(findings.map(({ range }) => text.slice(range.start, range.endExclusive)))], underlined);
    });
  }
});

describe('what a text imports that runs commands', () => {
  it('is found behind line ends and blanks, and a long row of these ends no search late', function () {
    this.timeout(5000);
    for (const text of ["import {\n  run,\n} from './shell.js';", "import {run}from './shell.js';", "const\n  { run } = await import('./shell.js');", "import * as tools from './shell.js';\ntools.run('ls');"]) assert.ok(importsRunner.test(text), text);
    for (const word of ['import', 'const']) assert.ok(!importsRunner.test(`${word} ${' \n'.repeat(30_000)}run(a)`));
  });
});
