import { safeguardOf } from '../catalogue/safeguards.ts';
import type { Factor } from '../check/blastRadius.ts';
import { changeFactors, fateOf, fateWhenAbsent, isOff, isOn } from '../check/configuration.ts';
import { change as changed, lines, terraform } from '../check/example.ts';
import { inProduction } from '../check/inProduction.ts';
import { attributeChange, defineRule, type Judgement } from '../check/rule.ts';
import { preventDestroy, setTo } from '../check/saferForm.ts';
import type { AttributeChange } from '../language/operation.ts';

const lastOf = ({ attribute }: AttributeChange) => attribute.slice(attribute.lastIndexOf('.') + 1);

/** Google's provider protects unless it is told not to; the others do not. */
function wasOn({ before, type, attribute }: AttributeChange): boolean {
  if (before === undefined) return attribute === 'deletion_protection' && type.startsWith('google_');
  return !isOff(before);
}

/** How much of a thing is left, least first. */
const fates = ['deleted', 'copied', 'kept'] as const;

function judge(change: AttributeChange): Judgement | undefined {
  const safeguard = safeguardOf(change.attribute, change.type);
  const factors = changeFactors(change);
  if (safeguard?.kind === 'guard') {
    // One variable in place of another says nothing.
    const isWeaker = change.after === undefined || isOff(change.after) ? wasOn(change) : isOn(change.before) && !isOn(change.after);
    const isTrial = safeguard.does.startsWith('has it only say');
    if (isTrial && isWeaker) return { scope: 'set', undo: 'none', effect: `turns off \`${lastOf(change)}\` of \`${change.block}\`, which ${safeguard.does}`, target: change.block, factors };
    return isWeaker ? { effect: `takes away \`${lastOf(change)}\` of \`${change.block}\`, which ${safeguard.does}`, target: change.block, factors } : undefined;
  }
  if (safeguard?.kind !== 'fate') return undefined;
  const from = change.before === undefined ? fateWhenAbsent(change, safeguard.whenAbsent) : fateOf(change.before);
  // What the CDK does by default differs from construct to construct.
  const isLeftToDefault = change.after === undefined && change.platform === 'cdk';
  const to = isLeftToDefault ? undefined : change.after === undefined ? safeguard.whenAbsent : fateOf(change.after);
  if (from === undefined || from === 'deleted' || (to !== undefined && fates.indexOf(to) >= fates.indexOf(from))) return undefined;
  // What is made with a policy that deletes is only worse than what there was when something was said before.
  if (change.before === undefined && to === undefined) return undefined;
  const doubt: Factor[] = isLeftToDefault ? [{ text: 'many constructs that hold data are retained by default', weight: -1 }] : [];
  const end = to === undefined ? 'maybe deleted' : to === 'copied' ? 'deleted after a snapshot' : 'deleted';
  const what = /^persistentVolumeClaimRetentionPolicy\b|(?:^|\.)whenDeleted$/i.test(change.attribute) ? `the claims of \`${change.block}\`` : /StorageClass/i.test(change.type) ? `the volumes of \`${change.block}\`` : undefined;
  if (what !== undefined) return { effect: `has ${what} ${end}${to === undefined ? '' : ', with what they hold,'} ${safeguard.does.replace('its claim', 'their claim')}; until now they were ${from === 'kept' ? 'kept' : 'kept as snapshots'}`, target: change.block, factors: [...doubt, ...factors] };
  return { effect: `has \`${change.block}\` ${end} ${safeguard.does}; until now it was ${from === 'kept' ? 'kept' : 'kept as a snapshot'}`, target: change.block, factors: [...doubt, ...factors] };
}

export default defineRule({
  id: 'deletion-protection-removed',
  title: 'Protection against deletion removed',
  why: 'The next apply can delete or replace the resource with all it holds. The plan for this change itself shows nothing alarming: Terraform prints "No changes" when `prevent_destroy` goes.',
  instead: 'Leave the protection on, and take it off in a change of its own, at the time of a deletion that was agreed on.',
  blindTo: 'Protection that a module from elsewhere sets by itself.',
  blastRadius: { scope: 'service', undo: 'costly' },
  matches: [attributeChange()],
  judge: { attributeChange: (change) => judge(inProduction(change)) },
  safer: [setTo('true', (name) => `Restore \`${name}\``), preventDestroy],
  examples: {
    bad: [
      changed('template.yaml', lines('Resources:', '  Shop:', '    Type: AWS::RDS::DBCluster', '    Properties:', '      DeletionProtection: !If [IsProd, true, false]'), lines('Resources:', '  Shop:', '    Type: AWS::RDS::DBCluster', '    Properties:', '      ⟦DeletionProtection: !If [IsProd, false, false]⟧')),
      changed(
        'app.py',
        `import aws_cdk as cdk\nfrom stacks import Db\napp = cdk.App()\nDb(app, "db", termination_protection=True)\n`,
        `import aws_cdk as cdk\nfrom stacks import Db\napp = cdk.App()\n⟦Db(app, "db"⟧)\n`,
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
        '⟦resource "aws_db_instance" "main"⟧ {\n  lifecycle {\n  }\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n',
        'resource "aws_db_instance" "main" {\n  ⟦deletion_protection = false⟧\n}\n',
      ),
      changed('main.tofu', 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n', 'resource "aws_db_instance" "main" {\n  ⟦deletion_protection = false⟧\n}\n'),
      terraform(
        'resource "aws_lb" "edge" {\n  enable_deletion_protection = true\n}\n',
        'resource "aws_lb" "edge" {\n  ⟦enable_deletion_protection = var.protect⟧\n}\n',
      ),
      terraform(
        'variable "protect" {\n  default = true\n}\n\nresource "aws_rds_cluster" "main" {\n  deletion_protection = var.protect\n}\n',
        'variable "protect" {\n  ⟦default = false⟧\n}\n\nresource "aws_rds_cluster" "main" {\n  deletion_protection = var.protect\n}\n',
      ),
      terraform(
        'resource "google_sql_database_instance" "main" {\n  name = "orders"\n}\n',
        'resource "google_sql_database_instance" "main" {\n  name = "orders"\n  ⟦deletion_protection = false⟧\n}\n',
      ),
      terraform(
        'module "db" {\n  source              = "terraform-aws-modules/rds/aws"\n  deletion_protection = true\n}\n',
        'module "db" {\n  source              = "terraform-aws-modules/rds/aws"\n  ⟦deletion_protection = false⟧\n}\n',
      ),
      changed(
        'template.yaml',
        lines('Resources:', '  Orders:', '    Type: AWS::DynamoDB::Table', '    DeletionPolicy: Retain', '    Properties:', '      TableName: orders'),
        lines('Resources:', '  ⟦Orders⟧:', '    Type: AWS::DynamoDB::Table', '    Properties:', '      TableName: orders'),
      ),
      changed(
        'storage.yaml',
        lines('apiVersion: storage.k8s.io/v1', 'kind: StorageClass', 'metadata:', '  name: fast', 'reclaimPolicy: Retain'),
        lines('apiVersion: storage.k8s.io/v1', 'kind: StorageClass', 'metadata:', '  name: fast', '⟦reclaimPolicy: Delete⟧'),
      ),
      changed(
        'stack.ts',
        lines("import { RemovalPolicy } from 'aws-cdk-lib';", "import { Table } from 'aws-cdk-lib/aws-dynamodb';", "new Table(this, 'Orders', { removalPolicy: RemovalPolicy.RETAIN });"),
        lines("import { RemovalPolicy } from 'aws-cdk-lib';", "import { Table } from 'aws-cdk-lib/aws-dynamodb';", "new Table(this, 'Orders', { ⟦removalPolicy: RemovalPolicy.DESTROY⟧ });"),
      ),
    ],
    good: [
      changed('stack.ts', lines("import * as rds from 'aws-cdk-lib/aws-rds';", "import { RemovalPolicy } from 'aws-cdk-lib';", "new rds.DatabaseInstance(this, 'Db', { engine });"), lines("import * as rds from 'aws-cdk-lib/aws-rds';", "import { RemovalPolicy } from 'aws-cdk-lib';", "new rds.DatabaseInstance(this, 'Db', { engine, removalPolicy: RemovalPolicy.SNAPSHOT });")),
      terraform(
        'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n',
        'resource "aws_db_instance" "main" {\n  deletion_protection   = true # reformatted\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  deletion_protection = false\n}\n',
        'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n',
        'variable "protect" {\n  default = true\n}\n\nresource "aws_db_instance" "main" {\n  deletion_protection = var.protect\n}\n',
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
