import type { Factor } from '../check/blastRadius.ts';
import { terraform } from '../check/example.ts';
import { productionFactors } from '../check/factors.ts';
import { attribute, defineRule } from '../check/rule.ts';
import type { AttributeChange } from '../language/operation.ts';

/** Attributes that, while true, keep a resource from being destroyed, and what they do in words. */
const safeguards: Readonly<Record<string, string>> = {
  prevent_destroy: 'keeps Terraform from destroying or replacing',
  deletion_protection: 'makes the provider refuse to delete',
  deletion_protection_enabled: 'makes the provider refuse to delete',
  enable_deletion_protection: 'makes the provider refuse to delete',
};

const nameOf = ({ attribute: path }: AttributeChange) => path.slice(path.lastIndexOf('.') + 1);

const dependsOn = ({ after }: AttributeChange): Factor[] =>
  after === undefined || after.constant === false ? [] : [{ text: `it now depends on \`${after.source}\``, weight: 0, range: after.range }];

/** Google's provider protects unless it is told not to; the others do not. */
function wasOn({ before, type, attribute: path }: AttributeChange): boolean {
  if (before === undefined) return path === 'deletion_protection' && type.startsWith('google_');
  return before.constant !== false;
}

export default defineRule({
  id: 'terraform-safeguard-removed',
  title: 'Protection against deletion removed',
  why: 'The next apply can delete or replace the resource with all it holds. The plan for this change itself shows nothing alarming: Terraform prints "No changes" when `prevent_destroy` goes.',
  instead: 'Leave the protection on, and take it off in a change of its own, at the time of a deletion that was agreed on.',
  blindTo: 'A resource that is removed as a whole; protection that is set by a module, a `.tf.json` file or a variable whose default changes elsewhere.',
  blastRadius: { scope: 'service', undo: 'costly' },
  matches: Object.keys(safeguards).map((name) => attribute(name, (change) => wasOn(change) && change.after?.constant !== true)),
  judge: {
    attributeChange: (change) => ({
      effect: `takes away \`${nameOf(change)}\`, which ${safeguards[nameOf(change)] ?? 'protects'} \`${change.block}\``,
      target: change.block,
      factors: [...dependsOn(change), ...productionFactors([change.block])],
    }),
  },
  examples: {
    bad: [
      terraform(
        'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
        '⟦resource "aws_db_instance" "main"⟧ {\n  lifecycle {\n  }\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n',
        'resource "aws_db_instance" "main" {\n  ⟦deletion_protection = false⟧\n}\n',
      ),
      terraform(
        'resource "aws_lb" "edge" {\n  enable_deletion_protection = true\n}\n',
        'resource "aws_lb" "edge" {\n  ⟦enable_deletion_protection = var.protect⟧\n}\n',
      ),
      terraform(
        'resource "google_sql_database_instance" "main" {\n  name = "orders"\n}\n',
        'resource "google_sql_database_instance" "main" {\n  name = "orders"\n  ⟦deletion_protection = false⟧\n}\n',
      ),
    ],
    good: [
      terraform(
        'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n',
        'resource "aws_db_instance" "main" {\n  deletion_protection   = true # reformatted\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  deletion_protection = false\n}\n',
        'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  name = "a"\n}\n',
        'resource "aws_db_instance" "main" {\n  name = "a"\n  deletion_protection = false\n}\n',
      ),
      terraform(
        '# prevent_destroy = true\nresource "aws_db_instance" "main" {\n}\n',
        'resource "aws_db_instance" "main" {\n  # prevent_destroy = true\n}\n',
      ),
      terraform('', 'resource "aws_db_instance" "fresh" {\n  deletion_protection = false\n}\n'),
    ],
  },
});
