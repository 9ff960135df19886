import assert from 'node:assert/strict';
import { type Files, findingsOfChange, toldFindings } from '../../support/changes.ts';

const database = 'resource "aws_db_instance" "main" {\n  engine              = "postgres"\n  deletion_protection = true\n}\n';
const bucket = 'resource "aws_s3_bucket" "uploads" {\n  bucket = "uploads"\n}\n';

const cases: readonly [name: string, before: Files, after: Files, expected: readonly string[], unchanged?: Files][] = [
  ['a block moved to another file', { 'main.tf': database + bucket }, { 'main.tf': bucket, 'database.tf': database }, []],
  ['a file renamed', { 'main.tf': database }, { 'database.tf': database }, []],
  ['a file deleted', { 'main.tf': database }, {}, ['resource-removed main.tf']],
  ['a file deleted that only held what cannot be lost', { 'alarms.tf': 'resource "aws_cloudwatch_metric_alarm" "a" {\n}\n' }, {}, []],
  ['a folder renamed', { 'infra/main.tf': database, 'infra/s3.tf': bucket }, { 'terraform/main.tf': database, 'terraform/s3.tf': bucket }, []],
  ['a block moved to another module without a word', { 'main.tf': database + bucket }, { 'main.tf': bucket, 'modules/db/main.tf': database }, ['resource-removed main.tf resource "aws_s3_bucket" "uploads"']],
  [
    'a block moved to another module with a word',
    { 'main.tf': database + bucket },
    { 'main.tf': `${bucket}moved {\n  from = aws_db_instance.main\n  to = module.db.aws_db_instance.main\n}\nmodule "db" {\n  source = "./modules/db"\n}\n`, 'modules/db/main.tf': database },
    [],
  ],
  ['a rename that is told in another file', { 'main.tf': bucket }, { 'main.tf': bucket.replace('"uploads" {', '"files" {'), 'moved.tf': 'moved {\n  from = aws_s3_bucket.uploads\n  to   = aws_s3_bucket.files\n}\n' }, []],
  ['a rename that is told in a file that did not change', { 'main.tf': bucket }, { 'main.tf': bucket.replace('"uploads" {', '"files" {') }, [], { 'moved.tf': 'moved {\n  from = aws_s3_bucket.uploads\n  to   = aws_s3_bucket.files\n}\n' }],
  ['protection lost on the way of a rename', { 'main.tf': database }, { 'main.tf': `${database.replace('"main"', '"orders"').replace('true', 'false')}moved {\n  from = aws_db_instance.main\n  to   = aws_db_instance.orders\n}\n` }, ['deletion-protection-removed main.tf deletion_protection = false']],
  [
    'a default that a resource of another file takes',
    { 'variables.tf': 'variable "table" {\n  default = "orders"\n}\n' },
    { 'variables.tf': 'variable "table" {\n  default = "orders_v2"\n}\n' },
    ['resource-replaced variables.tf default = "orders_v2"'],
    { 'main.tf': 'resource "aws_dynamodb_table" "t" {\n  name = var.table\n}\n' },
  ],
  [
    'a default that a file of values puts another value over',
    { 'variables.tf': 'variable "table" {\n  default = "orders"\n}\n' },
    { 'variables.tf': 'variable "table" {\n  default = "orders_v2"\n}\n' },
    [],
    { 'main.tf': 'resource "aws_dynamodb_table" "t" {\n  name = var.table\n}\n', 'terraform.tfvars': 'table = "orders"\n' },
  ],
  [
    'a value in a file of values',
    { 'terraform.tfvars': 'protect = true\n' },
    { 'terraform.tfvars': 'protect = false\n' },
    ['deletion-protection-removed terraform.tfvars protect = false'],
    { 'main.tf': 'variable "protect" {\n}\nresource "aws_db_instance" "main" {\n  deletion_protection = var.protect\n}\n' },
  ],
  [
    'a value in a file of values of a folder of its own',
    { 'infra/envs/prod.tfvars': 'days = 30\n' },
    { 'infra/envs/prod.tfvars': 'days = 1\n' },
    ['retention-lowered infra/envs/prod.tfvars days = 1'],
    { 'infra/main.tf': 'variable "days" {\n}\nresource "aws_rds_cluster" "main" {\n  backup_retention_period = var.days\n}\n' },
  ],
  ['a value that moved into a local of another file', { 'main.tf': bucket }, { 'main.tf': bucket.replace('= "uploads"', '= local.name'), 'locals.tf': 'locals {\n  name = "uploads"\n}\n' }, []],
  ['a resource that is broken off while it is typed', { 'main.tf': database + bucket }, { 'main.tf': `${database.slice(0, 40)}\n${bucket}` }, []],
  ['another backend', { 'main.tf': 'terraform {\n  backend "s3" {\n    bucket = "a"\n  }\n}\n' }, { 'main.tf': 'terraform {\n  backend "gcs" {\n    bucket = "a"\n  }\n}\n' }, ['terraform-state-left-behind main.tf bucket = "a"']],
  [
    'a count that a variable of another file turns to none',
    { 'variables.tf': 'variable "on" {\n  default = true\n}\n' },
    { 'variables.tf': 'variable "on" {\n  default = false\n}\n' },
    ['resource-instances-changed variables.tf default = false'],
    { 'main.tf': 'resource "aws_db_instance" "a" {\n  count = var.on ? 1 : 0\n}\n' },
  ],
  ['a name that a file of values gives', { 'main.tf': bucket }, { 'main.tf': bucket.replace('= "uploads"', '= var.name'), 'variables.tf': 'variable "name" {\n}\n', 'prod.tfvars': 'name = "uploads"\n' }, []],
  ['what is no longer ignored', { 'main.tf': 'resource "aws_instance" "a" {\n  lifecycle {\n    ignore_changes = [ami, tags]\n  }\n}\n' }, { 'main.tf': 'resource "aws_instance" "a" {\n  lifecycle {\n    ignore_changes = [tags]\n  }\n}\n' }, ['resource-replaced main.tf ignore_changes = [tags]']],
  ['objects that expire from now on', { 'main.tf': bucket }, { 'main.tf': `${bucket}resource "aws_s3_bucket_lifecycle_configuration" "a" {\n  bucket = aws_s3_bucket.uploads.id\n  rule {\n    id = "all"\n    expiration {\n      days = 7\n    }\n  }\n}\n` }, ['retention-lowered main.tf days = 7']],
  ['a new bucket whose objects expire', {}, { 'main.tf': `${bucket}resource "aws_s3_bucket_lifecycle_configuration" "a" {\n  bucket = aws_s3_bucket.uploads.id\n  rule {\n    expiration {\n      days = 7\n    }\n  }\n}\n` }, []],
  ['a name put together in other words', { 'main.tf': bucket.replace('= "uploads"', '= "a-${var.env}"') }, { 'main.tf': bucket.replace('= "uploads"', '= format("a-%s", var.env)') }, []],
  ['a default that nothing here takes', { 'variables.tf': 'variable "deletion_protection" {\n  default = true\n}\n' }, { 'variables.tf': 'variable "deletion_protection" {\n  default = false\n}\n' }, ['deletion-protection-removed variables.tf default = false']],
  ['a value that nothing here takes', { 'prod.tfvars': 'backup_retention_period = 30\nsize = 2\n' }, { 'prod.tfvars': 'backup_retention_period = 1\nsize = 3\n' }, ['retention-lowered prod.tfvars backup_retention_period = 1']],
  ['Terragrunt without protection', { 'terragrunt.hcl': 'terraform {\n  source = "x"\n}\nprevent_destroy = true\ninputs = {\n  skip_final_snapshot = false\n}\n' }, { 'terragrunt.hcl': 'terraform {\n  source = "x"\n}\nprevent_destroy = false\ninputs = {\n  skip_final_snapshot = true\n}\n' }, ['deletion-protection-removed terragrunt.hcl prevent_destroy = false', 'data-loss-allowed terragrunt.hcl true']],
  ['a block written as a dynamic one', { 'main.tf': 'resource "aws_s3_bucket" "a" {\n  versioning {\n    enabled = true\n  }\n}\n' }, { 'main.tf': 'resource "aws_s3_bucket" "a" {\n  dynamic "versioning" {\n    for_each = [1]\n    content {\n      enabled = true\n    }\n  }\n}\n' }, []],
  ['one that becomes one of several', { 'main.tf': bucket }, { 'main.tf': 'resource "aws_s3_bucket" "uploads" {\n  for_each = toset(["uploads"])\n  bucket   = each.key\n}\nmoved {\n  from = aws_s3_bucket.uploads\n  to   = aws_s3_bucket.uploads["uploads"]\n}\n' }, []],
  ['an override that switches protection off', {}, { 'db_override.tf': 'resource "aws_db_instance" "main" {\n  deletion_protection = false\n}\n' }, ['deletion-protection-removed db_override.tf deletion_protection = false'], { 'main.tf': database }],
  [
    'an override of a setting in a block',
    { 'override.tf': 'resource "aws_db_instance" "main" {\n  lifecycle {\n    ignore_changes = [tags]\n  }\n}\n' },
    { 'override.tf': 'resource "aws_db_instance" "main" {\n  lifecycle {\n    ignore_changes  = [tags]\n    prevent_destroy = false\n  }\n}\n' },
    ['deletion-protection-removed override.tf prevent_destroy = false'],
    { 'main.tf': database.replace('}\n', '  lifecycle {\n    prevent_destroy = true\n  }\n}\n') },
  ],
  ['an override that keeps what protects', {}, { 'override.tf': 'resource "aws_db_instance" "main" {\n  instance_class      = "db.t3.large"\n  deletion_protection = true\n}\n' }, [], { 'main.tf': database }],
  ['an override of what comes with it', {}, { 'main.tf': database, 'override.tf': 'resource "aws_db_instance" "main" {\n  deletion_protection = false\n}\n' }, []],
  ['an override of a file that changes too', { 'main.tf': database + bucket }, { 'main.tf': database.replace('postgres', 'postgres" # "') + bucket, 'override.tf': 'resource "aws_s3_bucket" "uploads" {\n  tags = {}\n}\n' }, []],
  ['protection that goes beside an override', { 'main.tf': database }, { 'main.tf': database.replace('true', 'false') }, ['deletion-protection-removed main.tf deletion_protection = false'], { 'override.tf': 'resource "aws_db_instance" "main" {\n  instance_class = "db.t3.large"\n}\n' }],
  ['the last file of a module that goes to another module', { 'app/main.tf': database }, { 'data/db.tf': database }, ['resource-removed app/main.tf'], { 'data/main.tf': bucket }],
  ['the last file of a module that goes to another one that changes', { 'app/main.tf': database, 'data/main.tf': bucket }, { 'data/main.tf': bucket + database }, ['resource-removed app/main.tf']],
  ['a file of another tool', { 'config.tf.txt': database }, {}, []],
];

describe('a change to Terraform files', () => {
  for (const [name, before, after, expected, unchanged] of cases) {
    it(`${name}: ${expected.length === 0 ? 'nothing found' : expected.join(', ')}`, async () => {
      assert.deepEqual(toldFindings(await findingsOfChange(before, after, unchanged)), expected);
    });
  }
});
