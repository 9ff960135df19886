import { isDryRun, loopFactors } from '../check/factors.ts';
import type { Scope, Undo } from '../check/blastRadius.ts';
import { shell } from '../check/example.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import { dryRun } from '../check/saferForm.ts';
import { hole, type ShellCommand, type Word } from '../language/operation.ts';
import { gitSubcommand, hasOption, operandsOf } from '../language/shell/options.ts';

type Judge = (words: readonly Word[]) => Judgement | undefined;

const judges: Readonly<Record<string, Judge>> = {
  reset: (words) => (hasOption(words, '--hard') ? lost('set', 'none', `throws away every uncommitted change${behind(words)}`) : undefined),
  clean(words) {
    if (!hasOption(words, '-f', '--force') || hasOption(words, '-n', '--dry-run', '-i', '--interactive')) return undefined;
    const takesIgnored = words.some((word) => /^-\w*x/.test(word.text));
    return lost(takesIgnored ? 'collection' : 'set', 'none', takesIgnored ? 'deletes every file that git does not track, ignored ones such as `.env` too' : 'deletes every file that git does not track yet');
  },
  branch: (words) => (isForcedBranchDelete(words) ? lost('set', 'costly', `deletes the branch${named(operandsOf(words))}, merged or not`) : undefined),
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
  prune: (words) => (words.some((word) => /^--expire=(?:now|all)$/.test(word.text)) ? lost('set', 'none', 'deletes every commit that no branch leads to') : undefined),
  gc: (words) => (words.some((word) => /^--prune=(?:now|all)$/.test(word.text)) ? lost('set', 'none', 'deletes every commit that no branch leads to') : undefined),
  stash(words) {
    const [verb] = operandsOf(words);
    if (verb?.text === 'clear') return lost('collection', 'none', 'deletes every stash');
    return verb?.text === 'drop' ? lost('set', 'none', 'deletes a stash, which nothing else has') : undefined;
  },
  rm(words) {
    if (hasOption(words, '--cached', '-n')) return undefined;
    return operandsOf(words).some((word) => isEverything(word.text)) ? lost('set', hasOption(words, '-f', '--force') ? 'none' : 'costly', 'deletes every tracked file from here on') : undefined;
  },
  worktree: (words) => (operandsOf(words)[0]?.text === 'remove' && hasOption(words, '-f', '--force') ? lost('set', 'none', `deletes the work tree${named(operandsOf(words).slice(1))} with what was not committed`) : undefined),
  submodule: (words) => (operandsOf(words)[0]?.text === 'deinit' && hasOption(words, '-f', '--force', '--all') ? lost('set', hasOption(words, '-f', '--force') ? 'none' : 'costly', 'empties the folders of submodules, with what was changed in them') : undefined),
  'update-ref': (words) => (hasOption(words, '-d', '--delete') ? lost('set', 'costly', `deletes the ref${named(operandsOf(words, ['-m']).slice(0, 1))}`) : undefined),
};

function judge(operation: ShellCommand): Judgement | undefined {
  const { words } = operation;
  const { name, rest } = gitSubcommand(words);
  if (operation.isScratch === true || isDryRun(rest.map((word) => word.text)) || hasOption(rest, '--help') || !Object.hasOwn(judges, name)) return undefined;
  const judgement = judges[name]?.(rest);
  return judgement === undefined ? undefined : { ...judgement, factors: [...(judgement.factors ?? []), ...loopFactors(operation)] };
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
  id: 'git-discard',
  title: 'Commits or uncommitted work thrown away',
  why: '`reset --hard`, `clean` and their kin delete work that no commit has; rewriting history and expiring the reflog take away the way back to commits.',
  instead: '`git stash -u` before you throw anything away, `git clean -n` to see first, and `git revert` to take a commit back.',
  blindTo: 'Whether the work tree is clean, which commits other branches still hold, and aliases in the git configuration.',
  blastRadius: { scope: 'set', undo: 'none' },
  matches: [command('git')],
  judge: { command: judge },
  safer: [dryRun(/^git (?:-C \S+ )?clean /, '--dry-run')],
  examples: {
    bad: [
      shell`⟦git -C /srv/app reset --hard origin/main⟧; ls`,
      shell`⟦git clean -fdx⟧ # tidy up`,
      shell`⟦git checkout -- .⟧`,
      shell`⟦git filter-branch --tree-filter 'rm -f secrets' HEAD⟧`,
      shell`⟦git reflog expire --expire=now --all⟧ && ⟦git gc --prune=now⟧`,
      shell`⟦git stash clear⟧`,
      shell`⟦git branch -D feature/login⟧`,
      shell`⟦git worktree remove --force ../fix⟧`,
      shell`⟦git rm -rf .⟧`,
    ],
    good: [
      shell`git reset --soft HEAD~1 && git reset HEAD file`,
      shell`git clean -fdn`,
      shell`git restore --staged .`,
      shell`git branch -d merged`,
      shell`git commit -m "never git reset --hard"`,
      shell`git stash pop`,
      shell`git rm -r --cached . && git add .`,
    ],
  },
});
