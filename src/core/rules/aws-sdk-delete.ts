import { type AwsCall, awsCallOf } from '../check/awsCalls.ts';
import { judgeAwsOperation } from '../check/awsJudgement.ts';
import { awsCallNames } from '../check/awsNames.ts';
import { go, java, javascript, php, python, ruby, rust, typescript } from '../check/example.ts';
import { call, callOf, defineRule, type Judgement } from '../check/rule.ts';
import { camelCase, snakeCase } from '../catalogue/spelling.ts';
import { snapshotByField } from '../check/saferForm.ts';
import type { Call } from '../language/operation.ts';

/** `for item in table.scan()["Items"]: batch.delete_item(…)`: the table is emptied item by item. */
function isForAllScanned(name: string, { loop, preceding = '' }: Call): boolean {
  const over = loop?.standsFor ?? loop?.over ?? '';
  if (name !== 'DeleteItem' || over === '') return false;
  const list = /^[\w$]+/.exec(over)?.[0] ?? '';
  const given = list === '' ? '' : (preceding.split(/;|\n\n/).find((statement) => new RegExp(`(?<![\\w$.])${list.replaceAll('$', '\\$')}\\b[^=]*=(?!=)[^]*(?:\\.scan\\(|\\bScanCommand\\()`).test(statement)) ?? '');
  return [over, given].some((each) => /\.scan\(|\bScanCommand\(/.test(each) && !/filter/i.test(each));
}

/** An item at a time, which nobody has to be asked about, for each item that a scan gives. */
const documentDelete = '@aws-sdk/lib-dynamodb#DeleteCommand';

function judgeDocuments(operation: Call): Judgement | undefined {
  if (!isForAllScanned('DeleteItem', operation)) return undefined;
  const table = operation.args[0]?.properties?.get('TableName');
  return { scope: 'collection', effect: 'deletes every item that a scan of the table gives', target: table === undefined ? 'the table' : String(table.constant ?? table.source) };
}

/** Whether the same function made the resource, under the same name, on every way that leads to the call: no line between them leaves the block that it was made in. */
function isMadeBefore({ name, identifiers }: AwsCall['operation'], input: AwsCall['input'], { address, preceding = '' }: Call): boolean {
  const named = identifiers.map((identifier) => input.get(identifier)?.source).find((source) => source !== undefined);
  if (named === undefined || !/^Delete[A-Z]/.test(name)) return false;
  const maker = name.replace('Delete', 'Create');
  const lines = preceding.split('\n');
  const made = lines.findIndex((line) => [maker, camelCase(maker), snakeCase(maker)].some((written) => new RegExp(`\\b${written}(?:Command)?\\(`).test(line)) && line.includes(named));
  if (made === -1) return false;
  const indentOf = (line: string) => /^\s*/.exec(line)?.[0].length ?? 0;
  const indent = indentOf(lines[made] ?? '');
  // Without a function around it the text before holds those of others, which stand farther in.
  if (address.length === 0 && indent > 0) return false;
  return lines.slice(made + 1).every((line) => line.trim() === '' || (indentOf(line) >= indent && !/Already(?:Exists|Owned)|\b(?:except|catch|rescue)\b.*Exists/.test(line)));
}

export default defineRule({
  id: 'aws-sdk-delete',
  title: 'Cloud resource deleted',
  why: 'The resource goes with everything in it. What is created again under its name is empty, has other addresses and keys, and takes hours to become what it was.',
  instead: 'Change the resource in place. If it has to go, delete it in a step of its own, by one name that a person typed, with deletion protection left on for everything else.',
  blindTo: 'Resources behind a wrapper of your own, operations whose name is only known when it runs (one that is put together of constants is known in JavaScript, Python, Ruby and PHP), and which account and region the client talks to. A client that is made in another file is known by what it is given alone.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: [callOf(awsCallNames), call(documentDelete)],
  judge: {
    call: (call) => {
      if (call.imported === documentDelete) return judgeDocuments(call);
      const found = awsCallOf(call);
      if (found === undefined) return undefined;
      const { operation, input, confidence, isWhole } = found;
      if (isMadeBefore(operation, input, call)) return undefined;
      const judgement = judgeAwsOperation(isWhole === true || isForAllScanned(operation.name, call) ? { ...operation, scope: 'collection' } : operation, (name) => input.get(name), call);
      return judgement === undefined || confidence === undefined ? judgement : { ...judgement, confidence };
    },
  },
  safer: [snapshotByField],
  examples: {
    bad: [
      typescript`import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
async function empty(docs, table: string) {
  const { Items = [] } = await docs.send(new ScanCommand({ TableName: table }));
  await Promise.all(Items.map((item) => docs.send(⟦new DeleteCommand({ TableName: table, Key: { id: item.id } })⟧)));
}`,
      typescript`import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
const client = new CloudFormationClient({});
for (const stack of stacks) await client.send(⟦new DeleteStackCommand({ StackName: stack.name })⟧);`,
      javascript`const { S3Client, DeleteBucketCommand: Remove } = require('@aws-sdk/client-s3');
await client.send(⟦new Remove({ Bucket: 'invoices' })⟧);`,
      typescript`import * as rds from '@aws-sdk/client-rds';
await client.send(⟦new rds.DeleteDBInstanceCommand({ DBInstanceIdentifier: 'orders', SkipFinalSnapshot: true })⟧);`,
      typescript`import { DynamoDB } from '@aws-sdk/client-dynamodb';
const db = new DynamoDB({});
await ⟦db.deleteTable({ TableName: 'orders' })⟧;`,
      javascript`import { ElasticBeanstalkClient, TerminateEnvironmentCommand } from '@aws-sdk/client-elastic-beanstalk';
await client.send(⟦new TerminateEnvironmentCommand({ EnvironmentName: 'shop-prod' })⟧);`,
      javascript`const AWS = require('aws-sdk');
const s3 = new AWS.S3();
await ⟦s3.deleteBucket({ Bucket: 'invoices' })⟧.promise();`,
      javascript`await ⟦new AWS.RDS().deleteDBInstance({ DBInstanceIdentifier: 'orders', SkipFinalSnapshot: true })⟧.promise();`,
      typescript`import { queueClient } from '../clients';
export const removeQueue = (url: string) => queueClient.send(⟦new DeleteQueueCommand({ QueueUrl: url })⟧);`,
      typescript`import { s3 } from '../clients';
for (const Key of await listKeys()) await ⟦s3.deleteObject({ Bucket: 'invoices', Key })⟧;`,
      python`import boto3
s3 = boto3.client('s3')
def run(verb, name):
    if verb == 'up':
        s3.create_bucket(Bucket=name)
    else:
        ⟦s3.delete_bucket(Bucket=name)⟧`,
      python`import boto3
rds = boto3.client('rds')
⟦rds.delete_db_instance(DBInstanceIdentifier='orders', SkipFinalSnapshot=True)⟧`,
      typescript`import { S3 } from '@aws-sdk/client-s3';
const client = new S3({});
export const drop = (bucket: string) => ⟦client['delete' + 'Bucket']({ Bucket: bucket })⟧;`,
      python`import boto3
client = boto3.client("s3")
⟦getattr(client, "delete_" + "bucket")(Bucket="invoices")⟧`,
      python`class Clusters:
    def __init__(self, emr_client):
        self.emr_client = emr_client

    def stop(self, cluster_id):
        ⟦self.emr_client.terminate_job_flows(JobFlowIds=[cluster_id])⟧`,
      python`import boto3
bucket = boto3.resource('s3').Bucket('invoices')
⟦bucket.objects.all().delete()⟧
⟦bucket.delete()⟧`,
      python`import boto3
for queue in boto3.resource('sqs').queues.all():
    ⟦queue.purge()⟧`,
      python`import boto3
ec2 = boto3.resource("ec2")
for v in ec2.volumes.all():
    ⟦v.delete()⟧
for each in ec2.instances.filter(Filters=prod):
    ⟦each.terminate()⟧`,
      python`import boto3
for b in boto3.resource("s3").buckets.all():
    ⟦b.object_versions.delete()⟧
    ⟦b.delete()⟧`,
      python`import boto3
q = boto3.resource("sqs").get_queue_by_name(QueueName="orders")
⟦q.purge()⟧
⟦q.delete()⟧`,
      go`package main
import "github.com/aws/aws-sdk-go-v2/service/s3"
type Store struct{ client *s3.Client }
func (s Store) Remove(ctx context.Context, name string) {
	⟦s.client.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: aws.String(name)})⟧
}`,
      java`import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
class Databases {
  void remove(RdsClient rds) {
    ⟦rds.deleteDBInstance(DeleteDbInstanceRequest.builder().dbInstanceIdentifier("orders").build())⟧;
  }
}`,
      ruby`require 'aws-sdk-s3'
bucket = Aws::S3::Resource.new.bucket('invoices')
⟦bucket.clear!⟧
⟦bucket.delete⟧
⟦Aws::S3::Client.new.delete_bucket(bucket: 'invoices')⟧`,
      php`<?php
use Aws\S3\S3Client;
$client = new S3Client([]);
$operation = 'delete' . 'Bucket';
⟦$client->$operation(['Bucket' => 'invoices'])⟧;
⟦call_user_func([$client, 'deleteBucket'], ['Bucket' => 'orders'])⟧;`,
      php`<?php
use Aws\Iam\IamClient;
class Users {
  public function __construct(private IamClient $iam) {}
  public function remove($name) { ⟦$this->iam->deleteUser(['UserName' => $name])⟧; }
}`,
      rust`use aws_sdk_kinesis::Client;
async fn remove(client: &Client) -> Result<(), Error> {
    ⟦client.delete_stream()⟧.stream_name("clicks").send().await?;
    Ok(())
}`,
    ],
    good: [
      typescript`import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
const forget = (docs, id: string) => docs.send(new DeleteCommand({ TableName: 'visits', Key: { id } }));`,
      python`class Tables:
    def delete_table(self, TableName):
        self.known.pop(TableName)

tables = Tables()
tables.delete_table(TableName="orders")`,
      python`import boto3
s3 = boto3.client('s3')
def probe(name):
    s3.create_bucket(Bucket=name)
    try:
        check(name)
    finally:
        s3.delete_bucket(Bucket=name)`,
      python`import boto3
q = boto3.resource("sqs").get_queue_by_name(QueueName="orders")
for m in q.receive_messages():
    m.delete()
for v in cache.volumes.all():
    v.delete()`,
      typescript`import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
await client.send(new DescribeStacksCommand({ StackName: 'prod' }));`,
      typescript`import { DeleteStackCommand } from './commands';
queue.push(new DeleteStackCommand({ StackName: 'prod' }));`,
      typescript`import { S3Client, DeleteObjectCommand } from '@aws-sdk/client-s3';
await client.send(new DeleteObjectCommand({ Bucket: 'invoices', Key: key }));`,
      typescript`// await client.send(new DeleteStackCommand({ StackName: 'prod' }));`,
      javascript`console.log('new DeleteStackCommand({ StackName: "prod" })');`,
      typescript`import type { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
type Sent = DeleteStackCommand;`,
      typescript`import { accounts } from './accounts';
await accounts.deleteUser({ userName: 'ann' });`,
      javascript`import { SQSClient, DeleteMessageCommand } from '@aws-sdk/client-sqs';
const sqs = new SQSClient({});
for (const { ReceiptHandle } of messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));`,
      typescript`import { EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
await new EC2Client({}).send(new TerminateInstancesCommand({ InstanceIds: ids, DryRun: true }));`,
      python`import boto3
boto3.client('dynamodb').delete_item(TableName='orders', Key={'id': {'S': order}})`,
      python`import boto3
s3 = boto3.resource('s3')
s3.Object('invoices', key).delete()
self.cache.delete(key)`,
      java`class Accounts {
  void remove(UserRepository users, String name) { users.deleteUser(name); }
}`,
      ruby`class QueuesController
  def destroy
    @queue.delete
    topic.delete
  end
end`,
      go`package main
func f(users UserStore) { users.DeleteUser(ctx, &store.Query{UserName: "ann"}) }`,
      python`from .users import users
users.delete_user(user_name='ann')`,
    ],
  },
});
