import type { Call, Value } from '../language/operation.ts';
import { lastName, property } from './filters.ts';
import { isWayBack } from './places.ts';
import type { Place } from './rule.ts';

/** The names that frameworks hand the object to migrations by. */
const runners = /^(?:queryInterface|getQueryInterface|queryRunner|runner|schema|pgm|knex|op|batch_op|migrations|migrationBuilder|Schema|Migrator|migrator|manager|qi|schema_editor|schemaBuilder|getSchemaBuilder|alterTable|connection)$/;
const waysForth = new Set(['up', 'Up', 'upgrade', 'change', 'migrate', 'forwards', 'safeUp', 'database_forwards', 'apply']);

/** Whether a call is one of a migration: by what it is a method of, the function that it stands in, or the file. */
export function isMigration({ receiver, address, links }: Call, { path }: Place): boolean {
  if (runners.test(lastName(receiver)) || links.some(({ name }) => runners.test(name))) return true;
  return address.some((name) => waysForth.has(name)) || /(?:^|[/_.-])migrat(?:e|ions?)(?:[/_.-]|$)|\/versions\/|\/db\/migrate\//i.test(path);
}

const naming = ['model_name', 'table', 'tableName', 'table_name', 'name', 'column', 'columnName', 'old_name'];

/** The names of tables and columns among arguments: strings, symbols, classes, and what options call a name. */
export function namesIn(args: readonly Value[]): string[] {
  return args.flatMap((value) => {
    const named = naming.flatMap((key) => property(value, key) ?? []);
    if (named.length > 0) return namesIn(named);
    if (typeof value.constant === 'string') return [value.constant.replace(/^:/, '')];
    if (value.elements !== undefined) return value.elements.flatMap(({ constant }) => (typeof constant === 'string' ? [constant] : []));
    const symbol = /^:(\w+)$/.exec(value.source) ?? /^&?(?:\w+(?:\.|::))?([A-Z]\w*)(?:\{\}|::class|\.class)?$/.exec(value.source);
    return symbol?.[1] === undefined ? [] : [symbol[1]];
  });
}

/** The table of `alterTable('users', (t) => …)` that a chain began with. */
export function outerTable({ links }: Call): readonly Value[] {
  return links.findLast(({ name, args }) => /^(?:alterTable|table|alter_table)$/.test(name) && args !== undefined)?.args?.slice(0, 1) ?? [];
}

/** Rails' `reversible` has a block for the way back. */
const blockBack = /\bdir(?:ection)?\.down\s*(?:do\b|\{)(?:(?!\bend\b|\}).)*$/s;

/** Whether a call only undoes what the migration did. */
export function isUndoing(operation: Call, place: Place): boolean {
  return isWayBack(operation, place) || blockBack.test((operation.preceding ?? '').slice(-longestBlock));
}

/** Longer blocks are not looked through for where they begin. */
const longestBlock = 500;

/** Whether the same function made the table or the column before: what is new may change and go again. */
export function isMadeBefore({ preceding = '' }: Call, names: readonly string[]): boolean {
  const [table, column] = names.map((name) => name.replace(/\W/g, '\\$&'));
  if (table === undefined || table === '') return false;
  if (new RegExp(`create_?table\\w*\\(?\\s*\\(?\\s*['"\`:]${table}\\b`, 'i').test(preceding)) return true;
  return column !== undefined && new RegExp(`add_?column\\w*\\(?\\s*['"\`:]${table}['"\`]?\\s*,\\s*['"\`:]${column}\\b`, 'i').test(preceding);
}
