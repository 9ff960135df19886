import type { Factor } from '../check/blastRadius.ts';
import { quoted } from '../check/factors.ts';
import { java, javascript, php, python, shell, sql } from '../check/example.ts';
import { defineRule, type Judgement, type Place, statement } from '../check/rule.ts';
import { isMoot, statementFactors } from '../check/statements.ts';
import { whereNothing } from '../check/saferForm.ts';
import { hole, type SqlStatement } from '../language/operation.ts';

const wheres: Readonly<Record<Exclude<SqlStatement['where'], 'present'>, Factor>> = {
  none: { text: 'there is no WHERE', weight: 0 },
  'always-true': { text: 'the WHERE holds for every row', weight: 0 },
  dynamic: { text: 'no WHERE can be seen here; a part that is only known when it runs may bring one', weight: -1 },
  argument: { text: 'the WHERE holds for every row when an argument of it is null or empty', weight: -1 },
  unmatched: { text: 'that is every row when the source is empty', weight: -1 },
};

function judge(operation: SqlStatement, place: Place): Judgement | undefined {
  const { verb, where, target } = operation;
  if (where === 'present' || isMoot(operation, place)) return undefined;
  const name = target.replaceAll(hole, '…');
  return { effect: effectOf(verb, where, quoted(name)), target: name, factors: [wheres[where], ...statementFactors(operation)] };
}

function effectOf(verb: SqlStatement['verb'], where: SqlStatement['where'], name: string): string {
  if (where === 'unmatched') return `deletes every row of ${name} that the source does not have`;
  if (where === 'dynamic' || where === 'argument') return `${verb === 'delete' ? 'deletes' : 'changes'} rows of ${name}, perhaps all`;
  return verb === 'delete' ? `deletes every row of ${name}` : `overwrites values in every row of ${name}`;
}

export default defineRule({
  id: 'sql-unfiltered-change',
  title: 'Every row changed',
  why: 'DELETE or UPDATE without a WHERE, or with one that is always true, hits every row of the table; the old values are nowhere but in a backup.',
  instead: 'Say which rows by a condition on their columns, run it as a SELECT first, and do it in batches inside a transaction.',
  blindTo: 'Conditions that turn out to match everything because of the data, such as a flag that every row has, and `NOT IN` with an empty list.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [statement('delete'), statement('update')],
  judge: { statement: judge },
  safer: [whereNothing],
  examples: {
    bad: [
      sql`⟦DELETE FROM users⟧;`,
      sql`⟦UPDATE accounts SET balance = 0 WHERE 1 = 1 OR id = 3⟧;`,
      sql`WITH gone AS (⟦DELETE FROM sessions RETURNING id⟧) SELECT count(*) FROM gone;`,
      sql`EXPLAIN ANALYZE ⟦UPDATE users SET active = CASE WHEN vip THEN true ELSE false END⟧;`,
      sql`⟦DELETE FROM users WHERE (:id IS NULL OR id = :id)⟧;`,
      sql`⟦DELETE FROM users WHERE COALESCE(@id, id) = id⟧;`,
      sql`⟦DELETE FROM users WHERE id IS NOT NULL⟧;`,
      sql`⟦DELETE FROM files WHERE path LIKE :prefix || '%'⟧;`,
      sql`MERGE INTO t USING s ON t.id = s.id ⟦WHEN NOT MATCHED BY SOURCE THEN DELETE⟧;`,
      sql`⟦ALTER TABLE events DELETE WHERE 1⟧;`,
      sql`⟦DELETE FROM {{ this }}⟧;`,
      sql`⟦UPDATE orders o JOIN shops s ON 1 = 1 SET o.status = 'void'⟧;`,
      shell`mysql shop -e "⟦DELETE FROM orders WHERE id = id⟧"`,
      javascript`await db.query('⟦DELETE FROM sessions⟧');`,
      javascript`await db.query('⟦DELETE FROM sessions ' + clause⟧);`,
      javascript`let sql = '⟦DELETE FROM orders⟧';
if (id) sql += ' WHERE id = ' + id;
await db.query(sql);`,
      python`sql = "⟦DELETE FROM orders⟧"
if status:
    sql += " WHERE status = %s"
cursor.execute(sql)`,
      php`<?php
$manager->createQuery('⟦DELETE App\Entity\User u⟧')->execute();`,
    ],
    good: [
      java`import static org.mockito.BDDMockito.given;
class PeopleTest { void deletes() { given(jdbcTemplate.update("DELETE FROM person")).willReturn(10); } }`,
      sql`DELETE FROM users WHERE id = 7;`,
      php`<?php
$manager->createQuery('DELETE FROM App\Entity\User u WHERE u.id = 7')->execute();`,
      shell`bq query --dry_run --use_legacy_sql=false 'DELETE FROM shop.orders WHERE true'`,
      javascript`let sql = 'DELETE FROM orders';
sql += ' WHERE id = ' + id;
await db.query(sql);`,
      javascript`let sql = 'DELETE FROM orders';
sql = 'SELECT 1';
await db.query(sql);`,
      python`sql = "DELETE FROM orders"
sql += " WHERE status = %s"
cursor.execute(sql, [status])`,
      sql`EXPLAIN DELETE FROM users;`,
      sql`CREATE TABLE a (b int REFERENCES c ON DELETE CASCADE ON UPDATE SET NULL);`,
      sql`INSERT INTO a VALUES (1) ON CONFLICT (id) DO UPDATE SET b = 1;`,
      sql`MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE;`,
      sql`GRANT SELECT, UPDATE, DELETE ON users TO app; SELECT 1 FOR UPDATE;`,
      sql`ALTER TABLE users ADD COLUMN plan text;
UPDATE users SET plan = 'free';`,
      sql`DELETE a FROM a INNER JOIN b ON a.id = b.id;`,
      sql`BEGIN;
DELETE FROM users;
ROLLBACK;`,
      sql`DELETE FROM {{ this }} {% if is_incremental() %} WHERE day = '{{ day }}' {% endif %};`,
      sql`ALTER TABLE events DELETE WHERE day < '2020-01-01';`,
      javascript`searchIndex.query('delete from disk what nobody read for a year');`,
      sql`SELECT 'DELETE FROM users'; -- DELETE FROM users`,
    ],
  },
});
