import { quoted } from '../check/factors.ts';
import { javascript, sql } from '../check/example.ts';
import { defineRule, statement } from '../check/rule.ts';
import { isMoot, statementFactors } from '../check/statements.ts';
import { hole } from '../language/operation.ts';

const isName = ({ object }: { readonly object: string }) => object.endsWith(' name');

export default defineRule({
  id: 'sql-rename',
  title: 'Table or column renamed',
  why: 'From the moment it runs, everything that still uses the old name fails: the release that is running, jobs, reports, other services.',
  instead: 'Add the new name beside the old one (a column that is written twice, a view), move the readers, then take the old one away. Or leave a view under the old name in the same transaction.',
  blindTo: 'Whether anything uses the name, and renamed constraints and indexes, which nothing asks for by name.',
  blastRadius: { scope: 'service', undo: 'easy' },
  matches: [statement('alter', isName), statement('rename', isName)],
  judge: {
    statement: (operation, place) => {
      const { target, object, becomes = '', isMadeAgain } = operation;
      if (isMadeAgain || isMoot(operation, place)) return undefined;
      const name = target.replaceAll(hole, '…');
      return { effect: `renames the ${object.replace(' name', '')} ${quoted(name)} to ${quoted(becomes)}, and breaks what still uses the old name`, target: name, factors: statementFactors(operation) };
    },
  },
  examples: {
    bad: [
      sql`⟦ALTER TABLE users RENAME TO accounts⟧;`,
      sql`⟦ALTER TABLE users RENAME COLUMN mail TO email⟧;`,
      sql`⟦RENAME TABLE users TO accounts⟧;`,
      sql`⟦ALTER TABLE users CHANGE COLUMN mail email varchar(255)⟧;`,
      javascript`await client.query('⟦ALTER TABLE users RENAME mail TO email⟧');`,
    ],
    good: [
      sql`ALTER TABLE users RENAME CONSTRAINT users_pk TO accounts_pk;`,
      sql`ALTER INDEX users_by_name RENAME TO accounts_by_name;`,
      sql`CREATE TABLE new_users (id int);
ALTER TABLE new_users RENAME TO members;`,
      sql`ALTER TABLE users RENAME TO accounts;
CREATE VIEW users AS SELECT * FROM accounts;`,
      sql`RENAME TABLE users TO users_old, users_new TO users;`,
      sql`ALTER TABLE users CHANGE COLUMN mail mail varchar(500);`,
    ],
  },
});
