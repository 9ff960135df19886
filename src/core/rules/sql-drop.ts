import { quoted } from '../check/factors.ts';
import type { Factor, Scope, Undo } from '../check/blastRadius.ts';
import { javascript, python, shell, sql, tag, typescript } from '../check/example.ts';
import { defineRule, type Judgement, type Place, statement } from '../check/rule.ts';
import { isMoot, statementFactors } from '../check/statements.ts';
import { hole, type SqlStatement } from '../language/operation.ts';
import { administrativeWords } from '../language/sql/administer.ts';

interface Loss {
  readonly scope: Scope;
  readonly undo: Undo;
  readonly what: (target: string) => string;
}

/** What holds data. Views, indexes, functions and their kin are made again from their text. */
const losses: Readonly<Record<string, Loss>> = {
  database: { scope: 'service', undo: 'none', what: (target) => `drops the database ${target} and everything in it` },
  schema: { scope: 'service', undo: 'none', what: (target) => `drops the schema ${target}` },
  keyspace: { scope: 'service', undo: 'none', what: (target) => `drops the keyspace ${target} and everything in it` },
  owned: { scope: 'service', undo: 'none', what: (target) => `drops everything that ${target} owns` },
  tablespace: { scope: 'service', undo: 'none', what: (target) => `drops the tablespace ${target}` },
  table: { scope: 'collection', undo: 'none', what: (target) => `drops ${target} with all its rows` },
  column: { scope: 'collection', undo: 'none', what: (target) => `drops ${target} with its values in every row` },
  partition: { scope: 'collection', undo: 'none', what: (target) => `drops the partition ${target} with all its rows` },
  user: { scope: 'set', undo: 'costly', what: (target) => `drops the user ${target}, and locks out what signs in with it` },
  login: { scope: 'set', undo: 'costly', what: (target) => `drops the login ${target}, and locks out what signs in with it` },
  sequence: { scope: 'set', undo: 'costly', what: (target) => `drops the sequence ${target}: where it stood is lost, and numbers are given twice` },
  publication: { scope: 'set', undo: 'costly', what: (target) => `drops the publication ${target}, and stops what replicates from it` },
  subscription: { scope: 'set', undo: 'costly', what: (target) => `drops the subscription ${target}, and stops replication` },
  collection: { scope: 'collection', undo: 'none', what: (target) => `drops the collection ${target} with all it holds` },
  bucket: { scope: 'service', undo: 'none', what: (target) => `drops the bucket ${target} with all it holds` },
  scope: { scope: 'collection', undo: 'none', what: (target) => `drops the scope ${target} with its collections` },
  namespace: { scope: 'service', undo: 'none', what: (target) => `drops the namespace ${target} with all it holds` },
  columnfamily: { scope: 'collection', undo: 'none', what: (target) => `drops ${target} with all its rows` },
  measurement: { scope: 'collection', undo: 'none', what: (target) => `drops the measurement ${target} with all its points` },
  series: { scope: 'collection', undo: 'none', what: (target) => `drops the series ${target}` },
  catalog: { scope: 'service', undo: 'none', what: (target) => `drops the catalog ${target} and everything in it` },
  diskgroup: { scope: 'service', undo: 'none', what: (target) => `drops the disk group ${target}` },
  stage: { scope: 'set', undo: 'none', what: (target) => `drops the stage ${target} with the files in it` },
  share: { scope: 'set', undo: 'costly', what: (target) => `drops the share ${target}, and what others read through it` },
  role: { scope: 'set', undo: 'costly', what: (target) => `drops the role ${target}, and what it was allowed` },
};

/** What acts on a server and not on one object of it. */
const acts: Readonly<Record<string, Omit<Loss, 'what'> & { readonly effect: string }>> = {
  'binary logs': { scope: 'collection', undo: 'none', effect: 'deletes every binary log, which replicas and restores to a point in time read' },
  'replica': { scope: 'service', undo: 'costly', effect: 'makes a replica forget what it follows, or drops what is known of it' },
  'repair': { scope: 'service', undo: 'none', effect: 'repairs the database, and throws away what it cannot repair' },
  'detachment': { scope: 'collection', undo: 'costly', effect: 'takes a table out of the database, also after its next start' },
  'history': { scope: 'collection', undo: 'none', effect: 'deletes every earlier version of the table, and what others are still reading' },
  'chunks': { scope: 'collection', undo: 'none', effect: 'drops the chunks that a span of time names, with all their rows' },
  'large objects': { scope: 'collection', undo: 'none', effect: 'deletes large objects, for each row that it selects' },
  'sessions': { scope: 'service', undo: 'easy', effect: 'cuts the sessions of all who use the database' },
  'replication slot': { scope: 'service', undo: 'costly', effect: 'drops a replication slot: what reads from it has to begin anew' },
};

/** With CASCADE these take columns, views and constraints along that others made. */
const cascading: Readonly<Record<string, Scope>> = { extension: 'collection', type: 'collection', domain: 'collection', sequence: 'set', view: 'set', function: 'set' };

/** What other verbs than DROP do to things of a kind. */
const others: Readonly<Record<string, Loss>> = {
  'replace table': { scope: 'collection', undo: 'costly', what: (target) => `replaces ${target} by a new, empty table` },
  'replace database': { scope: 'service', undo: 'costly', what: (target) => `replaces the database ${target} by a new one` },
  'replace schema': { scope: 'service', undo: 'costly', what: (target) => `replaces the schema ${target} by a new one` },
  'overwrite table': { scope: 'collection', undo: 'costly', what: (target) => `replaces every row of ${target} by what it selects` },
  'purge recycle bin': { scope: 'service', undo: 'none', what: () => 'empties the recycle bin, from which dropped tables could still be brought back' },
  'purge binary logs': { scope: 'set', undo: 'none', what: () => 'deletes binary logs, which replicas and restores to a point in time read' },
  'purge table': { scope: 'collection', undo: 'none', what: (target) => `removes the dropped table ${target} from the recycle bin` },
  'purge tablespace': { scope: 'collection', undo: 'none', what: (target) => `empties the recycle bin of the tablespace ${target}` },
  'restore database': { scope: 'service', undo: 'none', what: (target) => `overwrites the database ${target} with a backup` },
  'flashback table': { scope: 'collection', undo: 'costly', what: (target) => `takes ${target} back to what it was, without what was written since` },
  'flashback database': { scope: 'service', undo: 'costly', what: (target) => `takes the database ${target} back to what it was, without what was written since` },
};

function judge(operation: SqlStatement, place: Place): Judgement | undefined {
  const { verb, object, target, cascades, becomes } = operation;
  if (isMoot(operation, place)) return undefined;
  const name = target.replaceAll(hole, '…');
  const base = { target: name, factors: factorsOf(operation) };
  if (verb === 'truncate') return { ...base, effect: `removes every row of ${quoted(name)}`, scope: object === 'database' ? 'service' : 'collection' };
  if (verb === 'replace' && becomes !== undefined) return { ...base, scope: 'set', undo: 'costly', effect: `replaces ${quoted(name)} by ${becomes === 'a clone' ? 'a clone' : 'the result of a query'}` };
  const act = verb === 'administer' ? acts[object] : undefined;
  if (act !== undefined) return { factors: factorsOf(operation), scope: act.scope, undo: act.undo, effect: act.effect };
  const loss = verb === 'drop' || verb === 'alter' ? losses[object] : others[`${verb} ${object}`];
  if (loss !== undefined) return { ...base, scope: loss.scope, undo: loss.undo, effect: loss.what(quoted(name)) };
  const scope = cascades ? cascading[object] : undefined;
  return scope === undefined || verb !== 'drop' ? undefined : { ...base, scope, undo: 'costly', effect: `drops the ${object} ${quoted(name)} and all that uses it` };
}

function factorsOf(operation: SqlStatement): Factor[] {
  const { cascades, object, verb, isMadeAgain } = operation;
  // A database, and a schema that may not be empty, go with what is in them anyway.
  const weight = object === 'schema' || verb === 'truncate' ? 1 : 0;
  return [
    ...(cascades ? [{ text: 'CASCADE takes along what depends on it, wherever that is', weight } as const] : []),
    ...(isMadeAgain ? [{ text: 'it is made again right after, without its rows', weight: -1 } as const] : []),
    ...statementFactors(operation),
  ];
}

export default defineRule({
  id: 'sql-drop',
  title: 'Table, column or database dropped',
  why: 'What is dropped or truncated goes with all its rows, at once and for everybody; only a backup has it still.',
  instead: 'Rename it first and drop it weeks later, or move the rows to an archive. In a migration, ship the code that no longer needs it before, and take a backup in the same step.',
  blindTo: 'Whether the table is empty or in use, which database the statement is sent to, files that `\\i` and its kin read in, and names that are put together elsewhere. Indexes, views, functions and constraints count as made again from their text.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [...(['drop', 'truncate', 'replace', 'overwrite', 'purge', 'restore', 'flashback'] as const).map((verb) => statement(verb)), statement('alter', ({ object }) => object === 'column' || object === 'partition'), { ...statement('administer'), words: administrativeWords }],
  judge: { statement: judge },
  examples: {
    bad: [
      python`def fill(db):
    db.execute("CREATE TEMP TABLE batch (id int)")

with connect(dsn) as db:
    db.execute("⟦DROP TABLE batch⟧")`,
      shell`psql -h prod-db test -c "⟦TRUNCATE orders⟧"`,
      sql`⟦DROP TABLE IF EXISTS users, "order items" CASCADE⟧;`,
      sql`BEGIN;
⟦TRUNCATE audit_log⟧; -- start over
COMMIT;`,
      sql`⟦ALTER TABLE users DROP COLUMN email⟧;`,
      sql`DO $$ BEGIN
  FOR t IN SELECT tablename FROM pg_tables LOOP
    EXECUTE '⟦DROP TABLE ' || quote_ident(t.tablename)⟧;
  END LOOP;
END $$;`,
      sql`⟦DROP TABLE IF EXISTS users⟧;
CREATE TABLE users (id int);`,
      sql`⟦CREATE OR REPLACE TABLE analytics.orders (id INT64)⟧;`,
      sql`SELECT format('⟦DROP TABLE %I⟧', tablename) FROM pg_tables \gexec`,
      sql`⟦ALTER TABLE events ON CLUSTER main DROP PARTITION '2024-01'⟧;`,
      sql`⟦INSERT OVERWRITE TABLE orders SELECT * FROM staged⟧;`,
      sql`EXEC sp_MSforeachtable '⟦DROP TABLE ?⟧';`,
      shell`sudo -u postgres psql -c "⟦DROP DATABASE shop⟧;"`,
      shell`mysql shop <<EOF
⟦DROP TABLE orders⟧;
EOF`,
      javascript`await client.query('⟦DROP SCHEMA public CASCADE⟧');`,
      sql`⟦RESET MASTER⟧;`,
      sql`⟦DBCC CHECKDB (shop, REPAIR_ALLOW_DATA_LOSS)⟧;`,
      sql`⟦SELECT drop_chunks('metrics', INTERVAL '1 day')⟧;`,
      sql`⟦DROP SEQUENCE order_numbers⟧;`,
    ],
    good: [
      python`with connect(dsn) as db:
    db.execute("CREATE TEMP TABLE batch (id int)")
    db.execute("DROP TABLE batch")`,
      shell`psql -h localhost shop_test -c "TRUNCATE orders"`,
      shell`sqlite3 :memory: "DROP TABLE users"`,
      typescript`const sql = (statement: string) => ({ command: ['psql', '-c', statement] });
export const wipe = sql('DROP SCHEMA shop');`,
      sql`CREATE TEMPORARY TABLE kept AS SELECT id, name FROM users;
DROP TABLE users;
CREATE TABLE users (id int PRIMARY KEY, name text);
INSERT INTO users SELECT id, name FROM kept;`,
      sql`CREATE TEMP TABLE work (id int);
DROP TABLE work;`,
      sql`CREATE TABLE staging (id int);
INSERT INTO users SELECT id FROM staging;
DROP TABLE staging;`,
      sql`DROP VIEW active_users; DROP INDEX users_by_name; DROP FUNCTION tidy(int);`,
      sql`ALTER TABLE users DROP CONSTRAINT users_pk;`,
      sql`SELECT * FROM branches WHERE name = 'master'; VACUUM orders RETAIN 168 HOURS;`,
      javascript`await client.query('CREATE TABLE work (id int)');
await client.query('DROP TABLE work');`,
      javascript`await client.query('CREATE TEMP TABLE IF NOT EXISTS work (id int)');
await client.query('DELETE FROM work; DROP TABLE work');`,
      sql`-- DROP TABLE users;
INSERT INTO notes VALUES ('DROP TABLE users');`,
      sql`-- +goose Up
CREATE TABLE IF NOT EXISTS users (id int);
-- +goose Down
DROP TABLE users;`,
      sql`CREATE TABLE new_users (id int, name text);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;`,
      sql`BEGIN;
DROP TABLE users;
SELECT count(*) FROM orders;
ROLLBACK;`,
      tag('db/migrations/7_users.down.sql')`DROP TABLE users;`,
      sql`DROP TABLE IF EXISTS tmp_import;`,
      sql`ALTER PUBLICATION changes
DROP TABLE users;`,
      sql`INSERT OVERWRITE TABLE orders PARTITION (day = '2024-01-01') SELECT * FROM staged;`,
      javascript`db.exec('drop table reservations are handled by the waiter');`,
      shell`psql -c 'SELECT * FROM dropped' && echo "DROP TABLE users"`,
    ],
  },
});
