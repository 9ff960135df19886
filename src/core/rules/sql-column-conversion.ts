import { quoted } from '../check/factors.ts';
import { javascript, sql } from '../check/example.ts';
import { defineRule, statement } from '../check/rule.ts';
import { isMoot, statementFactors } from '../check/statements.ts';
import { hole } from '../language/operation.ts';

export default defineRule({
  id: 'sql-column-conversion',
  title: 'Column converted to a smaller type',
  why: 'Values that do not fit are cut, rounded or stop the migration halfway, and the table is locked while all its rows are written again.',
  instead: 'Add a column of the new type, fill it in batches, compare, let the code change over, and drop the old column weeks later.',
  blindTo: 'What the column was before, unless the same file says it: a short or small type, and a conversion with an expression of its own (USING), count. A longer text, `text`, `bigint` and `timestamptz` do not.',
  blastRadius: { scope: 'set', undo: 'none' },
  matches: [statement('alter', ({ object }) => object === 'column type')],
  judge: {
    statement: (operation, place) => {
      const { target, becomes = '' } = operation;
      if (isMoot(operation, place)) return undefined;
      const name = target.replaceAll(hole, '…');
      return { effect: `converts every value of ${quoted(name)} to ${quoted(becomes)}; what does not fit is lost or stops it`, target: name, factors: statementFactors(operation) };
    },
  },
  examples: {
    bad: [
      sql`⟦ALTER TABLE users ALTER COLUMN bio TYPE varchar(50)⟧;`,
      sql`⟦ALTER TABLE orders ALTER COLUMN total SET DATA TYPE integer USING total::integer⟧;`,
      sql`⟦ALTER TABLE orders MODIFY COLUMN quantity TINYINT UNSIGNED NOT NULL⟧;`,
      sql`⟦ALTER TABLE dbo.users ALTER COLUMN name nvarchar(40) NOT NULL⟧`,
      javascript`await client.query('⟦ALTER TABLE events ALTER COLUMN at TYPE date⟧');`,
    ],
    good: [
      sql`ALTER TABLE users ALTER COLUMN bio TYPE text;`,
      sql`ALTER TABLE orders ALTER COLUMN id TYPE bigint;`,
      sql`ALTER TABLE users MODIFY COLUMN name VARCHAR(500) NOT NULL;`,
      sql`ALTER TABLE users ALTER COLUMN name SET NOT NULL, ALTER COLUMN age SET DEFAULT 0;`,
      sql`CREATE TABLE sizes (name text);
ALTER TABLE sizes ALTER COLUMN name TYPE varchar(3);`,
      sql`-- ALTER TABLE users ALTER COLUMN bio TYPE varchar(50);`,
    ],
  },
});
