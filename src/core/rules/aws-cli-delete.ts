import { type AwsOperation, awsOperationsNamed, awsServiceNamed } from '../catalogue/awsCatalogue.ts';
import { snakeCase } from '../catalogue/spelling.ts';
import { type Input, judgeAwsOperation } from '../check/awsJudgement.ts';
import type { Scope, Undo } from '../check/blastRadius.ts';
import { shell, tag } from '../check/example.ts';
import { isDryRun, loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import { dryRun, snapshotByOption } from '../check/saferForm.ts';
import { hole, type ShellCommand, type Word } from '../language/operation.ts';
import { hasOption, operandsOf } from '../language/shell/options.ts';

const globalValued = ['--profile', '--region', '--endpoint-url', '--output', '--query', '--ca-bundle', '--cli-read-timeout', '--cli-connect-timeout', '--color'];

function judge(operation: ShellCommand): Judgement | undefined {
  const { words } = operation;
  const [service, verb, ...operands] = operandsOf(words, globalValued);
  if (service === undefined || verb === undefined || isDryRun(words.map((word) => word.text)) || hasOption(words, '--generate-cli-skeleton')) return undefined;
  if (operands.some((word) => word.text === 'help')) return undefined;
  if (service.text === 's3') return judgeInS3(operation, verb.text, operands);
  if (verb.text === 'change-resource-record-sets' || verb.text === 'put-bucket-lifecycle-configuration') return judgeDocument(operation, verb.text);
  const awsOperation = operationOf(service.text, verb.text);
  const judgement = awsOperation === undefined ? undefined : judgeAwsOperation(awsOperation, (name) => optionFor(name, words), operation);
  if (judgement === undefined) return undefined;
  // The profile says more about where it happens than the name of the thing does.
  const known = judgement.factors ?? [];
  const production = known.some(({ text }) => text.endsWith('names production')) ? [] : productionFactors(words.map((word) => word.source));
  return { ...judgement, factors: [...known, ...production] };
}

/** Operations that delete by what the document says that they are given. */
function judgeDocument({ words, loop }: ShellCommand, verb: string): Judgement | undefined {
  const [option, pattern, effect] =
    verb === 'change-resource-record-sets'
      ? (['change-batch', /"?Action"?\s*[:=]\s*"?DELETE\b/, 'deletes records of a zone, so that their names stop resolving'] as const)
      : (['lifecycle-configuration', /"?Expiration"?\s*[:=]\s*\{/, 'lets every object expire that a rule fits'] as const);
  const given = optionFor(option, words)?.constant;
  if (typeof given !== 'string' || !pattern.test(given)) return undefined;
  return { scope: verb.startsWith('change') ? 'service' : 'collection', undo: verb.startsWith('change') ? 'costly' : 'none', effect, factors: [...productionFactors(words.map((word) => word.source)), ...loopFactors({ loop })] };
}

/** What the catalogue has, else what the command's own name says: new services come faster than catalogues. */
function operationOf(serviceName: string, verb: string): AwsOperation | undefined {
  const service = awsServiceNamed(serviceName);
  const known = awsOperationsNamed(verb).find((each) => each.service.name === service?.name);
  if (known !== undefined || service !== undefined || !/^(?:delete|terminate)-/.test(verb)) return known;
  const name = verb.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return { service: { name: serviceName, id: serviceName, spellings: [] }, name, scope: 'set', undo: 'costly', identifiers: [], isEachNeeded: false, safeguards: [] };
}

/** The value of the option that stands for an input: `--skip-final-snapshot`, `--no-delete-automated-backups`, `--bucket x`. */
function optionFor(name: string, words: readonly Word[]): Input | undefined {
  const option = snakeCase(name).replaceAll('_', '-');
  for (const [at, { text, source }] of words.entries()) {
    if (text === `--no-${option}`) return { source, constant: false };
    if (text.startsWith(`--${option}=`)) return { source, constant: text.slice(option.length + 3) };
    if (text !== `--${option}`) continue;
    const value = words[at + 1];
    if (value === undefined || value.text.startsWith('--')) return { source, constant: true };
    return value.text.includes(hole) ? { source: value.source } : { source: value.source, constant: value.text };
  }
  return undefined;
}

/** `aws s3` has commands of its own, for objects by path. */
function judgeInS3(operation: ShellCommand, verb: string, operands: readonly Word[]): Judgement | undefined {
  const { words } = operation;
  const loss = lossInS3(verb, words);
  if (loss === undefined) return undefined;
  const [scope, undo, noun] = loss;
  const target = operands.at(-1);
  const name = target === undefined ? undefined : target.text.includes(hole) ? target.source : target.text;
  return {
    scope,
    undo,
    effect: `deletes ${noun}${name === undefined ? '' : ` (${quoted(name)})`}`,
    ...(name !== undefined && { target: name }),
    factors: [...productionFactors(words.map((word) => word.source)), ...loopFactors(operation)],
  };
}

function lossInS3(verb: string, words: readonly Word[]): readonly [scope: Scope, undo: Undo, noun: string] | undefined {
  if (verb === 'rm') return hasOption(words, '--recursive') ? ['collection', 'none', 'every object below the prefix'] : ['object', 'costly', 'one object'];
  if (verb === 'rb') return hasOption(words, '--force') ? ['collection', 'none', 'the bucket with every object in it'] : ['collection', 'easy', 'the bucket, if it is empty'];
  if (verb === 'sync' && hasOption(words, '--delete')) return ['set', 'none', 'every object that the source does not have'];
  return undefined;
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
  safer: [snapshotByOption, dryRun(/^aws (?:--\S+ \S+ )*s3 rm /, '--dryrun')],
  examples: {
    bad: [
      tag('main.tf')`resource "terraform_data" "drop" {
  provisioner "local-exec" {
    command = "⟦aws s3 rb s3://invoices --force⟧"
  }
}
resource "aws_instance" "app" {
  user_data = <<-EOF
    #!/bin/bash
    ⟦aws s3 rm s3://invoices --recursive⟧
  EOF
}`,
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
      tag('main.tf')`resource "terraform_data" "drop" {
  # provisioner "local-exec" { command = "aws s3 rb s3://invoices --force" }
  description = "aws s3 rb s3://invoices --force"
  provisioner "local-exec" {
    command = "echo aws s3 rb s3://invoices --force"
  }
}`,
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
