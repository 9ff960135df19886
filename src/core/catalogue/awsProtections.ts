/** An input of an operation that turns a safeguard off, by the value that does it. */
export interface AwsProtection {
  /** The path of the input, as the service's model spells it. */
  readonly input: string;
  readonly off: string | number | false;
  readonly what: string;
}

const deletion: AwsProtection = { input: 'DeletionProtection', off: false, what: 'deletion protection' };
const deletionEnabled: AwsProtection = { input: 'DeletionProtectionEnabled', off: false, what: 'deletion protection' };
const backups: AwsProtection = { input: 'BackupRetentionPeriod', off: 0, what: 'automated backups, and deletes those that there are' };
const snapshots: AwsProtection = { input: 'SnapshotRetentionLimit', off: 0, what: 'automatic snapshots' };

/** By operation, as the API references of the services describe them. */
export const awsProtections: Readonly<Record<string, readonly AwsProtection[]>> = {
  ModifyDBInstance: [deletion, backups],
  ModifyDBCluster: [deletion, backups],
  ModifyGlobalCluster: [deletion],
  UpdateTable: [deletionEnabled],
  UpdateCluster: [deletionEnabled, snapshots],
  UpdateClusterConfig: [deletion],
  UpdateGraph: [deletion],
  UpdateContinuousBackups: [{ input: 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', off: false, what: 'recovery to a point in time' }],
  UpdateUserPool: [{ ...deletion, off: 'INACTIVE' }],
  UpdateTerminationProtection: [{ input: 'EnableTerminationProtection', off: false, what: 'termination protection' }],
  SetTerminationProtection: [{ input: 'TerminationProtected', off: false, what: 'termination protection' }],
  UpdateFirewallDeleteProtection: [{ input: 'DeleteProtection', off: false, what: 'delete protection' }],
  PutLogGroupDeletionProtection: [deletionEnabled],
  ModifyInstanceAttribute: [{ input: 'DisableApiTermination.Value', off: false, what: 'termination protection' }],
  ModifyCluster: [{ input: 'AutomatedSnapshotRetentionPeriod', off: 0, what: 'automated snapshots' }],
  ModifyReplicationGroup: [snapshots],
  ModifyCacheCluster: [snapshots],
  PutBackupPolicy: [{ input: 'BackupPolicy.Status', off: 'DISABLED', what: 'backups' }],
  PutBucketVersioning: [{ input: 'VersioningConfiguration.Status', off: 'Suspended', what: 'versioning' }],
  PutObjectLegalHold: [{ input: 'LegalHold.Status', off: 'OFF', what: 'the legal hold' }],
  PutPublicAccessBlock: ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].map((name) => ({ input: `PublicAccessBlockConfiguration.${name}`, off: false, what: 'the block on public access' })),
  UpdateAutoScalingGroup: [{ input: 'MaxSize', off: 0, what: 'every machine' }],
  PutRetentionPolicy: [1, 3].map((days) => ({ input: 'RetentionInDays', off: days, what: 'the memory of all but the last days' })),
  UpdateDetector: [{ input: 'Enable', off: false, what: 'the detection of attacks' }],
};
