import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { removeSandboxes, Sandbox } from './sandbox.ts';

const resource = 'resource "aws_rds_cluster" "main" {\n  backup_retention_period = var.days\n}\n';
const days = (count: number) => `variable "days" {\n  default = ${count}\n}\n`;
const bucket = 'resource "aws_s3_bucket" "data" {\n  bucket = "data"\n}\n';

describe('firebreak check: configurations and the files that do not change', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
    sandbox.write('infra/main.tf', resource);
    sandbox.write('infra/variables.tf', days(30));
    sandbox.write('infra/storage.tf', bucket);
    sandbox.commitAll('Add infrastructure');
  });
  after(removeSandboxes);

  const told = async (args: readonly string[] = []) => (await sandbox.check([...args])).findings.map(({ path, rule }) => [path, rule]);

  it('finds what a default means to a resource of another file, in the work tree, the index and a commit', async () => {
    const expected = [['infra/variables.tf', 'retention-lowered']];
    sandbox.write('infra/variables.tf', days(1));
    assert.deepEqual(await told(), expected);
    sandbox.git('add', '-A');
    assert.deepEqual(await told(['--staged']), expected);
    sandbox.commitAll('Keep backups for a day');
    assert.deepEqual(await told(['--diff', 'HEAD~1..HEAD']), expected);
  });

  it('finds what goes with a deleted file', async () => {
    rmSync(sandbox.at('infra/storage.tf'));
    assert.deepEqual(await told(), [['infra/storage.tf', 'resource-removed']]);
  });

  it('leaves what moved to another file', async () => {
    rmSync(sandbox.at('infra/storage.tf'));
    sandbox.write('infra/main.tf', `${resource}\n${bucket}`);
    assert.deepEqual(await told(), []);
  });
});
