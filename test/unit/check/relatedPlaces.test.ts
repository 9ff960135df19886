import assert from 'node:assert/strict';
import { describeRelated, relatedPlaces } from '../../../src/core/check/relatedPlaces.ts';
import { checkText } from '../../support/check.ts';

const cases: readonly (readonly [what: string, path: string, text: string, told: readonly string[], before?: string])[] = [
  [
    'the client and the value of an argument', 'a.ts',
    "import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';\nconst client: CloudFormationClient = new CloudFormationClient({ region });\nlet stack = 'dev';\nstack = process.env.STACK ?? 'prod';\nawait client.send(new DeleteStackCommand({ StackName: stack }));\n",
    ['`client` is the client: client: CloudFormationClient = new CloudFormationClient({ region })', "`stack` gets its value: stack = process.env.STACK ?? 'prod'"],
  ],
  ['a client in Python', 'a.py', "import boto3\nrds = boto3.client('rds')\nname = 'orders'\nrds.delete_db_instance(DBInstanceIdentifier=name)\n", ["`rds` is the client: rds = boto3.client('rds')", "`name` gets its value: name = 'orders'"]],
  ['a variable of the shell', 'a.sh', 'DIR=/srv/data\nrm -rf "$DIR"\n', ['`DIR` gets its value: DIR=/srv/data']],
  ['a variable of Terraform', 'a.tf', 'variable "protect" {\n  default = false\n}\nresource "aws_lb" "edge" {\n  enable_deletion_protection = var.protect\n}\n', ['`var.protect` gets its value: variable "protect" { default = false'], 'variable "protect" {\n  default = true\n}\nresource "aws_lb" "edge" {\n  enable_deletion_protection = true\n}\n'],
  ['nothing where nothing is assigned', 'a.sh', 'if [ "$1" == x ]; then rm -rf "$1"; fi\n', []],
]; // prettier-ignore

describe('places that belong to a finding', () => {
  for (const [what, path, text, told, before] of cases) {
    it(`are ${what}`, async () => {
      const findings = await checkText(path, text, { before });
      const finding = findings.at(-1);
      assert.ok(finding);
      assert.deepEqual(relatedPlaces(finding, text).map((place) => describeRelated(place, text)), told);
    });
  }
});
