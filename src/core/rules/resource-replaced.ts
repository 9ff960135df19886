import { replacementBy } from '../catalogue/replacements.ts';
import type { Factor } from '../check/blastRadius.ts';
import { changeFactors, fateWhenReplaced, importance, isOff, lossOf, refusalFactors } from '../check/configuration.ts';
import { change, lines, terraform } from '../check/example.ts';
import { quoted } from '../check/factors.ts';
import { attributeChange, defineRule, type Judgement } from '../check/rule.ts';
import type { AttributeChange, Value } from '../language/operation.ts';

/** The value itself where what is written on both sides only names it. */
const written = (value: Value | undefined, other: Value | undefined) => (value === undefined ? 'not set' : quoted(value.source === other?.source && value.constant !== undefined ? JSON.stringify(value.constant) : value.source));

/** A template without what is put into it: only what is written can be seen to change, and the name of a constant. Of any other expression nothing can. */
const skeleton = ({ source }: Value) => (/^(["`]).*\1$|^f["']|^!(?:Sub|Join)\b/s.test(source) ? source.replace(/\$?\{[^}]*\}|\{[^]*$/g, (hole) => (hole.endsWith('}') ? '' : hole)) : /^(?:\w+\.)+[A-Z][A-Z0-9_]*$/.test(source) ? source : undefined);

/** Of `setting || "EU"` what it is without one, and the rest. */
const fallback = /^([^]*(?:\?\?|\|\||\bor\b|,)\s*)(["'])([^"'`]*)\2(\s*\)*)$/;

/** Whether two expressions only differ in what holds where nothing is set. */
function hasOtherFallback({ before, after }: AttributeChange): boolean {
  const [was, is] = [before, after].map((value) => fallback.exec(value?.standsFor ?? value?.source ?? ''));
  return was !== undefined && is !== undefined && was !== null && is !== null && was[1] === is[1] && was[4] === is[4] && was[3] !== is[3];
}

/** Whether two values are known to differ, may differ, or only read differently. */
function difference(change: AttributeChange): 'known' | 'maybe' | 'none' {
  const { before, after } = change;
  // What is not set is the default, and that is off.
  if (before === undefined || after === undefined) return isOff(before ?? after) ? 'none' : 'known';
  if (before.constant !== undefined && after.constant !== undefined) return 'known';
  if (before.constant === undefined && after.constant === undefined) {
    if (hasOtherFallback({ ...change, before, after })) return 'maybe';
    const [from, to] = [skeleton(before), skeleton(after)];
    return from === undefined || to === undefined || from === to ? 'none' : 'known';
  }
  // Of one for each the value is the one that it had, more often than not.
  return /\beach\.|\bcount\.index\b/.test(after.source) ? 'none' : 'maybe';
}

/** Disks grow where they are. */
function grows({ attribute, before, after }: AttributeChange): boolean {
  return /(?:size|storage|capacity)[^.]*$/i.test(attribute) && typeof before?.constant === 'number' && typeof after?.constant === 'number' && after.constant > before.constant;
}

/** What is no longer ignored may differ already, and is replaced at the next run. */
function judgeIgnored(change: AttributeChange): Judgement | undefined {
  const { before, after, block, type } = change;
  const names = (value: Value | undefined) => (value?.elements ?? []).map(({ source }) => source.replaceAll('"', ''));
  const kept = names(after);
  const lost = kept.includes('all') || after?.source === 'all' ? [] : names(before).filter((name) => !kept.includes(name) && replacementBy(type, name) !== undefined);
  if (lost.length === 0) return undefined;
  return {
    ...lossOf[importance(change)],
    effect: `no longer ignores changes to ${lost.map((name) => `\`${name}\``).join(', ')} of \`${block}\`, which may replace it when it differs`,
    target: block,
    factors: [...refusalFactors(change), ...changeFactors(change).filter(({ weight }) => weight !== 0)],
    confidence: 'medium',
  };
}

function judge(change: AttributeChange): Judgement | undefined {
  const { attribute, block, before, after, type } = change;
  if (attribute === 'lifecycle.ignore_changes' || attribute === 'ignoreChanges') return judgeIgnored(change);
  const replaces = replacementBy(type, attribute);
  const differs = difference(change);
  if (replaces === undefined || differs === 'none' || grows(change)) return undefined;
  const kind = importance(change);
  // What only protects others is as good when it is made anew; what weakens it is told by other rules.
  if (kind === 'safeguard' && /lock|policy|PodDisruptionBudget/i.test(type)) return undefined;
  const isSure = replaces === 'always' && differs === 'known';
  const loss = { database: 'an empty one is created', store: 'an empty one is created', safeguard: 'another one is created', serving: 'another one is created', plain: 'another one is created' }[kind];
  const fate = fateWhenReplaced(change);
  const isLeft = fate === 'kept';
  // Docker keeps a volume under its name, and the containers are given another one.
  const old = { deleted: change.platform === 'compose' ? 'left where it is' : 'deleted', copied: 'deleted after a last snapshot', kept: 'left where it is, unmanaged,' }[fate];
  const doubt: Factor[] = differs === 'maybe' ? [{ text: 'the new value is only known later', weight: -1 }] : [];
  return {
    ...(isLeft ? { scope: 'set', undo: 'costly' } : lossOf[kind]),
    ...((fate === 'copied' || change.platform === 'compose') && { undo: 'costly' }),
    effect: `changes \`${attribute}\` of \`${block}\` from ${written(before, after)} to ${written(after, before)}, which ${isSure ? 'replaces it' : 'may replace it'}: the old one is ${old} and ${loss}`,
    target: block,
    // Who refuses to delete it does not keep an empty one from being made beside what is left in place.
    factors: [...doubt, ...(isLeft ? [] : refusalFactors(change)), ...changeFactors(change).filter(({ text }) => differs !== 'maybe' || !text.startsWith('it now depends'))],
    ...(isSure ? {} : { confidence: 'medium' as const }),
  };
}

export default defineRule({
  id: 'resource-replaced',
  title: 'Resource replaced by a changed setting',
  why: 'Some settings cannot be changed on what is there: the tool deletes it and creates another one, which is empty. One changed name, key or region is enough.',
  instead: 'Make the new one beside the old one, move the data, and remove the old one in a change of its own. Keep `prevent_destroy` on what holds data: then the plan fails in place of replacing it.',
  blindTo: 'Settings of AWS and Google that their Terraform providers do not document in a form that can be derived, beyond the common ones; values that are only known when the tool runs.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [attributeChange()],
  judge: { attributeChange: judge },
  examples: {
    bad: [
      change(
        'template.yaml',
        lines('Resources:', '  Jobs:', '    Type: AWS::SQS::Queue', '    Properties:', '      QueueName: !Sub "${AWS::StackName}-jobs"'),
        lines('Resources:', '  Jobs:', '    Type: AWS::SQS::Queue', '    Properties:', '      ⟦QueueName: !Join ["-", [!Ref "AWS::StackName", work]]⟧'),
      ),
      terraform(
        'resource "aws_dynamodb_table" "orders" {\n  name     = "orders"\n  hash_key = "id"\n}\n',
        'resource "aws_dynamodb_table" "orders" {\n  name     = "orders"\n  ⟦hash_key = "order_id"⟧\n}\n',
      ),
      terraform(
        'variable "name" {\n  default = "orders"\n}\n\nresource "aws_dynamodb_table" "orders" {\n  name = var.name\n}\n',
        'variable "name" {\n  ⟦default = "orders_v2"⟧\n}\n\nresource "aws_dynamodb_table" "orders" {\n  name = var.name\n}\n',
      ),
      terraform(
        'resource "azurerm_storage_account" "data" {\n  name     = "data"\n  location = "westeurope"\n}\n',
        'resource "azurerm_storage_account" "data" {\n  name     = "data"\n  ⟦location = "northeurope"⟧\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  storage_encrypted = false\n}\n',
        'resource "aws_db_instance" "main" {\n  ⟦storage_encrypted = true⟧\n}\n',
      ),
      terraform(
        'resource "aws_sqs_queue" "jobs" {\n  name = "${var.env}-jobs"\n}\n',
        'resource "aws_sqs_queue" "jobs" {\n  ⟦name = "${var.env}-job-queue"⟧\n}\n',
      ),
    ],
    good: [
      terraform(
        'resource "azurerm_management_lock" "keep" {\n  lock_level = "CanNotDelete"\n}\n',
        'resource "azurerm_management_lock" "keep" {\n  lock_level = "ReadOnly"\n}\n',
      ),
      terraform(
        'resource "aws_sqs_queue" "jobs" {\n  name = "${local.env}-jobs"\n}\n',
        'resource "aws_sqs_queue" "jobs" {\n  name = format("%s-jobs", local.env)\n}\n',
      ),
      terraform(
        'locals {\n  env = "eu"\n}\n\nresource "aws_sqs_queue" "jobs" {\n  name = "${local.env}-jobs"\n}\n',
        'locals {\n  env = "eu"\n}\n\nresource "aws_sqs_queue" "jobs" {\n  name = join("-", [local.env, "jobs"])\n}\n',
      ),
      change(
        'template.yaml',
        lines('Resources:', '  Jobs:', '    Type: AWS::SQS::Queue', '    Properties:', '      QueueName: !Sub "${AWS::StackName}-jobs"'),
        lines('Resources:', '  Jobs:', '    Type: AWS::SQS::Queue', '    Properties:', '      QueueName: !Join ["-", [!Ref "AWS::StackName", jobs]]'),
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  instance_class    = "db.t3.small"\n  allocated_storage = 20\n}\n',
        'resource "aws_db_instance" "main" {\n  instance_class    = "db.t3.large"\n  allocated_storage = 100\n}\n',
      ),
      terraform(
        'resource "aws_sqs_queue" "jobs" {\n  name = "${var.env}-jobs"\n}\n',
        'resource "aws_sqs_queue" "jobs" {\n  name = "${local.environment}-jobs"\n}\n',
      ),
      terraform(
        'resource "aws_iam_role" "app" {\n  name = "app"\n}\n',
        'resource "aws_iam_role" "app" {\n  name = "application"\n}\n',
      ),
      terraform(
        'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n  tags = { team = "a" }\n}\n',
        'locals {\n  table = "orders"\n}\n\nresource "aws_dynamodb_table" "orders" {\n  name = local.table\n  tags = { team = "b" }\n}\n',
      ),
    ],
  },
});
