import { defaultFate, importance, isKept, lossFactors, lossOf } from '../check/configuration.ts';
import { change, lines, terraform } from '../check/example.ts';
import { defineRule, type Judgement, resourceChange } from '../check/rule.ts';
import type { Platform, ResourceChange } from '../language/operation.ts';

/** What keeps a thing when its name changes, in the words of its tool, and what happens without. */
const renamed: Readonly<Record<Platform, readonly [without: string, happens: string]>> = {
  terraform: [' without a `moved` block', 'Terraform destroys'],
  cloudformation: [', the name that CloudFormation knows it by', 'it deletes'],
  kubernetes: [', which is another object to the cluster', 'pruning deletes'],
  helm: [', which is another object to the release', 'the next upgrade deletes'],
  compose: [', which is another volume to Docker', 'the containers no longer see'],
  cdk: [', and with it the logical id', 'CloudFormation deletes'],
  pulumi: [' without an alias', 'Pulumi deletes'],
};

/** CloudFormation makes the new one, and what refers to it follows, before the old one goes: code loses nothing by it. */
function isCodeAlone({ platform, type }: ResourceChange): boolean {
  return (platform === 'cloudformation' || platform === 'cdk') && /^(?:AWS::(?:Lambda|Serverless)::Function|aws\.lambda(?:_nodejs|_python|_go)?\.\w*Function)$/.test(type);
}

function judge(change: ResourceChange): Judgement {
  const kind = isCodeAlone(change) ? 'plain' : importance(change);
  const [without, happens] = renamed[change.platform];
  const loss = { database: 'creates an empty one', store: 'creates an empty one', safeguard: 'creates another one', serving: 'creates another one', plain: 'creates another one' }[kind];
  if (change.type === 'cdk.Stack') {
    const effect = `renames the stack \`${change.block}\` to \`${change.to ?? ''}\`: the old one stays where it is with all its data, and what it declares is made anew beside it, empty`;
    return { scope: 'collection', undo: 'costly', effect, target: change.block, factors: lossFactors(change) };
  }
  const fate = defaultFate(change);
  const kept = isKept(change) || fate === 'kept';
  return {
    ...(kept ? { scope: 'set', undo: 'costly' } : lossOf[kind]),
    ...(fate === 'copied' && { undo: 'costly' }),
    effect: kept
      ? `renames \`${change.block}\` to \`${change.to ?? ''}\`: the old one stays, unmanaged, and an empty one is made beside it`
      : `renames \`${change.block}\` to \`${change.to ?? ''}\`${without}: ${happens} the old one${fate === 'copied' ? ' after a last snapshot' : ''} and ${loss}`,
    target: change.block,
    factors: lossFactors(change),
  };
}

export default defineRule({
  id: 'resource-renamed',
  title: 'Declared resource renamed',
  why: 'Tools know what they made by its address. Under another one they see two things: an old one to delete, and a new, empty one to make. A rename that looks like tidying up takes the data with it.',
  instead: 'Say where it went: a `moved` block (Terraform), `cdk refactor` or an overridden logical id (CDK), `aliases` (Pulumi).',
  blindTo: 'A state that was changed by hand (`terraform state mv`) before the change is applied.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [resourceChange('renamed')],
  judge: { resourceChange: judge },
  examples: {
    bad: [
      change(
        'bin/app.ts',
        `import * as cdk from 'aws-cdk-lib';\nimport { DbStack } from '../lib/db';\nconst app = new cdk.App();\nnew DbStack(app, 'DbStack');\n`,
        `import * as cdk from 'aws-cdk-lib';\nimport { DbStack } from '../lib/db';\nconst app = new cdk.App();\n⟦new DbStack(app, 'DatabaseStack'⟧);\n`,
      ),
      change(
        'index.ts',
        `import * as aws from '@pulumi/aws';\nimport { network } from './network';\nnew aws.rds.Instance('db', { engine: 'postgres' });\n`,
        `import * as aws from '@pulumi/aws';\nimport { network } from './network';\n⟦new aws.rds.Instance('db'⟧, { engine: 'postgres' }, { parent: network });\n`,
      ),
      terraform(
        'resource "aws_dynamodb_table" "orders" {\n  name     = "orders"\n  hash_key = "id"\n}\n',
        '⟦resource "aws_dynamodb_table" "order_table"⟧ {\n  name     = "orders"\n  hash_key = "id"\n}\n',
      ),
      terraform(
        'module "db" {\n  source = "./modules/rds"\n  size   = 3\n}\n',
        '⟦module "database"⟧ {\n  source = "./modules/rds"\n  size   = 3\n}\n',
      ),
      terraform(
        'resource "google_sql_database_instance" "main" {\n  region = "europe-west1"\n}\n\nresource "google_sql_database_instance" "replica" {\n  region = "us-east1"\n}\n',
        '⟦resource "google_sql_database_instance" "primary"⟧ {\n  region = "europe-west1"\n}\n\nresource "google_sql_database_instance" "replica" {\n  region = "us-east1"\n}\n\nmoved {\n  from = google_sql_database_instance.other\n  to   = google_sql_database_instance.replica\n}\n',
      ),
      change(
        'infra.ts',
        lines("import * as aws from '@pulumi/aws';", "const orders = new aws.dynamodb.Table('orders', { hashKey: 'id' });"),
        lines("import * as aws from '@pulumi/aws';", "const orders = ⟦new aws.dynamodb.Table('order-table'⟧, { hashKey: 'id' });"),
      ),
    ],
    good: [
      change(
        'template.yaml',
        lines('Resources:', '  Pack:', '    Type: AWS::Lambda::Function', '    Properties:', '      Handler: pack.run', '      MemorySize: 256'),
        lines('Resources:', '  Packer:', '    Type: AWS::Lambda::Function', '    Properties:', '      Handler: pack.run', '      MemorySize: 256'),
      ),
      change(
        'index.ts',
        `import * as aws from '@pulumi/aws';\nnew aws.rds.Instance('db', { engine: 'postgres' });\n`,
        `import * as aws from '@pulumi/aws';\nnew aws.rds.Instance('db', { engine: 'postgres' }, { parent: network, aliases: [{ parent: pulumi.rootStackResource }] });\n`,
      ),
      change(
        'bin/app.ts',
        `import * as cdk from 'aws-cdk-lib';\nimport { DbStack } from '../lib/db';\nconst app = new cdk.App();\nnew DbStack(app, 'DbStack', { stackName: 'db' });\n`,
        `import * as cdk from 'aws-cdk-lib';\nimport { DbStack } from '../lib/db';\nconst app = new cdk.App();\nnew DbStack(app, 'DatabaseStack', { stackName: 'db' });\n`,
      ),
      terraform(
        'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n}\n',
        'resource "aws_dynamodb_table" "order_table" {\n  name = "orders"\n}\n\nmoved {\n  from = aws_dynamodb_table.orders\n  to   = aws_dynamodb_table.order_table\n}\n',
      ),
      terraform(
        'module "db" {\n  source = "./modules/rds"\n}\n',
        'module "database" {\n  source = "./modules/rds"\n}\n\nmoved {\n  from = module.db\n  to   = module.database\n}\n',
      ),
      terraform(
        'resource "aws_iam_role_policy_attachment" "read" {\n  role = "app"\n}\n',
        'resource "aws_iam_role_policy_attachment" "read_only" {\n  role = "app"\n}\n',
      ),
      terraform(
        'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n',
        'import {\n  to = aws_s3_bucket.access_logs\n  id = "logs"\n}\n\nresource "aws_s3_bucket" "access_logs" {\n  bucket = "logs"\n}\n',
      ),
      change(
        'infra.ts',
        lines("import * as aws from '@pulumi/aws';", "const orders = new aws.dynamodb.Table('orders', { hashKey: 'id' });"),
        lines("import * as aws from '@pulumi/aws';", "const orders = new aws.dynamodb.Table('order-table', { hashKey: 'id' }, { aliases: [{ name: 'orders' }] });"),
      ),
    ],
  },
});
