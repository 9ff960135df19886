import { awsDeletes, javascriptCallees } from '../catalogue/awsDeletes.ts';
import { javascript, typescript } from '../check/example.ts';
import { loopFactors, productionFactors } from '../check/factors.ts';
import { call, defineRule } from '../check/rule.ts';
import { hole } from '../language/operation.ts';

const byCallee = new Map(awsDeletes.flatMap((entry) => javascriptCallees(entry).map((callee) => [callee, entry] as const)));

export default defineRule({
  id: 'aws-sdk-delete',
  title: 'Cloud resource deleted',
  why: 'The resource goes with everything in it. What is created again under its name is empty, has other addresses and keys, and takes hours to become what it was.',
  instead: 'Change the resource in place. If it has to go, delete it in a step of its own, by one name that a person typed, with deletion protection left on for everything else.',
  blindTo: 'Clients that are handed in from another file, resources behind a wrapper of your own, and other languages than JavaScript and TypeScript.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: [...byCallee.keys()].map((callee) => call(callee)),
  judge: {
    call: (operation) => {
      const entry = byCallee.get(operation.imported ?? '');
      if (entry === undefined) return undefined;
      const input = operation.args[0]?.properties;
      const named = input?.get(entry.identifier);
      const target = typeof named?.constant === 'string' && !named.constant.includes(hole) ? named.constant : undefined;
      const which = target !== undefined ? ` \`${target}\`` : named === undefined ? '' : ` named by \`${named.source}\``;
      return {
        scope: entry.reach,
        effect: `deletes the ${entry.noun}${which}${entry.reach === 'environment' ? ' and everything in it' : ''}`,
        ...(target !== undefined && { target }),
        factors: [...loopFactors(operation), ...productionFactors(named === undefined ? [] : [target ?? named.source])],
      };
    },
  },
  examples: {
    bad: [
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
    ],
    good: [
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
    ],
  },
});
