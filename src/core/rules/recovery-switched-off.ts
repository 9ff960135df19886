import type { Levels } from '../catalogue/safeguardLevels.ts';
import { safeguardOf } from '../catalogue/safeguards.ts';
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

function judge(change: AttributeChange): Judgement | undefined {
  const { before, after, block } = change;
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
    ],
    good: [
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
