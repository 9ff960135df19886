import assert from 'node:assert/strict';
import { type Files, findingsOfChange, toldFindings } from '../../support/changes.ts';

type Case = readonly [name: string, before: Files, after: Files, expected: readonly string[]];

const stack = (...body: readonly string[]) => `import { Stack, RemovalPolicy, Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
export class Orders extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
${body.map((line) => `    ${line}\n`).join('')}  }
}
`;
const topic = "new sns.Topic(this, 'News');";
const bucket = (id: string, props = '{ versioned: true }') => `new s3.Bucket(this, '${id}', ${props});`;

const cdk: readonly Case[] = [
  ['a bucket removed', { 'a.ts': stack(bucket('Data'), topic) }, { 'a.ts': stack(topic) }, ["resource-removed a.ts new sns.Topic(this, 'News'"]],
  ['a bucket removed that is retained', { 'a.ts': stack(bucket('Data', '{ removalPolicy: RemovalPolicy.RETAIN }'), topic) }, { 'a.ts': stack(topic) }, []],
  ['another id', { 'a.ts': stack(bucket('Data')) }, { 'a.ts': stack(bucket('Files')) }, ["resource-renamed a.ts new s3.Bucket(this, 'Files'"]],
  ['a construct moved to another file', { 'a.ts': stack(bucket('Data'), topic) }, { 'a.ts': stack(topic), 'b.ts': stack(bucket('Data')) }, []],
  ['the policy weakened', { 'a.ts': stack(bucket('Data', '{ removalPolicy: RemovalPolicy.RETAIN }')) }, { 'a.ts': stack(bucket('Data', '{ removalPolicy: RemovalPolicy.DESTROY }')) }, ['deletion-protection-removed a.ts removalPolicy: RemovalPolicy.DESTROY']],
  ['the policy left to the default', { 'a.ts': stack(bucket('Data', '{ removalPolicy: RemovalPolicy.RETAIN }')) }, { 'a.ts': stack(bucket('Data', '{}')) }, ["deletion-protection-removed a.ts new s3.Bucket(this, 'Data'"]],
  ['a policy that deletes', { 'a.ts': stack(bucket('Data')) }, { 'a.ts': stack(bucket('Data', '{ versioned: true, autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }')) }, ['data-loss-allowed a.ts autoDeleteObjects: true', 'deletion-protection-removed a.ts removalPolicy: RemovalPolicy.DESTROY']],
  ['versions switched off', { 'a.ts': stack(bucket('Data')) }, { 'a.ts': stack(bucket('Data', '{ versioned: false }')) }, ['recovery-switched-off a.ts versioned: false']],
  ['backups kept for less', { 'a.ts': stack("new rds.DatabaseInstance(this, 'Db', { backupRetention: Duration.days(30) });") }, { 'a.ts': stack("new rds.DatabaseInstance(this, 'Db', { backupRetention: Duration.days(1) });") }, ['retention-lowered a.ts backupRetention: Duration.days(1)']],
  ['deletion protection switched off', { 'a.ts': stack("new rds.DatabaseInstance(this, 'Db', { deletionProtection: true });") }, { 'a.ts': stack("new rds.DatabaseInstance(this, 'Db', { deletionProtection: false });") }, ['deletion-protection-removed a.ts deletionProtection: false']],
  ['another key', { 'a.ts': stack("new Table(this, 'T', { partitionKey: { name: 'id', type: STRING } });") }, { 'a.ts': stack("new Table(this, 'T', { partitionKey: { name: 'pk', type: STRING } });") }, ["resource-replaced a.ts name: 'pk'"]],
  ['a policy given later that deletes', { 'a.ts': stack(`const data = ${bucket('Data')}`, 'data.applyRemovalPolicy(RemovalPolicy.RETAIN);') }, { 'a.ts': stack(`const data = ${bucket('Data')}`, 'data.applyRemovalPolicy(RemovalPolicy.DESTROY);') }, ['deletion-protection-removed a.ts RemovalPolicy.DESTROY']],
  ['moved into a construct', { 'a.ts': stack(bucket('Data'), topic) }, { 'a.ts': stack("new Files(this, 'Files');", topic), 'b.ts': stack(bucket('Data')).replace('class Orders extends Stack', 'class Files extends Construct') }, ["resource-renamed a.ts new sns.Topic(this, 'News'"]],
  ['the class renamed', { 'a.ts': stack(bucket('Data')) }, { 'a.ts': stack(bucket('Data')).replace('class Orders', 'class Sales') }, []],
  ['a length of time as a product', { 'a.ts': stack("new rds.DatabaseInstance(this, 'Db', { backupRetention: Duration.days(14) });") }, { 'a.ts': stack("new rds.DatabaseInstance(this, 'Db', { backupRetention: Duration.days(7 * 2) });") }, []],
  ['reformatted', { 'a.ts': stack(bucket('Data'), topic) }, { 'a.ts': stack(topic, "const data = new s3.Bucket(this, 'Data', {", '  // keep old versions', '  versioned: true,', '});') }, []],
  ['a constant in place of a value', { 'a.ts': stack("new rds.DatabaseInstance(this, 'Db', { deletionProtection: true });") }, { 'a.ts': `const protect = true;\n${stack("new rds.DatabaseInstance(this, 'Db', { deletionProtection: protect });")}` }, []],
  ['settings that are spread', { 'a.ts': stack(bucket('Data', "{ versioned: true, bucketName: 'a' }")) }, { 'a.ts': `const common = { versioned: true };\n${stack(bucket('Data', "{ ...common, bucketName: 'a' }"))}` }, []],
  ['another way to import', { 'a.ts': "import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';\nnew Table(this, 'T', { partitionKey: { name: 'id', type: AttributeType.STRING } });\n" }, { 'a.ts': "import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';\nnew dynamodb.Table(this, 'T', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });\n" }, []],
  ['another way to import, and another type of key', { 'a.ts': "import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';\nnew Table(this, 'T', { partitionKey: { name: 'id', type: AttributeType.STRING } });\n" }, { 'a.ts': "import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';\nnew dynamodb.Table(this, 'T', { partitionKey: { name: 'id', type: dynamodb.AttributeType.NUMBER } });\n" }, ['resource-replaced a.ts type: dynamodb.AttributeType.NUMBER']],
  ['more of everything', { 'a.ts': stack(bucket('Data')) }, { 'a.ts': stack(bucket('Data'), bucket('More'), "new rds.DatabaseInstance(this, 'Db', { deletionProtection: true });") }, []],
];

const python = (...body: readonly string[]) => `from aws_cdk import Stack, RemovalPolicy, aws_s3 as s3\n\nclass Orders(Stack):\n    def __init__(self, scope, id):\n${body.map((line) => `        ${line}\n`).join('')}`;

const cdkInPython: readonly Case[] = [
  ['the policy weakened', { 'a.py': python('s3.Bucket(self, "Data", removal_policy=RemovalPolicy.RETAIN)') }, { 'a.py': python('s3.Bucket(self, "Data", removal_policy=RemovalPolicy.DESTROY)') }, ['deletion-protection-removed a.py removal_policy=RemovalPolicy.DESTROY']],
  ['another id', { 'a.py': python('s3.Bucket(self, "Data", versioned=True)') }, { 'a.py': python('s3.Bucket(self, "Files", versioned=True)') }, ['resource-renamed a.py s3.Bucket(self, "Files"']],
  ['another way to import', { 'a.py': 'from aws_cdk.aws_dynamodb import Attribute, AttributeType, Table\nTable(self, "T", partition_key=Attribute(name="id", type=AttributeType.STRING))\n' }, { 'a.py': 'from aws_cdk import aws_dynamodb as dynamodb\ndynamodb.Table(self, "T", partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING))\n' }, []],
  ['reformatted', { 'a.py': python('s3.Bucket(self, "Data", versioned=True)') }, { 'a.py': python('self.bucket = s3.Bucket(', '    self, "Data",', '    versioned=True,', ')') }, []],
];

const pulumi = (...body: readonly string[]) => `import * as aws from '@pulumi/aws';\n${body.join('\n')}\n`;

const pulumis: readonly Case[] = [
  ['a database removed', { 'i.ts': pulumi('const db = new aws.rds.Instance("db", { engine: "postgres" });', 'new aws.sns.Topic("t");') }, { 'i.ts': pulumi('new aws.sns.Topic("t");') }, ['resource-removed i.ts new aws.sns.Topic("t"']],
  ['a database removed that is retained', { 'i.ts': pulumi('new aws.rds.Instance("db", {}, { retainOnDelete: true });') }, { 'i.ts': pulumi() }, []],
  ['protection removed', { 'i.ts': pulumi('new aws.rds.Instance("db", {}, { protect: true });') }, { 'i.ts': pulumi('new aws.rds.Instance("db", {});') }, ['deletion-protection-removed i.ts new aws.rds.Instance("db"']],
  ['renamed without an alias', { 'i.ts': pulumi('new aws.s3.Bucket("data", { acl: "private" });') }, { 'i.ts': pulumi('new aws.s3.Bucket("files", { acl: "private" });') }, ['resource-renamed i.ts new aws.s3.Bucket("files"']],
  ['renamed with an alias', { 'i.ts': pulumi('new aws.s3.Bucket("data", { acl: "private" });') }, { 'i.ts': pulumi('new aws.s3.Bucket("files", { acl: "private" }, { aliases: [{ name: "data" }] });') }, []],
  ['renamed with an alias, and more than its name changed', { 'i.ts': pulumi('new aws.s3.Bucket("data", { acl: "private" });') }, { 'i.ts': pulumi('new aws.s3.Bucket("files", { acl: "private", tags: { team: "web" } }, { aliases: [{ name: "data" }] });') }, []],
  ['renamed with an alias, with no settings', { 'i.ts': pulumi('new aws.s3.Bucket("data", {});') }, { 'i.ts': pulumi('new aws.s3.Bucket("files", {}, { aliases: [{ name: "data" }] });') }, []],
  ['renamed with the alias of another', { 'i.ts': pulumi('new aws.s3.Bucket("data", {});') }, { 'i.ts': pulumi('new aws.s3.Bucket("files", {}, { aliases: [{ name: "metadata" }] });') }, ['resource-removed i.ts import * as aws from \'@pulumi/aws\';']],
  ['renamed with an alias, and without its protection', { 'i.ts': pulumi('new aws.s3.Bucket("data", {}, { protect: true });') }, { 'i.ts': pulumi('new aws.s3.Bucket("files", {}, { aliases: [{ name: "data" }] });') }, ['deletion-protection-removed i.ts new aws.s3.Bucket("files"']],
  ['renamed with a URN as the alias in Python', { 'i.py': 'import pulumi\nimport pulumi_aws as aws\ndata = aws.s3.Bucket("data")\n' }, { 'i.py': 'import pulumi\nimport pulumi_aws as aws\ndata = aws.s3.Bucket("files", acl="private", opts=pulumi.ResourceOptions(aliases=["urn:pulumi:prod::shop::aws:s3/bucket:Bucket::data"]))\n' }, []],
  ['renamed with an alias in Python', { 'i.py': 'import pulumi\nimport pulumi_aws as aws\ndata = aws.s3.Bucket("data")\n' }, { 'i.py': 'import pulumi\nimport pulumi_aws as aws\ndata = aws.s3.Bucket("files", opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="data")]))\n' }, []],
  ['protection removed in Python', { 'i.py': 'import pulumi\nimport pulumi_aws as aws\ndb = aws.rds.Instance("db", engine="postgres", opts=pulumi.ResourceOptions(protect=True))\n' }, { 'i.py': 'import pulumi\nimport pulumi_aws as aws\ndb = aws.rds.Instance("db", engine="postgres")\n' }, ['deletion-protection-removed i.py aws.rds.Instance("db"']],
  ['a skipped snapshot', { 'i.ts': pulumi('new aws.rds.Instance("db", { engine: "postgres" });') }, { 'i.ts': pulumi('new aws.rds.Instance("db", { engine: "postgres", skipFinalSnapshot: true });') }, ['data-loss-allowed i.ts skipFinalSnapshot: true']],
];

for (const [what, cases] of Object.entries({ 'the AWS CDK in TypeScript': cdk, 'the AWS CDK in Python': cdkInPython, Pulumi: pulumis })) {
  describe(`a change to what is declared with ${what}`, () => {
    for (const [name, before, after, expected] of cases) {
      it(`${name}: ${expected.length === 0 ? 'nothing found' : expected.join(', ')}`, async () => {
        assert.deepEqual(toldFindings(await findingsOfChange(before, after)), expected);
      });
    }
  });
}
