import type { Fate } from './safeguards.ts';

/** Constructs of the AWS CDK (aws-cdk-lib 2) by what their `removalPolicy` is when nothing is said, as its API reference has it; the plain `Cfn` classes have none. */
const byDefault: Readonly<Record<Exclude<Fate, 'deleted'>, string>> = {
  kept: 's3.Bucket dynamodb.Table dynamodb.TableV2 kms.Key efs.FileSystem fsx.LustreFileSystem cognito.UserPool logs.LogGroup ecr.Repository kinesis.Stream docdb.DatabaseCluster neptune.DatabaseCluster redshift.Cluster opensearchservice.Domain elasticsearch.Domain backup.BackupVault',
  copied: 'rds.DatabaseInstance rds.DatabaseCluster rds.DatabaseInstanceFromSnapshot rds.DatabaseClusterFromSnapshot rds.DatabaseInstanceReadReplica rds.ServerlessCluster',
};

/** @param type as it is declared: `aws.s3.Bucket` */
export function cdkFate(type: string): Exclude<Fate, 'deleted'> | undefined {
  const name = type.replace(/^aws\./, '');
  return (['kept', 'copied'] as const).find((fate) => byDefault[fate].split(' ').includes(name));
}
