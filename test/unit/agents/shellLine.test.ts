import assert from 'node:assert/strict';
import { bringsBack, commits, keepsFiles, onlyReads } from '../../../src/core/agents/shellLine.ts';

const reading = [
  'ls -la src',
  'cd /srv/app && git status --short',
  'git log --oneline -5 | head -3',
  'grep -rn "TODO" src 2>/dev/null | sort | wc -l',
  "find . -name '*.ts' -not -path './node_modules/*'",
  "sed -n '1,40p' src/a.ts; cat src/b.ts",
  'rg -n "x" src >/dev/null 2>&1 || echo none',
  'cat < a.txt\npwd',
  'grep "\\.ts$" list && echo $HOME',
];
const writing = [
  '',
  'npm test',
  'echo x > a.txt',
  'cat a >> b',
  "sed -i 's/a/b/' a.ts",
  "sed -n 'w out.txt' a.ts",
  'find . -name x -delete',
  'find . -exec touch {} ;',
  'sort -uo a.txt a.txt',
  'sort a --output=b',
  'rg --pre ./gen x',
  'ls; ./generate',
  'ls | xargs touch',
  'echo $(./generate)',
  'cat `./generate`',
  'cat <(./generate)',
  'ls & ./generate',
  'GIT_PAGER=./generate git log',
  'git diff --output=a.txt',
  'git show --outp=a.txt',
  'git grep -O./generate x',
  'git -c core.pager=./generate log',
  'git commit -am x',
  'git logs',
  '/bin/ls',
  'cat a >/dev/nullish',
  'ls 3>a.txt',
  '! ./generate',
  'tee a.txt',
  'if ls; then ./generate; fi',
];
const bringing = ['git stash pop', 'git -C sub checkout main', 'cd x && git --no-pager -c a=b merge --ff-only o/m', '(git restore .)', '/usr/bin/git reset --hard', 'make; git\tpull', 'git stash', 'git stash -q', 'git stash list; git stash drop && git stash pop', 'git worktree add ../x', 'git submodule --quiet update', 'git rebase main', 'git am < a.patch', 'git checkout-index -a', 'git reset -q --hard; make', 'git reset --keep HEAD~1', 'git checkout -b topic origin/main', 'git switch -c topic main', 'git reset -q; git stash pop', 'git restore --staged --worktree a.ts', 'git restore -SW a.ts'];
const notBringing = ['git status', 'git apply fix.patch', 'git apply --3way - <<EOF', 'git commit -m "apply the fix"', "sed -i s/a/b/ x; git commit -am 'merge and reset'", 'git log --grep=merge', 'npm run stash', 'git diff stash@{0}', 'legit checkout', 'git stash list; sed -i s/a/b/ x', 'git stash show -p', 'git worktree list', 'git merge-base HEAD main', 'git merge-tree a b', 'git submodule status && make', 'git submodule', 'git rebase --show-current-patch', 'git reset -q; sed -i s/a/b/ a.ts', 'git reset HEAD~1 && make', 'git checkout -b topic; mv a.ts b.ts', 'git checkout -q -b team/topic', 'git switch -c topic && ./generate', 'git restore --staged a.ts; make'];
const keeping = ['git add -A && git commit -qm "x; y > z" && git push', 'git status; git commit -m \'a\nb\'', 'git commit -m "$(cat <<\'EOF\'\nUse > and `x`\nEOF\n)"', 'ls'];
const changing = ['git add -A && ./generate', 'git commit -m "$(./generate)"', 'git commit -m x > log', 'git stash', 'git -c core.hooksPath=x commit', 'git add-all'];
const committing = ['git commit -m x', 'cd a && git -C b commit', './generate; git add -A\ngit commit -F -'];
const notCommitting = ['npm test', 'git commit-tree x', 'echo commit', 'git log --grep commit', './commit'];

describe('a command line of an agent', () => {
  for (const line of keeping) it(`changes no file of its own: ${JSON.stringify(line)}`, () => { assert.ok(keepsFiles(line)); });
  for (const line of changing) it(`may change files: ${JSON.stringify(line)}`, () => { assert.ok(!keepsFiles(line)); });
  for (const line of committing) it(`makes a commit: ${JSON.stringify(line)}`, () => { assert.ok(commits(line)); });
  for (const line of notCommitting) it(`says nothing of a commit: ${JSON.stringify(line)}`, () => { assert.ok(!commits(line)); });
  for (const line of reading) it(`only reads: ${JSON.stringify(line)}`, () => { assert.ok(onlyReads(line)); });
  for (const line of writing) it(`may write: ${JSON.stringify(line)}`, () => { assert.ok(!onlyReads(line)); });
  for (const line of bringing) it(`brings back what others wrote: ${JSON.stringify(line)}`, () => { assert.ok(bringsBack(line)); });
  for (const line of notBringing) it(`brings nothing back: ${JSON.stringify(line)}`, () => { assert.ok(!bringsBack(line)); });
});
