import { registries } from '../catalogue/commands/packages.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';
import { dryRun } from '../check/saferForm.ts';

export default defineRule({
  id: 'package-unpublish',
  title: 'Published package withdrawn',
  why: 'Everybody whose build installs the package breaks, and the version can never be published again.',
  instead: 'Publish a repaired version and deprecate the old one with a message that says where to go.',
  blindTo: 'Who depends on the package, and how long the registry allows it to be withdrawn.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: toolMatchers(registries),
  judge: { command: judgeByTable(registries) },
  safer: [dryRun(/^npm unpublish /, '--dry-run')],
  examples: {
    bad: [
      shell`⟦npm unpublish shop-client --force⟧`,
      shell`⟦yarn npm unpublish shop-client⟧`,
      shell`⟦gem yank shop -v 1.2.0⟧`,
      shell`⟦cargo yank --version 1.2.0⟧`,
      shell`⟦npm deprecate shop-client "use shop"⟧`,
    ],
    good: [
      shell`npm publish`,
      shell`npm uninstall lodash`,
      shell`yarn remove lodash`,
      shell`cargo yank --undo --version 1.2.0`,
      shell`npm unpublish --dry-run shop-client`,
      shell`npm run unpublish`,
    ],
  },
});
