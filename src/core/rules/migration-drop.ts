import type { Clue } from '../check/clues.ts';
import { javascript, php, python, ruby, tag, typescript } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { isThrowaway, property } from '../check/filters.ts';
import { isMadeBefore, isMigration, isUndoing, namesIn, outerTable } from '../check/migrations.ts';
import { call, defineRule } from '../check/rule.ts';
import type { Call } from '../language/operation.ts';

type Test = (call: Call) => boolean;

/** What goes, by the name of the method that migrations of the usual frameworks call. */
const dropped: Readonly<Record<string, 'table' | 'column' | 'schema' | 'tables'>> = {
  dropTable: 'table', dropTableIfExists: 'table', DropTable: 'table', drop_table: 'table', DropTableIfExists: 'table', drop_join_table: 'table', dropIfExists: 'table', DeleteModel: 'table',
  clearTable: 'table', delete_table: 'table', dropTables: 'tables', dropAllTables: 'tables', drop_tables: 'tables',
  dropColumn: 'column', dropColumns: 'column', removeColumn: 'column', removeColumns: 'column', DropColumn: 'column', drop_column: 'column', delete_column: 'column', RemoveField: 'column',
  remove_column: 'column', remove_columns: 'column', remove_timestamps: 'column', remove_reference: 'column', remove_belongs_to: 'column', remove_attachment: 'column', dropTimestamps: 'column',
  remove: 'column', create_table: 'table', revert: 'tables', dropSoftDeletes: 'column', dropMorphs: 'column', dropConstrainedForeignId: 'column',
  dropSchema: 'schema', drop_schema: 'schema', DropSchema: 'schema', dropAllSchemas: 'schema', dropSchemaIfExists: 'schema',
}; // prettier-ignore

/** Rails drops a table first that is to be made by force. */
const isForced: Test = ({ args }) => args.some((value) => /^(?:true|:cascade)$/.test(property(value, 'force')?.source ?? ''));

/** `t.remove :email` inside `change_table`. */
const isOfChangeTable: Test = ({ receiver = '', args }) => /^(?:t|table)$/.test(receiver) && args.length > 0 && args.every(({ source, properties }) => source.startsWith(':') || properties !== undefined);

/** `revert CreateUsers` runs another migration backwards: what it added goes. */
const isOfMigration: Test = ({ receiver, args }) => receiver === undefined && args.length === 1 && /^(?:\w+::)*\w*(?:Add|Create)[A-Z]\w*$/.test(args[0]?.source ?? '');

/** Django's operations are lists of a `Migration`; elsewhere they are objects that tools handle. */
const isOfDjangosMigration: Test = ({ receiver, address }) => receiver === 'migrations' || address.includes('Migration');

const special: Readonly<Record<string, Test>> = { RemoveField: isOfDjangosMigration, DeleteModel: isOfDjangosMigration, create_table: isForced, remove: isOfChangeTable, revert: isOfMigration };

/** What stands beside names that everything has. */
const clues: Readonly<Record<string, readonly Clue[]>> = { remove: [{ on: /(?<![\w$.])(?:t|table)$/, given: /^\s*[:{\w*]/ }], revert: [{ languages: ['ruby'] }, { text: /\b(?:\w+::)*\w*(?:Add|Create)[A-Z]\w*/ }] };

function namesOf(operation: Call): string[] {
  const names = namesIn([...outerTable(operation), ...(operation.name === 'create_table' ? operation.args.slice(0, 1) : operation.args)]);
  return dropped[operation.name] === 'column' && names.length > 2 && operation.name !== 'remove_columns' ? names.slice(0, 2) : names;
}

function effectOf(name: string, kind: string, target: string): string {
  if (name === 'revert') return `runs the migration ${quoted(target)} backwards, and drops what it made`;
  if (name === 'create_table') return `drops the table ${quoted(target)} with all that it holds, and makes it anew`;
  if (kind === 'tables') return target === '' ? 'drops all tables' : `drops tables (${quoted(target)}) with all that they hold`;
  return `drops ${target === '' ? `a ${kind}` : `the ${kind} ${quoted(target)}`} with ${kind === 'column' ? 'its values in every row' : 'all that it holds'}`;
}

export default defineRule({
  id: 'migration-drop',
  title: 'Table or column dropped by a migration',
  why: 'The rows or values go the moment the migration runs, and running it back makes an empty table or column. What still reads it fails from then on.',
  instead: 'Ship the code that no longer uses it first, rename it out of the way, and drop it in a later release with a backup at hand.',
  blindTo: 'Whether the table is empty or unused, drops that a helper of your own makes, and the way back of a migration, which is left alone.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: Object.keys(dropped).map((name) => call(name, special[name], clues[name])),
  judge: {
    call: (operation, place) => {
      if (isUndoing(operation, place) || !isMigration(operation, place) || isThrowaway(operation)) return undefined;
      const kind = dropped[operation.name] ?? 'table';
      const names = namesOf(operation);
      const columns = kind === 'column' && operation.args.some(({ elements }) => (elements?.length ?? 0) > 1) ? names.slice(outerTable(operation).length) : [];
      const target = columns.length > 1 ? columns.join(', ') : names.join('.');
      if ((kind === 'table' || kind === 'column') && operation.args.length === 0 && !/[tT]imestamps|SoftDeletes|DropTable/.test(operation.name)) return undefined;
      if (isMadeBefore(operation, names) || /^(?:te?mp|_)_?\w*|_te?mp$/i.test(target)) return undefined;
      return {
        ...(kind === 'schema' || (kind === 'tables' && target === '') ? { scope: 'service' } : operation.name === 'revert' ? { scope: 'set' } : {}),
        effect: columns.length > 1 ? `drops the columns ${columns.map(quoted).join(', ')} with their values in every row` : effectOf(operation.name, kind, target),
        ...(target !== '' && { target }),
        factors: [...loopFactors(operation), ...productionFactors([target])],
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
      ruby`class RemoveEmail < ActiveRecord::Migration[7.1]
  def change
    ⟦remove_column :users, :email, :string⟧
  end
end`,
      php`<?php
return new class extends Migration {
    public function up() {
        ⟦Schema::dropIfExists('users')⟧;
    }
};`,
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
      tag('lib/migrations/autodetector.py')`class Detector:
    def detect(self):
        self.add(operations.RemoveField(model_name=model, name=field))`,
      ruby`ActiveRecord::Base.establish_connection(adapter: "sqlite3", database: ":memory:")
ActiveRecord::Schema.define { create_table(:payments, force: true) { |t| t.string :state } }`,
      ruby`class AddEmail < ActiveRecord::Migration[7.1]
  def up
    add_column :users, :email, :string
  end
  def down
    remove_column :users, :email
  end
end`,
      ruby`class Mail < ActiveRecord::Migration[7.1]
  def change
    reversible do |dir|
      dir.down { remove_column :users, :email }
    end
  end
end`,
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
