import assert from 'node:assert/strict';
import { findingsOfChange, type Files } from '../../support/changes.ts';

/** What is said of the first finding: its effect, its target, and what else is known of it. */
async function told(after: Files, before: Files = {}): Promise<string[]> {
  return (await findingsOfChange(before, after)).map(({ blastRadius: { effect, undo, factors } }) => [effect, undo, ...factors.map(({ text }) => text)].join('; '));
}

const aws = (line: string) => ({ 'a.py': `import boto3\nrds = boto3.client("rds")\nsecrets = boto3.client("secretsmanager")\n${line}\n` });
const cdk = (...lines: readonly string[]) => ({ 'a.ts': ["import * as s3 from 'aws-cdk-lib/aws-s3';", "import * as rds from 'aws-cdk-lib/aws-rds';", "import { Duration } from 'aws-cdk-lib';", ...lines, ''].join('\n') });
const table = (key: string, name = 'orders') => ({ 't.yaml': `Resources:\n  T:\n    Type: AWS::DynamoDB::Table\n    UpdateReplacePolicy: Retain\n    Properties:\n      TableName: ${name}\n      KeySchema:\n        - AttributeName: ${key}\n          KeyType: HASH\n` });
const mongo = "import { MongoClient } from 'mongodb';\nconst client = new MongoClient(url);\n";

const cases: readonly (readonly [what: string, after: Files, expected: readonly string[], before?: Files])[] = [
  ['GORM', { 'a.go': 'package a\nfunc Wipe(db *gorm.DB) error { return db.Session(&gorm.Session{AllowGlobalUpdate: true}).Delete(&User{}).Error }\n' }, ['deletes every record of `User`; none']],
  ['a repository of TypeORM', { 'a.ts': "import { DataSource } from 'typeorm';\nexport const wipe = (source: DataSource) => source.getRepository(User).clear();\n" }, ['deletes every record of `User`; none']],
  ['an index of Elasticsearch, and the host that its client was made for', { 'a.js': "const client = new Client({ node: 'https://es.prod:9200' });\nclient.deleteByQuery({ index: 'products', body: { query: { match_all: {} } } });\n" }, ['deletes every record of `products`; none; `https://es.prod:9200` names production']],
  ['a collection of a named database', { 'a.ts': `${mongo}await client.db('app').collection('users').drop();\n` }, ['drops the collection `users` with all its documents; none']],
  ['a collection in brackets', { 'a.py': 'from pymongo import MongoClient\nclient = MongoClient()\nclient["app"]["users"].drop()\n' }, ['drops the collection `users` with all its documents; none']],
  ['the objects of a bucket, once', aws('boto3.resource("s3").Bucket(name).objects.all().delete()'), ['deletes the S3 objects; none']],
  ['a final snapshot', aws('rds.delete_db_instance(DBInstanceIdentifier="a", SkipFinalSnapshot=False, FinalDBSnapshotIdentifier="b")'), ['deletes the RDS DB instance `a`; costly; a final snapshot is taken']],
  ['no final snapshot', aws('rds.delete_db_instance(DBInstanceIdentifier="a", SkipFinalSnapshot=True)'), ['deletes the RDS DB instance `a`; none; no final snapshot is taken']],
  ['production by the environment of a command', { 'a.sh': 'RAILS_ENV=production bin/rails db:drop\n' }, ['drops the configured database; none; `RAILS_ENV=production` names production']],
  ['production by the host of a client', { 'a.sh': 'mysql -h prod-db -u root -e "TRUNCATE TABLE orders" shop\n' }, ['removes every row of `orders`; none; `prod-db` names production']],
  ['production by the host of a shell', { 'a.sh': 'ssh deploy@db1.prod.example.com "sudo -u postgres psql -c \'DROP DATABASE orders\'"\n' }, ['drops the database `orders` and everything in it; none; `deploy@db1.prod.example.com` names production']],
  ['no production elsewhere in the script', { 'a.sh': 'mysql -h test-db -e "TRUNCATE TABLE orders" shop\necho production\n' }, ['removes every row of `orders`; none']],
  ['a bucket that the CDK retains', cdk(), ['removes `Data` from the configuration: the next deployment leaves it where it is, unmanaged, as such constructs are retained unless they say otherwise; costly'], cdk("new s3.Bucket(this, 'Data', { versioned: true });")],
  ['a plain bucket, which it does not', cdk(), ['removes `Data` from the configuration: the next deployment deletes it, with what it holds; none'], cdk("new s3.CfnBucket(this, 'Data', { bucketName: 'a' });")],
  ['a database that the CDK copies', cdk(), ['removes `Db` from the configuration: the next deployment deletes it after a last snapshot; costly'], cdk("new rds.DatabaseInstance(this, 'Db', { engine });")],
  ['a retained bucket renamed', cdk("new s3.Bucket(this, 'Files', { versioned: true });"), ['renames `Data` to `Files`: the old one stays, unmanaged, and an empty one is made beside it; costly'], cdk("new s3.Bucket(this, 'Data', { versioned: true });")],
  ['a length of time that is written down', cdk("new rds.DatabaseInstance(this, 'Db', { backupRetention: Duration.days(1) });"), ['shortens how long `Db` keeps backups: `Duration.days(30)` becomes `Duration.days(1)`; costly'], cdk("new rds.DatabaseInstance(this, 'Db', { backupRetention: Duration.days(30) });")],
  ['what an update that replaces it leaves', table('id', 'orders2'), ['changes `TableName` of `T` from `orders` to `orders2`, which replaces it: the old one is left where it is, unmanaged, and an empty one is created; costly'], table('id')],
  ['a key renamed, once', table('pk'), ['changes `KeySchema[pk].AttributeName` of `T` from `id` to `pk`, which replaces it: the old one is left where it is, unmanaged, and an empty one is created; costly'], table('id')],
  ['a test that goes with what it tests', { 'a.py': 'def add(a, b):\n    return a + b\n', 'test_a.py': 'from a import add\n\ndef test_add():\n    assert add(1, 2) == 3\n' }, [], { 'a.py': 'def add(a, b):\n    return a + b\n\ndef sub(a, b):\n    return a - b\n', 'test_a.py': 'from a import add, sub\n\ndef test_add():\n    assert add(1, 2) == 3\n\ndef test_sub():\n    assert sub(1, 2) == -1\n' }],
  ['a test that goes while what it tests stays', { 'a.py': 'def add(a, b):\n    return b + a\n\ndef sub(a, b):\n    return a - b\n', 'test_a.py': 'from a import add\n\ndef test_add():\n    assert add(1, 2) == 3\n' }, ['takes a test away: `test_sub`; easy'], { 'a.py': 'def add(a, b):\n    return a + b\n\ndef sub(a, b):\n    return a - b\n', 'test_a.py': 'from a import add, sub\n\ndef test_add():\n    assert add(1, 2) == 3\n\ndef test_sub():\n    assert sub(1, 2) == -1\n' }],
  ['what Pulumi refuses to delete', { 'i.ts': 'import * as aws from "@pulumi/aws";\n' }, ['removes `db` from the configuration: the next update fails as long as it is protected, and deletes it when it no longer is, with all its data; none; `protect` is in its way'], { 'i.ts': 'import * as aws from "@pulumi/aws";\nnew aws.rds.Instance("db", { engine: "postgres" }, { protect: true });\n' }],
];

describe('what is said of a finding', () => {
  for (const [what, after, expected, before] of cases) {
    it(what, async () => {
      assert.deepEqual(await told(after, before), expected);
    });
  }
});
