import type { Factor } from '../check/blastRadius.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { javascript, shell, sql } from '../check/example.ts';
import { defineRule, type Judgement, statement } from '../check/rule.ts';
import { hole, type SqlStatement } from '../language/operation.ts';

const wheres: Readonly<Record<Exclude<SqlStatement['where'], 'present'>, Factor>> = {
  none: { text: 'there is no WHERE', weight: 0 },
  'always-true': { text: 'the WHERE holds for every row', weight: 0 },
  dynamic: { text: 'no WHERE can be seen here; a part that is only known when it runs may bring one', weight: -1 },
};

function judge(operation: SqlStatement): Judgement | undefined {
  const { verb, where, target, isScratch, address } = operation;
  if (where === 'present' || isScratch || address.at(-1) === 'down') return undefined;
  const name = target.replaceAll(hole, '…');
  return {
    effect: where === 'dynamic' ? `changes rows of ${quoted(name)}, perhaps all` : verb === 'delete' ? `deletes every row of ${quoted(name)}` : `overwrites values in every row of ${quoted(name)}`,
    target: name,
    factors: [
      wheres[where],
      ...productionFactors([target]),
      ...loopFactors(operation),
    ],
  };
}

export default defineRule({
  id: 'sql-unfiltered-change',
  title: 'Every row changed',
  why: 'DELETE or UPDATE without a WHERE, or with one that is always true, hits every row of the table; the old values are nowhere but in a backup.',
  instead: 'Say which rows by a condition on their columns, run it as a SELECT first, and do it in batches inside a transaction.',
  blindTo: 'Conditions that turn out to match everything because of the data or of a parameter, such as an empty list or `LIKE` with an empty prefix.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [statement('delete'), statement('update')],
  judge: { statement: judge },
  examples: {
    bad: [
      sql`⟦DELETE FROM users⟧;`,
      sql`⟦UPDATE accounts SET balance = 0 WHERE 1 = 1 OR id = 3⟧;`,
      sql`WITH gone AS (⟦DELETE FROM sessions RETURNING id⟧) SELECT count(*) FROM gone;`,
      sql`EXPLAIN ANALYZE ⟦UPDATE users SET active = CASE WHEN vip THEN true ELSE false END⟧;`,
      shell`mysql shop -e "⟦DELETE FROM orders WHERE id = id⟧"`,
      javascript`await db.query('⟦DELETE FROM sessions⟧');`,
      javascript`await db.query('⟦DELETE FROM sessions ' + clause⟧);`,
    ],
    good: [
      sql`DELETE FROM users WHERE id = 7;`,
      sql`EXPLAIN DELETE FROM users;`,
      sql`CREATE TABLE a (b int REFERENCES c ON DELETE CASCADE ON UPDATE SET NULL);`,
      sql`INSERT INTO a VALUES (1) ON CONFLICT (id) DO UPDATE SET b = 1;`,
      sql`MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE;`,
      sql`GRANT SELECT, UPDATE, DELETE ON users TO app; SELECT 1 FOR UPDATE;`,
      sql`ALTER TABLE users ADD COLUMN plan text;
UPDATE users SET plan = 'free';`,
      sql`DELETE a FROM a INNER JOIN b ON a.id = b.id;`,
      sql`SELECT 'DELETE FROM users'; -- DELETE FROM users`,
    ],
  },
});
