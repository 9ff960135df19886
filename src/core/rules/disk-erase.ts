import { disks } from '../catalogue/commands/disks.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { loopFactors, quoted } from '../check/factors.ts';
import { shell } from '../check/example.ts';
import { command, defineRule, type Judgement, type Matcher } from '../check/rule.ts';
import type { ShellCommand, Word } from '../language/operation.ts';
import { hasOption, operandsOf } from '../language/shell/options.ts';

const judgeTool = judgeByTable(disks);

/** Commands that write to a path they are given; `>` is what a redirection does. */
const writers: Readonly<Record<string, (words: readonly Word[]) => readonly Word[]>> = {
  dd: (words) => words.filter(({ text }) => text.startsWith('of=')),
  tee: (words) => operandsOf(words),
  cp: (words) => operandsOf(words).slice(-1),
  pv: (words) => operandsOf(words, ['-o', '--output', '-s', '-L']),
  shred: (words) => operandsOf(words, ['-n', '-s', '--iterations', '--size']),
  '>': (words) => words,
};

const device = /^(?:of=)?(\/dev\/(?:r?disk\d|[shxv]d[a-z]|nvme\d|mmcblk\d|dm-\d|md\d|mapper\/|disk\/|sr\d|root|xvd[a-z]|vg\w*\/|loop\d+p).*|\\\\\.\\PhysicalDrive\d)/;

/** Files without which nobody can sign in, or the machine does not start. */
const systemFile = /^\/(?:etc\/(?:passwd|shadow|group|gshadow|sudoers|fstab|crypttab)|boot\/(?:vmlinuz|initrd|grub\/grub\.cfg).*)$/;

function judgeWriter(operation: ShellCommand): Judgement | undefined {
  if (operation.name === '>' && operation.words[0]?.text === '/proc/sysrq-trigger') return { undo: 'costly', effect: 'starts the machine anew or crashes it, with what was not yet written', factors: loopFactors(operation) };
  const targets = operation.name === 'tee' && hasOption(operation.words, '-a', '--append') ? [] : (writers[operation.name]?.(operation.words) ?? []);
  const file = targets.find(({ text }) => systemFile.test(text));
  if (file !== undefined) return { undo: 'costly', effect: `overwrites ${quoted(file.text)}, which the machine needs`, target: file.text, factors: loopFactors(operation) };
  const [first] = targets.flatMap(({ text }) => device.exec(text)?.[1] ?? []);
  return first === undefined ? undefined : { effect: `overwrites the device ${quoted(first)}: everything on it is lost`, target: first, factors: loopFactors(operation) };
}

/** Letters that start the machine anew, turn it off, or crash it at once. */
const sysrq: Matcher<'command'> = { kind: 'command', name: '>', words: ['sysrq'], test: ({ words }) => words[0]?.text === '/proc/sysrq-trigger' };

const redirection: Matcher<'command'> = { kind: 'command', name: '>', words: ['dev', 'etc', 'boot'], test: () => true };

export default defineRule({
  id: 'disk-erase',
  title: 'Disk, volume or system file overwritten',
  why: 'Devices are written past the file system: everything on them is lost at once, and device names change from one start of the machine to the next.',
  instead: 'Name the disk by `/dev/disk/by-id/…`, show what is on it first (`lsblk -f`), and let a person confirm the name.',
  blindTo: 'Which disk a device name stands for on the machine, whether anything is on it, and names that are only known when it runs.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: [...toolMatchers(disks), ...Object.keys(writers).filter((name) => name !== '>').map((name) => command(name)), redirection, sysrq],
  judge: { command: (operation) => judgeTool(operation) ?? judgeWriter(operation) },
  examples: {
    bad: [
      shell`⟦dd if=image.iso of=/dev/sdb bs=4M⟧`,
      shell`sudo ⟦mkfs.ext4 -F /dev/nvme0n1p1⟧`,
      shell`⟦wipefs -a /dev/sdb⟧`,
      shell`⟦parted -s /dev/sda mklabel gpt⟧`,
      shell`⟦lvremove -f /dev/vg0/data⟧`,
      shell`⟦zpool destroy tank⟧`,
      shell`zcat image.gz | ⟦tee /dev/sdb⟧ > /dev/null`,
      shell`cat image.iso ⟦> /dev/sdb⟧`,
      shell`echo '' ⟦> /etc/passwd⟧`,
      shell`echo b ⟦> /proc/sysrq-trigger⟧`,
      shell`⟦cryptsetup luksFormat /dev/sda2⟧`,
    ],
    good: [
      shell`dd if=/dev/sda of=backup.img`,
      shell`fdisk -l /dev/sda`,
      shell`parted /dev/sda print`,
      shell`mount /dev/sda1 /mnt`,
      shell`echo '/dev/sdb1 /data ext4' | tee -a /etc/fstab >> log.txt`,
      shell`make > /dev/null 2>&1`,
      shell`sfdisk -d /dev/sda > table.txt`,
      shell`zfs list && zpool status`,
      shell`echo "dd if=/dev/zero of=/dev/sda"`,
    ],
  },
});
