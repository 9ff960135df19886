import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What agents call: it stays where it is when Firebreak moves, and a clone in which there is none goes on without. git is asked only where the agent does not stand at a root. */
export const hookCommand = (agent: string) =>
  `f=.git/firebreak/bin/firebreak; [ -x "$f" ] || f="$(git rev-parse --git-common-dir)/firebreak/bin/firebreak"; [ ! -x "$f" ] || "$f" hook ${agent}`;

/**
 * Writes the launcher below the folder that all work trees share. People who have only the extension have no `firebreak`
 * in their PATH, and extensions' folders change with each update.
 */
export function writeLauncher(commonDir: string, dist: string): void {
  const folder = path.join(commonDir, 'firebreak', 'bin');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'firebreak');
  const [node, hook, gitHook, cli] = [process.execPath, ...['hook.js', 'gitHook.js', 'cli.js'].map((name) => path.join(dist, name))].map(quoted);
  writeFileSync(
    file,
    [
      '#!/bin/sh',
      '# Written by Firebreak, which writes it anew when it moves.',
      // Node may be gone since, or be the runtime of VS Code.
      `node=${node}; [ -x "$node" ] || node=node`,
      'export ELECTRON_RUN_AS_NODE=1',
      `if [ "$1" = hook ]; then shift; exec "$node" ${hook} "$@"; fi`,
      'if [ "$1" = git-hook ]; then',
      '  shift',
      ...beforeNode.map((line) => `  ${line}`),
      `  exec "$node" ${gitHook} "$@"`,
      'fi',
      `exec "$node" ${cli} "$@"`,
      '',
    ].join('\n'),
  );
  chmodSync(file, 0o755);
}

/**
 * What needs no Node, whose start is the most of what a hook costs: `d` is the work tree's git folder, `c` the one that all share. Where nobody told of anything and
 * no notes are, there is nothing to note. While a rebase goes on, what is made of what is only taken down, and all is noted at its end. A checkout has
 * something to do only where notes were fetched since the last time.
 */
const beforeNode = [
  'd="${GIT_DIR:-.git}"',
  '[ -d "$d" ] || d="$(git rev-parse --git-dir)"',
  'c="${0%/firebreak/bin/firebreak}"',
  'if [ -d "$d/rebase-merge" ] && [ "$1 $2" != "post-rewrite rebase" ]; then',
  '  mkdir -p "$d/firebreak"',
  '  case "$1" in',
  '    post-commit) echo "$(git rev-parse HEAD) $(cat "$d/CHERRY_PICK_HEAD" 2>/dev/null)" >> "$d/firebreak/picked" ;;',
  '    post-rewrite) while read -r old new rest; do echo "$new $old" >> "$d/firebreak/picked"; done ;;',
  '  esac',
  '  exit 0',
  'fi',
  'isNoted() {',
  '  for kept in "$c"/refs/notes "$c"/reftable "$c"/firebreak/journal "$c"/firebreak/regions "$c"/firebreak/unsaved "$c"/worktrees/*/firebreak; do [ ! -e "$kept" ] || return 0; done',
  '  grep -q " refs/notes/ai" "$c/packed-refs" 2>/dev/null',
  '}',
  'isNoted || exit 0',
  `if [ "$1" = post-checkout ] && [ "$(git for-each-ref --format='%(objectname)' refs/notes/ai-remote/)" = "$(cat "$c/firebreak/taken" 2>/dev/null)" ]; then exit 0; fi`,
];

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
