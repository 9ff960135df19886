import { camelCase, snakeCase, spelling } from '../catalogue/spelling.ts';
import { isAwsCall } from '../check/awsCalls.ts';
import { java, php, python, typescript } from '../check/example.ts';
import { loopFactors, productionFactors } from '../check/factors.ts';
import { callOf, defineRule, type NameTable } from '../check/rule.ts';
import type { Call } from '../language/operation.ts';

interface Batch {
  /** What says among its arguments, or before in the same function, that it deletes. */
  readonly deletes: RegExp;
  /** What says among its arguments that it does something else. */
  readonly spares: RegExp;
  readonly effect: string;
}

/** Operations that write, and delete where what they are given says so. */
const batches: Readonly<Record<string, Batch>> = {
  BatchWriteItem: { deletes: /\bdelete_?request\b/i, spares: /\bput_?request\b/i, effect: 'deletes items of a DynamoDB table by the batch' },
  BatchWrite: { deletes: /\bdelete_?request\b/i, spares: /\bput_?request\b/i, effect: 'deletes items of a DynamoDB table by the batch' },
  ChangeResourceRecordSets: { deletes: /\baction\b["']?\s*(?:[:=(]|=>)+\s*:?["']?(?:\w+\.)*DELETE\b/i, spares: /\b(?:UPSERT|CREATE)\b/i, effect: 'deletes DNS records: the names stop to resolve' },
};
const byName = new Map(Object.keys(batches).map((name) => [spelling(name), name]));

/** Of the S3 client for PHP: it lists, and deletes all that it lists. */
const listers = new Set(['fromListObjects', 'fromIterator']);

function batchNamed(name: string): Batch | undefined {
  return batches[byName.get(spelling(name.replace(/(?:Command|Async)$/, ''))) ?? ''];
}

const names: NameTable = {
  words: (family) => {
    const all = Object.keys(batches);
    if (family === 'python' || family === 'ruby' || family === 'rust') return all.map(snakeCase);
    if (family === 'php') return [...all.map(camelCase), ...listers];
    return all.flatMap((name) => [camelCase(name), name, `${name}${family === 'javascript' ? 'Command' : 'Async'}`]);
  },
  has: (name) => batchNamed(name) !== undefined || listers.has(name),
};

function judge(call: Call) {
  const { name, receiver = '', args, preceding = '', loop } = call;
  const factors = [...loopFactors(call), ...productionFactors(args.map(({ source }) => source))];
  if (listers.has(name)) return /\bBatchDelete$/.test(receiver) ? { scope: 'collection' as const, effect: 'deletes every object that is listed in a bucket', factors } : undefined;
  const batch = batchNamed(name);
  if (batch === undefined || !isAwsCall(call)) return undefined;
  const given = args.map(({ source, standsFor = '' }) => `${source} ${standsFor}`).join(' ');
  const isWritten = batch.deletes.test(given);
  if (!isWritten && (batch.spares.test(given) || !batch.deletes.test(preceding) || batch.spares.test(preceding))) return undefined;
  const isOfList = loop !== undefined || /\b(?:map|for|stream|Select|collect)\b|\bscan\b/i.test(given + preceding);
  return { scope: isOfList ? ('collection' as const) : ('set' as const), effect: batch.effect, factors };
}

export default defineRule({
  id: 'aws-batch-delete',
  title: 'Deleted by the batch',
  why: 'One call takes as many as it is given, and says nothing of those that it did not find. There is no undo but a backup, and for DNS names every client notices.',
  instead: 'Print what would go first, take a backup or switch point-in-time recovery on, and delete by a list that somebody read.',
  blindTo: 'Requests that another function puts together, and what the list holds.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [callOf(names)],
  judge: { call: judge },
  examples: {
    bad: [
      typescript`import { DynamoDBDocumentClient, BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
await doc.send(⟦new BatchWriteCommand({ RequestItems: { orders: keys.map((Key) => ({ DeleteRequest: { Key } })) } })⟧);`,
      python`import boto3
ddb = boto3.client("dynamodb")
def empty(table, keys):
    requests = [{"DeleteRequest": {"Key": k}} for k in keys]
    ⟦ddb.batch_write_item(RequestItems={table: requests})⟧`,
      java`import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
class Tidy {
  void run(DynamoDbClient ddb, List<WriteRequest> keys) {
    var writes = keys.stream().map(k -> WriteRequest.builder().deleteRequest(d -> d.key(k)).build()).toList();
    ⟦ddb.batchWriteItem(BatchWriteItemRequest.builder().requestItems(Map.of("orders", writes)).build())⟧;
  }
}`,
      python`import boto3
r53 = boto3.client("route53")
⟦r53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "DELETE", "ResourceRecordSet": each}]})⟧`,
      php`<?php
use Aws\\S3\\BatchDelete;
⟦BatchDelete::fromListObjects($client, ['Bucket' => 'invoices'])⟧->delete();`,
    ],
    good: [
      typescript`import { DynamoDBDocumentClient, BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
await doc.send(new BatchWriteCommand({ RequestItems: { orders: items.map((Item) => ({ PutRequest: { Item } })) } }));`,
      python`import boto3
r53 = boto3.client("route53")
r53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "UPSERT", "ResourceRecordSet": each}]})`,
      python`def f(batcher):
    batcher.batch_write_item({"DeleteRequest": 1})`,
    ],
  },
});
