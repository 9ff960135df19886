import { packageManagers } from '../catalogue/commands/packages.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';

export default defineRule({
  id: 'package-purge',
  title: 'Packages removed that the system needs',
  why: 'Removing a package against its dependencies, or everything that depends on it, can take the system or a database server along.',
  instead: 'Look at the list that the package manager prints before it asks, and never pass over its checks.',
  blindTo: 'What else goes with a package when nothing is forced. One package that the manager finds nobody needs counts as had again in a minute.',
  blastRadius: { scope: 'service', undo: 'costly' },
  matches: toolMatchers(packageManagers),
  judge: { command: judgeByTable(packageManagers) },
  examples: {
    bad: [
      shell`⟦dpkg --force-all -r libc6⟧`,
      shell`⟦rpm -e --nodeps openssl⟧`,
      shell`⟦pacman -Rdd glibc⟧`,
      shell`⟦apt-get remove --allow-remove-essential bash⟧`,
      shell`pip freeze | xargs ⟦pip uninstall -y⟧`,
    ],
    good: [
      shell`apt-get purge -y --auto-remove gcc`,
      shell`apt-get remove -y curl`,
      shell`dnf remove nano`,
      shell`brew uninstall jq`,
      shell`pip uninstall -y requests`,
      shell`apk del build-deps`,
    ],
  },
});
