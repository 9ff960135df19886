import { javascript, python, ruby, typescript } from '../check/example.ts';
import { quoted } from '../check/factors.ts';
import { optionsOf, property } from '../check/filters.ts';
import { isMadeBefore, isMigration, isUndoing, namesIn, outerTable } from '../check/migrations.ts';
import { call, defineRule } from '../check/rule.ts';
import type { Call } from '../language/operation.ts';

/** What is renamed, by the name of the method that migrations call. */
const renamed: Readonly<Record<string, 'table' | 'column' | 'value'>> = {
  renameTable: 'table', rename_table: 'table', RenameTable: 'table', RenameModel: 'table', AlterModelTable: 'table', rename: 'table',
  renameColumn: 'column', rename_column: 'column', RenameColumn: 'column', RenameField: 'column', alter_column: 'column',
  rename_enum_value: 'value', renameTypeValue: 'value',
}; // prettier-ignore

/** Alembic's `alter_column` may rename; `rename` alone is the one of Laravel's `Schema` or of Rails' `change_table`. */
const special: Readonly<Record<string, (call: Call) => boolean>> = {
  alter_column: (operation) => property(optionsOf(operation), 'new_column_name') !== undefined,
  rename: ({ receiver = '', args }) => args.length === 2 && (receiver === 'Schema' || (/^(?:t|table)$/.test(receiver) && args.every(({ source }) => source.startsWith(':')))),
};

export default defineRule({
  id: 'migration-rename',
  title: 'Table or column renamed by a migration',
  why: 'From the moment it runs, everything that still uses the old name fails: the release that is running, jobs, reports, other services.',
  instead: 'Add the new name beside the old one, write both, move the readers, then drop the old one in a later release.',
  blindTo: 'Whether anything uses the old name, and renames that only change what the code calls it.',
  blastRadius: { scope: 'service', undo: 'easy' },
  matches: Object.keys(renamed).map((name) => call(name, special[name], name === 'rename' ? [{ on: /\b(?:Schema|t|table)$/ }] : undefined)),
  judge: {
    call: (operation, place) => {
      if (isUndoing(operation, place) || !isMigration(operation, place)) return undefined;
      const names = namesIn([...outerTable(operation), ...operation.args]);
      const kind = renamed[operation.name] ?? 'table';
      const old = names.slice(0, kind === 'table' || operation.name === 'rename' ? 1 : 2);
      if (old.length === 0 || isMadeBefore(operation, old)) return undefined;
      return { effect: `renames the ${kind} ${quoted(old.join('.'))}, and breaks what still uses the old name`, target: old.join('.') };
    },
  },
  examples: {
    bad: [
      ruby`class RenameMail < ActiveRecord::Migration[7.1]
  def change
    ⟦rename_column :users, :mail, :email⟧
  end
end`,
      python`def upgrade():
    ⟦op.rename_table('users', 'accounts')⟧`,
      python`class Migration(migrations.Migration):
    operations = [⟦migrations.RenameField(model_name='user', old_name='mail', new_name='email')⟧]`,
      javascript`exports.up = (pgm) => {
  ⟦pgm.renameColumn('users', 'mail', 'email')⟧;
};`,
      typescript`export class Rename {
  async up(queryRunner: QueryRunner) {
    await ⟦queryRunner.renameTable('users', 'accounts')⟧;
  }
}`,
    ],
    good: [
      python`def downgrade():
    op.rename_table('accounts', 'users')`,
      ruby`class RenameIndex < ActiveRecord::Migration[7.1]
  def change
    rename_index :users, :by_mail, :by_email
  end
end`,
      javascript`fs.rename('a.txt', 'b.txt');
editor.renameColumn('a', 'b');`,
      python`os.rename('a', 'b')`,
    ],
  },
});
