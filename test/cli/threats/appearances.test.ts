import { removeSandboxes, type Sandbox } from '../sandbox.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, heldAsked, push } from './guarded.ts';

/** Pushes each text by itself, and sees that it is held for what is told. */
function assertHeld(robin: Sandbox, files: Readonly<Record<string, readonly [text: string, told: string]>>): void {
  for (const [name, [text, told]] of Object.entries(files)) {
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write(name, text);
    robin.commitAll('Tidy');
    assertRefused(push(robin, 'HEAD:main'), new RegExp(`Blocked \\(pending\\): ${name.replace('.', '\\.')}:\\d+ (?:high|critical) ${told}`));
  }
}

threats('Code that reads like something else', () => {
  after(removeSandboxes);

  attack({
    attack: 'What is run stands on a line that begins like a comment: behind the end of a string over several lines, within one, or behind the end of a comment',
    answer: 'lines are taken for comments by how they begin only where no string can go on, and where no comment ends',
    result: 'each push is refused',
  }, async () => {
    const { robin } = await heldAsked();
    assertHeld(robin, {
      'a.ts': ["import { execSync } from 'node:child_process';\nconst s = `\n// hello`; execSync('terraform destroy -auto-approve');\n", 'terraform-destroy'],
      'b.ts': ["import { execSync } from 'node:child_process';\nexecSync(`\n//usr/bin/terraform destroy -auto-approve\n`);\n", 'terraform-destroy'],
      'c.ts': ["import { execSync } from 'node:child_process';\nrun(); /*\n// */ execSync('terraform destroy -auto-approve');\n", 'terraform-destroy'],
      'a.py': ['import shutil\ns = """\n# hello"""; shutil.rmtree("/srv/data")\n', 'file-tree-delete'],
      'a.go': ['package main\nimport "os/exec"\nvar s = `\n// hello`; func main() { exec.Command("terraform", "destroy", "-auto-approve").Run() }\n', 'terraform-destroy'],
    });
  });

  attack({
    attack: 'A comment ends at what ends a line for its language alone: a carriage return, U+2028, U+2029 or U+0085, and what is run stands behind it',
    answer: 'a text with such an end of a comment counts as not read; SQL and PowerShell are read as their servers and shells do',
    result: 'each push is refused',
  }, async () => {
    const { robin } = await heldAsked();
    const unread = 'unread-file';
    assertHeld(robin, {
      'a.mjs': ["import { execSync } from 'node:child_process';\n// tidy up\rexecSync('terraform destroy -auto-approve');\n", unread],
      'b.mjs': ["import { execSync } from 'node:child_process';\n// tidy up\u2028execSync('terraform destroy -auto-approve');\n", unread],
      'a.py': ['import os\n# tidy up\ros.system("terraform destroy -auto-approve")\n', unread],
      'K.java': ['class K { void f() throws Exception {\n // a\r Runtime.getRuntime().exec("terraform destroy -auto-approve"); } }\n', unread],
      'k.kt': ['fun f() {\n // a\r Runtime.getRuntime().exec("terraform destroy -auto-approve")\n}\n', unread],
      'm.cs': ['class M { void F() {\n // a\u0085 System.Diagnostics.Process.Start("terraform", "destroy -auto-approve"); } }\n', unread],
      'p.ps1': ['# tidy up\rterraform destroy -auto-approve\n', 'terraform-destroy'],
      's.sql': ['-- tidy up\rDROP TABLE users;\n', 'sql-drop'],
    });
  });

  attack({
    attack: 'A name is written with marks in it that its shell takes out: a backtick, a caret, quotes; or SQL stands behind what is a comment for some servers and none for others',
    answer: 'names are looked for as their shell has them, and SQL is read as by each server',
    result: 'each push is refused',
  }, async () => {
    const { robin } = await heldAsked();
    assertHeld(robin, {
      'a.ps1': ['terrafor`m destroy -auto-approve\n', 'terraform-destroy'],
      'b.ps1': ['ter"raf"orm destroy -auto-approve\n', 'terraform-destroy'],
      'a.bat': ['ter^raform destroy -auto-approve\r\n', 'terraform-destroy'],
      'b.bat': ['r^d /s /q C:\\data\r\n', 'recursive-delete'],
      'c.bat': ['ter"raf"orm destroy -auto-approve\r\n', 'terraform-destroy'],
      'a.sql': ['SELECT 1 --1; DROP TABLE users;\n', 'sql-drop'],
      'b.sql': ['/*M! DROP TABLE users */;\n', 'sql-drop'],
    });
  });
});
