import { execFileSync } from 'node:child_process';
import { workspaceRoot } from './editor.ts';

export function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: workspaceRoot(), encoding: 'utf8' });
}

/** Commits one file, and nothing else. */
export function commit(file: string): void {
  git('add', '--', file);
  git('commit', '--quiet', '--message=test', '--', file);
}
