import { type Safeguard, safeguardOf } from '../catalogue/safeguards.ts';
import { changeFactors, importance } from '../check/configuration.ts';
import { amountOf } from '../check/amounts.ts';
import type { Factor } from '../check/blastRadius.ts';
import { change, lines, terraform } from '../check/example.ts';
import { quoted } from '../check/factors.ts';
import { isScratchName } from '../check/paths.ts';
import { inProduction } from '../check/inProduction.ts';
import { attributeChange, defineRule, type Judgement } from '../check/rule.ts';
import type { AttributeChange, Value } from '../language/operation.ts';

const written = (value: Value | undefined) => (value === undefined ? 'not set' : `\`${String(value.constant ?? value.standsFor ?? value.source).replace(/\s+/g, ' ')}\``);

/** How long backups and what was deleted are kept decides on what can be got back; logs and messages are less. */
function scopeOf(safeguard: Safeguard, isNone: boolean, change: AttributeChange): Pick<Judgement, 'scope' | 'undo'> {
  if (/^keeps (?:logs|messages|data)/.test(safeguard.does)) return { scope: 'set', undo: 'none' };
  return importance(change) === 'database' && isNone ? { scope: 'service', undo: 'none' } : { scope: 'collection', undo: 'costly' };
}

function judgeRetention(change: AttributeChange, safeguard: Safeguard & { kind: 'retention' }): Judgement | undefined {
  const { before, after, block } = change;
  // Logs that are kept for 0 days are kept for good.
  const amount = (value: Value) => (safeguard.does === 'keeps logs' && amountOf(value) === 0 ? Infinity : amountOf(value));
  const from = before === undefined ? safeguard.whenAbsent : amount(before);
  const to = after === undefined ? safeguard.whenAbsent : amount(after);
  // A setting that nobody made and nobody knows the value of was not lowered by naming it.
  if (from === undefined || (to === undefined && before === undefined)) return undefined;
  if (to !== undefined && to >= from) return undefined;
  // Of logs most want the time limited; only a limit that is lowered loses what somebody chose to keep.
  if (before === undefined && from === Infinity && !safeguard.does.includes('backups')) return undefined;
  if (safeguard.does.startsWith('keeps pods')) {
    // The same limit may be given as how many may be missing.
    const missing = change.settings.get('spec.maxUnavailable')?.constant;
    if (after === undefined && (missing === 0 || missing === 1)) return undefined;
    return { scope: 'service', undo: 'easy', effect: `${safeguard.does.replace('pods', 'fewer pods')}: \`${block}\` asks for ${written(after)} in place of ${written(before)}`, target: block, factors: changeFactors(change) };
  }
  const isNone = to === 0;
  const effect = isNone
    ? `no longer ${safeguard.does} of \`${block}\`: ${written(before)} becomes ${written(after)}`
    : to === undefined
      ? `may shorten how long \`${block}\` ${safeguard.does}: ${written(before)} becomes ${written(after)}`
      : `shortens how long \`${block}\` ${safeguard.does}: ${written(before)} becomes ${written(after)}`;
  return { ...scopeOf(safeguard, isNone, change), effect, target: block, factors: changeFactors(change) };
}

function judgeExpiry(change: AttributeChange, what: string): Judgement | undefined {
  const { before, after, block } = change;
  if (after === undefined) return undefined;
  const from = before === undefined ? Infinity : amountOf(before);
  const to = amountOf(after);
  if (from === undefined || to === undefined || to >= from || to === 0) return undefined;
  const isOld = what.startsWith('old');
  const action = change.settings.get(change.attribute.replace(/condition\.age$/, 'action.type'))?.constant;
  // What a rule moves to cheaper storage is kept.
  if (change.attribute.endsWith('condition.age') && action !== undefined && action !== 'Delete') return undefined;
  const rule = change.attribute.slice(0, Math.max(0, change.attribute.search(/\.[^.]*expiration/)));
  const prefix = ['filter.prefix', 'prefix'].map((name) => change.settings.get(`${rule}.${name}`)?.constant).find((each) => typeof each === 'string') ?? '';
  const scratch: Factor[] = isScratchName(`${rule} ${prefix}`) ? [{ text: `it is about ${quoted(prefix === '' ? rule : prefix)}`, weight: -1 }] : [];
  return {
    scope: isOld ? 'set' : 'collection',
    undo: 'none',
    effect: `has ${what} of \`${block}\` deleted after ${written(after)}, ${before === undefined ? 'which were kept until now' : `which were kept for ${written(before)} until now`}`,
    target: block,
    factors: [...scratch, ...changeFactors(change)],
  };
}

/** Which field says when an item goes: by another one other items go. */
const clock = /(?:^|\.)(?:timeToLiveAttribute|time_to_live_attribute|ttl\.(?:attribute_?[nN]ame)|TimeToLiveSpecification\.AttributeName)$/;

function judge(change: AttributeChange): Judgement | undefined {
  if (clock.test(change.attribute)) {
    const { before, after, block } = change;
    if (before === undefined || after === undefined) return undefined;
    return { scope: 'collection', undo: 'none', effect: `has items of \`${block}\` deleted by what stands in ${written(after)}, and no longer by ${written(before)}: all that are past it go at once`, target: block, factors: changeFactors(change) };
  }
  if (/(?:^|[.\]])action\.type$/.test(change.attribute) && change.after?.constant === 'Delete' && change.before !== undefined && change.before.constant !== 'Delete') {
    return { scope: 'collection', undo: 'none', effect: `has objects of \`${change.block}\` deleted that were kept in cheaper storage until now`, target: change.block, factors: changeFactors(change) };
  }
  const safeguard = safeguardOf(change.attribute, change.type);
  // Another rule for copies that the others do not make keeps what would not be there.
  if (change.isOfNewItem === true && safeguard?.kind === 'retention') return undefined;
  if (safeguard?.kind === 'retention') return judgeRetention(change, safeguard);
  return safeguard?.kind === 'expiry' ? judgeExpiry(change, safeguard.does) : undefined;
}

export default defineRule({
  id: 'retention-lowered',
  title: 'Kept for a shorter time',
  why: 'Backups, deleted objects and keys that wait for their deletion are what brings data back. What is older than the new limit is deleted soon after the change is applied, and there is less time to notice a mistake.',
  instead: 'Leave the time as it is, or have those who own the data agree to the new limit. Export what is older first.',
  blindTo: 'Limits that a backup product or a policy outside the code sets.',
  blastRadius: { scope: 'collection', undo: 'costly' },
  matches: [attributeChange()],
  judge: { attributeChange: (change) => judge(inProduction(change)) },
  examples: {
    bad: [
      terraform(
        'resource "google_storage_bucket" "lake" {\n  name = "lake"\n  lifecycle_rule {\n    action {\n      type = "SetStorageClass"\n    }\n    condition {\n      age = 90\n    }\n  }\n}\n',
        'resource "google_storage_bucket" "lake" {\n  name = "lake"\n  lifecycle_rule {\n    action {\n      ⟦type = "Delete"⟧\n    }\n    condition {\n      age = 90\n    }\n  }\n}\n',
      ),
      change(
        'stack.ts',
        lines("import { Duration, Stack } from 'aws-cdk-lib';", "import * as rds from 'aws-cdk-lib/aws-rds';", "new rds.DatabaseInstance(this, 'Db', { engine, backupRetention: Duration.days(21) });"),
        lines("import { Duration, Stack } from 'aws-cdk-lib';", "import * as rds from 'aws-cdk-lib/aws-rds';", 'const KEPT = Duration.days(2);', "new rds.DatabaseInstance(this, 'Db', { engine, ⟦backupRetention: KEPT⟧ });"),
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  backup_retention_period = 30\n}\n',
        'resource "aws_db_instance" "main" {\n  ⟦backup_retention_period = 1⟧\n}\n',
      ),
      terraform(
        'resource "aws_secretsmanager_secret" "api" {\n  name = "api"\n}\n',
        'resource "aws_secretsmanager_secret" "api" {\n  name                    = "api"\n  ⟦recovery_window_in_days = 0⟧\n}\n',
      ),
      terraform(
        'resource "aws_cloudwatch_log_group" "app" {\n  retention_in_days = 365\n}\n',
        'resource "aws_cloudwatch_log_group" "app" {\n  ⟦retention_in_days = 7⟧\n}\n',
      ),
      terraform(
        'variable "days" {\n  default = 35\n}\n\nresource "aws_rds_cluster" "main" {\n  backup_retention_period = var.days\n}\n',
        'variable "days" {\n  ⟦default = 0⟧\n}\n\nresource "aws_rds_cluster" "main" {\n  backup_retention_period = var.days\n}\n',
      ),
      terraform(
        'resource "aws_s3_bucket_lifecycle_configuration" "data" {\n  rule {\n    id = "old"\n    expiration {\n      days = 3650\n    }\n  }\n}\n',
        'resource "aws_s3_bucket_lifecycle_configuration" "data" {\n  rule {\n    id = "old"\n    expiration {\n      ⟦days = 30⟧\n    }\n  }\n}\n',
      ),
      terraform(
        'resource "aws_elasticache_replication_group" "main" {\n  snapshot_retention_limit = 7\n}\n',
        '⟦resource "aws_elasticache_replication_group" "main"⟧ {\n}\n',
      ),
    ],
    good: [
      change('pdb.yaml', lines('apiVersion: policy/v1', 'kind: PodDisruptionBudget', 'metadata:', '  name: shop', 'spec:', '  minAvailable: 1'), lines('apiVersion: policy/v1', 'kind: PodDisruptionBudget', 'metadata:', '  name: shop', 'spec:', '  maxUnavailable: 1')),
      change(
        'stack.ts',
        lines("import { Duration, Stack } from 'aws-cdk-lib';", "import * as rds from 'aws-cdk-lib/aws-rds';", "new rds.DatabaseInstance(this, 'Db', { engine, backupRetention: Duration.days(21) });"),
        lines("import { Duration, Stack } from 'aws-cdk-lib';", "import * as rds from 'aws-cdk-lib/aws-rds';", 'const KEPT = Duration.days(21);', "new rds.DatabaseInstance(this, 'Db', { engine, backupRetention: KEPT });"),
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  backup_retention_period = 7\n}\n',
        'resource "aws_db_instance" "main" {\n  backup_retention_period = 30\n}\n',
      ),
      terraform(
        'resource "aws_cloudwatch_log_group" "app" {\n  retention_in_days = 30\n}\n',
        'resource "aws_cloudwatch_log_group" "app" {\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  backup_retention_period = 7\n}\n',
        'locals {\n  days = 7\n}\n\nresource "aws_db_instance" "main" {\n  backup_retention_period = local.days\n}\n',
      ),
      terraform(
        'resource "aws_s3_bucket_lifecycle_configuration" "data" {\n  rule {\n    id = "old"\n    expiration {\n      days = 30\n    }\n  }\n}\n',
        'resource "aws_s3_bucket_lifecycle_configuration" "data" {\n  rule {\n    id = "old"\n    expiration {\n      days = 90\n    }\n  }\n}\n',
      ),
    ],
  },
});
