import { packageManagers } from '../catalogue/commands/packages.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { quoted } from '../check/factors.ts';
import { defineRule, type Judgement } from '../check/rule.ts';
import type { ShellCommand } from '../language/operation.ts';

const judgeTool = judgeByTable(packageManagers);

/** What a machine does not start or cannot be reached without, and servers that take their data along. */
const essential = /^(?:linux-(?:image|generic|base).*|kernel(?:-core)?|g?libc6?|musl|systemd|openssh-server|sudo|bash|coreutils|util-linux|grub.*|apt|dpkg|rpm|dnf|pacman|initramfs-tools|network-?manager|iproute2|python3-minimal|libpam.*|(?:postgresql|mysql|mariadb|mongodb|redis|elasticsearch|docker|containerd)(?!.*-(?:client|common|doc|dev)).*)$/i;

function judge(operation: ShellCommand): Judgement | undefined {
  const judgement = judgeTool(operation);
  if (judgement?.scope !== 'object') return judgement;
  const needed = judgement.target?.split(', ').find((name) => essential.test(name) || (name.includes('*') && name.length > 1));
  return needed === undefined ? judgement : { ...judgement, scope: 'service', undo: 'costly', factors: [...(judgement.factors ?? []), { text: `${quoted(needed)} is more than one can do without`, weight: 0 }] };
}

export default defineRule({
  id: 'package-purge',
  title: 'Packages removed that the system needs',
  why: 'Removing a package against its dependencies, or everything that depends on it, can take the system or a database server along.',
  instead: 'Look at the list that the package manager prints before it asks, and never pass over its checks.',
  blindTo: 'What else goes with a package when nothing is forced. One package that the manager finds nobody needs counts as had again in a minute.',
  blastRadius: { scope: 'service', undo: 'costly' },
  matches: toolMatchers(packageManagers),
  judge: { command: judge },
  examples: {
    bad: [
      shell`⟦dpkg --force-all -r libc6⟧`,
      shell`⟦apt-get purge -y 'postgresql*'⟧`,
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
