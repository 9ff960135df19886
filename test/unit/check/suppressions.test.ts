import assert from 'node:assert/strict';
import type { AiRegion } from '../../../src/core/attribution/region.ts';
import { withRegionOf } from '../../../src/core/check/attribute.ts';
import { Checker } from '../../../src/core/check/checker.ts';
import type { Finding } from '../../../src/core/check/finding.ts';
import { describeSuppression, findingsAtGate, isSuppressed } from '../../../src/core/check/suppression.ts';
import { runThrough, unhurried } from '../../../src/core/language/pace.ts';
import { noProject } from '../../../src/core/language/project.ts';
import { rules } from '../../../src/core/rules/index.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { meetsAny, OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { checker, checkText, isWellFormed, ports } from '../../support/check.ts';
import { Random } from '../../support/random.ts';

const why = 'firebreak-ignore recursive-delete: its own scratch folder';
const whyTree = why.replace('recursive', 'file-tree');
const sqlWhy = 'firebreak-ignore sql-drop: the table was copied';

/** `+` the finding counts, `-` it is suppressed; of findings about suppressions themselves only their effect. */
async function told(path: string, text: string, before?: string): Promise<string[]> {
  return (await checkText(path, text, { before })).map((finding) => (finding.ruleId === 'suppression-void' ? finding.blastRadius.effect : `${isSuppressed(finding) ? '-' : '+'}${finding.ruleId}`));
}

const node = `import { rmSync } from 'node:fs';\n`;
const speaking: readonly [form: string, path: string, text: string, rule?: string][] = [
  ['the line of the operation', 'a.ts', `${node}rmSync('/srv/a', { recursive: true }); // ${why}\n`, 'file-tree-delete'],
  ['the last line of an operation', 'a.ts', `${node}rmSync('/srv/a', {\n  recursive: true,\n}); // ${why}\n`, 'file-tree-delete'],
  ['a block comment before it', 'a.js', `${node}/* ${why} */ rmSync('/srv/a', { recursive: true });\n`, 'file-tree-delete'],
  ['the line above', 'a.tsx', `${node}// ${why}\nrmSync('/srv/a', { recursive: true });\n`, 'file-tree-delete'],
  ['above its statement', 'a.ts', `${node}// ${why}\nconst gone = [\n  1,\n  rmSync('/srv/a', { recursive: true }),\n];\n`, 'file-tree-delete'],
  ['further comments between', 'a.ts', `${node}// ${why}\n// and more\nrmSync('/srv/a', { recursive: true });\n`, 'file-tree-delete'],
  ['a line of a long comment', 'a.ts', `${node}/**\n * Cleans.\n * ${why}\n */\nrmSync('/srv/a', { recursive: true });\n`, 'file-tree-delete'],
  ['one of several rules', 'a.ts', `${node}// firebreak-ignore sql-drop, recursive-delete: both are tests\nrmSync('/srv/a', { recursive: true });\n`, 'file-tree-delete'],
  ['a date to come', 'a.ts', `${node}// ${why} (until 2026-11-29)\nrmSync('/srv/a', { recursive: true });\n`, 'file-tree-delete'],
  ['Python', 'a.py', `import shutil\n# ${why}\nshutil.rmtree("/srv/a")\n`, 'file-tree-delete'],
  ['Go', 'a.go', `package a\nimport "os"\nfunc f() {\n\t// ${why}\n\tos.RemoveAll("/srv/a")\n}\n`, 'file-tree-delete'],
  ['Ruby', 'a.rb', `require 'fileutils'\n# ${why}\nFileUtils.rm_rf("/srv/a")\n`, 'file-tree-delete'],
  ['PHP', 'a.php', `<?php\n# ${why}\nexec("rm -rf /srv/a");\n`],
  ['Rust', 'a.rs', `use std::fs;\nfn f() {\n    // ${why}\n    fs::remove_dir_all("/srv/a").unwrap();\n}\n`, 'file-tree-delete'],
  ['Java', 'A.java', `class A { void f() throws Exception {\n  // ${why}\n  Runtime.getRuntime().exec("rm -rf /srv/a");\n} }\n`],
  ['Kotlin', 'A.kt', `import java.io.File\nfun f() {\n  // ${why}\n  File("/srv/a").deleteRecursively()\n}\n`, 'file-tree-delete'],
  ['C#', 'A.cs', `using System.IO;\nclass A { void F() {\n  // ${why}\n  Directory.Delete("/srv/a", true);\n} }\n`, 'file-tree-delete'],
  ['a shell', 'a.sh', `rm -rf /srv/a # ${why}\n`],
  ['lines of a shell that go on', 'a.sh', `# ${why}\nls \\\n  && rm -rf /srv/a\n`],
  ['the inside of a shell function', 'a.sh', `clean() {\n  # ${why}\n  rm -rf /srv/a\n}\n`],
  ['PowerShell', 'a.ps1', `<# ${why} #>\nRemove-Item -Recurse -Force C:\\data\n`],
  ['a batch file', 'a.cmd', `REM ${why}\nrd /s /q C:\\data\n`],
  ['SQL', 'a.sql', `-- ${sqlWhy}\nDROP TABLE orders;\n`, 'sql-drop'],
  ['a block of SQL', 'a.sql', `/* ${sqlWhy} */\nDROP TABLE orders;\n`, 'sql-drop'],
  ['a Dockerfile', 'Dockerfile', `FROM a\n# ${why}\nRUN aws cloudformation delete-stack --stack-name prod\n`, 'aws-cli-delete'],
  ['a Makefile', 'Makefile', `a:\n\t# ${why}\n\trm -rf /srv/a\n`],
  ['YAML', '.github/workflows/a.yml', `on: push\njobs:\n  a:\n    steps:\n      # ${why}\n      - run: rm -rf /srv/a\n`],
  ['a script in YAML', '.github/workflows/a.yml', `on: push\njobs:\n  a:\n    steps:\n      - run: |\n          ls\n          # ${why}\n          rm -rf /srv/a\n`],
];

describe('a comment suppresses what it speaks for', () => {
  for (const [form, path, text, rule = 'recursive-delete'] of speaking) {
    it(form, async () => {
      // With the name of the rule that finds it.
      const named = text.replaceAll('recursive-delete', rule);
      assert.deepEqual((await told(path, named.replaceAll('firebreak-ignore', 'about'))).filter((each) => each.includes(rule)), [`+${rule}`], 'the sample finds something');
      assert.deepEqual((await told(path, named)).filter((each) => each.includes(rule) || !/^[+-]/.test(each)), [`-${rule}`]);
    });
  }

  it('of Terraform', async () => {
    const before = 'resource "aws_db_instance" "a" {\n  deletion_protection = true\n}\n';
    const after = before.replace('  deletion', '  # firebreak-ignore deletion-protection-removed: moved to another account\n  deletion').replace('true', 'false');
    assert.deepEqual(await told('a.tf', after, before), ['-deletion-protection-removed']);
  });

  it('and is carried with it', async () => {
    const text = `ls\n# ${why} (until 2027-01-31)\nrm -rf /srv/a\n`;
    const [finding] = await checkText('a.sh', text);
    assert.deepEqual(finding?.suppression, { kind: 'comment', range: OffsetRange.ofLength(text.indexOf('firebreak'), `${why} (until 2027-01-31)`.length), line: 2, reason: 'its own scratch folder', until: '2027-01-31' });
    assert.equal(describeSuppression(finding), 'suppressed in line 2 until 2027-01-31: its own scratch folder');
  });

  for (const written of ['until 2027-01-31', ', until 2027-01-31.', ' - Until: 2027-01-31', '; until 2027-01-31!', ' (until: 2027-01-31).', ' (valid until 2027-01-31)', ' [until 2027-01-31]']) {
    it(`and ends on the day of "${written.trim()}"`, async () => {
      const [finding] = await checkText('a.sh', `ls\n# ${why}${written.startsWith('u') ? ' ' : ''}${written}\nrm -rf /srv/a\n`);
      assert.deepEqual([finding?.suppression?.reason, finding?.suppression?.until], ['its own scratch folder', '2027-01-31']);
    });
  }

  for (const reason of ['nobody reads it until migration 12 lands', 'empty until the first customer', 'kept until v2.0', 'for hosts until 1.2.3', 'until we march on', 'was public until 2024-05-01, and is empty', 'until may come 3 rows']) {
    it(`for as long as "${reason}" says, which names no day`, async () => {
      const [finding] = await checkText('a.sh', `ls\n# firebreak-ignore recursive-delete: ${reason}\nrm -rf /srv/a\n`);
      assert.deepEqual([finding?.suppression?.reason, finding?.suppression?.until], [reason, undefined]);
    });
  }
});

const silent: readonly [what: string, path: string, text: string, rule?: string][] = [
  ['a string that looks like one', 'a.ts', `${node}const text = \`\n// ${why}\`;\nrmSync('/srv/a', { recursive: true });\n`, 'file-tree-delete'],
  ['a string in the line', 'a.py', `import shutil\nshutil.rmtree("/srv/a"); print("# ${why}")\n`, 'file-tree-delete'],
  ['a docstring', 'a.py', `import shutil\n"""\n# ${why}\n"""\nshutil.rmtree("/srv/a")\n`, 'file-tree-delete'],
  ['a heredoc', 'a.sh', `cat <<E\n# ${why}\nE\nrm -rf /srv/a\n`],
  ['a quoted text of a shell', 'a.sh', `echo "\n# ${why}"\nrm -rf /srv/a\n`],
  ['a text of SQL', 'a.sql', `INSERT INTO a VALUES ('\n-- ${why.replace('recursive-delete', 'sql-drop')}');\nDROP TABLE orders;\n`],
  ['a here-string of PowerShell', 'a.ps1', `$a = @"\n# ${why}\n"@\nRemove-Item -Recurse -Force C:\\data\n`],
  ['a file that a Dockerfile writes', 'Dockerfile', `FROM a\nCOPY <<E /a\n# ${why}\nE\nRUN aws cloudformation delete-stack --stack-name prod\n`, 'aws-cli-delete'],
  ['a comment behind the statement before', 'a.ts', `${node}f(); // ${why}\nrmSync('/srv/a', { recursive: true });\n`, 'file-tree-delete'],
  ['a comment with an empty line between', 'a.ts', `${node}// ${why}\n\nrmSync('/srv/a', { recursive: true });\n`, 'file-tree-delete'],
  ['a comment below', 'a.ts', `${node}rmSync('/srv/a', { recursive: true });\n// ${why}\n`, 'file-tree-delete'],
  ['another rule', 'a.ts', `${node}// firebreak-ignore sql-drop: both are tests\nrmSync('/srv/a', { recursive: true });\n`, 'file-tree-delete'],
  ['talk about it', 'a.ts', `${node}// see firebreak-ignore recursive-delete: its page\nrmSync('/srv/a', { recursive: true });\n`, 'file-tree-delete'],
  ['a word that only begins like it', 'a.ts', `${node}// firebreak-ignore-next recursive-delete: its page\nrmSync('/srv/a', { recursive: true });\n`, 'file-tree-delete'],
];

describe('nothing is suppressed by', () => {
  for (const [what, path, text, rule = 'recursive-delete'] of silent) {
    it(what, async () => {
      const found = await told(path, text.replaceAll('recursive-delete', rule));
      assert.deepEqual(found.filter((each) => !each.startsWith('+')), []);
      assert.ok(found.length > 0);
    });
  }
});

const flawed: readonly [comment: string, effect: string | RegExp][] = [
  ['firebreak-ignore recursive-delete', 'suppresses `recursive-delete` without a reason'],
  ['firebreak-ignore recursive-delete:', 'suppresses `recursive-delete` without a reason'],
  ['firebreak-ignore recursive-delete: (until 2999-01-01)', 'suppresses `recursive-delete` without a reason'],
  ['firebreak-ignore recursive-delete: …', 'suppresses `recursive-delete` without a reason'],
  ['firebreak-ignore recursive-delete because I say so', 'suppresses `recursive-delete` without a reason'],
  ['firebreak-ignore recursive-delete: fine (until 2026-11-28)', 'held until 2026-11-28, which is over'],
  ['firebreak-ignore recursive-delete: fine (until 2027-02-29)', 'is to hold until `2027-02-29`, which is no date such as 2027-01-31'],
  ['firebreak-ignore recursive-delete: fine (until 2026-11-28).', 'held until 2026-11-28, which is over'],
  ['firebreak-ignore recursive-delete: fine until 2026-11-28', 'held until 2026-11-28, which is over'],
  ['firebreak-ignore recursive-delete: fine, until: 2026-11-28.', 'held until 2026-11-28, which is over'],
  ['firebreak-ignore recursive-delete: fine (valid until 2026-11-28)', 'held until 2026-11-28, which is over'],
  ['firebreak-ignore recursive-delete: fine [until 2026-11-28]', 'held until 2026-11-28, which is over'],
  ['firebreak-ignore recursive-delete: until 2999-01-01', 'suppresses `recursive-delete` without a reason'],
  ['firebreak-ignore recursive-delete: fine until 2027-1-31', 'is to hold until `2027-1-31`, which is no date such as 2027-01-31'],
  ['firebreak-ignore recursive-delete: fine until 31.01.2027', 'is to hold until `31.01.2027`, which is no date such as 2027-01-31'],
  ['firebreak-ignore recursive-delete: fine until 1/31/27', 'is to hold until `1/31/27`, which is no date such as 2027-01-31'],
  ['firebreak-ignore recursive-delete: fine until 31 Jan 2027', 'is to hold until `31 Jan 2027`, which is no date such as 2027-01-31'],
  ['firebreak-ignore recursive-delete: fine until May 3rd', 'is to hold until `May 3rd`, which is no date such as 2027-01-31'],
  ['firebreak-ignore recursive-delete: fine until the end of 2027', 'is to hold until `the end of 2027`, which is no date such as 2027-01-31'],
  ['firebreak-ignore recursive-delete: fine (until spring)', 'is to hold until `spring`, which is no date such as 2027-01-31'],
];

describe('a suppression that does not count is a finding, and so is what it speaks for', () => {
  for (const [comment, effect] of flawed) {
    it(comment, async () => {
      assert.deepEqual(await told('a.sh', `# ${comment}\nrm -rf /srv/a\n`), [effect, '+recursive-delete']);
    });
  }
  it('names the rule that was meant', async () => {
    assert.deepEqual(await told('a.sh', '# firebreak-ignore recursiv-delete: fine\nrm -rf /srv/a\n'), ['suppresses `recursiv-delete`, which is no rule; did you mean `recursive-delete`?', '+recursive-delete']);
  });
  it('still holds for the rules of it that there are', async () => {
    assert.deepEqual(await told('a.sh', '# firebreak-ignore nothing-like-it, recursive-delete: fine\nrm -rf /srv/a\n'), ['suppresses `nothing-like-it`, which is no rule', '-recursive-delete']);
  });
  it('cannot be suppressed itself', async () => {
    const text = '# firebreak-ignore suppression-void: fine\n# firebreak-ignore recursive-delete\nrm -rf /srv/a\n';
    assert.deepEqual(await told('a.sh', text), ['suppresses `suppression-void`, which cannot be suppressed', 'suppresses `recursive-delete` without a reason', '+recursive-delete']);
  });
  it('is told in a file in which nothing else is', async () => {
    assert.deepEqual(await told('a.py', '# firebreak-ignore recursive-delete\n'), ['suppresses `recursive-delete` without a reason']);
  });
  it('is over on the day behind its date', async () => {
    const file = { path: 'a.sh', after: { text: '# firebreak-ignore recursive-delete: fine (until 2026-11-29)\nrm -rf /srv/a\n' } };
    const count = async (today: string) => {
      const [look] = await new Checker(rules, { ...ports, today: () => today }).check({ files: [file] }, () => unhurried);
      return look?.kind === 'findings' ? look.findings.filter((finding) => !isSuppressed(finding)).length : -1;
    };
    assert.deepEqual([await count('2026-11-29'), await count('2026-11-30')], [0, 2]);
  });
  it('hides no file that cannot be read', async () => {
    const [look] = await checker.check({ files: [{ path: 'a.tf', before: { text: '' }, after: { text: `# ${why}\nresource "a" {` } }] }, () => unhurried);
    assert.ok(look?.kind === 'findings' && look.unread !== undefined);
  });
});

describe('a suppression that an AI wrote', () => {
  const text = `ls\n# ${why}\nrm -rf /srv/a\n`;
  const at = text.indexOf('firebreak');
  const region = (start: number, end: number, kind: 'ai' | 'unknown' = 'ai', removedText?: string): AiRegion => ({
    range: new OffsetRange(start, end),
    insertionId: 'i',
    origin: kind === 'ai' ? { kind, tool: 't' } : { kind },
    evidence: 'reported',
    insertedAt: 0,
    ...(removedText !== undefined && { removedText }),
  });
  const after = async (...regions: AiRegion[]) => {
    const [finding] = await checkText('a.sh', text);
    assert.ok(finding);
    return withRegionOf(finding, regions);
  };
  it('counts for nothing, and says so', async () => {
    const finding = await after(region(at + 20, at + 30));
    assert.equal(isSuppressed(finding), false);
    assert.match(describeSuppression(finding) ?? '', /line 2 .* counts for nothing, because an AI wrote in it/);
  });
  it('counts for nothing when nobody knows who wrote it', async () => {
    const finding = await after(region(at - 2, at + 5, 'unknown'));
    assert.equal(isSuppressed(finding), false);
    assert.match(describeSuppression(finding) ?? '', /because nobody knows who wrote it; its author makes it count with "Mark Selection as Mine" in the editor$/);
  });
  it('counts for nothing when an AI deleted in it', async () => {
    assert.equal(isSuppressed(await after(region(at + 20, at + 20, 'ai', 'not '))), false);
  });
  it('counts when the AI wrote the code and a human the comment', async () => {
    const finding = await after(region(text.indexOf('rm -rf'), text.length));
    assert.equal(isSuppressed(finding), true);
    assert.equal(finding.region?.origin.kind, 'ai');
  });
  it('counts again when the region is gone', async () => {
    const finding = await after(region(at, at + 5));
    assert.equal(isSuppressed(withRegionOf(finding, [])), true);
  });
});

describe('the gate is given', () => {
  const shell = (comment: string, operation = 'rm -rf /srv/a') => `${comment === '' ? '' : `# firebreak-ignore recursive-delete: ${comment}\n`}${operation}\n`;
  const given = async (before: string, after: string, isOfChange = true) => {
    const [old, fresh] = [await checkText('a.sh', before), await checkText('a.sh', after)];
    return findingsAtGate({ after: fresh, before: old, isOfChange: () => isOfChange, isAuthorKnown: true }).length;
  };
  const none = 'ls\n';
  for (const [what, before, after, isOfChange, count] of [
    ['a new operation with a new suppression', none, shell('fine'), true, 1],
    ['an old operation with a new suppression, though its lines did not change', shell(''), shell('fine'), false, 1],
    ['not what was suppressed at the base in the same words', shell('fine'), `ls\n${shell('fine')}`, true, 0],
    ['a suppression with another reason', shell('fine'), shell('very fine'), true, 1],
    ['a suppression that holds longer', shell('fine (until 2027-01-01)'), shell('fine (until 2028-01-01)'), true, 1],
    ['another operation under an old suppression', shell('fine'), shell('fine', 'rm -rf /srv/b'), true, 1],
    ['a second copy under an old suppression', shell('fine'), shell('fine') + shell('fine'), true, 1],
    ['an operation that a value elsewhere made worse', shell('fine', 'rm -rf "$A_DIR"'), `A_DIR=/\n${shell('fine', 'rm -rf "$A_DIR"')}`, false, 1],
    ['an operation that a value elsewhere leads to something else', `D=/srv/a\n${shell('fine', 'rm -rf "$D"')}`, `D=/srv/b\n${shell('fine', 'rm -rf "$D"')}`, false, 1],
    ['an operation whose suppression is gone', shell('fine'), shell(''), true, 1],
    ['no operation of elsewhere', shell(''), shell(''), false, 0],
  ] as const) {
    it(what, async () => {
      assert.equal(await given(before, after, isOfChange), count);
    });
  }
  it('no suppression of what is of medium severity, but one of which nobody knows who wrote it', async () => {
    const fresh = (await checkText('a.sh', shell('fine'))).map((finding): Finding => ({ ...finding, severity: 'medium' }));
    assert.deepEqual(findingsAtGate({ after: fresh, before: [], isOfChange: () => true, isAuthorKnown: true }), []);
    assert.deepEqual(findingsAtGate({ after: fresh, before: [], isOfChange: () => true, isAuthorKnown: false }), fresh);
    assert.deepEqual(findingsAtGate({ after: fresh, before: fresh, isOfChange: () => true, isAuthorKnown: false }), []);
  });
});

const edited: Readonly<Record<string, string>> = {
  'a.ts': `${node}import { execSync } from 'node:child_process';\n// ${whyTree}\nrmSync('/srv/a', { recursive: true });\nfunction f() {\n  /* ${why} */\n  execSync('rm -rf /srv/b');\n  rmSync('/srv/c', { recursive: true }); // ${whyTree} (until 2026-01-01)\n}\n`,
  'a.py': `import shutil\n# ${whyTree}\nshutil.rmtree("/srv/a")\nfor a in b:\n    shutil.rmtree(a)  # firebreak-ignore file-tree-delet: x\n`,
  'a.sh': `# ${why}\nrm -rf /srv/a\ncat <<E\n# ${why}\nE\nrm -rf /srv/b # firebreak-ignore recursive-delete: y\n`,
  'a.sql': `-- ${sqlWhy}\nDROP TABLE a;\n/* firebreak-ignore sql-drop */ DROP TABLE b;\n`,
  '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    steps:\n      # ${why}\n      - run: rm -rf /srv/a\n      - run: |\n          # ${why}\n          rm -rf /srv/b\n`,
};
const strokes = ['x', ' ', '\n', '#', '//', '"', "'", ':', ',', why, `// ${whyTree}\n`, `# ${why}\n`, 'rm -rf /srv/d\n', 'firebreak-ignore', '-'];

for (const [path, original] of Object.entries(edited)) {
  describe(`suppressions while a text is edited (${path})`, () => {
    for (let seed = 1; seed <= 6; seed++) {
      it(`are those of a fresh look (seed ${seed})`, async () => {
        const random = new Random(seed);
        const live = new LineText(original);
        const file = checker.open({ path, changed: [], project: noProject }, live);
        assert.ok(file !== undefined && (await file.prepare()));
        for (let step = 0; step < 40; step++) {
          const text = live.toString();
          const words = [...text.matchAll(/firebreak|rm|DROP|\n/g)].map(({ index }) => index);
          const at = Math.min(text.length, random.next() < 0.7 && words.length > 0 ? random.of(words) + random.below(12) : random.below(text.length + 1));
          const edit = random.next() < 0.4 ? OffsetEdit.delete(new OffsetRange(at, Math.min(text.length, at + 1 + random.below(4)))) : OffsetEdit.insert(at, random.of(strokes));
          file.willChange(edit);
          live.apply(edit);
          if (random.next() < 0.3) continue;
          const focus = random.next() < 0.5 ? [new OffsetRange(0, live.length)] : [new OffsetRange(Math.min(at, live.length), Math.min(live.length, at + 60))];
          await file.prepare();
          const found: readonly Finding[] = runThrough(file.findings(focus, unhurried));
          // What the parser makes of a broken text can depend on what it read before.
          if (!(await isWellFormed(path, live.toString()))) continue;
          const fresh = await checkText(path, live.toString());
          assert.deepEqual(found, fresh.filter(({ within }) => meetsAny(within, focus)), live.toString());
        }
        file.dispose();
      });
    }
  });
}
