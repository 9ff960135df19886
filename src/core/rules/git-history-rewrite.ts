import { isDryRun, loopFactors, quoted } from '../check/factors.ts';
import type { Factor, Scope, Undo } from '../check/blastRadius.ts';
import { shell } from '../check/example.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import { hole, type ShellCommand, type Word } from '../language/operation.ts';
import { hasOption, operandsOf } from '../language/shell/options.ts';

const globalValued = ['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--exec-path'];

/** Branches that others build on. */
const shared = /(?:^|[/:])(?:main|master|trunk|develop|development|production|prod|staging|release(?:\/.*)?|stable)$/;

type Judge = (words: readonly Word[]) => Judgement | undefined;

const judges: Readonly<Record<string, Judge>> = {
  push: judgePush,
  reset: (words) => (hasOption(words, '--hard') ? lost('set', 'none', `throws away every uncommitted change${behind(words)}`) : undefined),
  clean(words) {
    if (!hasOption(words, '-f', '--force') || hasOption(words, '-n', '--dry-run', '-i', '--interactive')) return undefined;
    const takesIgnored = words.some((word) => /^-\w*x/.test(word.text));
    return lost(takesIgnored ? 'collection' : 'set', 'none', takesIgnored ? 'deletes every file that git does not track, ignored ones such as `.env` too' : 'deletes every file that git does not track yet');
  },
  branch: (words) => (isForcedBranchDelete(words) ? lost('object', 'costly', `deletes the branch${named(operandsOf(words))}, merged or not`) : undefined),
  checkout(words) {
    const paths = words.slice(words.findIndex((word) => word.text === '--') + 1);
    const isAll = operandsOf(words).some((word) => isEverything(word.text));
    if (hasOption(words, '--force') || words.some((word) => /^-\w*f\w*$/.test(word.text))) return lost('set', 'none', 'throws away every uncommitted change');
    if (isAll) return lost('set', 'none', 'throws away the changes to every tracked file from here on');
    return words.some((word) => word.text === '--') && paths.length > 0 ? lost('object', 'none', `throws away the changes to${named(paths)}`) : undefined;
  },
  switch: (words) => (hasOption(words, '--discard-changes', '--force', '-f') ? lost('set', 'none', 'throws away every uncommitted change') : undefined),
  restore(words) {
    if (hasOption(words, '--staged', '-S') && !hasOption(words, '--worktree', '-W')) return undefined;
    const paths = operandsOf(words, ['-s', '--source']);
    if (paths.some((word) => isEverything(word.text))) return lost('set', 'none', 'throws away the changes to every tracked file from here on');
    return paths.length === 0 ? undefined : lost('object', 'none', `throws away the changes to${named(paths)}`);
  },
  'filter-branch': () => lost('collection', 'costly', 'rewrites every commit of the branch: all who have the old ones must clone anew'),
  'filter-repo': () => lost('collection', 'none', 'rewrites every commit of the repository and drops the old ones'),
  reflog(words) {
    const [verb, ...refs] = operandsOf(words);
    if (verb?.text !== 'expire' && verb?.text !== 'delete') return undefined;
    const isAll = hasOption(words, '--all') || words.some((word) => /^--expire(?:-unreachable)?=(?:now|all)$/.test(word.text));
    return lost(isAll ? 'collection' : 'object', 'none', `forgets where branches stood before${isAll ? '' : named(refs)}, the last way back to lost commits`);
  },
  gc: (words) => (words.some((word) => /^--prune=(?:now|all)$/.test(word.text)) ? lost('set', 'none', 'deletes every commit that no branch leads to') : undefined),
  stash(words) {
    const [verb] = operandsOf(words);
    if (verb?.text === 'clear') return lost('collection', 'none', 'deletes every stash');
    return verb?.text === 'drop' ? lost('set', 'none', 'deletes a stash, which nothing else has') : undefined;
  },
  'update-ref': (words) => (hasOption(words, '-d', '--delete') ? lost('set', 'costly', `deletes the ref${named(operandsOf(words))}`) : undefined),
};

function judge(operation: ShellCommand): Judgement | undefined {
  const { words } = operation;
  const at = indexOfSubcommand(words);
  const rest = words.slice(at + 1);
  const name = words[at]?.text ?? '';
  if (isDryRun(rest.map((word) => word.text)) || hasOption(rest, '--help') || !Object.hasOwn(judges, name)) return undefined;
  const judgement = judges[name]?.(rest);
  return judgement === undefined ? undefined : { ...judgement, factors: [...(judgement.factors ?? []), ...loopFactors(operation)] };
}

function indexOfSubcommand(words: readonly Word[]): number {
  let at = 0;
  while (words[at]?.text.startsWith('-') === true) at += globalValued.includes(words[at]?.text ?? '') ? 2 : 1;
  return at;
}

function judgePush(words: readonly Word[]): Judgement | undefined {
  if (hasOption(words, '-n')) return undefined;
  const [remote, ...refs] = operandsOf(words, ['-o', '--push-option', '--repo', '--receive-pack', '--exec']);
  const where = remote === undefined ? 'the remote' : `\`${readable(remote)}\``;
  if (hasOption(words, '--mirror')) return lost('service', 'costly', `makes ${where} an exact copy: every branch and tag that is not here is deleted there`);
  const isDelete = hasOption(words, '--delete') || words.some((word) => /^-\w*d\w*$/.test(word.text)) || refs.some((ref) => ref.text.startsWith(':'));
  const isForced = hasOption(words, '--force') || words.some((word) => /^-[a-zA-Z]*f[a-zA-Z]*$/.test(word.text)) || refs.some((ref) => ref.text.startsWith('+'));
  const isLeased = hasOption(words, '--force-with-lease') && !isForced;
  if (!isDelete && !isForced && !isLeased) return undefined;
  const isShared = refs.some((ref) => shared.test(ref.text));
  // Without a ref, or with one that is only known when it runs, it may be any branch.
  const isOwn = refs.length > 0 && !isShared && refs.every((ref) => !ref.text.includes(hole) && ref.text !== 'HEAD');
  const factors: Factor[] = isShared ? [{ text: 'others build on that branch', weight: 0 }] : [];
  const which = refs.length === 0 ? 'the branch' : refs.map((ref) => quoted(ref.text.replace(/^[+:]/, ''))).join(', ');
  if (isDelete) return { ...lost(isOwn ? 'set' : 'collection', 'costly', `deletes ${which} on ${where}`), factors };
  if (isLeased) return { ...lost(isShared ? 'set' : 'object', 'costly', `replaces ${which} on ${where}, unless somebody pushed in the meantime`), factors };
  return { ...lost(isOwn ? 'set' : 'collection', 'costly', `replaces ${which} on ${where}: commits that others pushed are gone from it`), factors };
}

function isForcedBranchDelete(words: readonly Word[]): boolean {
  return words.some((word) => /^-\w*D\w*$/.test(word.text)) || (hasOption(words, '-d', '--delete') && hasOption(words, '-f', '--force'));
}

function isEverything(path: string): boolean {
  return /^(?:\.|\*|\.\/|:\/|\.\/\*)$/.test(path);
}

function lost(scope: Scope, undo: Undo, effect: string): Judgement {
  return { scope, undo, effect };
}

function behind(words: readonly Word[]): string {
  const [commit] = operandsOf(words);
  return commit === undefined || commit.text === 'HEAD' ? '' : ` and moves the branch to \`${readable(commit)}\``;
}

function named(words: readonly Word[]): string {
  return words.length === 0 ? '' : ` ${words.map((word) => `\`${readable(word)}\``).join(', ')}`;
}

function readable({ text, source }: Word): string {
  return text.includes(hole) ? source : text;
}

export default defineRule({
  id: 'git-history-rewrite',
  title: 'History or uncommitted work discarded',
  why: 'Forced pushes take away commits that others rely on; `reset --hard`, `clean` and their kin delete work that no commit has.',
  instead: 'Push a new commit (`git revert`), use `--force-with-lease` on a branch of your own, and `git stash -u` before you throw anything away.',
  blindTo: 'Which branch is checked out, whether the work tree is clean, what the server allows, and aliases in the git configuration.',
  blastRadius: { scope: 'collection', undo: 'costly' },
  matches: [command('git')],
  judge: { command: judge },
  examples: {
    bad: [
      shell`git fetch && ⟦git push --force origin main⟧`,
      shell`⟦git push origin +HEAD⟧`,
      shell`⟦git -C /srv/app reset --hard origin/main⟧; ls`,
      shell`⟦git clean -fdx⟧ # tidy up`,
      shell`⟦git push origin --delete release/2.0⟧`,
      shell`⟦git checkout -- .⟧`,
      shell`⟦git filter-branch --tree-filter 'rm -f secrets' HEAD⟧`,
      shell`⟦git reflog expire --expire=now --all⟧ && ⟦git gc --prune=now⟧`,
      shell`⟦git stash clear⟧`,
    ],
    good: [
      shell`git push origin main`,
      shell`git push --force-with-lease origin fix/login`,
      shell`git reset --soft HEAD~1 && git reset HEAD file`,
      shell`git clean -fdn`,
      shell`git restore --staged .`,
      shell`git branch -d merged`,
      shell`git commit -m "never git push --force"`,
      shell`git push --force --dry-run origin main`,
      shell`git stash pop`,
    ],
  },
});
