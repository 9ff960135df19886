import { backups } from '../catalogue/commands/backups.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';
import { dryRun } from '../check/saferForm.ts';

export default defineRule({
  id: 'backup-delete',
  title: 'Backups deleted',
  why: 'A backup that is gone is noticed when it is needed. What `forget`, `prune` and `expire` do not keep cannot be had back.',
  instead: 'Show what would go (`--dry-run`), let the tool keep by number and age, and lock backups against deletion where the store can.',
  blindTo: 'How many backups there are besides, what the options keep, and locks of the store.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: toolMatchers(backups),
  judge: { command: judgeByTable(backups) },
  safer: [dryRun(/^restic forget /, '--dry-run')],
  examples: {
    bad: [
      shell`⟦restic forget --keep-last 1 --prune⟧`,
      shell`⟦borg delete /srv/backups::monday⟧`,
      shell`⟦velero backup delete nightly --confirm⟧`,
      shell`⟦pgbackrest --stanza=shop stanza-delete --force⟧`,
      shell`⟦wal-g delete everything --confirm⟧`,
    ],
    good: [
      shell`restic forget --keep-last 1 --prune --dry-run`,
      shell`restic backup /srv`,
      shell`borg list /srv/backups`,
      shell`velero backup get`,
      shell`borg create /srv/backups::delete /srv`,
    ],
  },
});
