import type { Levels } from '../catalogue/safeguardLevels.ts';
import { safeguardOf } from '../catalogue/safeguards.ts';
import { runsPerYear } from '../check/cronFrequency.ts';
import { changeFactors, importance, isOff, isOn } from '../check/configuration.ts';
import { change as changed, lines, terraform } from '../check/example.ts';
import { inProduction } from '../check/inProduction.ts';
import { attributeChange, defineRule, type Judgement } from '../check/rule.ts';
import type { AttributeChange, Value } from '../language/operation.ts';

/** What says by being there that something is on: a name, a block, a call. */
const isNamed = ({ before }: AttributeChange) => before !== undefined && !isOff(before) && typeof before.constant !== 'boolean';

/** How strong a setting is, from 0; undefined when it is only known later. */
function strengthOf(value: Value | undefined, { levels, whenAbsent }: Levels): number | undefined {
  if (value === undefined) return whenAbsent;
  const level = levels.findIndex((each) => each.test(String(value.constant ?? '')));
  return level === -1 ? undefined : level;
}

function judgeLevel(change: AttributeChange, safeguard: Levels): Judgement | undefined {
  const [from, to] = [strengthOf(change.before, safeguard), strengthOf(change.after, safeguard)];
  if (from === undefined || to === undefined || to >= from) return undefined;
  const written = change.after === undefined ? 'not set' : `\`${String(change.after.constant)}\``;
  return { effect: `gives up ${safeguard.does} for \`${change.block}\`: \`${String(change.before?.constant)}\` becomes ${written}`, target: change.block, factors: changeFactors(change) };
}

const schedule = /(?:(?:^|[.[_])(?:schedule|cron(?:_?expression)?|schedule_?expression)|backup(?<=(?:^|[.[_])\w*)_?(?:cron(?:_?expression)?|schedule|interval))\]?(?:\.value)?$/i;
const ofBackups = /backup|snapshot|velero|restic|\bdump|wal-?g|barman/i;
/** Less often by less may only be another hour. */
const muchLess = 2;

/** Whether something is scheduled that makes copies: it says so, or it is one of Velero's schedules. */
function makesCopies({ type, block, attribute }: AttributeChange): boolean {
  return type === 'kubernetes Schedule' || ofBackups.test(`${type} ${block} ${attribute}`);
}

function judgeSchedule(change: AttributeChange): Judgement | undefined {
  const { before, after, block } = change;
  if (!schedule.test(change.attribute) || typeof before?.constant !== 'string' || typeof after?.constant !== 'string' || !makesCopies(change)) return undefined;
  const [from, to] = [runsPerYear(before.constant), runsPerYear(after.constant)];
  if (from === undefined || to === undefined || to * muchLess >= from) return undefined;
  return { effect: `makes copies by \`${block}\` only ${perYear(to)}, where it was ${perYear(from)}`, target: block, factors: changeFactors(change) };
}

function perYear(runs: number): string {
  return runs >= 365 ? `${Math.round(runs / 365)} times a day` : runs >= 12 ? `${Math.round(runs / 12)} times a month` : `${Math.max(1, Math.round(runs))} times a year`;
}

/** What Velero takes into its copies, and leaves out of them. */
function judgeExtent(change: AttributeChange): Judgement | undefined {
  if (!/^kubernetes (?:Schedule|Backup)$/.test(change.type)) return undefined;
  const [, list, name] = /(?:^|\.)((?:in|ex)cluded(?:Namespaces|Resources))\[([^\]]+)\]$/.exec(change.attribute) ?? [];
  if (list === undefined || name === undefined) return undefined;
  const isLeftOut = list.startsWith('in') ? change.after === undefined && ![...change.settings.keys()].some((key) => key.endsWith(`${list}[*]`)) && [...change.settings.keys()].some((key) => key.includes(`${list}[`)) : change.before === undefined;
  if (!isLeftOut) return undefined;
  return { effect: `leaves ${name === '*' ? 'all but what is named' : `\`${name}\``} out of the backups by \`${change.block}\``, target: change.block, factors: changeFactors(change) };
}

function judge(change: AttributeChange): Judgement | undefined {
  const { before, after, block } = change;
  const lessOften = judgeSchedule(change) ?? judgeExtent(change);
  if (lessOften !== undefined) return lessOften;
  const safeguard = safeguardOf(change.attribute, change.type);
  if (safeguard?.kind === 'level') return judgeLevel(change, safeguard);
  if (safeguard?.kind !== 'recovery') return undefined;
  const isGone = after === undefined || isOff(after);
  const isInDoubt = isOn(before) && !isGone && !isOn(after);
  if (!(isGone && (isOn(before) || isNamed(change))) && !isInDoubt) return undefined;
  const isServing = safeguard.does.endsWith('that serve');
  // How many there are is often left to an autoscaler.
  if (isServing && !(typeof before?.constant === 'number' && before.constant > 0 && after?.constant === 0)) return undefined;
  const isStandby = isServing || /^(?:the standby|the new one|copies|the limit)/.test(safeguard.does);
  const isMissed = isStandby && importance(change) !== 'plain';
  return {
    ...(isStandby && { scope: isMissed ? 'service' : 'object', undo: 'easy' }),
    effect: `${isInDoubt ? 'may switch off' : 'switches off'} ${safeguard.does} for \`${block}\``,
    target: block,
    factors: changeFactors(change),
  };
}

export default defineRule({
  id: 'recovery-switched-off',
  title: 'A way to get data back switched off',
  why: 'Versions, backups, recovery to a point in time and standbys are what is left when something is deleted, overwritten or fails. Switching them off changes nothing that anybody sees, until they are needed; some delete the copies there are at once.',
  instead: 'Leave it on. Where it costs too much, limit for how long copies are kept.',
  blindTo: 'Copies that are made outside of the code.',
  blastRadius: { scope: 'collection', undo: 'costly' },
  matches: [attributeChange()],
  judge: { attributeChange: (change) => judge(inProduction(change)) },
  examples: {
    bad: [
      terraform(
        'resource "aws_s3_bucket_versioning" "data" {\n  bucket = "data"\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n',
        'resource "aws_s3_bucket_versioning" "data" {\n  bucket = "data"\n  versioning_configuration {\n    ⟦status = "Suspended"⟧\n  }\n}\n',
      ),
      terraform(
        'resource "aws_dynamodb_table" "orders" {\n  point_in_time_recovery {\n    enabled = true\n  }\n}\n',
        '⟦resource "aws_dynamodb_table" "orders"⟧ {\n}\n',
      ),
      terraform(
        'resource "google_sql_database_instance" "main" {\n  settings {\n    backup_configuration {\n      enabled = true\n    }\n  }\n}\n',
        'resource "google_sql_database_instance" "main" {\n  settings {\n    backup_configuration {\n      ⟦enabled = false⟧\n    }\n  }\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  multi_az = true\n}\n',
        'resource "aws_db_instance" "main" {\n  ⟦multi_az = false⟧\n}\n',
      ),
      terraform(
        'resource "azurerm_storage_account" "data" {\n  account_replication_type = "GRS"\n}\n',
        'resource "azurerm_storage_account" "data" {\n  ⟦account_replication_type = "LRS"⟧\n}\n',
      ),
      changed(
        'values.yaml',
        lines('postgresql:', '  persistence:', '    enabled: true'),
        lines('postgresql:', '  persistence:', '    ⟦enabled: false⟧'),
      ),
      changed(
        'chart/values.yaml',
        lines('postgresql:', '  enabled: true', '  primary:', '    size: 8Gi'),
        lines('postgresql:', '  ⟦enabled: false⟧', '  primary:', '    size: 8Gi'),
      ),
      changed(
        'velero.yaml',
        lines('apiVersion: velero.io/v1', 'kind: Schedule', 'metadata:', '  name: nightly', 'spec:', '  schedule: 0 2 * * *'),
        lines('apiVersion: velero.io/v1', 'kind: Schedule', 'metadata:', '  name: nightly', 'spec:', '  ⟦schedule: 0 2 1 * *⟧'),
      ),
      changed(
        'compose.yaml',
        lines('services:', '  db:', '    image: mysql:8', '    command: --log-bin --max-connections=200'),
        lines('services:', '  ⟦db⟧:', '    image: mysql:8', '    command: --max-connections=200'),
      ),
    ],
    good: [
      changed(
        'velero.yaml',
        lines('apiVersion: velero.io/v1', 'kind: Schedule', 'metadata:', '  name: nightly', 'spec:', '  schedule: 0 2 * * *'),
        lines('apiVersion: velero.io/v1', 'kind: Schedule', 'metadata:', '  name: nightly', 'spec:', '  schedule: 30 3 * * *'),
      ),
      terraform(
        'resource "azurerm_storage_account" "data" {\n  account_replication_type = "LRS"\n}\n',
        'resource "azurerm_storage_account" "data" {\n  account_replication_type = "GRS"\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  multi_az = false\n}\n',
        'resource "aws_db_instance" "main" {\n  multi_az = true\n}\n',
      ),
      terraform(
        'resource "aws_dynamodb_table" "orders" {\n}\n',
        'resource "aws_dynamodb_table" "orders" {\n  point_in_time_recovery {\n    enabled = true\n  }\n}\n',
      ),
      terraform(
        'resource "aws_s3_bucket" "data" {\n  versioning {\n    enabled = true\n  }\n}\n',
        'resource "aws_s3_bucket" "data" {\n}\n\nresource "aws_s3_bucket_versioning" "data" {\n  bucket = aws_s3_bucket.data.id\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  final_snapshot_identifier = "main-final"\n}\n',
        'resource "aws_db_instance" "main" {\n  final_snapshot_identifier = "main-last"\n}\n',
      ),
    ],
  },
});
