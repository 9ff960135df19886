import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import type { Factor, Scope, Undo } from '../check/blastRadius.ts';
import { javascript, shell, sql } from '../check/example.ts';
import { defineRule, type Judgement, statement } from '../check/rule.ts';
import { hole, type SqlStatement } from '../language/operation.ts';

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
  role: { scope: 'set', undo: 'costly', what: (target) => `drops the role ${target}, and what it was allowed` },
};

/** With CASCADE these take columns, views and constraints along that others made. */
const cascading: Readonly<Record<string, Scope>> = { extension: 'collection', type: 'collection', domain: 'collection', sequence: 'set', view: 'set', function: 'set' };

function judge(operation: SqlStatement): Judgement | undefined {
  const { verb, object, target, cascades, isScratch, address } = operation;
  // The way back of a migration drops what the way there made.
  if (isScratch || address.at(-1) === 'down') return undefined;
  const name = target.replaceAll(hole, '…');
  const base = { target: name, factors: factorsOf(operation) };
  if (verb === 'truncate') return { ...base, effect: `removes every row of ${quoted(name)}`, scope: object === 'database' ? 'service' : 'collection' };
  const loss = losses[object];
  if (loss !== undefined) return { ...base, scope: loss.scope, undo: loss.undo, effect: loss.what(quoted(name)) };
  const scope = cascades ? cascading[object] : undefined;
  return scope === undefined ? undefined : { ...base, scope, undo: 'costly', effect: `drops the ${object} ${quoted(name)} and all that uses it` };
}

function factorsOf(operation: SqlStatement): Factor[] {
  const { cascades, object, target, verb } = operation;
  // A database, and a schema that may not be empty, go with what is in them anyway.
  const weight = object === 'schema' || verb === 'truncate' ? 1 : 0;
  return [
    ...(cascades ? [{ text: 'CASCADE takes along what depends on it, wherever that is', weight } as const] : []),
    ...(target.includes(hole) ? [{ text: 'which one is only known when it runs', weight: 0 } as const] : []),
    ...productionFactors([target]),
    ...loopFactors(operation),
  ];
}

export default defineRule({
  id: 'sql-drop',
  title: 'Table, column or database dropped',
  why: 'What is dropped or truncated goes with all its rows, at once and for everybody; only a backup has it still.',
  instead: 'Rename it first and drop it weeks later, or move the rows to an archive. In a migration, ship the code that no longer needs it before, and take a backup in the same step.',
  blindTo: 'Whether the table is empty or in use, which database the statement is sent to, and names that are put together elsewhere.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [statement('drop'), statement('truncate'), statement('alter')],
  judge: { statement: judge },
  examples: {
    bad: [
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
      shell`sudo -u postgres psql -c "⟦DROP DATABASE shop⟧;"`,
      shell`mysql shop <<EOF
⟦DROP TABLE orders⟧;
EOF`,
      javascript`await client.query('⟦DROP SCHEMA public CASCADE⟧');`,
    ],
    good: [
      sql`CREATE TEMP TABLE work (id int);
DROP TABLE work;`,
      sql`CREATE TABLE staging (id int);
INSERT INTO users SELECT id FROM staging;
DROP TABLE staging;`,
      sql`DROP VIEW active_users; DROP INDEX users_by_name; DROP FUNCTION tidy(int);`,
      sql`ALTER TABLE users DROP CONSTRAINT users_pk;`,
      sql`-- DROP TABLE users;
INSERT INTO notes VALUES ('DROP TABLE users');`,
      sql`-- +goose Up
CREATE TABLE IF NOT EXISTS users (id int);
-- +goose Down
DROP TABLE users;`,
      shell`psql -c 'SELECT * FROM dropped' && echo "DROP TABLE users"`,
    ],
  },
});
