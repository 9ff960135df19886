import assert from 'node:assert/strict';
import { isSuppressed } from '../../../src/core/check/suppression.ts';
import { suppressionText } from '../../../src/core/check/suppressionText.ts';
import { familyOf, languageOf } from '../../../src/core/language/language.ts';
import { rules } from '../../../src/core/rules/index.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { checkText, ports } from '../../support/check.ts';

const reason = 'it was agreed on';

async function withComment(path: string, text: string, before?: string): Promise<string | undefined> {
  const [finding] = await checkText(path, text, { before });
  assert.ok(finding);
  const found = await suppressionText({ path, text: LineText.fixed(text), finding }, reason, ports.grammars);
  return found && text.slice(0, found.offset) + found.text + text.slice(found.offset);
}

const becomes: readonly (readonly [where: string, path: string, text: string, after: string])[] = [
  ['its line', 'a.sh', 'set -e\n  rm -rf /srv/a\n', `set -e\n  # firebreak-ignore recursive-delete: ${reason}\n  rm -rf /srv/a\n`],
  ['the line in which its command begins', 'a.sh', 'ls \\\n  && rm -rf /srv/a\n', `# firebreak-ignore recursive-delete: ${reason}\nls \\\n  && rm -rf /srv/a\n`],
  ['the statement whose string holds it', 'a.js', 'async function f(db) {\n  await db.query(`\n    DELETE FROM users\n  `);\n}\n', `async function f(db) {\n  // firebreak-ignore sql-unfiltered-change: ${reason}\n  await db.query(\`\n    DELETE FROM users\n  \`);\n}\n`],
  ['its statement of SQL, with the line ends that are there', 'a.sql', 'SELECT 1;\r\nDROP TABLE orders;\r\n', `SELECT 1;\r\n-- firebreak-ignore sql-drop: ${reason}\r\nDROP TABLE orders;\r\n`],
  ['its line of a batch file', 'a.cmd', 'rd /s /q C:\\data\n', `REM firebreak-ignore windows-destroy: ${reason}\nrd /s /q C:\\data\n`],
];

describe('the comment that suppresses', () => {
  for (const [where, path, text, after] of becomes) {
    it(`goes above ${where}`, async () => {
      const written = await withComment(path, text);
      assert.equal(written?.replace(/(?<=firebreak-ignore )[\w-]+/, ''), after.replace(/(?<=firebreak-ignore )[\w-]+/, ''));
    });
  }

  it('is not to be had in JSON', async () => {
    assert.equal(await withComment('package.json', '{ "scripts": { "clean": "rm -rf /srv/a" } }\n'), undefined);
  });

  for (const rule of rules) {
    const examples = rule.examples.bad.filter(({ path }) => !['json', 'properties'].includes(familyOf(languageOf(path) ?? 'json')));
    if (rule.matches.every(({ kind }) => kind === 'suppression') || examples.length === 0) continue;
    it(`speaks for what ${rule.id} finds in the examples of its page, or is not offered`, async () => {
      let offered = 0;
      for (const { path, text, before } of examples) {
        const [finding] = (await checkText(path, text, { before })).filter(({ ruleId }) => ruleId === rule.id);
        const found = finding && (await suppressionText({ path, text: LineText.fixed(text), finding }, reason, ports.grammars));
        if (found === undefined) continue;
        offered++;
        const after = text.slice(0, found.offset) + found.text + text.slice(found.offset);
        const left = (await checkText(path, after, { before })).filter(({ ruleId }) => ruleId === rule.id);
        assert.ok(left.filter(({ matched }) => matched === finding?.matched).every(isSuppressed), after);
      }
      assert.ok(offered > 0.7 * examples.length, `${offered} of ${examples.length}`);
    });
  }
});
