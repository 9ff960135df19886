import { repositories } from '../catalogue/commands/accounts.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';

export default defineRule({
  id: 'repository-delete',
  title: 'Repository or release deleted',
  why: 'A repository on the server holds more than any clone: issues, reviews, releases, settings and keys.',
  instead: 'Archive it, or let a person delete it on the server\'s own page, who has to type its name.',
  blindTo: 'Forks and mirrors elsewhere, how long the server keeps what was deleted, and calls of its interface by `gh api`, which count as HTTP.',
  blastRadius: { scope: 'environment', undo: 'none' },
  matches: toolMatchers(repositories),
  judge: { command: judgeByTable(repositories) },
  examples: {
    bad: [
      shell`⟦gh repo delete acme/shop --yes⟧`,
      shell`⟦gh release delete v1.0.0 --cleanup-tag⟧`,
      shell`⟦glab repo delete acme/shop⟧`,
      shell`⟦gh repo archive acme/shop⟧`,
      shell`⟦git-filter-repo --path secrets --invert-paths⟧`,
      shell`⟦hg purge --all⟧`,
    ],
    good: [
      shell`gh repo view acme/shop`,
      shell`gh release list`,
      shell`gh repo clone acme/shop`,
      shell`gh label delete bug`,
      shell`hg status`,
      shell`echo gh repo delete acme/shop`,
    ],
  },
});
