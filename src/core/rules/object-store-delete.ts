import { objectStores } from '../catalogue/commands/objectStores.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { isAwsCall } from '../check/awsCalls.ts';
import { inputOf } from '../check/callInput.ts';
import { python, shell, typescript } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { call, defineRule, type Judgement } from '../check/rule.ts';
import { dryRun } from '../check/saferForm.ts';
import type { Call, Value } from '../language/operation.ts';

/** How the SDKs spell the operation that sets when objects expire. */
const setsExpiry = ['put_bucket_lifecycle_configuration', 'putBucketLifecycleConfiguration', 'PutBucketLifecycleConfigurationCommand', 'PutBucketLifecycleConfiguration', 'PutLifecycleConfigurationAsync', 'put_bucket_lifecycle', 'putBucketLifecycle'];
/** Longer waits are how logs and backups are kept in bounds. */
const mostDays = 30;

function judgeExpiry(operation: Call): Judgement | undefined {
  if (!isAwsCall(operation)) return undefined;
  const input = inputOf(operation);
  const rules = (input.get('LifecycleConfiguration')?.properties?.get('Rules') ?? input.get('Rules'))?.elements ?? [];
  const rule = rules.find(expiresAll);
  if (rule === undefined) return undefined;
  const bucket = input.get('Bucket')?.constant;
  const days = rule.properties?.get('Expiration')?.properties?.get('Days')?.source ?? '';
  return {
    effect: `lets every object of ${typeof bucket === 'string' ? quoted(bucket) : 'the bucket'} expire after ${days} ${days === '1' ? 'day' : 'days'}`,
    ...(typeof bucket === 'string' && { target: bucket }),
    factors: [...productionFactors([typeof bucket === 'string' ? bucket : '']), ...loopFactors(operation)],
  };
}

/** A rule that is on, is for no prefix and no tag, and does not wait long. */
function expiresAll({ properties }: Value): boolean {
  const days = properties?.get('Expiration')?.properties?.get('Days')?.constant;
  const filter = properties?.get('Filter')?.properties;
  const prefix = properties?.get('Prefix') ?? filter?.get('Prefix');
  const isForAll = (prefix === undefined || prefix.constant === '') && ![...(filter?.keys() ?? [])].some((key) => key !== 'Prefix');
  return typeof days === 'number' && days <= mostDays && isForAll && properties?.get('Status')?.constant !== 'Disabled';
}

export default defineRule({
  id: 'object-store-delete',
  title: 'Stored objects deleted',
  why: 'Objects below a prefix go at once and in great number; without versioning there is no way back.',
  instead: 'List what would go first (`--dry-run`), let a lifecycle rule with a waiting time delete it, and keep versioning on.',
  blindTo: 'Whether the bucket keeps versions, which remote a name stands for in the configuration, and what lies below the prefix.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [...toolMatchers(objectStores), ...setsExpiry.map((name) => call(name))],
  judge: { command: judgeByTable(objectStores), call: judgeExpiry },
  safer: [dryRun(/^rclone /, '--dry-run')],
  examples: {
    bad: [
      python`import boto3
s3 = boto3.client("s3")
⟦s3.put_bucket_lifecycle_configuration(
    Bucket="invoices",
    LifecycleConfiguration={"Rules": [{"ID": "all", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}]},
)⟧`,
      typescript`import { PutBucketLifecycleConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
await new S3Client({}).send(⟦new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] } })⟧);`,
      shell`⟦rclone purge remote:invoices⟧`,
      shell`⟦rclone sync ./public remote:site⟧`,
      shell`⟦s3cmd del --recursive s3://invoices/2024/⟧`,
      shell`⟦mc rm --recursive --force store/invoices⟧`,
      shell`⟦databricks fs rm -r dbfs:/mnt/orders⟧`,
      shell`⟦hdfs dfs -rm -r -skipTrash /data/orders⟧`,
    ],
    good: [
      python`import boto3
rules = [{"ID": "logs", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 7}}]
boto3.client("s3").put_bucket_lifecycle_configuration(Bucket="invoices", LifecycleConfiguration={"Rules": rules})
boto3.client("s3").put_bucket_lifecycle_configuration(Bucket="backups", LifecycleConfiguration={"Rules": [{"Status": "Enabled", "Filter": {}, "Expiration": {"Days": 365}}]})`,
      shell`rclone sync --dry-run ./public remote:site`,
      shell`rclone copy ./public remote:site`,
      shell`s3cmd del s3://invoices/a.pdf`,
      shell`mc ls store/invoices`,
      shell`databricks fs rm dbfs:/tmp/a.csv`,
      shell`hdfs dfs -ls -R /data`,
    ],
  },
});
