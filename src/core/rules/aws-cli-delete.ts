import { isDryRun, loopFactors, productionFactors, quoted } from '../check/factors.ts';
import type { Factor, Scope, Undo } from '../check/blastRadius.ts';
import { shell } from '../check/example.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import { hole, type ShellCommand, type Word } from '../language/operation.ts';
import { hasOption, operandsOf, optionValue } from '../language/shell/options.ts';

/** What a command of the AWS command line takes away: scope, undo and what it is called. */
type Loss = readonly [scope: Scope, undo: Undo, noun: string];

/** The commands worth naming; whatever else deletes is judged by its name alone. */
const losses: Readonly<Record<string, Loss>> = {
  'cloudformation delete-stack': ['environment', 'none', 'the CloudFormation stack and everything in it'],
  'cloudformation delete-stack-set': ['environment', 'none', 'the CloudFormation stack set'],
  'elasticbeanstalk terminate-environment': ['environment', 'none', 'the Elastic Beanstalk environment and its database'],
  'elasticbeanstalk delete-application': ['environment', 'none', 'the Elastic Beanstalk application with its versions'],
  'eks delete-cluster': ['environment', 'none', 'the EKS cluster'],
  'ecs delete-cluster': ['environment', 'costly', 'the ECS cluster'],
  'emr terminate-clusters': ['service', 'none', 'the EMR clusters with what their disks hold'],
  'organizations close-account': ['account', 'none', 'the AWS account'],
  'organizations delete-organization': ['account', 'none', 'the organization'],
  'organizations leave-organization': ['account', 'costly', 'the account’s membership of its organization'],
  'rds delete-db-instance': ['service', 'none', 'the database instance and its automated backups'],
  'rds delete-db-cluster': ['service', 'none', 'the database cluster and its automated backups'],
  'rds delete-db-snapshot': ['service', 'none', 'the database snapshot'],
  'rds delete-db-cluster-snapshot': ['service', 'none', 'the cluster snapshot'],
  'dynamodb delete-table': ['collection', 'none', 'the DynamoDB table with all its items'],
  'dynamodb delete-backup': ['collection', 'none', 'the DynamoDB backup'],
  'redshift delete-cluster': ['service', 'none', 'the Redshift cluster'],
  'elasticache delete-cache-cluster': ['service', 'costly', 'the cache cluster'],
  'elasticache delete-replication-group': ['service', 'costly', 'the replication group'],
  's3 rb': ['collection', 'easy', 'the bucket, if it is empty'],
  's3 rm': ['object', 'costly', 'one object'],
  's3api delete-bucket': ['collection', 'easy', 'the bucket, if it is empty'],
  's3api delete-object': ['object', 'costly', 'one object'],
  's3api delete-objects': ['set', 'none', 'the listed objects'],
  'ec2 terminate-instances': ['service', 'none', 'the EC2 instances with their instance disks'],
  'ec2 delete-volume': ['service', 'none', 'the volume and what it holds'],
  'ec2 delete-snapshot': ['service', 'none', 'the snapshot'],
  'ec2 deregister-image': ['set', 'costly', 'the machine image'],
  'ec2 delete-vpc': ['environment', 'costly', 'the network'],
  'efs delete-file-system': ['service', 'none', 'the file system and what it holds'],
  'kms schedule-key-deletion': ['service', 'none', 'the key, and with it everything it encrypted'],
  'secretsmanager delete-secret': ['set', 'costly', 'the secret'],
  'sqs delete-queue': ['collection', 'none', 'the queue with its messages'],
  'sqs purge-queue': ['collection', 'none', 'every message of the queue'],
  'sns delete-topic': ['set', 'costly', 'the topic and its subscriptions'],
  'kinesis delete-stream': ['collection', 'none', 'the stream with its records'],
  'logs delete-log-group': ['collection', 'none', 'the log group with all its logs'],
  'ecr delete-repository': ['collection', 'none', 'the image repository'],
  'cognito-idp delete-user-pool': ['service', 'none', 'the user pool with all its accounts'],
  'route53 delete-hosted-zone': ['service', 'costly', 'the DNS zone'],
  'backup delete-backup-vault': ['service', 'none', 'the backup vault'],
  'backup delete-recovery-point': ['service', 'none', 'the backup'],
  'ecs delete-service': ['service', 'costly', 'the ECS service'],
  'lambda delete-function': ['set', 'costly', 'the function with its versions'],
  'iam delete-user': ['set', 'costly', 'the IAM user'],
  'iam delete-role': ['set', 'costly', 'the IAM role'],
  'iam delete-group': ['set', 'costly', 'the IAM group'],
  'iam delete-policy': ['set', 'costly', 'the IAM policy'],
};

const deletes = /^(?:delete|terminate|deregister|purge|batch-delete|admin-delete|destroy|revoke|remove)-/;

/** Parts and single items of something that stays, and what is made again in a minute. */
const partial = /-(?:items?|messages?|message-batch|objects?|tags?|tagging|attributes?|rules?|alias|aliases|permissions?|subscriptions?|targets?|metrics?|alarms?|dashboards?|tokens?|sessions?|parameters?|records?|configurations?|(?:user|role|group|bucket|queue|resource|repository|lifecycle|scaling|retention)-policy|website|cors|login-profile|access-key|key-pair|event-source-mapping|task-definition|routes?|entries|endpoints?|account-alias|stage|listener|change-set|launch-template-versions|function-concurrency|object-version)$/;

/** Options that say what is deleted. */
const naming = /^--(?:.*-(?:name|names|id|ids|identifier|arn|url)|id|name|names|arn|bucket|cluster|service|clusters)$/;

const globalValued = ['--profile', '--region', '--endpoint-url', '--output', '--query', '--ca-bundle', '--cli-read-timeout', '--cli-connect-timeout', '--color'];

function judge(operation: ShellCommand): Judgement | undefined {
  const { words } = operation;
  const [service, verb, ...operands] = operandsOf(words, globalValued);
  if (service === undefined || verb === undefined || isDryRun(words.map((word) => word.text)) || hasOption(words, '--generate-cli-skeleton')) return undefined;
  if (operands.some((word) => word.text === 'help')) return undefined;
  const loss = service.text === 's3' ? lossInS3(verb.text, words) : (losses[`${service.text} ${verb.text}`] ?? lossByName(verb.text));
  if (loss === undefined) return undefined;
  const [scope, undo, noun] = loss;
  const target = service.text === 's3' ? operands.at(-1) : targetOf(words);
  const name = target === undefined ? undefined : target.text.includes(hole) ? target.source : target.text;
  return {
    scope,
    undo: hasOption(words, '--force-delete-without-recovery') ? 'none' : undo,
    effect: `${verb.text.startsWith('terminate') ? 'terminates' : verb.text.startsWith('purge') ? 'removes' : 'deletes'} ${noun}${name === undefined ? '' : ` (${quoted(name)})`}`,
    ...(name !== undefined && { target: name }),
    factors: [...safeguardFactors(words), ...productionFactors(words.map((word) => word.source)), ...loopFactors(operation)],
  };
}

function lossInS3(verb: string, words: readonly Word[]): Loss | undefined {
  if (verb === 'rm' && hasOption(words, '--recursive')) return ['collection', 'none', 'every object below the prefix'];
  if (verb === 'rb' && hasOption(words, '--force')) return ['collection', 'none', 'the bucket with every object in it'];
  if (verb === 'sync' && hasOption(words, '--delete')) return ['set', 'none', 'every object that the source does not have'];
  return losses[`s3 ${verb}`];
}

function lossByName(verb: string): Loss | undefined {
  if (!deletes.test(verb)) return undefined;
  const noun = `the ${verb.replace(deletes, '').replaceAll('-', ' ')}`;
  if (partial.test(verb) || /^(?:revoke|remove|deregister)-/.test(verb)) return ['object', 'easy', noun];
  return /-(?:cluster|database|file-system|domain|table|stack|environment|vault|backup|snapshot|account|application|data-?store|bucket|workspaces?)$/.test(verb) ? ['service', 'none', noun] : ['set', 'costly', noun];
}

function targetOf(words: readonly Word[]): Word | undefined {
  const at = words.findIndex((word, index) => naming.test(word.text) && words[index + 1]?.text.startsWith('-') === false);
  return at === -1 ? undefined : words[at + 1];
}

function safeguardFactors(words: readonly Word[]): Factor[] {
  const window = optionValue(words, '--pending-window-in-days');
  return [
    ...(hasOption(words, '--skip-final-snapshot') ? [{ text: 'no final snapshot is taken', weight: 1 } as const] : []),
    ...(hasOption(words, '--final-db-snapshot-identifier', '--final-snapshot-identifier') ? [{ text: 'a final snapshot is taken', weight: -1 } as const] : []),
    ...(hasOption(words, '--retain-resources') ? [{ text: 'some of its resources are kept', weight: -1 } as const] : []),
    ...(hasOption(words, '--force-delete', '--force-delete-without-recovery', '--delete-automated-backups') ? [{ text: 'safeguards are passed over', weight: 1 } as const] : []),
    ...(window === undefined ? [] : [{ text: `it can be called off for ${window} days`, weight: 0 } as const]),
  ];
}

export default defineRule({
  id: 'aws-cli-delete',
  title: 'Cloud resource deleted from the command line',
  why: 'The resource goes with everything in it. What is created again under its name is empty, has other addresses and keys, and takes hours to become what it was.',
  instead: 'Change the stack that manages it. If it has to go, let a person run the command with the name typed out, a final snapshot taken, and `--dry-run` first where there is one.',
  blindTo: 'Which account and region the command runs in, whether deletion protection stops it, and deletes in files given by `--cli-input-json`.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: [command('aws')],
  judge: { command: judge },
  examples: {
    bad: [
      shell`⟦aws cloudformation delete-stack --stack-name shop-prod⟧`,
      shell`for b in $(aws s3 ls | awk '{print $3}'); do
  ⟦aws s3 rb "s3://$b" --force⟧
done`,
      shell`⟦aws --profile prod --region eu-west-1 rds delete-db-instance --db-instance-identifier orders --skip-final-snapshot⟧ | jq .`,
      shell`aws ec2 describe-instances --query '...' | xargs ⟦aws ec2 terminate-instances --instance-ids⟧`,
      shell`⟦aws s3 rm s3://invoices/2024/ --recursive⟧`,
      shell`⟦aws kms schedule-key-deletion --key-id 1234 --pending-window-in-days 7⟧`,
      shell`⟦aws elasticbeanstalk terminate-environment --environment-name shop⟧`,
    ],
    good: [
      shell`aws cloudformation describe-stacks --stack-name shop-prod`,
      shell`aws s3 rm s3://invoices/2024/ --recursive --dryrun`,
      shell`aws ec2 terminate-instances --dry-run --instance-ids i-1`,
      shell`aws s3api delete-object --bucket invoices --key a.pdf`,
      shell`aws sqs delete-message --queue-url "$Q" --receipt-handle "$H"`,
      shell`aws rds delete-db-instance help`,
      shell`echo "aws cloudformation delete-stack --stack-name prod"`,
      shell`aws ec2 delete-tags --resources i-1`,
    ],
  },
});
