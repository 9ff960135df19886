import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readVersion } from './version.ts';
import { repositoryAt } from './selection.ts';
import { print } from './terminal.ts';
import { UsageError } from './usageError.ts';

const file = '.github/workflows/firebreak.yml';
const mark = '# Written by: firebreak init --ci github';

/** `firebreak init --ci github`: a workflow that holds pull requests, and what a merge queue would land. */
export async function initCi(remove: boolean): Promise<number> {
  const { root } = await repositoryAt(process.cwd());
  const named = path.join(root, file);
  const before = existsSync(named) ? readFileSync(named, 'utf8') : undefined;
  const isOurs = before?.startsWith(mark) === true;
  if (before !== undefined && !isOurs) throw new UsageError(`${file} is there, and is another's; move it, and run this again`);
  if (remove) {
    if (before !== undefined) rmSync(named);
    print(before === undefined ? `${file} is not there` : `removed ${file}`);
    return 0;
  }
  const text = workflow(readVersion());
  if (before === text) print(`${file} is as it should be`);
  else {
    mkdirSync(path.dirname(named), { recursive: true });
    writeFileSync(named, text);
    print(`${before === undefined ? 'wrote' : 'changed'} ${file}`);
    print('Commit it, and make the check "firebreak / gate" required for the protected branches.');
  }
  return 0;
}

/**
 * `pull_request_target` takes this file, and with it the gate, from the base: a change that would open it is judged by the closed one. Nothing of the change is run or checked
 * out, it is only fetched; names that come from outside go through the environment, never into a script's text.
 */
function workflow(version: string): string {
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
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          ref: \${{ github.event.pull_request.base.sha || github.event.merge_group.base_sha }}
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - name: Fetch the change, the reviews and the notes
        env:
          HEAD_SHA: \${{ github.event.pull_request.head.sha || github.event.merge_group.head_sha }}
        run: |
          git fetch --no-tags origin "$HEAD_SHA"
          git fetch --no-tags origin '+refs/firebreak/*:refs/firebreak/*' '+refs/notes/ai*:refs/notes/ai*'
      - name: Judge what would land, by the policy of where it would land
        env:
          BASE_SHA: \${{ github.event.merge_group.base_sha }}
          HEAD_SHA: \${{ github.event.pull_request.head.sha || github.event.merge_group.head_sha }}
          TARGET: \${{ github.event.pull_request.base.ref || github.event.merge_group.base_ref }}
          ACTION: \${{ github.event.action }}
          SENDER: \${{ github.event.sender.login }}
          PULL: \${{ github.event.pull_request.number }}
          GITHUB_TOKEN: \${{ github.token }}
        run: |
          # Who opened a pull request need not be who pushed to it: only these events say who did. In all others nobody is taken for the pusher, so that nobody's push is free.
          case "$ACTION" in opened|synchronize) REQUESTER="$SENDER" ;; *) REQUESTER= ;; esac
          case "$TARGET" in refs/*) ;; *) TARGET="refs/heads/$TARGET" ;; esac
          if [ -z "$BASE_SHA" ]; then
            git fetch --no-tags origin "$TARGET"
            BASE_SHA="$(git rev-parse FETCH_HEAD)"
          fi
          if ! git merge-base --is-ancestor "$BASE_SHA" "$HEAD_SHA"; then
            tree="$(git merge-tree --write-tree "$BASE_SHA" "$HEAD_SHA")" || { echo "It does not merge into $TARGET without conflicts: rebase it, and push again."; exit 1; }
            HEAD_SHA="$(git -c user.name=merge -c user.email=merge@invalid commit-tree "$tree" -p "$BASE_SHA" -p "$HEAD_SHA" -m 'What would land')"
          fi
          npx --yes --ignore-scripts firebreak@${version} gate --format github --base "$BASE_SHA" --head "$HEAD_SHA" --target "$TARGET" \${REQUESTER:+--requester "$REQUESTER"} \${PULL:+--pull "$PULL"}
`;
}
