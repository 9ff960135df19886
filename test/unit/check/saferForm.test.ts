import assert from 'node:assert/strict';
import type { AiRegion } from '../../../src/core/attribution/region.ts';
import { withRegionOf } from '../../../src/core/check/attribute.ts';
import type { Finding } from '../../../src/core/check/finding.ts';
import { type SaferForm, saferForms } from '../../../src/core/check/saferForm.ts';
import { severities } from '../../../src/core/check/severity.ts';
import { rules } from '../../../src/core/rules/index.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { checkText, isWellFormed } from '../../support/check.ts';

const ruleOf = (id: string) => rules.find((rule) => rule.id === id);
const formsOf = (finding: Finding, text: string) => saferForms(finding, text, ruleOf(finding.ruleId)?.safer);
const applied = (text: string, { range, newText }: SaferForm) => text.slice(0, range.start) + newText + text.slice(range.endExclusive);

/** What a file becomes by the first safer form of its first finding; `before` for rules that compare. */
const becomes: readonly (readonly [title: string, path: string, text: string, after: string, before?: string])[] = [
  ['Only show what it would do: `--dry-run=client`', 'a.sh', 'kubectl -n shop delete pvc "$name"\n', 'kubectl -n shop delete pvc "$name" --dry-run=client\n'],
  ['Only show what it would do: `--dry-run`', 'a.sh', 'helm uninstall shop -n prod && echo gone\n', 'helm uninstall shop -n prod --dry-run && echo gone\n'],
  ['Only show what it would do: `--dry-run`', 'a.sh', 'git clean -fdx # all\n', 'git clean -fdx --dry-run # all\n'],
  ['Only show what it would do: `--dry-run`', 'a.sh', 'rsync -a --delete a/ /srv/b/\n', 'rsync -a --delete a/ /srv/b/ --dry-run\n'],
  ['Only show what it would do: `--dryrun`', 'a.sh', 'aws s3 rm s3://invoices --recursive\n', 'aws s3 rm s3://invoices --recursive --dryrun\n'],
  ['Refuse to overwrite what others pushed: `--force-with-lease`', 'a.sh', 'git push --force origin main\n', 'git push --force-with-lease origin main\n'],
  ['Keep the final snapshot', 'a.sh', 'aws rds delete-db-instance --db-instance-identifier orders --skip-final-snapshot\n', 'aws rds delete-db-instance --db-instance-identifier orders --final-db-snapshot-identifier orders-final\n'],
  ['Keep the final snapshot', 'a.py', "import boto3\nrds = boto3.client('rds')\nrds.delete_db_instance(DBInstanceIdentifier='orders', SkipFinalSnapshot=True)\n", "import boto3\nrds = boto3.client('rds')\nrds.delete_db_instance(DBInstanceIdentifier='orders', FinalDBSnapshotIdentifier='orders-final')\n"],
  ['Say which rows: add a WHERE that holds for none yet', 'a.sql', 'DELETE FROM "shop".users;\n', 'DELETE FROM "shop".users WHERE 1 = 0;\n'],
  ['Say which rows: add a WHERE that holds for none yet', 'a.js', "await db.query('UPDATE users SET vip = true');\n", "await db.query('UPDATE users SET vip = true WHERE 1 = 0');\n"],
  ['Restore `deletion_protection`', 'a.tf', 'resource "aws_db_instance" "main" {\n  deletion_protection = false\n}\n', 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n', 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n'],
  ['Keep the final snapshot', 'a.tf', 'resource "aws_db_instance" "main" {\n  skip_final_snapshot = true\n}\n', 'resource "aws_db_instance" "main" {\n  skip_final_snapshot = false\n}\n', 'resource "aws_db_instance" "main" {\n}\n'],
  [
    'Restore `prevent_destroy`', 'a.tf',
    'resource "aws_db_instance" "main" {\n  name = "a{"\n}\n',
    'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = true\n  }\n  name = "a{"\n}\n',
    'resource "aws_db_instance" "main" {\n  name = "a{"\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
  ],
  [
    'Restore `prevent_destroy`', 'a.tf',
    'resource "aws_db_instance" "main" {\n  lifecycle {\n    ignore_changes = [tags]\n  }\n}\n',
    'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = true\n    ignore_changes = [tags]\n  }\n}\n',
    'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = true\n    ignore_changes = [tags]\n  }\n}\n',
  ],
]; // prettier-ignore

/** Where nothing is sure. */
const unsure: readonly (readonly [what: string, path: string, text: string, before?: string])[] = [
  ['a command whose words go on behind `--`', 'a.sh', 'git clean -fdx -- build\n'],
  ['a command over several lines', 'a.sh', 'kubectl delete pvc \\\n  data\n'],
  ['a list of words', 'a.js', "import { spawn } from 'node:child_process';\nspawn('kubectl', ['delete', 'ns', 'shop']);\n"],
  ['a condition that holds for all', 'a.sql', 'DELETE FROM users WHERE 1 = 1;\n'],
  ['a statement that goes on behind its rows', 'a.sql', 'DELETE FROM sessions RETURNING id;\n'],
  ['a snapshot of what has no name here', 'a.sh', 'aws rds delete-db-instance --db-instance-identifier "$DB" --skip-final-snapshot\n'],
  ['a protection that a variable decides', 'a.tf', 'resource "aws_lb" "edge" {\n  enable_deletion_protection = var.protect\n}\n', 'resource "aws_lb" "edge" {\n  enable_deletion_protection = true\n}\n'],
  ['a block with a comment in it', 'a.tf', 'resource "aws_db_instance" "main" {\n  # {\n}\n', 'resource "aws_db_instance" "main" {\n  # {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n'],
]; // prettier-ignore

/** What an AI took away, and where: the whole text of before is what comes of it. */
const kept = 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n';
const removed = '  lifecycle {\n    prevent_destroy = true\n  }\n';

describe('safer forms', () => {
  for (const [title, path, text, after, before] of becomes) {
    it(`${title}, in ${JSON.stringify(text).slice(0, 60)}`, async () => {
      const [finding] = await checkText(path, text, { before });
      assert.ok(finding);
      const [form] = formsOf(finding, text);
      assert.equal(form?.title, title);
      assert.equal(applied(text, form), after);
      if (form.placeholder !== undefined) assert.ok(form.newText.includes(form.placeholder));
    });
  }

  for (const [what, path, text, before] of unsure) {
    it(`are not offered for ${what}`, async () => {
      const [finding] = await checkText(path, text, { before });
      assert.ok(finding);
      assert.deepEqual(formsOf(finding, text), []);
    });
  }

  it('put back what an AI removed, as the one form that is offered', async () => {
    const text = kept.replace(removed, '');
    const region: AiRegion = { range: OffsetRange.empty(kept.indexOf(removed)), removedText: removed, insertionId: 'i', origin: { kind: 'ai', tool: 'test' }, evidence: 'reported', insertedAt: 0 };
    const [finding] = (await checkText('a.tf', text, { before: kept })).map((each) => withRegionOf(each, [region]));
    assert.ok(finding);
    const forms = formsOf(finding, text);
    assert.deepEqual(forms.map(({ title }) => title), ['Put back what the AI removed']);
    assert.equal(applied(text, forms[0] ?? assert.fail()), kept);
  });

  it('put back each what it is about, where an AI removed two', async () => {
    const protection = '  deletion_protection = true\n';
    const head = 'resource "aws_db_instance" "orders" {\n';
    const before = `${head}${protection}${removed}}\n`;
    const text = `${head}}\n`;
    const at = OffsetRange.empty(head.length);
    const mark = (removedText: string, insertionId: string): AiRegion => ({ range: at, removedText, insertionId, origin: { kind: 'ai', tool: 'test' }, evidence: 'reported', insertedAt: 0 });
    const found = (await checkText('a.tf', text, { before })).map((each) => withRegionOf(each, [mark(protection, 'i'), mark(removed, 'j')]));
    assert.deepEqual(found.map((each) => [/`(\w+)`/.exec(each.blastRadius.effect)?.[1], formsOf(each, text)[0]?.newText]), [['deletion_protection', protection], ['prevent_destroy', removed]]);
  });

  for (const rule of rules.filter(({ safer = [] }) => safer.length > 0)) {
    it(`leave less of what ${rule.id} finds, in every example of its page`, async () => {
      let offered = 0;
      for (const { path, text, before } of rule.examples.bad) {
        const found = (await checkText(path, text, { before })).filter(({ ruleId }) => ruleId === rule.id);
        for (const finding of found) {
          for (const form of formsOf(finding, text)) {
            offered++;
            const after = applied(text, form);
            assert.ok(!(await isWellFormed(path, text)) || (await isWellFormed(path, after)), after);
            const left = (await checkText(path, after, { before })).filter(({ ruleId }) => ruleId === rule.id);
            // It may still be told of, but for what made it worse.
            assert.ok(left.length < found.length || weigh(left) < weigh(found), `${form.title}: ${after}`);
          }
        }
      }
      assert.ok(offered > 0, 'no example of the page has a safer form');
    });
  }
});

function weigh(findings: readonly Finding[]): number {
  return findings.reduce((sum, { severity, blastRadius }) => sum + 10 * severities.indexOf(severity) + blastRadius.factors.reduce((all, { weight }) => all + weight, 0), 0);
}
