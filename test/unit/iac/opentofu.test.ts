import assert from 'node:assert/strict';
import { type Files, findingsOfChange, toldFindings } from '../../support/changes.ts';

const database = 'resource "aws_db_instance" "main" {\n  engine              = "postgres"\n  deletion_protection = true\n}\n';
const open = database.replace('true', 'false');
const bucket = 'resource "aws_s3_bucket" "uploads" {\n  bucket = "uploads"\n}\n';
const lock = (registry: string) => `provider "${registry}/hashicorp/aws" {\n  version = "5.1.0"\n}\n`;
const override = (settings: object) => JSON.stringify({ resource: { aws_db_instance: { main: settings } } }, undefined, 2);
const inJson = JSON.stringify({ resource: { aws_db_instance: { main: { deletion_protection: true, versioning: [{ enabled: true }] } } } });

const cases: readonly [name: string, before: Files, after: Files, expected: readonly string[], unchanged?: Files][] = [
  ['an override in JSON that switches protection off', {}, { 'override.tf.json': override({ deletion_protection: false }) }, ['deletion-protection-removed override.tf.json "deletion_protection": false'], { 'main.tf': database }],
  ['an override in JSON that adds it to what it said', { 'a_override.tf.json': '{}' }, { 'a_override.tf.json': override({ deletion_protection: false }) }, ['deletion-protection-removed a_override.tf.json "deletion_protection": false'], { 'main.tf': database }],
  ['an override in JSON that leaves no instance', {}, { 'override.tf.json': override({ count: 0 }) }, ['resource-instances-changed override.tf.json "count": 0'], { 'main.tf': database }],
  ['an override in JSON by a variable', {}, { 'override.tf.json': override({ deletion_protection: '${var.protect}' }) }, ['deletion-protection-removed override.tf.json "deletion_protection": "${var.protect}"'], { 'main.tf': `${database}variable "protect" {\n  default = false\n}\n` }],
  ['an override in JSON, of JSON', {}, { 'override.tf.json': override({ deletion_protection: false }) }, ['deletion-protection-removed override.tf.json "deletion_protection": false'], { 'main.tf.json': inJson }],
  ['an override of JSON', {}, { 'override.tf': 'resource "aws_db_instance" "main" {\n  deletion_protection = false\n}\n' }, ['deletion-protection-removed override.tf deletion_protection = false'], { 'main.tf.json': inJson }],
  ['an override in JSON that keeps what protects', {}, { 'override.tf.json': override({ deletion_protection: true, instance_class: 'db.t3.large' }) }, [], { 'main.tf': database }],
  ['an override in JSON of what comes with it', {}, { 'main.tf': database, 'override.tf.json': override({ deletion_protection: false }) }, []],

  ['a file that OpenTofu reads in place of another', {}, { 'main.tofu': open + bucket }, ['deletion-protection-removed main.tofu deletion_protection = false'], { 'main.tf': database + bucket }],
  ['one that says less', {}, { 'main.tofu': bucket }, ['resource-removed main.tofu resource "aws_s3_bucket" "uploads"'], { 'main.tf': database + bucket }],
  ['one that says the same', {}, { 'main.tofu': database }, [], { 'main.tf': database }],
  ['one that stands beside others', {}, { 'more.tofu': bucket }, [], { 'main.tf': database }],
  ['an override for OpenTofu', {}, { 'override.tofu': 'resource "aws_db_instance" "main" {\n  deletion_protection = false\n}\n' }, ['deletion-protection-removed override.tofu deletion_protection = false'], { 'main.tf': database }],
  ['protection that goes where OpenTofu looks', { 'main.tofu': database }, { 'main.tofu': open }, ['deletion-protection-removed main.tofu deletion_protection = false'], { 'main.tf': database }],

  ['a module that moves to OpenTofu', { 'main.tf': database, 'more.tf': bucket }, { 'main.tofu': database, 'more.tofu': bucket }, []],
  ['one that loses its protection on the way', { 'main.tf': database, 'more.tf': bucket }, { 'main.tofu': open, 'more.tofu': bucket }, ['deletion-protection-removed main.tofu deletion_protection = false']],
  ['one that loses a resource on the way', { 'main.tf': database, 'more.tf': bucket }, { 'more.tofu': bucket }, ['resource-removed main.tf']],
  ['a file that moves out of what Terraform reads', { 'main.tf': database }, { 'main.tofu': database }, ['resource-removed main.tf'], { 'more.tf': bucket }],
  ['a block that moves out of what Terraform reads', { 'main.tf': database + bucket }, { 'main.tf': bucket, 'db.tofu': database }, ['resource-removed main.tf resource "aws_s3_bucket" "uploads"']],
  ['a file that moves where providers are locked for OpenTofu', { 'main.tf': database }, { 'main.tofu': database }, [], { 'more.tf': bucket, '.terraform.lock.hcl': lock('registry.opentofu.org') }],
  ['a file that moves where OpenTofu is in use', { 'main.tf': database }, { 'main.tofu': database }, [], { 'more.tf': bucket, 'other.tofu': 'locals {\n  a = 1\n}\n' }],
  ['a file that moves where providers are locked for Terraform', { 'main.tf': database }, { 'main.tofu': database }, ['resource-removed main.tf'], { 'more.tf': bucket, 'other.tofu': 'locals {\n  a = 1\n}\n', '.terraform.lock.hcl': lock('registry.terraform.io') }],
  ['a file that moves along with the lock of its providers', { 'main.tf': database, '.terraform.lock.hcl': lock('registry.terraform.io') }, { 'main.tofu': database, '.terraform.lock.hcl': lock('registry.opentofu.org') }, ['resource-removed main.tf'], { 'more.tf': bucket }],
];

describe('a change to what Terraform and OpenTofu read otherwise', () => {
  for (const [name, before, after, expected, unchanged] of cases) {
    it(`${name}: ${expected.length === 0 ? 'nothing found' : expected.join(', ')}`, async () => {
      assert.deepEqual(toldFindings(await findingsOfChange(before, after, unchanged)), expected);
    });
  }
});
