import { type Levels, levels } from './safeguardLevels.ts';
import { expiries, retentions } from './safeguardTimes.ts';
import { spelling } from './spelling.ts';

/**
 * Settings that keep data and services, under the names that Terraform's providers, CloudFormation, CDK, Pulumi and
 * Kubernetes give them. Names are compared without case and marks; one with a dot is told by the setting that it stands in, and one with
 * a blank by the type of resource.
 */
export type Safeguard =
  /** Protects while it is on. */
  | { readonly kind: 'guard'; readonly does: string; readonly isFate?: boolean }
  /** Endangers while it is on. */
  | { readonly kind: 'danger'; readonly does: string; readonly isOnByDefault?: boolean }
  /** What becomes of the thing when it is no longer declared: kept, kept as a copy, or deleted. */
  | { readonly kind: 'fate'; readonly does: string; readonly whenAbsent: Fate }
  /** How much is kept, or for how long; `whenAbsent` is what holds when it is not set, in the setting's own unit. */
  | { readonly kind: 'retention'; readonly does: string; readonly whenAbsent: number }
  /** What is left of something after which it is deleted. */
  | { readonly kind: 'expiry'; readonly does: string }
  /** A way to get back what was lost, or to go on without what failed. */
  | { readonly kind: 'recovery'; readonly does: string }
  /** One of several strengths. */
  | ({ readonly kind: 'level' } & Levels);

export type Fate = 'deleted' | 'copied' | 'kept';

/** What fates are about that decide on what is taken out of the configuration. */
export const whenUndeclared = 'when it is no longer declared';

/** Guards that leave a thing in place, in place of refusing to delete it. */
const leaving = new Set(['skip_destroy', 'retain_on_delete']);

const guards: Readonly<Record<string, string>> = {
  prevent_destroy: 'keeps Terraform from destroying or replacing it',
  deletion_protection: 'makes the provider refuse to delete it',
  deletion_protection_enabled: 'makes the provider refuse to delete it',
  enable_deletion_protection: 'makes the provider refuse to delete it',
  enable_delete_protection: 'makes the provider refuse to delete it',
  delete_protection: 'makes the provider refuse to delete it',
  delete_protection_enabled: 'makes the provider refuse to delete it',
  delete_protection_state: 'makes the provider refuse to delete it',
  destroy_protection: 'makes the provider refuse to delete it',
  prevent_deletion: 'makes the provider refuse to delete it',
  enable_drop_protection: 'makes the provider refuse to delete it',
  protect_from_deletion: 'makes the provider refuse to delete it',
  deletion_lock: 'makes the provider refuse to delete it',
  disable_api_termination: 'makes AWS refuse to terminate it',
  disable_api_stop: 'makes AWS refuse to stop it',
  termination_protection: 'makes AWS refuse to terminate it',
  termination_protection_enabled: 'makes the provider refuse to delete it',
  enable_termination_protection: 'makes AWS refuse to delete it',
  protect_from_scale_in: 'keeps scaling in from terminating its instances',
  purge_protection_enabled: 'keeps what was deleted from being purged before its time',
  enable_purge_protection: 'keeps what was deleted from being purged before its time',
  prevent_deletion_if_contains_resources: 'makes Azure refuse to delete a group that is not empty',
  skip_destroy: 'leaves it in place when Terraform lets go of it',
  retain_on_delete: 'leaves it in place when it is no longer declared',
  archive_on_destroy: 'archives the repository in place of deleting it',
  protect: 'makes Pulumi refuse to delete or replace it',
  temporary_hold: 'keeps the object from being deleted',
  default_event_based_hold: 'keeps new objects from being deleted',
  finalizers: 'keeps the object until what depends on it is cleaned up',
  'volume.external': 'keeps `docker compose down -v` from deleting it',
  preserve_resources_on_deletion: 'keeps what applications deployed when the set is deleted',
  rebuild_protection: 'makes the provider refuse to rebuild it',
  retain_backups_enabled: 'keeps its backups when it is deleted',
  dry_run: 'has it only say what it would do',
  dry_run_mode: 'has it only say what it would do',
  dry_run_enabled: 'has it only say what it would do',
  retain_stacks_on_account_removal: 'leaves the stacks in accounts that leave',
  vm_backup_stop_protection_and_retain_data_on_destroy: 'keeps the backups of a machine when its protection ends',
  keep_after_deletion: 'leaves its volume when it is deleted',
  new_instances_protected_from_scale_in: 'keeps scaling in from terminating its instances',
  'aws_kms_key is_enabled': 'keeps what it encrypted readable',
  'aws_kms_key enabled': 'keeps what it encrypted readable',
};

const dangers: Readonly<Record<string, string>> = {
  force_destroy: 'be destroyed with everything in it',
  force_delete: 'be deleted with everything in it',
  empty_on_delete: 'be deleted with everything in it',
  auto_delete_objects: 'be emptied and deleted by the stack',
  auto_delete_images: 'be emptied and deleted by the stack',
  delete_contents_on_destroy: 'be destroyed with all tables in it',
  skip_final_snapshot: 'be destroyed without a final snapshot',
  skip_final_backup: 'be destroyed without a final backup',
  delete_automated_backups: 'be deleted together with its automated backups',
  delete_on_termination: 'lose its disk with the instance',
  delete_os_disk_on_termination: 'lose its disk with the machine',
  delete_data_disks_on_termination: 'lose its data disks with the machine',
  delete_os_disk_on_deletion: 'lose its disk with the machine',
  purge_soft_delete_on_destroy: 'be purged at once when it is destroyed',
  purge_soft_deleted_secrets_on_destroy: 'have its secrets purged at once when they are destroyed',
  purge_soft_deleted_keys_on_destroy: 'have its keys purged at once when they are destroyed',
  bypass_governance_retention: 'have locked objects deleted before their time',
  purge_soft_deleted_certificates_on_destroy: 'have its certificates purged at once when they are destroyed',
  purge_soft_deleted_hardware_security_modules_on_destroy: 'be purged at once when it is destroyed',
  purge_soft_deleted_workspace_on_destroy: 'be purged at once when it is destroyed',
  purge_protected_items_from_vault_on_destroy: 'have its backups purged when it is destroyed',
  permanently_delete_on_destroy: 'be purged at once when it is destroyed',
  'boot_disk.auto_delete': 'lose its disk with the machine',
  'disk.auto_delete': 'lose its disk with the machine',
  'attached_disk.auto_delete': 'lose its disk with the machine',
  delete_claim: 'have its volumes deleted with it',
  uninstalled: 'be uninstalled with what it holds',
  disable_backup: 'go without backups',
  skip_log_bin: 'go without the log for recovery to a point in time',
  disable_log_bin: 'go without the log for recovery to a point in time',
  deletion_allowed: 'be deleted',
  drop_cascade: 'be dropped with all that depends on it',
  force_drop: 'be dropped while it is in use',
  allow_force_pushes: 'have the history of its branches rewritten',
  allows_force_pushes: 'have the history of its branches rewritten',
  allows_deletions: 'have its branches deleted',
  allow_deletions: 'have its branches deleted',
  'spec.suspend': 'stand still',
  'spec.paused': 'stand still',
  'spec.prune': 'have what is gone from Git deleted from the cluster without a question',
  'automated.prune': 'have what is gone from Git deleted from the cluster without a question',
};

/** Dangers that are on where nothing is said of them. */
const onByDefault = new Set(['delete_automated_backups']);

const fates: Readonly<Record<string, { does: string; whenAbsent: Fate }>> = {
  deletion_policy: { does: whenUndeclared, whenAbsent: 'deleted' },
  update_replace_policy: { does: 'when an update replaces it', whenAbsent: 'deleted' },
  removal_policy: { does: whenUndeclared, whenAbsent: 'deleted' },
  apply_removal_policy: { does: whenUndeclared, whenAbsent: 'deleted' },
  reclaim_policy: { does: 'when its claim is deleted', whenAbsent: 'deleted' },
  persistent_volume_reclaim_policy: { does: 'when its claim is deleted', whenAbsent: 'kept' },
  'persistentvolumeclaimretentionpolicy.whendeleted': { does: 'when the set is deleted', whenAbsent: 'kept' },
  'persistentvolumeclaimretentionpolicy.whenscaled': { does: 'when the set is scaled down', whenAbsent: 'kept' },
  'fluxcd.io/prune': { does: whenUndeclared, whenAbsent: 'deleted' },
  'argoproj.io/sync-options': { does: whenUndeclared, whenAbsent: 'deleted' },
  resource_policy: { does: whenUndeclared, whenAbsent: 'deleted' },
  'helm.sh/resource-policy': { does: whenUndeclared, whenAbsent: 'deleted' },
  delete_option: { does: 'when the machine is deleted', whenAbsent: 'kept' },
};

const recoveries: Readonly<Record<string, string>> = {
  'versioning.enabled': 'old versions of overwritten and deleted objects',
  'versioning_configuration.status': 'old versions of overwritten and deleted objects',
  versioning_enabled: 'old versions of overwritten and deleted objects',
  versioned: 'old versions of overwritten and deleted objects',
  'versioning_configuration.mfa_delete': 'the second factor that deleting a version takes',
  'versioning.mfa_delete': 'the second factor that deleting a version takes',
  mfa_delete: 'the second factor that deleting a version takes',
  object_lock_enabled: 'the lock that keeps objects from being deleted',
  'object_lock_configuration.object_lock_enabled': 'the lock that keeps objects from being deleted',
  'point_in_time_recovery.enabled': 'recovery to a point in time',
  point_in_time_recovery: 'recovery to a point in time',
  point_in_time_recovery_enabled: 'recovery to a point in time',
  enable_point_in_time_recovery: 'recovery to a point in time',
  'point_in_time_recovery_specification.point_in_time_recovery_enabled': 'recovery to a point in time',
  point_in_time_recovery_specification: 'recovery to a point in time',
  pit_enabled: 'recovery to a point in time',
  continuous_backup_enabled: 'recovery to a point in time',
  'continuous_backup_config.enabled': 'recovery to a point in time',
  enable_continuous_backup: 'recovery to a point in time',
  'backup_configuration.enabled': 'automated backups',
  'backup_configuration.binary_log_enabled': 'recovery to a point in time',
  'backup_configuration.point_in_time_recovery_enabled': 'recovery to a point in time',
  'automated_backup_policy.enabled': 'automated backups',
  'backup_policy.status': 'automatic backups',
  'backup_policy.backup_policy_status': 'automatic backups',
  enable_automatic_backups: 'automatic backups',
  automatic_backups: 'automatic backups',
  backup_enabled: 'backups',
  backups_enabled: 'backups',
  cloud_backup: 'backups',
  enable_backup: 'backups',
  enable_backups: 'backups',
  backups: 'backups',
  'backup.enabled': 'backups',
  'backups.enabled': 'backups',
  final_snapshot_identifier: 'the final snapshot',
  final_snapshot: 'the final snapshot',
  enable_logging: 'the record of who did what',
  'persistence_config.persistence_mode': 'the copy of the data on disk',
  rdb_backup_enabled: 'the copy of the data on disk',
  aof_backup_enabled: 'the copy of the data on disk',
  backup_retention_enabled: 'backups',
  'backup_agent_config.enabled': 'backups',
  enable_logical_backup: 'backups',
  'barman_object_store.destination_path': 'backups',
  'wal_archive.enabled': 'recovery to a point in time',
  'wal_archiving.enabled': 'recovery to a point in time',
  'wal.archive': 'recovery to a point in time',
  archive_mode: 'recovery to a point in time',
  log_bin: 'recovery to a point in time',
  appendonly: 'the copy of the data on disk',
  snapshot_volumes: 'the volumes in its backups',
  pitr_enabled: 'recovery to a point in time',
  retain_acked_messages: 'messages that were fetched already',
  soft_delete: 'the time to get back what was deleted',
  'aws_dlm_lifecycle_policy state': 'snapshots',
  soft_delete_enabled: 'the time to get back what was deleted',
  enable_soft_delete: 'the time to get back what was deleted',
  geo_redundant_backup_enabled: 'backups in a second region',
  geo_backup_enabled: 'backups in a second region',
  long_term_retention_policy: 'long-term backups',
  create_before_destroy: 'the new one that is made before the old one goes',
  multi_az: 'the standby that takes over when a zone fails',
  multi_az_enabled: 'the standby that takes over when a zone fails',
  availability_type: 'the standby that takes over when a zone fails',
  'high_availability.mode': 'the standby that takes over when a zone fails',
  automatic_failover_enabled: 'the standby that takes over',
  zone_redundant: 'copies in other zones',
  zone_redundancy_enabled: 'copies in other zones',
  'spec.replicas': 'the pods that serve',
  replica_count: 'the pods that serve',
  desired_count: 'the tasks that serve',
  desired_capacity: 'the instances that serve',
  'persistence.enabled': 'the volume that keeps the data when the pod goes',
  'persistent_volume.enabled': 'the volume that keeps the data when the pod goes',
  ...Object.fromEntries(
    ['postgresql', 'postgres', 'postgresql_ha', 'mysql', 'mariadb', 'mariadb_galera', 'mongodb', 'mongodb_sharded', 'cassandra', 'elasticsearch', 'opensearch', 'minio', 'influxdb', 'couchdb', 'neo4j', 'clickhouse', 'etcd', 'timescaledb'].map((chart) => [
      `${chart}.enabled`,
      `the ${chart} that the chart brings, which the next upgrade then deletes,`,
    ]),
  ),
  'pdb.create': 'the limit to how many pods a drain may take',
  'pdb.enabled': 'the limit to how many pods a drain may take',
  'pod_disruption_budget.create': 'the limit to how many pods a drain may take',
  'pod_disruption_budget.enabled': 'the limit to how many pods a drain may take',
  is_multi_region_trail: 'the trail of the other regions',
  enable_log_file_validation: 'the proof that the trail was not changed',
};

let safeguards: ReadonlyMap<string, Safeguard> | undefined;

function all(): ReadonlyMap<string, Safeguard> {
  const entries: [string, Safeguard][] = [
    ...Object.entries(guards).map(([name, does]): [string, Safeguard] => [name, { kind: 'guard', does, isFate: leaving.has(name) }]),
    ...Object.entries(dangers).map(([name, does]): [string, Safeguard] => [name, { kind: 'danger', does, isOnByDefault: onByDefault.has(name) }]),
    ...Object.entries(fates).map(([name, fate]): [string, Safeguard] => [name, { kind: 'fate', ...fate }]),
    ...Object.entries(retentions).map(([name, retention]): [string, Safeguard] => [name, { kind: 'retention', ...retention }]),
    ...Object.entries(expiries).map(([name, does]): [string, Safeguard] => [name, { kind: 'expiry', does }]),
    ...Object.entries(recoveries).map(([name, does]): [string, Safeguard] => [name, { kind: 'recovery', does }]),
    ...Object.entries(levels).map(([name, level]): [string, Safeguard] => [name, { kind: 'level', ...level }]),
  ];
  return new Map(entries.map(([name, safeguard]) => [name.split(' ').map((part) => part.split('.').map(ownName).join('.')).join(' '), safeguard]));
}

const given = /(?:^|[.\]])(?:env|environment|args|command|arguments|entrypoint|extra_?args)\[-*([^\]]+)\](?:\.value)?$/i;

/** @param attribute with the names of what it is nested in: `versioning.enabled` */
export function safeguardOf(attribute: string, type: string): Safeguard | undefined {
  safeguards ??= all();
  // Values that are handed to a chart stand under the names that the chart gives them, and so do options and variables of a program.
  const [, handed] = /^set(?:_\w+)?\[([^\]]+)\]\.value$/.exec(attribute) ?? given.exec(attribute) ?? [];
  // What stands in brackets tells equally named blocks apart.
  const parts = (handed ?? attribute.replace(/\[[^\]]*\]/g, '')).split('.').map(ownName);
  const last = parts.at(-1) ?? '';
  return safeguards.get(`${spelling(type)} ${last}`) ?? safeguards.get(parts.slice(-2).join('.')) ?? safeguards.get(last);
}

/** Of an annotation only the name: `helm.sh/resource-policy` is `resource-policy` of `helm`. */
function ownName(part: string): string {
  return spelling(part.slice(part.lastIndexOf('/') + 1));
}
