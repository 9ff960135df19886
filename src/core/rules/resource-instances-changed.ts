import { changeFactors, importance, lossOf } from '../check/configuration.ts';
import { terraform } from '../check/example.ts';
import { defineRule, type Judgement, resourceChange } from '../check/rule.ts';
import type { InstanceKey, ResourceChange } from '../language/operation.ts';

const told: Readonly<Record<InstanceKey, string>> = { one: 'stands alone', count: 'is told apart by `count`', for_each: 'is told apart by `for_each`' };

/** How many keys are written out. */
const mostNamed = 3;

function judge(change: ResourceChange): Judgement | undefined {
  const { block, instances } = change;
  if (instances === undefined) return undefined;
  const { from, to, lost } = instances;
  const named = lost.slice(0, mostNamed).map((key) => `\`${key}\``).join(', ') + (lost.length > mostNamed ? ` and ${lost.length - mostNamed} more` : '');
  const effect =
    lost.length === 0
      ? `makes \`${block}\`, which ${told[from]}, something that ${told[to]}, without \`moved\` blocks: Terraform destroys what there is and creates new ones`
      : from === 'for_each'
        ? `takes ${named} out of what \`${block}\` is made for: Terraform destroys these instances`
        : `leaves fewer instances of \`${block}\`: Terraform destroys ${lost.length === 1 ? 'one' : `${lost.length}`}`;
  return { ...lossOf[importance(change)], effect, target: block, factors: changeFactors(change) };
}

export default defineRule({
  id: 'resource-instances-changed',
  title: 'Instances of a resource under other keys',
  why: 'The instances of a resource are known by their number or key. With `for_each` in place of `count`, or with other keys, the old ones are destroyed and new, empty ones are made.',
  instead: 'Write a `moved` block for each instance: `from = x[0]`, `to = x["name"]`.',
  blindTo: 'Keys and counts that are only known when Terraform runs.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [resourceChange('rekeyed')],
  judge: { resourceChange: judge },
  examples: {
    bad: [
      terraform(
        'resource "aws_s3_bucket" "data" {\n  count  = 2\n  bucket = "data-${count.index}"\n}\n',
        'resource "aws_s3_bucket" "data" {\n  ⟦for_each = toset(["a", "b"])⟧\n  bucket   = "data-${each.key}"\n}\n',
      ),
      terraform(
        'resource "aws_sqs_queue" "jobs" {\n  for_each = toset(["mail", "invoice"])\n  name     = each.key\n}\n',
        'resource "aws_sqs_queue" "jobs" {\n  ⟦for_each = toset(["mail", "invoices"])⟧\n  name     = each.key\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "replica" {\n  count = 3\n}\n',
        'resource "aws_db_instance" "replica" {\n  ⟦count = 1⟧\n}\n',
      ),
      terraform(
        'locals {\n  tables = {\n    orders = "id"\n    users  = "id"\n  }\n}\n\nresource "aws_dynamodb_table" "all" {\n  for_each = local.tables\n}\n',
        'locals {\n  ⟦tables = {\n    orders = "id"\n  }⟧\n}\n\nresource "aws_dynamodb_table" "all" {\n  for_each = local.tables\n}\n',
      ),
    ],
    good: [
      terraform(
        'resource "aws_s3_bucket" "data" {\n  bucket = "data"\n}\n',
        'resource "aws_s3_bucket" "data" {\n  count  = 1\n  bucket = "data"\n}\n',
      ),
      terraform(
        'resource "aws_sqs_queue" "jobs" {\n  for_each = toset(["mail"])\n}\n',
        'resource "aws_sqs_queue" "jobs" {\n  for_each = toset([\n    "invoice",\n    "mail",\n  ])\n}\n',
      ),
      terraform(
        'resource "aws_s3_bucket" "data" {\n  count = 1\n}\n',
        'resource "aws_s3_bucket" "data" {\n  for_each = toset(["a"])\n}\n\nmoved {\n  from = aws_s3_bucket.data[0]\n  to   = aws_s3_bucket.data["a"]\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "replica" {\n  count = 1\n}\n',
        'resource "aws_db_instance" "replica" {\n  count = 2\n}\n',
      ),
    ],
  },
});
