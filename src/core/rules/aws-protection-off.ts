import { type AwsProtection, awsProtections } from '../catalogue/awsProtections.ts';
import { camelCase, snakeCase, spelling, wordsOf } from '../catalogue/spelling.ts';
import { isAwsCall } from '../check/awsCalls.ts';
import { inputOf } from '../check/callInput.ts';
import { javascript, python, shell, typescript } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { callOf, command, defineRule, type Judgement, type NameTable } from '../check/rule.ts';
import type { Call, OperationBase, ShellCommand, Value } from '../language/operation.ts';
import { hasOption } from '../language/shell/options.ts';

const operations = new Map(Object.keys(awsProtections).map((name) => [spelling(name), name]));

function operationNamed(name: string): string | undefined {
  return operations.get(spelling(name.replace(/(?:Command|Async)$/, '')));
}

const names: NameTable = {
  words: (family) => {
    const all = Object.keys(awsProtections);
    if (family === 'python' || family === 'ruby' || family === 'rust') return all.map(snakeCase);
    return all.flatMap((name) => [camelCase(name), `${name}${family === 'javascript' ? 'Command' : 'Async'}`]);
  },
  has: (name) => operationNamed(name) !== undefined,
};

function judgeCall(call: Call): Judgement | undefined {
  const operation = operationNamed(call.name);
  if (operation === undefined || !isAwsCall(call)) return undefined;
  const input = inputOf(call);
  const off = awsProtections[operation]?.find((protection) => isOff(valueAt(protection.input.split('.'), (name) => input.get(name)), protection));
  const target = call.args.flatMap(({ properties }) => [...(properties ?? [])]).find(([, { constant }]) => typeof constant === 'string')?.[1].constant;
  return off === undefined ? undefined : judgementOf(operation, off, typeof target === 'string' && target !== off.off ? target : undefined, call, call.args.map(({ source }) => source));
}

/** The value of an input, or of a member of one. */
function valueAt([first = '', ...rest]: readonly string[], get: (name: string) => Value | undefined): Value | undefined {
  const value = get(first);
  if (rest.length === 0 || value === undefined) return value;
  const inner = new Map([...(value.properties ?? [])].map(([name, each]) => [spelling(name), each]));
  return valueAt(rest, (name) => inner.get(spelling(name)));
}

function isOff(value: Value | undefined, { off }: AwsProtection): boolean {
  return value?.constant === off || (typeof off === 'string' && value !== undefined && new RegExp(`\\.${off}$`, 'i').test(value.source));
}

/** `--no-deletion-protection`, `--backup-retention-period 0`, `--versioning-configuration Status=Suspended`. */
function judgeCommand(operation: ShellCommand): Judgement | undefined {
  const { words } = operation;
  const name = words.map(({ text }) => operationNamed(text)).find((each) => each !== undefined);
  if (name === undefined || hasOption(words, '--dry-run', '--generate-cli-skeleton')) return undefined;
  const texts = words.map(({ text }) => text);
  const off = awsProtections[name]?.find(({ input, off: value }) => {
    const [first = '', inner] = input.split('.');
    const option = `--${snakeCase(first).replaceAll('_', '-')}`;
    const given = texts[texts.indexOf(option) + 1];
    if (value === false && texts.includes(option.replace('--', '--no-'))) return true;
    if (!texts.includes(option) || given === undefined) return false;
    return inner === undefined ? given === String(value) : new RegExp(`\\b${inner}\\W{1,4}${String(value)}\\b`, 'i').test(given);
  });
  return off === undefined ? undefined : judgementOf(name, off, undefined, operation, words.map(({ source }) => source));
}

function judgementOf(operation: string, { what }: AwsProtection, target: string | undefined, around: Pick<OperationBase, 'loop'>, texts: readonly string[]): Judgement {
  const noun = wordsOf(operation.replace(/^(?:Modify|Update|Set|Put)/, '').replace(/(?:Config|Attribute|Policy|Versioning|(?:Deletion|Delete|Termination)Protection|ContinuousBackups)$/, ''));
  return {
    effect: `turns off ${what}${noun === '' ? '' : ` of ${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`}${target === undefined ? '' : ` (${quoted(target)})`}`,
    ...(target !== undefined && { target }),
    factors: [...loopFactors(around), ...productionFactors(texts)],
  };
}

export default defineRule({
  id: 'aws-protection-off',
  title: 'Protection of a cloud resource turned off',
  why: 'Deletion protection, backups, versions and blocks on public access are what keeps a later mistake from being the last one. Turning them off is the first step of most losses.',
  instead: 'Leave protection on. If a resource has to go, take its protection off by hand, right before, with a backup made.',
  blindTo: 'Attributes that are put together at run time, attributes of load balancers, and protection that is lowered rather than turned off.',
  blastRadius: { scope: 'service', undo: 'easy' },
  matches: [callOf(names), command('aws')],
  judge: { call: judgeCall, command: judgeCommand },
  examples: {
    bad: [
      typescript`import { RDSClient, ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
await new RDSClient({}).send(⟦new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'orders', DeletionProtection: false })⟧);`,
      javascript`const AWS = require('aws-sdk');
const s3 = new AWS.S3();
await ⟦s3.putBucketVersioning({ Bucket: 'invoices', VersioningConfiguration: { Status: 'Suspended' } })⟧.promise();`,
      python`import boto3
⟦boto3.client('rds').modify_db_cluster(DBClusterIdentifier='orders', BackupRetentionPeriod=0)⟧`,
      python`import boto3
cognito = boto3.client('cognito-idp')
⟦cognito.update_user_pool(UserPoolId=pool, DeletionProtection='INACTIVE')⟧`,
      shell`⟦aws rds modify-db-instance --db-instance-identifier orders --no-deletion-protection⟧`,
      shell`⟦aws s3api put-bucket-versioning --bucket invoices --versioning-configuration Status=Suspended⟧`,
    ],
    good: [
      typescript`import { RDSClient, ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
await new RDSClient({}).send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'orders', DeletionProtection: true }));`,
      python`import boto3
boto3.client('s3').put_bucket_versioning(Bucket='invoices', VersioningConfiguration={'Status': 'Enabled'})`,
      typescript`import { table } from './table';
table.updateTable({ DeletionProtectionEnabled: false });`,
      shell`aws rds modify-db-instance --db-instance-identifier orders --backup-retention-period 35`,
      shell`echo "aws rds modify-db-instance --no-deletion-protection"`,
    ],
  },
});
