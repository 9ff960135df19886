import assert from 'node:assert/strict';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';
import { withRule } from '../../../src/core/policy/withRule.ts';

const head = '# ours\nversion: 1 # of the form\n\n# who\nseniors: [alice@corp]\n';

describe('a policy with another level of a rule', () => {
  it('is a new one where there is none', () => {
    assert.equal(withRule('', 'sql-drop', 'critical'), 'version: 1\nrules:\n  sql-drop: critical\n');
  });

  it('keeps comments and all else as it was written', () => {
    assert.equal(withRule(head, 'sql-drop', 'off'), `${head}rules:\n  sql-drop: off\n`);
  });

  it('takes the place of what was said before, in the form that it was said', () => {
    const before = `${head}rules: { sql-drop: off, sql-rename: high }\n`;
    assert.equal(withRule(before, 'sql-drop', 'high'), `${head}rules: { sql-drop: high, sql-rename: high }\n`);
  });

  const beside: readonly (readonly [form: string, before: string, after: string])[] = [
    ['in braces', `rules: { sql-rename: high }\nexclude: []\n`, `rules: { sql-rename: high, sql-drop: low }\nexclude: []\n`],
    ['in empty braces', `rules: {}\n`, `rules: { sql-drop: low }\n`],
    ['in lines', `rules:\n    # names\n    sql-rename: high\n\n# paths\npaths: []\n`, `rules:\n    # names\n    sql-drop: low\n    sql-rename: high\n\n# paths\npaths: []\n`],
    ['where nothing stands yet', `rules:\nexclude: []\n`, `rules: { sql-drop: low }\nexclude: []\n`],
    ['without an end of the last line', `review: risky`, `review: risky\nrules:\n  sql-drop: low\n`],
  ];
  for (const [form, before, after] of beside) {
    it(`puts a rule beside others ${form}`, () => {
      assert.equal(withRule(head + before, 'sql-drop', 'low'), head + after);
    });
  }

  it('can be read, and says what was chosen', () => {
    for (const level of ['off', 'low', 'medium', 'high', 'critical'] as const) {
      const parsed = parsePolicy(withRule(head, 'sql-drop', level));
      assert.ok('policy' in parsed);
      assert.deepEqual(parsed.policy.rules, { 'sql-drop': level });
    }
  });

  it('is refused for what is none', () => {
    for (const text of ['a: [', '- a\n', 'just words\n', '{ version: 1 }\n']) assert.throws(() => withRule(text, 'sql-drop', 'off'), /the policy is/);
  });
});
