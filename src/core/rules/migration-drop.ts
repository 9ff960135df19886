import { javascript, python, typescript } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { lastName, property } from '../check/filters.ts';
import { isWayBack, testFactors } from '../check/places.ts';
import { call, defineRule, type Place } from '../check/rule.ts';
import type { Call, Value } from '../language/operation.ts';

/** What goes, by the name of the method that migrations of the usual frameworks call. */
const dropped: Readonly<Record<string, 'table' | 'column' | 'schema' | 'tables'>> = {
  dropTable: 'table', dropTableIfExists: 'table', DropTable: 'table', drop_table: 'table', DropTableIfExists: 'table', drop_join_table: 'table', dropIfExists: 'table', DeleteModel: 'table',
  clearTable: 'table', delete_table: 'table', dropTables: 'tables', dropAllTables: 'tables', drop_tables: 'tables',
  dropColumn: 'column', dropColumns: 'column', removeColumn: 'column', removeColumns: 'column', DropColumn: 'column', drop_column: 'column', delete_column: 'column', RemoveField: 'column',
  remove_column: 'column', remove_columns: 'column', remove_timestamps: 'column', remove_reference: 'column', remove_belongs_to: 'column', remove_attachment: 'column', dropTimestamps: 'column',
  dropSoftDeletes: 'column', dropMorphs: 'column', dropConstrainedForeignId: 'column',
  dropSchema: 'schema', drop_schema: 'schema', DropSchema: 'schema', dropAllSchemas: 'schema', dropSchemaIfExists: 'schema',
}; // prettier-ignore

/** The names that frameworks hand the object to migrations by. */
const runners = /^(?:queryInterface|getQueryInterface|queryRunner|runner|schema|pgm|knex|op|batch_op|migrations|migrationBuilder|Schema|Migrator|migrator|manager|SchemaUtils|qi|schema_editor|schemaBuilder|getSchemaBuilder|alterTable)$/;
const waysForth = new Set(['up', 'Up', 'upgrade', 'change', 'migrate', 'forwards', 'safeUp', 'database_forwards', 'apply']);

function isMigration({ receiver, address, links }: Call, { path }: Place): boolean {
  if (runners.test(lastName(receiver)) || links.some(({ name }) => runners.test(name))) return true;
  return address.some((name) => waysForth.has(name)) || /(?:^|[/_.-])migrat(?:e|ions?)(?:[/_.-]|$)|\/versions\/|\/db\/migrate\//i.test(path);
}

/** The names among the arguments: strings, and what options call a name. */
function namesIn(args: readonly Value[]): string[] {
  return args.flatMap((value) => {
    const named = ['model_name', 'table', 'tableName', 'table_name', 'name', 'column', 'columnName'].flatMap((key) => property(value, key) ?? []);
    if (named.length > 0) return namesIn(named);
    if (typeof value.constant === 'string') return [value.constant];
    if (value.elements !== undefined) return value.elements.flatMap(({ constant }) => (typeof constant === 'string' ? [constant] : []));
    const symbol = /^:(\w+)$/.exec(value.source) ?? /^&?(?:\w+(?:\.|::))?([A-Z]\w*)(?:\{\}|::class|\.class)?$/.exec(value.source);
    return symbol?.[1] === undefined ? [] : [symbol[1]];
  });
}

/** The table that a call inside `table('users', (t) => …)` is of stands further out, and is left out here. */
function targetOf({ name, args, links }: Call): string {
  const outer = links.findLast(({ name: link, args: given }) => /^(?:alterTable|table|alter_table)$/.test(link) && given !== undefined)?.args ?? [];
  const names = namesIn([...outer.slice(0, 1), ...args]);
  return dropped[name] === 'column' && names.length > 2 && name !== 'remove_columns' ? names.slice(0, 2).join('.') : names.join('.');
}

/** What the same function made before it may go again. */
function isMadeBefore({ preceding = '' }: Call, target: string): boolean {
  const table = target.split('.')[0] ?? '';
  return table !== '' && new RegExp(`create_?table\\w*\\(?\\s*\\(?\\s*['"\`:]${table.replace(/\W/g, '\\$&')}\\b`, 'i').test(preceding);
}

export default defineRule({
  id: 'migration-drop',
  title: 'Table or column dropped by a migration',
  why: 'The rows or values go the moment the migration runs, and running it back makes an empty table or column. What still reads it fails from then on.',
  instead: 'Ship the code that no longer uses it first, rename it out of the way, and drop it in a later release with a backup at hand.',
  blindTo: 'Whether the table is empty or unused, drops that a helper of your own makes, and the way back of a migration, which is left alone.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: Object.keys(dropped).map((name) => call(name, ({ name: written }) => Object.hasOwn(dropped, written))),
  judge: {
    call: (operation, place) => {
      if (isWayBack(operation, place) || !isMigration(operation, place)) return undefined;
      const kind = dropped[operation.name] ?? 'table';
      const target = targetOf(operation);
      if ((kind === 'table' || kind === 'column') && operation.args.length === 0 && !/[tT]imestamps|SoftDeletes|DropTable/.test(operation.name)) return undefined;
      if (isMadeBefore(operation, target) || /^(?:te?mp|_)_?\w*|_te?mp$/i.test(target)) return undefined;
      const what = target === '' ? `a ${kind}` : kind === 'tables' ? `tables (${quoted(target)})` : `the ${kind} ${quoted(target)}`;
      return {
        scope: kind === 'schema' || (kind === 'tables' && target === '') ? 'service' : 'collection',
        effect: kind === 'tables' && target === '' ? 'drops all tables' : `drops ${what} with ${kind === 'column' ? 'its values in every row' : 'all that it holds'}`,
        ...(target !== '' && { target }),
        factors: [...testFactors(place), ...loopFactors(operation), ...productionFactors([target])],
      };
    },
  },
  examples: {
    bad: [
      javascript`module.exports = {
  async up(queryInterface) {
    await ⟦queryInterface.dropTable('users')⟧;
  },
};`,
      javascript`exports.up = (knex) => knex.schema.alterTable('users', (table) => {
  ⟦table.dropColumn('email')⟧;
});`,
      typescript`export class Tidy {
  async up(queryRunner: QueryRunner) {
    await ⟦queryRunner.dropColumn('users', 'email')⟧;
  }
}`,
      typescript`export async function up(db: Kysely<any>) {
  await ⟦db.schema.dropTable('person')⟧.execute();
}`,
      python`def upgrade():
    ⟦op.drop_column('users', 'email')⟧`,
      python`class Migration(migrations.Migration):
    operations = [⟦migrations.RemoveField(model_name='user', name='email')⟧]`,
    ],
    good: [
      javascript`exports.down = (knex) => knex.schema.dropTable('users');`,
      javascript`module.exports = {
  async down(queryInterface) {
    await queryInterface.removeColumn('users', 'email');
  },
};`,
      python`def downgrade():
    op.drop_table('users')`,
      javascript`grid.removeColumn('email');
frame.dropColumn('email');`,
      javascript`exports.up = async (knex) => {
  await knex.schema.createTable('staging', (t) => t.integer('id'));
  await knex.schema.dropTable('staging');
};`,
      python`op.drop_index('users_by_name')`,
    ],
  },
});
