import { safeguards } from '../catalogue/commands/accounts.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';

export default defineRule({
  id: 'safeguard-off',
  title: 'Safeguard turned off',
  why: 'What keeps programs apart, strangers out and a record of who did what is gone until somebody turns it on again, and nobody notices.',
  instead: 'Allow the one thing that was refused, by a rule of its own, and leave the rest on.',
  blindTo: 'Whether it is turned on again later, and settings in files of configuration.',
  blastRadius: { scope: 'service', undo: 'easy' },
  matches: toolMatchers(safeguards),
  judge: { command: judgeByTable(safeguards) },
  examples: {
    bad: [
      shell`⟦setenforce 0⟧`,
      shell`⟦auditctl -D⟧`,
      shell`⟦gh repo edit --visibility public⟧`,
      shell`⟦csrutil disable⟧`,
    ],
    good: [
      shell`setenforce 1`,
      shell`getenforce`,
      shell`auditctl -l`,
      shell`gh repo edit --description shop`,
    ],
  },
});
