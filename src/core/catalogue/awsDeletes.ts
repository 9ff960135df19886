
/** One operation of an AWS service that deletes something with everything in it. */
export interface AwsDelete {
  /** The package of the JavaScript SDK v3, and its class that has the operations as methods. */
  readonly module: string;
  readonly client: string;
  /** As the service's model spells it: `DeleteStack`. */
  readonly operation: string;
  /** The input that names what is deleted. */
  readonly identifier: string;
  /** What it is, in words. */
  readonly noun: string;
  readonly reach: 'collection' | 'service' | 'environment';
}

/** Operation names and inputs as the service models of AWS give them (`apis/*.min.json` of the npm package aws-sdk 2). */
export const awsDeletes: readonly AwsDelete[] = [
  { module: '@aws-sdk/client-cloudformation', client: 'CloudFormation', operation: 'DeleteStack', identifier: 'StackName', noun: 'CloudFormation stack', reach: 'environment' },
  { module: '@aws-sdk/client-cloudformation', client: 'CloudFormation', operation: 'DeleteStackSet', identifier: 'StackSetName', noun: 'CloudFormation stack set', reach: 'environment' },
  { module: '@aws-sdk/client-elastic-beanstalk', client: 'ElasticBeanstalk', operation: 'TerminateEnvironment', identifier: 'EnvironmentName', noun: 'Elastic Beanstalk environment', reach: 'environment' },
  { module: '@aws-sdk/client-s3', client: 'S3', operation: 'DeleteBucket', identifier: 'Bucket', noun: 'S3 bucket', reach: 'collection' },
  { module: '@aws-sdk/client-dynamodb', client: 'DynamoDB', operation: 'DeleteTable', identifier: 'TableName', noun: 'DynamoDB table', reach: 'collection' },
  { module: '@aws-sdk/client-rds', client: 'RDS', operation: 'DeleteDBInstance', identifier: 'DBInstanceIdentifier', noun: 'database instance', reach: 'service' },
  { module: '@aws-sdk/client-rds', client: 'RDS', operation: 'DeleteDBCluster', identifier: 'DBClusterIdentifier', noun: 'database cluster', reach: 'service' },
]; // prettier-ignore

/** The callees by which JavaScript reaches an operation: the command's class, and the client's method. */
export function javascriptCallees({ module, client, operation }: AwsDelete): readonly string[] {
  return [`${module}#${operation}Command`, `${module}#${client}.${operation[0]?.toLowerCase() ?? ''}${operation.slice(1)}`];
}
