import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { policyPath } from '../core/policy/policy.ts';
import { isProtected } from '../core/review/protectedFiles.ts';
import { readVersion } from './version.ts';
import { repositoryAt } from './selection.ts';
import { print } from './terminal.ts';
import { UsageError } from './usageError.ts';

const file = '.github/workflows/firebreak.yml';
const mark = '# Written by: firebreak init --ci github';

/**
 * `firebreak init --ci github`: a workflow that holds pull requests, and what a merge queue would land. It runs with a token of the repository, so what it runs is named by the team: Firebreak takes no name of a registry for its own.
 */
export async function initCi(remove: boolean, source: string | undefined): Promise<number> {
  const { root } = await repositoryAt(process.cwd());
  const named = path.join(root, file);
  const before = existsSync(named) ? readFileSync(named, 'utf8') : undefined;
  const isOurs = before?.startsWith(mark) === true;
  if (before !== undefined && !isOurs) throw new UsageError(`${file} is there, and is another's; move it, and run this again`);
  if (remove) {
    if (before !== undefined) removeWithFolders(root, named);
    print(before === undefined ? `${file} is not there` : `removed ${file}`);
    return 0;
  }
  if (source === undefined) throw new UsageError(`say which package the workflow runs, one that is your team's: --package .firebreak/firebreak-${readVersion()}.tgz for one that is kept in the repository, where no change to it passes without an approval (npm run build and npm pack in Firebreak's own folder make it), or --package NAME@VERSION for one that you publish`);
  const text = workflow(packageOf(root, source));
  if (before === text) print(`${file} is as it should be`);
  else {
    mkdirSync(path.dirname(named), { recursive: true });
    writeFileSync(named, text);
    print(`${before === undefined ? 'wrote' : 'changed'} ${file}`);
    const installed = packageOf(root, source);
    print(`It runs ${installed}.`);
    print(`Commit ${installed.endsWith('.tgz') ? 'both' : 'it'}, and make the check "gate refs/heads/NAME" required for each protected branch, NAME being that branch's own name (for main "gate refs/heads/main"): a pass for another branch counts for nothing there.`);
    if (!existsSync(path.join(root, policyPath))) print(`There is no ${policyPath} here yet: commit one with it (firebreak init --policy proposes it), because the gate refuses whatever would go onto a branch without one.`);
  }
  return 0;
}

/** A folder that held nothing else would be left behind. */
function removeWithFolders(root: string, named: string): void {
  rmSync(named);
  for (let folder = path.dirname(named); folder !== root && readdirSync(folder).length === 0; folder = path.dirname(folder)) rmdirSync(folder);
}

/** What npm installs: a file of the repository, or a name at one exact version. It stands in a script, and so nothing else does. */
function packageOf(root: string, source: string): string {
  if (/^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*@\d+\.\d+\.\d+(?:-[A-Za-z0-9.-]+)?$/.test(source)) return source;
  const inside = path.relative(root, path.resolve(source)).split(path.sep).join('/');
  if (!/^(?!\.\.\/)[\w./-]+\.tgz$/.test(inside)) throw new UsageError(`--package ${JSON.stringify(source)} is neither a .tgz file of this repository, in a path of letters, digits, dots, dashes and underscores, nor NAME@VERSION with an exact version; give one of them`);
  if (!isProtected(inside)) throw new UsageError(`${inside} could be changed without an approval, and with it the gate; put the package into .firebreak/, and run this again`);
  if (!existsSync(path.join(root, inside))) throw new UsageError(`there is no ${inside} in this repository; put the package there, and run this again`);
  return inside;
}

/**
 * `pull_request_target` takes this file, and with it the gate, from the base: a change that would open it is judged by the closed one. Nothing of the change is run or checked
 * out, it is only fetched. Nor does the base decide how the gate runs: npm reads settings, and takes programs, from the folder in which it is started and those above it, of which the change before may have written any, so Firebreak
 * is put into an empty folder elsewhere and started from there. Names that come from outside go through the environment, never into a script's text. GitHub keeps a check by its job's name and the commit, so the name says for which branch it passed: the same commit may
 * be asked for into a branch that nobody watches. Actions are named by their commits, since a tag can be moved.
 */
function workflow(source: string): string {
  return `${mark}
name: firebreak
on:
  pull_request_target:
    types: [opened, synchronize, reopened, ready_for_review, edited]
  merge_group:
permissions:
  contents: read
  pull-requests: read
concurrency:
  group: firebreak-\${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: true
jobs:
  gate:
    name: gate \${{ github.event.merge_group.base_ref || format('refs/heads/{0}', github.event.pull_request.base.ref) }}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0
        with:
          node-version: 20
      - uses: actions/checkout@34e114876b0b11c390a56381ad16ebd13914f8d5 # v4.3.1
        with:
          fetch-depth: 0
          ref: \${{ github.event.pull_request.base.sha || github.event.merge_group.base_sha }}
      - name: Install the gate into an empty folder, where no file of the repository has a say
        run: |
          mkdir "$RUNNER_TEMP/firebreak"
          cd "$RUNNER_TEMP/firebreak"
          echo '{}' > package.json
          npm install --prefix . --ignore-scripts --no-audit --no-fund --no-package-lock ${source.endsWith('.tgz') ? `"$GITHUB_WORKSPACE/${source}"` : source}
      - name: Fetch the change, the reviews and the notes
        env:
          HEAD_SHA: \${{ github.event.pull_request.head.sha || github.event.merge_group.head_sha }}
        run: |
          git fetch --no-tags origin "$HEAD_SHA"
          git remote set-head origin --auto
          git fetch --no-tags origin '+refs/firebreak/*:refs/firebreak/*' '+refs/notes/ai*:refs/notes/ai*'
      - name: Judge what would land, by the policy of where it would land
        env:
          BASE_SHA: \${{ github.event.merge_group.base_sha }}
          HEAD_SHA: \${{ github.event.pull_request.head.sha || github.event.merge_group.head_sha }}
          TARGET: \${{ github.event.pull_request.base.ref || github.event.merge_group.base_ref }}
          ACTION: \${{ github.event.action }}
          SENDER: \${{ github.event.sender.login }}
          OPENER: \${{ github.event.pull_request.user.login }}
          PULL: \${{ github.event.pull_request.number }}
          GITHUB_TOKEN: \${{ github.token }}
        run: |
          # Who opened a pull request need not be who pushed to it: only these events say who did. Who updates the pull request of somebody else has not pushed what that one did. In all other events nobody is taken for the pusher, so that nobody's push is free.
          case "$ACTION" in opened|synchronize) REQUESTER="$SENDER" ;; *) REQUESTER= ;; esac
          if [ "$SENDER" != "$OPENER" ]; then REQUESTER=; fi
          case "$TARGET" in refs/*) ;; *) TARGET="refs/heads/$TARGET" ;; esac
          if [ -z "$BASE_SHA" ]; then
            git fetch --no-tags origin "$TARGET"
            BASE_SHA="$(git rev-parse FETCH_HEAD)"
          fi
          if ! git merge-base --is-ancestor "$BASE_SHA" "$HEAD_SHA"; then
            tree="$(git merge-tree --write-tree "$BASE_SHA" "$HEAD_SHA")" || { echo "It does not merge into $TARGET without conflicts: rebase it, and push again."; exit 1; }
            # Whoever pushed is no other person in what would land by the merge that is only made to be looked at.
            HEAD_SHA="$(git -c user.name=merge -c user.email="\${REQUESTER:-merge}@users.noreply.github.com" commit-tree "$tree" -p "$BASE_SHA" -p "$HEAD_SHA" -m 'What would land')"
          fi
          node "$RUNNER_TEMP/firebreak/node_modules/.bin/firebreak" gate --no-fetch --format github --base "$BASE_SHA" --head "$HEAD_SHA" --target "$TARGET" \${REQUESTER:+--requester "$REQUESTER"} \${PULL:+--pull "$PULL"}
`;
}
