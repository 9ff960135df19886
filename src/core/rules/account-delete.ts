import { accounts } from '../catalogue/commands/accounts.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';

export default defineRule({
  id: 'account-delete',
  title: 'Account deleted or locked',
  why: 'An account takes its home directory, its jobs and its rights along; files that it owned belong to whoever gets its number next.',
  instead: 'Lock it first (`usermod -L`), keep the home directory for a while, and delete it when nobody has missed it.',
  blindTo: 'Who uses the account, what runs under it, and copies in a directory elsewhere.',
  blastRadius: { scope: 'set', undo: 'costly' },
  matches: toolMatchers(accounts),
  judge: { command: judgeByTable(accounts) },
  examples: {
    bad: [
      shell`⟦userdel -r deploy⟧`,
      shell`⟦groupdel docker⟧`,
      shell`⟦passwd -l root⟧`,
      shell`⟦ldapdelete -r "ou=people,dc=example,dc=com"⟧`,
    ],
    good: [
      shell`useradd deploy`,
      shell`usermod -aG docker deploy`,
      shell`id deploy`,
      shell`passwd deploy`,
      shell`echo userdel -r deploy`,
    ],
  },
});
