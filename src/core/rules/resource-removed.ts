import { fateWhenRemoved, importance, isKept, lossFactors, lossOf, refusalFactors, whenGone } from '../check/configuration.ts';
import { change, lines, terraform } from '../check/example.ts';
import { isRebuiltName } from '../check/paths.ts';
import { defineRule, type Judgement, resourceChange } from '../check/rule.ts';
import type { ResourceChange } from '../language/operation.ts';

function judge(change: ResourceChange): Judgement | undefined {
  const kind = importance(change);
  if (change.type === 'compose volume' && isRebuiltName(change.block.replace('volume ', ''))) return undefined;
  if (isKept(change)) return { scope: 'object', undo: 'easy', effect: `removes \`${change.block}\` from the configuration; it stays where it is, unmanaged`, target: change.block };
  const refusals = change.platform === 'pulumi' ? refusalFactors(change) : [];
  const fate = fateWhenRemoved(change);
  if (fate === 'kept') return { scope: 'set', undo: 'costly', effect: `removes \`${change.block}\` from the configuration: the next deployment leaves it where it is, unmanaged, as such constructs are retained unless they say otherwise`, target: change.block, factors: lossFactors(change) };
  const copy = fate === 'copied' ? ' after a last snapshot' : '';
  const what = copy !== '' ? '' : { database: ', with all its data', store: ', with what it holds', safeguard: ', and what it protects is without it', serving: ', and what uses it stands still', plain: '' }[kind];
  return {
    ...lossOf[kind],
    ...(copy !== '' && { undo: 'costly' }),
    // It holds nothing, and only what drains a node while it is away does harm.
    ...(change.type.includes('PodDisruptionBudget') && { scope: 'service', undo: 'easy' }),
    effect: `removes \`${change.block}\` from the configuration: ${refusals.length > 0 ? 'the next update fails as long as it is protected, and deletes it when it no longer is' : whenGone[change.platform]}${copy}${what}`,
    target: change.block,
    factors: [...(change.platform === 'cdk' && change.type.startsWith('module') ? [{ text: 'constructs that hold data are retained unless they say otherwise', weight: -1 as const }] : []), ...refusals, ...lossFactors(change)],
  };
}

export default defineRule({
  id: 'resource-removed',
  title: 'Declared resource removed',
  why: 'What is no longer declared is deleted by the next run of the tool: a database goes with its data, a bucket with its objects. In the review it is only a few red lines.',
  instead: 'To let go of it without deleting it, write a `removed` block with `destroy = false` (Terraform), keep a `DeletionPolicy: Retain` (CloudFormation) or `retainOnDelete` (Pulumi). To delete it, take a last copy, and do it in a change of its own.',
  blindTo: 'What modules from elsewhere declare, a module of Terraform all of whose files become `.tofu` while others that Terraform applies still use it, what is generated, and nested constructs and stacks whose class is only known at run time.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [resourceChange('removed', ({ type }) => type !== 'backend')],
  judge: { resourceChange: judge },
  examples: {
    bad: [
      terraform(
        'resource "aws_s3_bucket" "raw" {\n  bucket = "raw"\n}\n\nresource "aws_s3_bucket" "clean" {\n  bucket = "clean"\n}\n',
        'resource "aws_s3_bucket" "clean" {\n  bucket = "clean"\n}\n\n⟦removed⟧ {\n  from = aws_s3_bucket.raw\n  lifecycle {\n    destroy = true\n  }\n}\n',
      ),
      change(
        'stack.ts',
        lines("import * as s3 from 'aws-cdk-lib/aws-s3';", "for (const id of ['Raw', 'Clean']) {", '  new s3.Bucket(this, id, { versioned: true });', '}'),
        lines("import * as s3 from 'aws-cdk-lib/aws-s3';", "for (const id of ['Clean']) {", '  ⟦new s3.Bucket(this, id⟧, { versioned: true });', '}'),
      ),
      terraform(
        'resource "aws_vpc" "main" {\n}\n\nresource "aws_db_instance" "orders" {\n  engine = "postgres"\n}\n',
        '⟦resource "aws_vpc" "main"⟧ {\n}\n',
      ),
      terraform(
        'resource "aws_s3_bucket" "uploads" {\n  bucket = "uploads"\n}\n\nresource "aws_sns_topic" "news" {\n}\n',
        '⟦resource "aws_sns_topic" "news"⟧ {\n}\n',
      ),
      terraform(
        'module "database" {\n  source = "./modules/rds"\n}\n\nmodule "web" {\n  source = "./modules/web"\n}\n',
        '⟦module "web"⟧ {\n  source = "./modules/web"\n}\n',
      ),
      terraform(
        'resource "azurerm_resource_group" "main" {\n  name = "app"\n}\n\nresource "azurerm_management_lock" "main" {\n  lock_level = "CanNotDelete"\n}\n',
        '⟦resource "azurerm_resource_group" "main"⟧ {\n  name = "app"\n}\n',
      ),
      change(
        'template.yaml',
        lines('Resources:', '  Orders:', '    Type: AWS::DynamoDB::Table', '    Properties:', '      TableName: orders', '  Alarm:', '    Type: AWS::CloudWatch::Alarm'),
        lines('Resources:', '  ⟦Alarm⟧:', '    Type: AWS::CloudWatch::Alarm'),
      ),
      change(
        'template.yaml',
        lines('Resources:', '  Orders:', '    Type: AWS::RDS::DBInstance', '    DeletionPolicy: Snapshot', '  Alarm:', '    Type: AWS::CloudWatch::Alarm'),
        lines('Resources:', '  ⟦Alarm⟧:', '    Type: AWS::CloudWatch::Alarm'),
      ),
      change(
        'app.yaml',
        lines('apiVersion: v1', 'kind: Namespace', 'metadata:', '  name: shop', '---', 'apiVersion: v1', 'kind: ConfigMap', 'metadata:', '  name: settings'),
        lines('apiVersion: v1', 'kind: ConfigMap', 'metadata:', '  ⟦name: settings⟧'),
      ),
    ],
    good: [
      change(
        'compose.yaml',
        lines('services:', '  web:', '    image: web', 'volumes:', '  node_modules:', '  files:'),
        lines('services:', '  web:', '    image: web', 'volumes:', '  files:'),
      ),
      change(
        'stack.ts',
        lines("import * as s3 from 'aws-cdk-lib/aws-s3';", "new s3.Bucket(this, 'Raw', { versioned: true });", "new s3.Bucket(this, 'Clean', { versioned: true });"),
        lines("import * as s3 from 'aws-cdk-lib/aws-s3';", "for (const id of ['Raw', 'Clean']) new s3.Bucket(this, id, { versioned: true });"),
      ),
      terraform(
        'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n}\n',
        'removed {\n  from = aws_db_instance.orders\n  lifecycle {\n    destroy = false\n  }\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n}\n',
        'module "orders" {\n  source = "./db"\n}\n\nmoved {\n  from = aws_db_instance.orders\n  to   = module.orders.aws_db_instance.this\n}\n',
      ),
      terraform(
        'resource "aws_vpc" "main" {\n}\n\nresource "aws_cloudwatch_metric_alarm" "cpu" {\n  threshold = 80\n}\n',
        'resource "aws_vpc" "main" {\n}\n',
      ),
      terraform(
        'resource "aws_vpc" "main" {\n}\n\nresource "aws_s3_bucket" "a" {\n}\n',
        '# the bucket comes first now\nresource "aws_s3_bucket" "a" {\n}\n\nresource "aws_vpc" "main" {\n}\n',
      ),
      terraform(
        'variable "size" {\n}\n\noutput "url" {\n  value = "x"\n}\n\ndata "aws_ami" "base" {\n}\n',
        'variable "size" {\n}\n',
      ),
      change(
        'template.yaml',
        lines('Resources:', '  Orders:', '    Type: AWS::DynamoDB::Table', '    DeletionPolicy: Retain', '  Alarm:', '    Type: AWS::CloudWatch::Alarm'),
        lines('Resources:', '  Alarm:', '    Type: AWS::CloudWatch::Alarm'),
      ),
    ],
  },
});
