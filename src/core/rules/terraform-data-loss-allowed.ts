import { terraform } from '../check/example.ts';
import { productionFactors } from '../check/factors.ts';
import { attribute, defineRule } from '../check/rule.ts';
import type { AttributeChange } from '../language/operation.ts';

const isTurnedOn = ({ before, after }: AttributeChange) => after !== undefined && after.constant !== false && before?.constant !== true;

const dependsOn = ({ after }: AttributeChange) =>
  after === undefined || after.constant === true ? [] : [{ text: `it depends on \`${after.source}\``, weight: 0 as const, range: after.range }];

export default defineRule({
  id: 'terraform-data-loss-allowed',
  title: 'Deletion without a way back allowed',
  why: '`force_destroy` lets a bucket be deleted together with every object in it, and `skip_final_snapshot` lets a database go without a last copy. Nothing happens now; when the resource is destroyed or replaced, nothing is left.',
  instead: 'Leave it as it was. Empty a bucket on purpose, and keep the final snapshot: it costs little and can be deleted later.',
  blindTo: 'A resource that is created with it; the same setting in a module, in `.tf.json`, or through a variable whose default changes elsewhere.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [attribute('force_destroy', isTurnedOn), attribute('skip_final_snapshot', isTurnedOn)],
  judge: {
    attributeChange: (change) => ({
      effect: change.attribute.endsWith('force_destroy')
        ? `lets \`${change.block}\` be destroyed with everything in it`
        : `lets \`${change.block}\` be destroyed without a final snapshot`,
      target: change.block,
      factors: [...dependsOn(change), ...productionFactors([change.block])],
    }),
  },
  examples: {
    bad: [
      terraform(
        'resource "aws_s3_bucket" "uploads" {\n  bucket = "uploads"\n}\n',
        'resource "aws_s3_bucket" "uploads" {\n  bucket = "uploads"\n  ⟦force_destroy = true⟧\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  skip_final_snapshot = false\n}\n',
        'resource "aws_db_instance" "main" {\n  ⟦skip_final_snapshot = true⟧\n}\n',
      ),
      terraform(
        'resource "aws_s3_bucket" "logs" {\n}\n',
        'resource "aws_s3_bucket" "logs" {\n  ⟦force_destroy = var.force⟧\n}\n',
      ),
    ],
    good: [
      terraform(
        'resource "aws_s3_bucket" "uploads" {\n  force_destroy = true\n}\n',
        'resource "aws_s3_bucket" "uploads" {\n  force_destroy = true\n  bucket = "renamed"\n}\n',
      ),
      terraform(
        'resource "aws_s3_bucket" "uploads" {\n  force_destroy = true\n}\n',
        'resource "aws_s3_bucket" "uploads" {\n  force_destroy = false\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n}\n',
        'resource "aws_db_instance" "main" {\n  skip_final_snapshot = false\n}\n',
      ),
      terraform('', 'resource "aws_s3_bucket" "scratch" {\n  force_destroy = true\n}\n'),
    ],
  },
});
