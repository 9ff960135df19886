import assert from 'node:assert/strict';
import { awsOperationsNamed, awsServiceNamed, isAwsOperation, otherAwsOperationNames } from '../../../src/core/catalogue/awsCatalogue.ts';
import { awsOperations } from '../../../src/core/catalogue/awsOperations.ts';
import { camelCase, snakeCase, wordsOf } from '../../../src/core/catalogue/spelling.ts';

const scopes = ['object', 'set', 'collection', 'service', 'environment', 'account'];

describe('catalogue of AWS', () => {
  it('knows an operation however a client spells it', () => {
    for (const name of ['DeleteDBInstance', 'deleteDBInstance', 'delete_db_instance', 'delete-db-instance', 'deleteDbInstance']) {
      const rds = awsOperationsNamed(name).find(({ service }) => service.name === 'rds');
      assert.deepEqual([rds?.name, rds?.identifiers, rds?.scope, rds?.undo], ['DeleteDBInstance', ['DBInstanceIdentifier'], 'service', 'none'], name);
      assert.ok(rds?.safeguards.includes('SkipFinalSnapshot'));
    }
  });

  const serviceNames: readonly (readonly [spelled: string, name: string])[] = [
    ['cognito-identity-provider', 'cognito-idp'], ['CognitoIdentityServiceProvider', 'cognito-idp'], ['cognitoidentityprovider', 'cognito-idp'],
    ['DynamoDBv2', 'dynamodb'], ['IdentityManagement', 'iam'], ['StepFunctions', 'stepfunctions'], ['sfn', 'stepfunctions'], ['s3api', 's3'], ['cloudwatch-logs', 'logs'],
  ]; // prettier-ignore
  for (const [spelled, name] of serviceNames) it(`knows ${spelled} as ${name}`, () => { assert.equal(awsServiceNamed(spelled)?.name, name); });

  const order = [
    'dynamodb DeleteItem', 'dynamodb DeleteBackup', 'dynamodb DeleteTable', 'cloudformation DeleteStack', 'organizations CloseAccount',
  ]; // prettier-ignore
  it(`reaches further from one to the next: ${order.join(', ')}`, () => {
    const reached = order.map((each) => {
      const [service, name = ''] = each.split(' ');
      return scopes.indexOf(awsOperationsNamed(name).find((operation) => operation.service.name === service)?.scope ?? '');
    });
    assert.deepEqual(reached, [0, 2, 3, 4, 5]);
  });

  it('leaves out what is no loss, and takes in what is one by another name', () => {
    for (const name of ['UntagResource', 'DeleteTags', 'DisassociateAddress', 'DescribeStacks', 'StopInstances']) assert.ok(!isAwsOperation(name), name);
    for (const name of ['TerminateInstances', 'PurgeQueue', 'ScheduleKeyDeletion', 'ReleaseAddress', 'DeregisterImage', 'CloseAccount']) assert.ok(isAwsOperation(name), name);
  });

  it('can be read to the end', () => {
    const deletes = awsOperations.match(/^-\w+/gm)?.map((name) => `Delete${name.slice(1)}`) ?? [];
    const names = [...new Set([...deletes, ...otherAwsOperationNames()])];
    assert.ok(names.length > 1500, `${names.length} names`);
    for (const name of names) {
      for (const operation of awsOperationsNamed(name)) {
        assert.match(operation.name, /^[A-Z]\w+$/);
        assert.ok(scopes.includes(operation.scope) && ['easy', 'costly', 'none'].includes(operation.undo), `${operation.service.name} ${name}`);
        for (const input of [...operation.identifiers, ...operation.safeguards]) assert.match(input, /^[A-Za-z]\w*$/);
      }
    }
    assert.ok(awsOperations.length < 120_000, 'it is loaded with the rules');
  });
});

describe('spelling', () => {
  it('puts names into the cases of languages', () => {
    assert.equal(snakeCase('DeleteDBInstanceAutomatedBackup'), 'delete_db_instance_automated_backup');
    assert.equal(snakeCase('DeleteS3AccessPoint'), 'delete_s3_access_point');
    assert.equal(camelCase('DeleteBucket'), 'deleteBucket');
    assert.equal(wordsOf('DBInstance'), 'DB instance');
  });
});
