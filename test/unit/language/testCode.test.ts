import assert from 'node:assert/strict';
import { isOfTests, isTestRunner } from '../../../src/core/language/testCode.ts';

describe('code of tests', () => {
  for (const callee of ['it', 'afterEach', 'test.beforeAll', 'describe.each', 'RSpec.describe']) it(`is given to ${callee}`, () => { assert.equal(isTestRunner(callee), true); });
  for (const callee of ['setTimeout', 'app.test', 'before', 'queue.process', 'users.forEach']) it(`is not given to ${callee}`, () => { assert.equal(isTestRunner(callee), false); });

  for (const name of ['tearDown', 'setUpClass', 'teardown_method', 'test_purge', 'TestPurge', 'OrderTests', 'UserSpec', 'tests']) it(`stands in ${name}`, () => { assert.equal(isOfTests([name], []), true); });
  for (const name of ['teardown_share', 'Teardown', 'setup', 'latest', 'Attestation', 'contestants']) it(`does not stand in ${name}`, () => { assert.equal(isOfTests([name], []), false); });

  for (const module of ['moto', 'unittest.mock', 'sinon', 'org.junit.jupiter.api', 'Xunit', 'PHPUnit\\Framework', 'k8s.io/client-go/kubernetes/fake']) it(`brings in ${module}`, () => { assert.equal(isOfTests([], [module]), true); });
  for (const module of ['motor.motor_asyncio', 'boto3', 'k8s.io/client-go/kubernetes', './mockups']) it(`does not bring in ${module}`, () => { assert.equal(isOfTests([], [module]), false); });
});
