import { quoted } from '../check/factors.ts';
import { javascript, sql } from '../check/example.ts';
import { defineRule, type Judgement, type Place, statement } from '../check/rule.ts';
import { isMoot, statementFactors } from '../check/statements.ts';
import { hole, type SqlStatement } from '../language/operation.ts';

/** What each safeguard keeps others from, by the kind of thing that is switched off. */
const effects: Readonly<Record<string, (target: string, becomes: string) => string>> = {
  'row level security': (target) => `switches row level security of ${target} off: whoever may read the table sees every row`,
  constraint: (target) => `drops a key of ${target} with the foreign keys of all tables that refer to it: from then on they may hold rows that belong to nothing`,
  trigger: (target) => `switches the trigger ${target} off, with the checks and the history it keeps`,
  retention: (target, becomes) => `cuts how long ${target} keeps its data (${becomes})`,
  recovery: (target) => `keeps no log of ${target} to restore it from: what is lost goes back to the last full backup`,
  availability: (target, becomes) => `takes the database ${target} away from all who use it (${becomes})`,
};

function judge(operation: SqlStatement, place: Place): Judgement | undefined {
  const { object, target, becomes = '', isMadeAgain } = operation;
  const effect = effects[object];
  // What the same script switches on again was only out of the way for a while.
  if (effect === undefined || isMadeAgain || isMoot(operation, place)) return undefined;
  const name = target.replaceAll(hole, '…');
  return { effect: effect(quoted(name), becomes), target: name, factors: statementFactors(operation) };
}

export default defineRule({
  id: 'sql-safeguard-removed',
  title: 'Safeguard of a table switched off',
  why: 'Row level security, triggers and retention keep one user from the data of another, and mistakes from being final. Off, nothing says so until it is too late.',
  instead: 'Write a policy for the case instead, switch a trigger off in the same transaction that switches it on again, and leave retention long enough to notice.',
  blindTo: 'Privileges that are granted or revoked, policies that are written too wide, and settings of the server.',
  blastRadius: { scope: 'collection', undo: 'easy' },
  matches: [statement('alter', ({ object }) => Object.hasOwn(effects, object)), statement('disable')],
  judge: { statement: judge },
  examples: {
    bad: [
      sql`⟦ALTER TABLE invoices DISABLE ROW LEVEL SECURITY⟧;`,
      sql`⟦ALTER TABLE invoices DISABLE TRIGGER ALL⟧;`,
      sql`⟦ALTER DATABASE shop SET RECOVERY SIMPLE⟧;`,
      sql`⟦DISABLE TRIGGER audit ON dbo.invoices⟧;`,
      sql`⟦ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE⟧;`,
      sql`⟦ALTER TABLE invoices SET DATA_RETENTION_TIME_IN_DAYS = 0⟧;`,
      javascript`await client.query('⟦ALTER TABLE invoices NO FORCE ROW LEVEL SECURITY⟧');`,
    ],
    good: [
      sql`ALTER DATABASE shop SET RECOVERY FULL;`,
      sql`ALTER TABLE orders DROP CONSTRAINT orders_status_check;`,
      sql`ALTER TABLE invoices ENABLE ROW LEVEL SECURITY;`,
      sql`ALTER TABLE invoices DISABLE TRIGGER audit;
COPY invoices FROM '/tmp/invoices.csv';
ALTER TABLE invoices ENABLE TRIGGER audit;`,
      sql`ALTER TABLE invoices SET DATA_RETENTION_TIME_IN_DAYS = 30;`,
      sql`SELECT 'ALTER TABLE invoices DISABLE TRIGGER ALL';`,
    ],
  },
});
