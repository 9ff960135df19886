import type { Clue } from '../check/clues.ts';
import { csharp, javascript, php, python, ruby } from '../check/example.ts';
import { quoted } from '../check/factors.ts';
import { optionsOf, property } from '../check/filters.ts';
import { isMadeBefore, isMigration, isUndoing, namesIn, outerTable } from '../check/migrations.ts';
import { call, defineRule } from '../check/rule.ts';
import type { Call, Value } from '../language/operation.ts';

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

/** What else a column is written again for, when neither its type nor its length is the point. */
const otherSettings = /^(?:nullable|notNullable|notNull|default\w*|comment|index|unique|primary|references|unsigned|after|first|collation|charset|useCurrent\w*|autoIncrement)$/;

/** The type at the beginning of a chain that describes a column: `t.string('bio', 80).alter()`. */
function typeOfChain({ links }: Call): Type | undefined {
  const at = links.findIndex(({ args }) => typeof args?.[0]?.constant === 'string');
  const type = links[at];
  if (type === undefined || at === 0) return undefined;
  const limit = numberOf(type.args?.[1]);
  return limit === undefined && links.slice(at + 1).some(({ name }) => otherSettings.test(name)) ? undefined : { name: type.name, limit };
}

function columnOfChain({ links }: Call): readonly Value[] {
  return links.find(({ args }, at) => at > 0 && typeof args?.[0]?.constant === 'string')?.args?.slice(0, 1) ?? [];
}

/** Django says all of the field again, whatever changed of it: one that says nothing but a small type was made so. */
function djangosType({ args }: Call): Type | undefined {
  const field = property(args.at(-1), 'field') ?? args[2];
  const [, name, given] = /^(?:\w+\.)*(\w+)Field\((.*)\)$/s.exec(field?.source ?? '') ?? [];
  if (name === undefined || given === undefined || /Foreign|OneToOne|ManyTo|Auto|File|Image|Generic/.test(name)) return undefined;
  const keywords = [...given.matchAll(/(?<!\w)(\w+)\s*=/g)].map(([, keyword]) => keyword ?? '');
  if (!keywords.every((keyword) => /^(?:max_length|max_digits|decimal_places)$/.test(keyword))) return undefined;
  const limit = /\b(?:max_length|max_digits)\s*=\s*(\d+)/.exec(given)?.[1];
  if (/^(?:Char|Slug|Email|URL)$/.test(name)) return limit !== undefined && Number(limit) < shortText ? { name: 'varchar', limit: Number(limit) } : undefined;
  return /^(?:Text|JSON|BigInteger|Float|UUID|DateTime|Binary)$/.test(name) ? undefined : { name, ...(limit !== undefined && { limit: Number(limit) }) };
}

/** Entity Framework writes down what the column was as well. */
function netsType({ args }: Call): Type | undefined {
  const options = args.at(-1);
  const text = (name: string) => String(property(options, name)?.constant ?? '');
  const [type, oldType] = [text('type'), text('oldType')];
  const length = numberOf(property(options, 'maxLength')) ?? lengthOf(type);
  const oldLength = numberOf(property(options, 'oldMaxLength')) ?? lengthOf(oldType);
  if (length !== undefined && (oldLength ?? Infinity) > length) return { name: 'varchar', limit: Math.min(length, shortText) };
  const bare = (written: string) => written.replace(/\(.*/, '');
  const became = type === '' || oldType === '' || bare(type) === bare(oldType) ? undefined : typeWritten(type);
  return became !== undefined && isNarrow(became) ? became : undefined;
}

function lengthOf(type: string): number | undefined {
  const digits = /\((\d+)/.exec(type)?.[1];
  return digits === undefined ? undefined : Number(digits);
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
  // Rails' `change_table(:users) { |t| t.change :code, :string, limit: 20 }`; Laravel's `$table->string('code', 20)->change()`.
  change: (operation) => (operation.language === 'ruby' && operation.args.length >= 2 ? railsType({ ...operation, args: [...operation.args.slice(0, 1), ...operation.args] }) : typeOfChain(operation)),
  alter: (operation) => (operation.args.some((value) => property(value, 'alterType')?.constant === false) ? undefined : typeOfChain(operation)),
  AlterField: djangosType,
  AlterColumn: netsType,
  alterColumn: ({ args }) => {
    const [, typeSet] = /\.setDataType\(\s*(["'][^"']+)/.exec(args[1]?.source ?? '') ?? [];
    if (typeSet !== undefined) return typeWritten(typeSet);
    const type = property(args[2], 'type');
    return typeof type?.constant === 'string' ? typeWritten(type.constant) : undefined;
  },
};

/** What stands in a file beside names that everything has. */
const clues: Readonly<Record<string, readonly Clue[]>> = { change: [{ alongside: ['Migration', 'Blueprint', 'change_table'] }], alter: [{ alongside: ['knex', 'alterTable', 'table'] }] };

export default defineRule({
  id: 'migration-column-conversion',
  title: 'Column converted by a migration',
  why: 'Values that do not fit are cut, rounded or stop the migration halfway, and the table is locked while all its rows are written again.',
  instead: 'Add a column of the new type, fill it in batches, compare, let the code change over, and drop the old column in a later release.',
  blindTo: 'What the column was before: only types that hold little, or that few others convert to, count. Laravel, Knex and Django write a column again for any change of it: only a type that holds little, with nothing else said, counts there.',
  blastRadius: { scope: 'set', undo: 'none' },
  matches: Object.keys(types).map((name) => call(name, (operation) => types[operation.name]?.(operation) !== undefined, clues[name])),
  judge: {
    call: (operation, place) => {
      const type = types[operation.name]?.(operation);
      if (type === undefined || !isNarrow(type) || isUndoing(operation, place) || !isMigration(operation, place)) return undefined;
      const isChained = operation.args.every(({ constant }) => typeof constant !== 'string') && operation.name !== 'AlterField' && operation.name !== 'AlterColumn';
      const names = (isChained ? [...namesIn(outerTable(operation)), ...namesIn(columnOfChain(operation))] : namesIn(operation.args)).slice(0, 2);
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
      javascript`exports.up = (knex) => knex.schema.alterTable('users', (t) => {
  ⟦t.string('bio', 50).alter()⟧;
});`,
      php`<?php
class Shorten extends Migration {
  public function up() {
    Schema::table('users', function (Blueprint $table) { ⟦$table->string('bio', 50)->change()⟧; });
  }
}`,
      python`class Migration(migrations.Migration):
    operations = [⟦migrations.AlterField("user", "bio", models.CharField(max_length=50))⟧]`,
      csharp`class Shorten : Migration {
  protected override void Up(MigrationBuilder migrationBuilder) {
    ⟦migrationBuilder.AlterColumn<string>(name: "Bio", table: "Users", type: "nvarchar(50)", oldType: "nvarchar(max)")⟧;
  }
}`,
    ],
    good: [
      javascript`exports.up = (knex) => knex.schema.alterTable('users', (t) => t.string('bio').nullable().alter());`,
      python`class Migration(migrations.Migration):
    operations = [migrations.AlterField("user", "age", models.IntegerField(null=True))]`,
      csharp`class Widen : Migration {
  protected override void Up(MigrationBuilder migrationBuilder) {
    migrationBuilder.AlterColumn<string>(name: "Bio", table: "Users", type: "nvarchar(max)", oldType: "nvarchar(50)");
  }
}`,
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
