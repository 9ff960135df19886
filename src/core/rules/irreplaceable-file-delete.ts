import { cmd, powershell, shell } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import type { Scope } from '../check/blastRadius.ts';
import { isTemporaryName } from '../check/paths.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import { hole, type ShellCommand, type Word } from '../language/operation.ts';
import { isHome } from '../check/paths.ts';
import { operandsOf } from '../language/shell/options.ts';

/** Files of which there is one, by where they lie, and what goes with them. Home directories are `~`. */
const files: readonly (readonly [path: RegExp, scope: Scope, loss: string])[] = [
  [/^\/etc\/(?:passwd|shadow|group|gshadow|sudoers|fstab|crypttab|ssh\/ssh_host_\w+|machine-id)$|^\/boot\/(?:vmlinu|initr|grub|System\.map)/, 'service', 'without it the machine does not start, or nobody can sign in'],
  [/^(?:~|\/root|\/home\/[^/]+)\/\.ssh\/(?:id_\w+|identity|authorized_keys)$/, 'set', 'whoever signs in with it is locked out'],
  [/^(?:~|\/root|\/home\/[^/]+)\/(?:\.aws\/credentials|\.kube\/config|\.config\/(?:gcloud\/\S+\.(?:json|db)|sops\/age\/keys\.txt)|\.gnupg\/\S+|\.password-store\/\S+)$/, 'set', 'the credentials or keys in it are nowhere else'],
  [/^\/etc\/(?:letsencrypt|ssl\/private|pki)\/\S+|^\/var\/lib\/(?:vault|etcd|kubelet\/pki)\/\S+/, 'service', 'the keys in it are nowhere else'],
  [/^\/var\/lib\/(?:mysql|mariadb|postgresql?|pgsql|mongo(?:db)?|redis|elasticsearch|clickhouse|influxdb|cassandra|grafana|prometheus|docker)\/\S+/, 'collection', 'a server keeps its data in it'],
  [/(?:^|\/)terraform\.tfstate$|(?:^|\/)[\w.-]+\.tfstate$/, 'environment', 'Terraform forgets everything that it made, and makes it a second time'],
];

/** `rm` with a flag to go below has a rule of its own. */
const isForTrees = ({ words }: ShellCommand): boolean => words.some(({ text }) => /^-[a-zA-Z]*[rR]|^--recursive$|^-rec|^\/s$/i.test(text));

function pathOf({ text, holes }: Word): string {
  const [first = ''] = holes;
  return (text.startsWith(hole) && isHome(first) ? `~${text.slice(1)}` : text).replaceAll('\\', '/');
}

function judge(operation: ShellCommand): Judgement | undefined {
  if (isForTrees(operation)) return undefined;
  const targets = operation.name === 'truncate' || operation.name === 'cp' ? operandsOf(operation.words, ['-s', '--size']).slice(-1) : operandsOf(operation.words);
  for (const word of targets) {
    const path = pathOf(word);
    const found = isTemporaryName(path) ? undefined : files.find(([pattern]) => pattern.test(path));
    if (found === undefined) continue;
    const [, scope, loss] = found;
    const verb = operation.name === 'truncate' || operation.name === 'cp' ? 'empties' : 'deletes';
    return { scope, undo: 'costly', effect: `${verb} ${quoted(path)}: ${loss}`, target: path, factors: [...productionFactors([path]), ...loopFactors(operation)] };
  }
  return undefined;
}

export default defineRule({
  id: 'irreplaceable-file-delete',
  title: 'File deleted of which there is no other',
  why: 'Keys, states and the files a system starts from are one small file each, and nothing makes them again: what they opened, described or started is lost with them.',
  instead: 'Move it aside under another name, with a copy somewhere else, and delete it when nothing has missed it for a while.',
  blindTo: 'Whether there is a copy elsewhere, and files that only their content makes valuable.',
  blastRadius: { scope: 'set', undo: 'costly' },
  matches: [
    ...['rm', 'unlink', 'remove-item', 'del', 'erase'].map((name) => command(name)),
    command('truncate', ({ words }) => words.some(({ text }) => /^(?:--size=|-s)?0[A-Z]?$/.test(text))),
    command('cp', ({ words }) => words[0]?.text === '/dev/null'),
  ],
  judge: { command: judge },
  examples: {
    bad: [
      shell`⟦rm -f ~/.ssh/id_ed25519⟧`,
      shell`sudo ⟦rm /etc/fstab⟧`,
      shell`⟦unlink /etc/passwd⟧`,
      shell`⟦rm terraform.tfstate⟧`,
      shell`⟦rm "$HOME/.aws/credentials"⟧`,
      shell`⟦truncate -s 0 /var/lib/mysql/ibdata1⟧`,
      powershell`⟦Remove-Item terraform.tfstate⟧`,
      cmd`⟦del terraform.tfstate⟧`,
    ],
    good: [
      shell`rm -f /tmp/terraform.tfstate`,
      shell`rm ~/.ssh/known_hosts.old`,
      shell`rm terraform.tfstate.backup`,
      shell`truncate -s 0 /var/log/app.log`,
      shell`cp terraform.tfstate backup/`,
      shell`echo "rm /etc/fstab"`,
    ],
  },
});
