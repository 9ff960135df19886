import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What agents call: it stays where it is when Firebreak moves, and a clone in which there is none goes on without. git is asked only where the agent does not
 * stand at a root; in a submodule, or a repository within the project that the agent was started in, the one around it has the launcher.
 */
export const hookCommand = (agent: string) =>
  [
    'f=.git/firebreak/bin/firebreak',
    '[ -x "$f" ] || f="$(git rev-parse --git-common-dir 2>/dev/null)/firebreak/bin/firebreak"',
    '[ -x "$f" ] || f="${CLAUDE_PROJECT_DIR:-$(git rev-parse --show-superproject-working-tree 2>/dev/null)}/.git/firebreak/bin/firebreak"',
    `[ ! -x "$f" ] || "$f" hook ${agent}`,
  ].join('; ');

/**
 * Writes the launcher below the folder that all work trees share. People who have only the extension have no `firebreak`
 * in their PATH, and extensions' folders change with each update.
 */
export function writeLauncher(commonDir: string, dist: string): void {
  const folder = path.join(commonDir, 'firebreak', 'bin');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'firebreak');
  const [node, from] = [process.execPath, dist].map(quoted);
  writeFileSync(
    file,
    [
      '#!/bin/sh',
      '# Written by Firebreak, which writes it anew when it moves.',
      // Node may be gone since, or be the runtime of VS Code.
      `node=${node}; [ -x "$node" ] || node=node`,
      `dist=${from}`,
      'export ELECTRON_RUN_AS_NODE=1',
      ...whereGone,
      ...withoutCertificates,
      'if [ "$1" = hook ]; then holdTo hook.js "$@"; shift; leaveCertificates; exec "$node" "$dist/hook.js" "$@"; fi',
      'if [ "$1" = git-hook ]; then',
      '  shift',
      ...beforeNode.map((line) => `  ${line}`),
      '  holdTo gitHook.js git-hook "$@"',
      '  leaveCertificates',
      // No flag of V8's: under any, Node compiles anew what it has compiled of itself.
      '  exec "$node" "$dist/gitHook.js" "$@"',
      'fi',
      'holdTo cli.js "$@"',
      'exec "$node" "$dist/cli.js" "$@"',
      '',
    ].join('\n'),
  );
  chmodSync(file, 0o755);
}

/** Node reads all certificates that this names as it starts, which takes two times what the rest of its start does. Hooks ask nobody; what they start gets it back (`environmentForOthers`). */
const withoutCertificates = [
  'leaveCertificates() {',
  '  [ -z "$NODE_EXTRA_CA_CERTS" ] || { export FIREBREAK_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"; unset NODE_EXTRA_CA_CERTS; }',
  '}',
];

/** Firebreak may have been updated or uninstalled since, and Node too. A gate is closed then; what only notes lets git go on; an agent is told. */
const whereGone = [
  'holdTo() {',
  '  gone=',
  '  [ -f "$dist/$1" ] || gone="Firebreak is no longer in $dist"',
  '  command -v "$node" >/dev/null || gone="Node.js, which runs Firebreak, was not found"',
  '  [ -n "$gone" ] || return 0',
  '  again="firebreak init --hook"; instead="nothing was noted"',
  '  case "$2 $3" in',
  '    "gate-hook pre-receive") again="firebreak init --server"; instead="the gate is closed" ;;',
  '    gate-hook*) instead="the gate is closed" ;;',
  '    "git-hook pre-push") again="firebreak init --notes" ;;',
  '    hook*) again="firebreak init --agent $3"; instead="nothing was noted or held" ;;',
  '  esac',
  '  echo "firebreak: $gone, so $instead; install it, and set it up again in this repository: $again" >&2',
  '  [ "$2" != git-hook ] || exit 0',
  '  exit 1',
  '}',
];

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
