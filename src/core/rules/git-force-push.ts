import type { Factor, Scope } from '../check/blastRadius.ts';
import { shell } from '../check/example.ts';
import { isDryRun, loopFactors, quoted } from '../check/factors.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import { inPlaceOf } from '../check/saferForm.ts';
import { hole, type ShellCommand } from '../language/operation.ts';
import { gitSubcommand, hasOption, operandsOf } from '../language/shell/options.ts';

/** Branches that others build on. */
const shared = /(?:^|[+/:])(?:main|master|trunk|develop|development|production|prod|staging|release(?:\/.*)?|stable)$/;

const valued = ['-o', '--push-option', '--repo', '--receive-pack', '--exec'];

function judge(operation: ShellCommand): Judgement | undefined {
  const { name, rest: words } = gitSubcommand(operation.words);
  if (name !== 'push' || hasOption(words, '-n', '--help') || isDryRun(words.map((word) => word.text))) return undefined;
  const [remote, ...refs] = operandsOf(words, valued);
  const where = remote === undefined ? 'the remote' : `\`${remote.text.includes(hole) ? remote.source : remote.text}\``;
  const loop = loopFactors(operation);
  const lost = (scope: Scope, effect: string, factors: readonly Factor[] = []): Judgement => ({ scope, effect, factors: [...factors, ...loop] });
  if (hasOption(words, '--mirror')) return lost('service', `makes ${where} an exact copy: every branch and tag that is not here is deleted there`);
  if (hasOption(words, '--prune')) return lost('collection', `deletes every branch on ${where} that is not here`);
  const isDelete = hasOption(words, '-d', '--delete') || refs.some((ref) => ref.text.startsWith(':'));
  const isForced = hasOption(words, '-f', '--force') || refs.some((ref) => ref.text.startsWith('+'));
  const isLeased = hasOption(words, '--force-with-lease') && !isForced;
  if (!isDelete && !isForced && !isLeased) return undefined;
  const isShared = refs.some((ref) => shared.test(ref.text));
  // Without a ref, or with one that is only known when it runs, it may be any branch.
  const isOwn = refs.length > 0 && !isShared && refs.every((ref) => !ref.text.includes(hole) && ref.text !== 'HEAD');
  const factors: Factor[] = isShared ? [{ text: 'others build on that branch', weight: 0 }] : [];
  const which = refs.length === 0 ? 'the branch' : refs.map((ref) => quoted(ref.text.replace(/^\+?(?:[^:]*:)?(?=.)/, ''))).join(', ');
  if (isDelete) return lost(isOwn ? 'set' : 'collection', `deletes ${which} on ${where}`, factors);
  if (isLeased) return lost(isShared ? 'set' : 'object', `replaces ${which} on ${where}, unless somebody pushed in the meantime`, factors);
  return lost(isOwn ? 'set' : 'collection', `replaces ${which} on ${where}: commits that others pushed are gone from it`, factors);
}

const withLease = inPlaceOf(/(?<=\s)(?:--force|-f)(?=\s|$)/, '--force-with-lease', 'Refuse to overwrite what others pushed: `--force-with-lease`');

export default defineRule({
  id: 'git-force-push',
  title: 'Shared history replaced',
  why: 'A forced push takes commits away that others have built on; what they push next brings conflicts or brings the old ones back.',
  instead: 'Push a new commit (`git revert`), or use `--force-with-lease` on a branch that only you use.',
  blindTo: 'Which branch is checked out, what the server allows, and aliases or push rules in the git configuration.',
  blastRadius: { scope: 'collection', undo: 'costly' },
  matches: [command('git')],
  judge: { command: judge },
  // After a fetch the lease is what was fetched, and holds nothing back.
  safer: [(finding, text) => (/\b(?:fetch|pull)\b/.test(text) ? undefined : withLease(finding, text))],
  examples: {
    bad: [
      shell`⟦git push --force origin main⟧`,
      shell`git fetch && ⟦git push --force origin main⟧`,
      shell`⟦git push origin +HEAD⟧`,
      shell`⟦git push origin +main⟧`,
      shell`⟦git push origin +refs/heads/fix:refs/heads/main⟧`,
      shell`⟦git push -uf origin main⟧`,
      shell`⟦git push origin --delete release/2.0⟧`,
      shell`⟦git push --mirror backup⟧`,
      shell`⟦git push --prune origin 'refs/heads/*'⟧`,
      shell`⟦git push origin :main⟧`,
    ],
    good: [
      shell`git push origin main`,
      shell`git push --force-with-lease origin fix/login`,
      shell`git push origin HEAD:main v1.2+main`,
      shell`git push --force --dry-run origin main`,
      shell`git push --follow-tags`,
      shell`git commit -m "never git push --force"`,
      shell`echo git push --force origin main`,
      shell`# git push --force origin main`,
    ],
  },
});
