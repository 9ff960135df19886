import type { Clue } from '../check/clues.ts';
import { java, javascript, php, python, rust, typescript } from '../check/example.ts';
import type { Factor } from '../check/blastRadius.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { brings, isAlwaysTrue, isNarrowed, isThrowaway, lastName } from '../check/filters.ts';
import { isNarrowedLater } from '../check/keptQuery.ts';
import { environmentFactors, isWayBack } from '../check/places.ts';
import { call, defineRule } from '../check/rule.ts';
import type { Call, Value } from '../language/operation.ts';

type Test = (call: Call) => boolean;

const isOpen: Test = ({ links, next, args }) => !isNarrowed(links) && !isNarrowed(next) && ![...args, ...links.flatMap((link) => link.args ?? [])].some(holdsFilter);

/** `update({ where: { id }, data })`, `init(pick(['where'], params))`: what is given may hold the condition. */
function holdsFilter({ properties, source }: Value): boolean {
  const where = properties?.get('where');
  return where === undefined ? properties === undefined && /^\w[\w.]*\(\s*\[[^\]]*["']where["']/.test(source) : where.properties?.size !== 0;
}

/** Columns that the same function made before have nothing to lose: `table.boolean('open')`, then `knex('orders').update({ open: true })`. */
function fillsNewColumns({ args: [first], preceding = '' }: Call): boolean {
  const columns = first?.properties !== undefined && first.isOpen !== true ? [...first.properties.keys()] : typeof first?.constant === 'string' ? [first.constant] : [];
  return columns.length > 0 && columns.every((column) => new RegExp(`${makesColumn}\\(\\s*["'\`]${column.replace(/\W/g, '\\$&')}["'\`]`).test(preceding));
}

const makesColumn = String.raw`\.(?:boolean|string|text|integer|tinyint|bigInteger|float|double|decimal|json|jsonb|date|dateTime|datetime|timestamp|time|uuid|enu|enum|binary|specificType|bigint|smallint)`;

/** Names that databases and their transactions are given. */
const databases = /^(?:get|use|create)?_?(?:\w*(?:db|database|datasource|drizzle)|orm|d1)$/i;
const transactions = /^(?:tx|trx|conn|connection|transaction|pg|sqlite|client)$/i;
/** What has a `delete` that takes a key. */
const keyed = /^(?:level|idb|dexie|nedb|lokijs|lmdb|pouchdb|typeorm|mongodb|mongoose|firebase|@firebase|firebase-admin|@google-cloud|redis|ioredis|knex|kysely|localforage|keyv|lowdb)/;

/** Drizzle's `db.delete(users)` and `db.update(users).set(…)`: the database is told by its name or by the module. */
const isOfDrizzle: Test = (operation) => {
  const { args, receiver, language } = operation;
  const [table] = args;
  if (language !== 'javascript' || receiver === undefined || table === undefined || args.length !== 1) return false;
  const name = lastName(receiver);
  const bringsDrizzle = brings(operation, /^drizzle-orm/);
  if (!databases.test(name) && !(bringsDrizzle && transactions.test(name))) return false;
  return (bringsDrizzle || !brings(operation, keyed)) && isTable(table);
};

/** A table is a name of its own; keys, numbers and objects with something in them are what other stores take. */
function isTable({ constant, source, properties, elements }: Value): boolean {
  if (constant !== undefined || elements !== undefined) return false;
  if (properties !== undefined) return properties.size === 0;
  return /^[\w$.]+$/.test(source) && !/(?:^|[._]|[a-z])(?:key|id|name|path|url|hash|ref|token)s?$/i.test(source) && !/^(?:k|key|id|x|i|item|entry|this|node)$/i.test(source);
}

/** Its `where` takes an expression: an object there is one. */
const isDrizzleOpen: Test = ({ next }) => !isNarrowed(next, (args) => isAlwaysTrue(args) || mayBeLeftOut(args));

/** `where(id ? eq(users.id, id) : undefined)`: an argument that is left out takes the condition away. */
function mayBeLeftOut([condition]: readonly Value[]): boolean {
  return /:\s*undefined$|^[\w.?]+\s*&&/.test(condition?.source ?? '');
}

const updatesDrizzle: Test = (operation) => isOfDrizzle(operation) && operation.next[0]?.name === 'set' && isDrizzleOpen(operation);

/** `knex('users')`, `db('users')`, `trx.from('users')`: a chain that begins with a table's name. */
function isOfKnex({ links }: Call): boolean {
  const [first, second] = links;
  if (first?.args !== undefined && /^(?:knex|db|trx|tx|qb|\w*[kK]nex|database)(?:\(\))?$/.test(first.name)) return first.args.length > 0;
  return first !== undefined && /^(?:\w*[kK]nex|db|trx)$/.test(first.name) && /^(?:from|into|table)$/.test(second?.name ?? '') && second?.args !== undefined;
}

/** TypeORM's and MikroORM's query builders, and Objection's queries. */
const isOfBuilder: Test = ({ links, receiver = '', language }) => links.some(({ name, args }) => args !== undefined && (name === 'createQueryBuilder' || (name === 'query' && language !== 'php' && /^[A-Z]/.test(links[0]?.name ?? '')))) || /^(?:qb|queryBuilder)$/.test(receiver);

/** `delete(User::class, 'u')`: Doctrine takes a name for the rows beside the table. */
const hasAlias = ({ args: [, alias] }: Call): boolean => /^\w+$/.test(String(alias?.constant));

/** A builder that a variable keeps does nothing until it is executed, and takes its conditions before. */
const isKept: Test = ({ next, preceding = '', links }) => links.some(({ name, args }) => name === 'createQueryBuilder' && args !== undefined) && /[\w\]]\s*=\s*$/.test(preceding) && !next.some(({ name }) => /^(?:execute|run)/.test(name));

/** `supabase.from('users')`, and in Python `supabase.table("users")`. */
const isOfSupabase: Test = (operation) => {
  const isBrought = brings(operation, /^@supabase\/|^supabase$|^postgrest$/);
  return operation.links.some(({ name, args }, at) => /^(?:from|from_|table)$/.test(name) && at > 0 && args?.length === 1 && typeof args[0]?.constant === 'string' && (isBrought || /supabase|postgrest/i.test(operation.links.slice(0, at).map((link) => link.name).join('.'))));
};

/** What no row has, or every row is past. */
const nobody = /^(?:|0|-1|null|1970-01-01.*|0001-01-01.*|1900-01-01.*|0{8}-0{4}-0{4}-0{4}-0{12})$/;

/** What stands behind `delete()` where a client insists on a condition and all rows are meant: `neq('id', 0)`, `not('id', 'is', null)`, `gte('created_at', '1970-01-01')`. */
const meansAll: Test = ({ next }) => {
  const conditions = next.filter(({ args }) => args !== undefined && args.length > 1);
  return conditions.length > 0 && conditions.every(({ name, args = [] }) => {
    const isOfKey = /^(?:id|uuid|\w+_id|created_at)$/.test(String(args[0]?.constant));
    const last = args.at(-1);
    if (name === 'not' || name === 'not_') return isOfKey && args[1]?.constant === 'is' && /^(?:null|None|nil)$/.test(last?.source.replace(/["']/g, '') ?? '');
    return isOfKey && /^(?:neq|gt|gte)$/.test(name) && (args[0]?.constant === 'id' || nobody.test(String(last?.constant ?? last?.source ?? '?')));
  });
};

/** Laravel's `Order::query()->update([…])` and `DB::table('orders')->update([…])`. */
const updatesLaravels: Test = ({ links, next, language, args }) => language === 'php' && args.length === 1 && /^\\?(?:\w+\\)*(?:DB|[A-Z]\w*)$/.test(links[0]?.name ?? '') && links.slice(1).some(({ name, args: given }) => given !== undefined && /^(?:query|newQuery|table|withTrashed)$/.test(name)) && !isNarrowed(links) && !isNarrowed(next) && !links.some(({ name }) => /^(?:where|find|first|scope|join|limit|take|for|of|latestOf|active|only)/i.test(name));

/** jOOQ: `ctx.update(USERS).set(…).execute()`. */
const isOfJooq: Test = (operation) => brings(operation, /^org\.jooq\b/) && operation.receiver !== undefined && operation.args.length > 0 && operation.next.some(({ name }) => /^(?:execute|executeAsync|set)$/.test(name)) && isOpen(operation);
const endsInJooq: Test = (operation) => brings(operation, /^org\.jooq\b/) && operation.receiver !== undefined && operation.args.length > 0 && operation.next.some(({ name }) => name.startsWith("execute"));

/** Diesel's `diesel::update(users::table).set(…)`. */
const updatesDiesels: Test = (operation) => /^diesel(?:::|#)/.test(operation.imported ?? '') && operation.args.length === 1 && !/\.(?:filter|find)\(/.test(operation.args[0]?.source ?? '') && /^(?:crate::|schema::)*\w+(?:::(?:table|dsl::\w+))?$/.test(operation.args[0]?.source ?? '') && operation.next.some(({ name }) => name === 'set') && isOpen(operation);

/** SQLAlchemy's `delete(User)` of the core, and `session.query(User).delete()`. */
const isOfSqlalchemy: Test = ({ links, receiver = '' }) => links.some(({ name, args }) => name === 'query' && args !== undefined && args.length > 0) || /^[A-Z]\w*\.query$/.test(receiver);
const isExecutedTable: Test = ({ args, preceding = '' }) => args.length === 0 && /\.execute\(\s*(?:await\s+)?$/.test(preceding);
const isCore: Test = (operation) => operation.imported !== undefined && /^sqlalchemy(?:\.\w+)*#(?:delete|update)$/.test(operation.imported);

const deletes: Test = (operation) => {
  const { name, args } = operation;
  if (operation.receiver === undefined) return isCore(operation) && isOpen(operation);
  if (isOfDrizzle(operation)) return isDrizzleOpen(operation);
  const isBare = args.length === 0 || (args.length === 1 && (args[0]?.properties !== undefined || isOfBuilder(operation))) || (args.length === 2 && hasAlias(operation) && isOfBuilder(operation));
  if (!isBare) return false;
  return (isOfKnex(operation) || isOfBuilder(operation) || (name === 'delete' && (isOfSupabase(operation) || isOfSqlalchemy(operation) || isExecutedTable(operation)))) && (isOpen(operation) || (isOfSupabase(operation) && meansAll(operation)));
};

const updates: Test = (operation) => {
  if (updatesLaravels(operation) || updatesDiesels(operation) || (isOfJooq(operation) && operation.args.length === 1)) return true;
  if (operation.receiver === undefined) return isCore(operation) && isOpen(operation);
  if (updatesDrizzle(operation)) return true;
  const isWriting = operation.args.length >= 1 && !isOfDrizzle(operation);
  return isWriting && (isOfKnex(operation) || isOfSupabase(operation) || isOfSqlalchemy(operation) || (isOfBuilder(operation) && operation.next.some(({ name }) => name === 'set'))) && isOpen(operation);
};

/** What the text shows of the above. */
const clues: readonly Clue[] = [
  { on: /(?:db|database|datasource|drizzle|orm|d1)\s*(?:\([^()]*\))?[!?]?$/i },
  { on: /(?:tx|trx|conn|connection|transaction|pg|sqlite|client)\s*(?:\([^()]*\))?[!?]?$/i, text: /\bdrizzle-orm/ },
  { on: /\b(?:\w*[kK]nex|db|trx|tx|qb|database)(?:\(\))?\s*(?:<[^<>]*>)?\(\s*[^\s)][^;]*$|\b(?:\w*[kK]nex|db|trx)\s*\.\s*(?:from|into|table)\s*\([^;]*$/ },
  { on: /\b(?:qb|queryBuilder)$|[\w)>]\s*[?!]?(?:\.|::|->)\s*query\s*(?:<[^<>]*>)?\([^;]*$|\b[A-Z]\w*\s*\.\s*query$/ },
  { on: /\.execute\s*\(\s*(?:await\s+)?[\w$.\s()[\]"']*$/ },
  { text: /\bcreateQueryBuilder\b|supabase|postgrest|\bsqlalchemy\b|\bjooq\b|\bdiesel\b/i },
  { languages: ['php'], on: /(?:->|::)\s*(?:query|newQuery|table|withTrashed)\s*\([^;]*$/ },
];

/** Kysely, jOOQ: the call names the table itself. */
const namesTable: Test = (operation) => operation.receiver !== undefined && operation.args.length === 1 && isOpen(operation) && (operation.next.some(({ name }) => /^(?:execute\w*|set|returning\w*|compile)$/.test(name)) || databases.test(lastName(operation.receiver)));

function tableOf({ args, links, next }: Call): string {
  const named = [...links].reverse().find(({ name, args: given }) => given !== undefined && given.length > 0 && !/^(?:createQueryBuilder|set|values)$/.test(name))?.args?.[0] ?? next.find(({ name }) => name === 'from')?.args?.[0];
  const value = args[0]?.properties === undefined ? (args[0] ?? named) : named;
  return typeof value?.constant === 'string' ? value.constant : (value?.source ?? 'the table');
}

function factorsOf({ next }: Call): Factor[] {
  if (next.some(({ name, args }) => name === 'where' && args !== undefined && mayBeLeftOut(args))) return [{ text: 'its `where` is left out when a value is missing', weight: -1 }];
  const isVoid = next.some(({ name, args }) => name === 'where' && args?.[0]?.source === 'undefined');
  return [{ text: isVoid ? 'its `where` is undefined' : 'no `where` narrows it', weight: 0 }];
}

export default defineRule({
  id: 'query-builder-unfiltered',
  title: 'Every row changed by a query builder',
  why: 'A DELETE or UPDATE that is built without a condition hits every row of the table; nothing asks before it runs.',
  instead: 'Add the condition that names the rows, read them with the same condition first, and do it in batches inside a transaction.',
  blindTo: 'Conditions that another function adds later, databases under names that say nothing, and conditions that match everything.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [
    call('delete', deletes, clues), call('del', deletes, clues), call('update', updates, clues), call('patch', updates, clues), call('deleteFrom', namesTable), call('updateTable', namesTable),
    ...['truncate', 'truncateTable', 'dropTable', 'dropTableIfExists', 'dropSchema', 'dropDatabase'].map((name) => call(name, endsInJooq, [{ text: /\bjooq\b/ }])),
  ], // prettier-ignore
  judge: {
    call: (operation, place) => {
      if (isThrowaway(operation) || isKept(operation) || isNarrowedLater(operation) || isWayBack(operation, place) || (operation.name === 'update' && fillsNewColumns(operation))) return undefined;
      const table = tableOf(operation);
      return {
        effect: operation.name.startsWith('drop') ? `drops ${quoted(table)} with all that it holds` : `${/^(?:del|trunc)/.test(operation.name) ? 'deletes' : 'overwrites values in'} every row of ${quoted(table)}`,
        target: table,
        factors: [...factorsOf(operation), ...environmentFactors(operation), ...loopFactors(operation), ...productionFactors([operation.receiver ?? ''])],
      };
    },
  },
  examples: {
    bad: [
      php`<?php
⟦Order::query()->update(['status' => 'void'])⟧;`,
      php`<?php
⟦DB::table('orders')->update(['status' => 'void'])⟧;`,
      java`import org.jooq.DSLContext;
class Tidy { void run(DSLContext ctx) { ⟦ctx.truncate(USERS)⟧.execute(); } }`,
      java`import org.jooq.DSLContext;
class Tidy { void run(DSLContext ctx) { ⟦ctx.update(USERS)⟧.set(USERS.ACTIVE, false).execute(); } }`,
      rust`use diesel::prelude::*;
fn off(conn: &mut PgConnection) { ⟦diesel::update(users::table)⟧.set(users::active.eq(false)).execute(conn); }`,
      typescript`import { createClient } from '@supabase/supabase-js';
const client = createClient(url, key);
await ⟦client.from('profiles').delete()⟧.not('id', 'is', null);`,
      typescript`await ⟦db.delete(users)⟧;`,
      typescript`await ⟦db.update(users)⟧.set({ active: false });`,
      typescript`import { drizzle } from 'drizzle-orm/node-postgres';
await db.transaction(async (tx) => {
  await ⟦tx.delete(sessions)⟧.where(undefined);
});`,
      typescript`await ⟦db.delete(users)⟧.where(id ? eq(users.id, id) : undefined);`,
      javascript`await ⟦knex('users').del()⟧;`,
      javascript`await ⟦knex('users').update({ active: false })⟧;`,
      typescript`await ⟦db.deleteFrom('person')⟧.execute();`,
      typescript`await ⟦dataSource.createQueryBuilder().delete()⟧.from(User).execute();`,
      typescript`const { error } = await ⟦supabase.from('countries').delete()⟧;`,
      typescript`await ⟦supabase.from('countries').delete()⟧.neq('id', 0);`,
      python`from sqlalchemy import delete
session.execute(⟦delete(User)⟧)`,
      python`⟦session.query(User).delete()⟧`,
      python`connection.execute(⟦users.delete()⟧)`,
      typescript`let query = ⟦db.deleteFrom('users')⟧;
if (cutoff) query = query.where('seen_at', '<', cutoff);
await query.execute();`,
      python`from sqlalchemy import delete
stmt = ⟦delete(User)⟧
session.execute(stmt)`,
      php`<?php
⟦$manager->createQueryBuilder()->delete(User::class, 'u')⟧->getQuery()->execute();`,
    ],
    good: [
      javascript`strapi.db.query('api::order').update({ where: { id }, data });
strapi.db.query('api::order').delete({ where: { id } });`,
      javascript`module.exports = createMigration(
  async function up(knex) {
    await knex.schema.alterTable('orders', (table) => {
      table.boolean('open').defaultTo(true);
    });
    await knex('orders').update({ open: true });
  },
  async function down(knex) {
    await knex('orders').update({ open: null });
  },
);`,
      php`<?php
DB::table('orders')->where('id', $id)->update(['status' => 'void']);
Order::find($id)->update(['status' => 'void']);`,
      java`import org.jooq.DSLContext;
class Tidy { void run(DSLContext ctx, long id) { ctx.update(USERS).set(USERS.ACTIVE, false).where(USERS.ID.eq(id)).execute(); } }`,
      rust`use diesel::prelude::*;
fn off(conn: &mut PgConnection, id: i32) { diesel::update(users::table.find(id)).set(users::active.eq(false)).execute(conn); }`,
      typescript`import { createClient } from '@supabase/supabase-js';
const client = createClient(url, key);
await client.from('profiles').update({ active: false }).eq('id', id);`,
      typescript`const query = manager.createQueryBuilder().update('users').set({ active: false });
query.where('id = :id', { id });
await query.execute();`,
      typescript`await db.delete(users).where(eq(users.id, id));`,
      typescript`await db.update(users).set({ active: false }).where(eq(users.id, id));`,
      javascript`await knex('users').where({ id }).del();`,
      typescript`await db.deleteFrom('person').where('id', '=', id).execute();`,
      typescript`await supabase.from('countries').delete().eq('id', 1);`,
      typescript`await dataSource.createQueryBuilder().delete().from(User).where('id = :id', { id }).execute();`,
      javascript`const db = new Map();
db.delete(key);
cache.delete(entry);
params.delete('page');`,
      javascript`import { Level } from 'level';
await db.delete(name);`,
      python`from sqlalchemy import delete
session.execute(delete(User).where(User.id == 7))`,
      python`session.query(User).filter(User.id == 7).delete()`,
      python`from sqlalchemy import delete
stmt = delete(User)
stmt = stmt.where(User.seen_at < cutoff)
session.execute(stmt)`,
      typescript`let query = db.deleteFrom('users');
query = query.where('seen_at', '<', cutoff);
await query.execute();`,
      php`<?php
$manager->createQueryBuilder()->delete(User::class, 'u')->where('u.id = :id')->getQuery()->execute();`,
    ],
  },
});
