import { javascript, python, shell, sql, tag, typescript } from '../check/example.ts';
import { quoted } from '../check/factors.ts';
import { defineRule, suppressionFlaw } from '../check/rule.ts';
import type { SuppressionFlaw } from '../language/operation.ts';

const yaml = tag('.github/workflows/example.yml');

function effectOf({ flaw, written, meant }: SuppressionFlaw): string {
  switch (flaw) {
    case 'no rule':
      return 'names no rule that it suppresses';
    case 'no reason':
      return `suppresses ${quoted(written)} without a reason`;
    case 'unknown rule':
      return `suppresses ${quoted(written)}, which is no rule${meant === undefined ? '' : `; did you mean ${quoted(meant)}?`}`;
    case 'rule that cannot be suppressed':
      return `suppresses ${quoted(written)}, which cannot be suppressed`;
    case 'no date':
      return `is to hold until ${quoted(written)}, which is no date such as 2027-01-31`;
    case 'past':
      return `held until ${written}, which is over`;
  }
}

export default defineRule({
  id: 'suppression-void',
  title: 'Suppression that does not count',
  why: 'A comment that suppresses findings speaks for an operation that can destroy something. Without a reason nobody can judge it, behind its date nobody meant it, and with a rule that does not exist it hides nothing that its writer thinks it does.',
  instead: 'Write `firebreak-ignore <rule>: why this is safe here (until 2027-01-31)` in the line of the operation or above its statement; the date is optional, and so are its parentheses. Or take the comment away, and have the operation reviewed.',
  blindTo: 'Whether the reason is a good one. A comment that speaks for nothing that is found is not told of either.',
  blastRadius: { scope: 'collection', undo: 'easy' },
  weighsTests: true,
  matches: (['no rule', 'no reason', 'unknown rule', 'rule that cannot be suppressed', 'no date', 'past'] as const).map((flaw) => suppressionFlaw(flaw)),
  judge: { suppression: (operation) => ({ effect: effectOf(operation) }) },
  examples: {
    bad: [
      shell`# ⟦firebreak-ignore recursive-delete⟧
rm -rf /srv/data`,
      typescript`import { rmSync } from 'node:fs';
rmSync('/srv/data', { recursive: true }); // ⟦firebreak-ignore file-tree-delete: moved to the new store (until 2020-01-31)⟧`,
      sql`-- ⟦firebreak-ignore sql-dropp: the table was copied⟧
DROP TABLE orders;`,
      python`# ⟦firebreak-ignore: all of it is fine⟧
x = 1`,
      javascript`/* ⟦firebreak-ignore suppression-void: we know⟧ */`,
    ],
    good: [
      shell`# firebreak-ignore recursive-delete: this script made it above
rm -rf /srv/data`,
      typescript`import { rmSync } from 'node:fs';
rmSync('/srv/data', { recursive: true }); // firebreak-ignore file-tree-delete, irreplaceable-file-delete: a scratch disk (until 2999-12-31)`,
      python`print("# firebreak-ignore recursive-delete")`,
      javascript`// How to suppress: see firebreak-ignore in the handbook.`,
      yaml`# firebreak-ignore recursive-delete: a runner of its own
on: push`,
    ],
  },
});
