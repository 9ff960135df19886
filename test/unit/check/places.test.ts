import assert from 'node:assert/strict';
import { environmentFactors, isTest, isWayBack } from '../../../src/core/check/places.ts';

describe('places', () => {
  const waysBack = ['db/7_users.down.sql', 'migrations/007/down.sql', 'sql/U7__users.sql', 'deploy/revert/users.sql', 'db/rollback.sql'];
  const waysForth = ['db/7_users.up.sql', 'db/breakdown.sql', 'src/countdown.ts', 'sql/V7__undo_button.sql', 'src/downloads/a.ts'];
  for (const path of waysBack) it(`know that ${path} only undoes`, () => { assert.equal(isWayBack({ address: [] }, { path }), true); });
  for (const path of waysForth) it(`know that ${path} goes forth`, () => { assert.equal(isWayBack({ address: [] }, { path }), false); });

  it('know the way back by the function, too', () => {
    assert.equal(isWayBack({ address: ['AddUsers', 'down'] }, { path: 'a.ts' }), true);
    assert.equal(isWayBack({ address: ['upgrade'] }, { path: 'a.py' }), false);
  });

  for (const preceding of ["if (process.env.NODE_ENV === 'test') ", "if (process.env.NODE_ENV === 'production') throw new Error('no');", 'return unless Rails.env.test?\n', 'refuse_in_production()\n', 'assertNotProduction();', 'ensure_dev_env!\n']) {
    it(`see that the environment is asked for: ${preceding}`, () => {
      assert.equal(environmentFactors({ preceding }).length, 1);
    });
  }
  it('see when it is not', () => {
    assert.deepEqual(environmentFactors({ preceding: 'checkProduction();\nstartProduction();\nconst guard = makeGuard();' }), []);
    assert.deepEqual(environmentFactors({ preceding: "const env = process.env.NODE_ENV; log('production');" }), []);
  });

  const tests = ['src/a.test.ts', 'test/a.js', '__tests__/a.js', 'tests/test_a.py', 'a_test.go', 'spec/models/user_spec.rb', 'src/UserTests.cs', 'UserTest.java', 'conftest.py', 'e2e/a.ts', 'src/a.cy.ts'];
  const others = ['src/latest.ts', 'src/contest/a.ts', 'src/attest.py', 'src/specification.ts', 'src/TestimonialList.ts', 'prisma/seed.ts'];
  for (const path of tests) it(`know that ${path} is a test`, () => { assert.equal(isTest({ path }), true); });
  for (const path of others) it(`know that ${path} is none`, () => { assert.equal(isTest({ path }), false); });
});
