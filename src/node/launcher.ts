import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What agents call: it stays where it is when Firebreak moves, and a clone in which there is none goes on without. */
export const hookCommand = (agent: string) => `f="$(git rev-parse --git-common-dir)/firebreak/bin/firebreak"; [ ! -x "$f" ] || "$f" hook ${agent}`;

/**
 * Writes the launcher below the folder that all work trees share. People who have only the extension have no `firebreak`
 * in their PATH, and extensions' folders change with each update.
 */
export function writeLauncher(commonDir: string, dist: string): void {
  const folder = path.join(commonDir, 'firebreak', 'bin');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'firebreak');
  const [node, hook, cli] = [process.execPath, path.join(dist, 'hook.js'), path.join(dist, 'cli.js')].map(quoted);
  writeFileSync(
    file,
    [
      '#!/bin/sh',
      '# Written by Firebreak, which writes it anew when it moves.',
      // Node may be gone since, or be the runtime of VS Code.
      `node=${node}; [ -x "$node" ] || node=node`,
      'export ELECTRON_RUN_AS_NODE=1',
      `if [ "$1" = hook ]; then shift; exec "$node" ${hook} "$@"; fi`,
      `exec "$node" ${cli} "$@"`,
      '',
    ].join('\n'),
  );
  chmodSync(file, 0o755);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
