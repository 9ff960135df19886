import { javascript, python, ruby } from '../check/example.ts';
import { quoted } from '../check/factors.ts';
import { optionsOf, property } from '../check/filters.ts';
import { isMadeBefore, isMigration, isUndoing, namesIn } from '../check/migrations.ts';
import { call, defineRule } from '../check/rule.ts';
import type { Call } from '../language/operation.ts';

/** Types that take whatever a column of a kindred type holds, when no limit says otherwise. */
const wide = /^(?:text|citext|string|bigint|big_integer|biginteger|decimal|numeric|datetime|timestamptz?|jsonb?|longtext|mediumtext|double|interval|inet|cidr|uuid|xml)\b/i;

/** The type that a column gets, with what limits it. */
interface Type {
  readonly name: string;
  /** The longest text or the most digits. */
  readonly limit?: number | undefined;
}

/** Longer texts and more digits than these are seldom a loss. */
const shortText = 255;
const fewDigits = 10;

function isNarrow({ name, limit }: Type): boolean {
  if (limit === undefined) return !wide.test(name);
  if (/^(?:varchar|char|string|text|citext|nvarchar|unicode|binary)/i.test(name)) return limit <= shortText;
  return limit <= fewDigits;
}

function numberOf(value: { readonly constant?: unknown } | undefined): number | undefined {
  return typeof value?.constant === 'number' ? value.constant : undefined;
}

/** `sa.String(length=20)`, `DataTypes.STRING(20)`, `VARCHAR(20)`. */
function typeWritten(source: string): Type | undefined {
  const match = /^(?:[\w.]+[.#])?([A-Za-z_]\w*)\s*(?:\(\s*(?:length\s*=\s*|precision\s*=\s*)?(\d+)?[^)]*\))?/.exec(source.replace(/^["'`]/, ''));
  return match?.[1] === undefined ? undefined : { name: match[1], ...(match[2] !== undefined && { limit: Number(match[2]) }) };
}

/** Rails: `change_column :users, :code, :string, limit: 20`. */
function railsType({ args }: Call): Type | undefined {
  const options = args.at(-1);
  const name = /^[:"']?(\w+)/.exec(args[2]?.source ?? '')?.[1];
  return name === undefined ? undefined : { name, limit: numberOf(property(options, 'limit')) ?? numberOf(property(options, 'precision')) };
}

/** Which type each method of migrations is given. */
const types: Readonly<Record<string, (call: Call) => Type | undefined>> = {
  change_column: railsType,
  changeColumn: ({ args }) => {
    const definition = property(args[2], 'type') ?? args[2];
    const length = property(args[2], 'length');
    const type = definition === undefined || definition.properties !== undefined ? undefined : typeWritten(definition.source);
    return type === undefined ? undefined : { ...type, ...(length !== undefined && { limit: numberOf(length) ?? Number(length.constant) }) };
  },
  alter_column: (operation) => {
    const type = property(optionsOf(operation), 'type_');
    return type === undefined ? undefined : typeWritten(type.source);
  },
  alterColumn: ({ args }) => {
    const type = property(args[2], 'type');
    return typeof type?.constant === 'string' ? typeWritten(type.constant) : undefined;
  },
};

export default defineRule({
  id: 'migration-column-conversion',
  title: 'Column converted by a migration',
  why: 'Values that do not fit are cut, rounded or stop the migration halfway, and the table is locked while all its rows are written again.',
  instead: 'Add a column of the new type, fill it in batches, compare, let the code change over, and drop the old column in a later release.',
  blindTo: 'What the column was before: only types that hold little, or that few others convert to, count. Laravel’s `change()`, Knex’ `alter()` and Django’s `AlterField` say no type of their own and are not read.',
  blastRadius: { scope: 'set', undo: 'none' },
  matches: Object.keys(types).map((name) => call(name, (operation) => types[operation.name]?.(operation) !== undefined)),
  judge: {
    call: (operation, place) => {
      const type = types[operation.name]?.(operation);
      if (type === undefined || !isNarrow(type) || isUndoing(operation, place) || !isMigration(operation, place)) return undefined;
      const names = namesIn(operation.args).slice(0, 2);
      if (names.length === 0 || isMadeBefore(operation, names)) return undefined;
      const written = type.limit === undefined ? type.name : `${type.name}(${type.limit})`;
      return { effect: `converts every value of ${quoted(names.join('.'))} to ${quoted(written)}; what does not fit is lost or stops it`, target: names.join('.') };
    },
  },
  examples: {
    bad: [
      ruby`class Shorten < ActiveRecord::Migration[7.1]
  def up
    ⟦change_column :users, :bio, :string, limit: 50⟧
  end
end`,
      ruby`class Count < ActiveRecord::Migration[7.1]
  def up
    ⟦change_column :orders, :total, :integer⟧
  end
end`,
      python`def upgrade():
    ⟦op.alter_column('users', 'bio', type_=sa.String(length=50))⟧`,
      javascript`module.exports = {
  async up(queryInterface, Sequelize) {
    await ⟦queryInterface.changeColumn('users', 'bio', { type: Sequelize.STRING(50) })⟧;
  },
};`,
    ],
    good: [
      ruby`class Widen < ActiveRecord::Migration[7.1]
  def up
    change_column :users, :bio, :text
  end
end`,
      python`def upgrade():
    op.alter_column('users', 'bio', type_=sa.Text())`,
      python`def downgrade():
    op.alter_column('users', 'bio', type_=sa.String(length=50))`,
      javascript`grid.changeColumn('users', 'bio', { type: 'integer' });`,
      ruby`class Null < ActiveRecord::Migration[7.1]
  def change
    change_column_null :users, :bio, true
    change_column_default :users, :age, 0
  end
end`,
    ],
  },
});
