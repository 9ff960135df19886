// Makes the sample project: a git repository with one commit from the files of examples/workspace.
// Usage: node scripts/sample.mjs FOLDER
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const files = path.join(path.dirname(import.meta.dirname), 'examples/workspace');

/** Replaces `folder` by a fresh sample. The author is known to this repository alone. */
export function makeSample(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(files, folder, { recursive: true });
  const options = { cwd: folder, env: withoutGitVariables(), stdio: ['ignore', 'pipe', 'pipe'] };
  const git = (...args) => execFileSync('git', args, options);
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Robin Sample');
  git('config', 'user.email', 'robin@example.com');
  git('config', 'commit.gpgsign', 'false');
  git('config', 'core.autocrlf', 'false');
  git('add', '--all');
  git('commit', '--quiet', '--no-verify', '--message=Start the project');
}

/** A git hook that runs the tests has GIT_DIR set: our commands must not land in its repository. */
function withoutGitVariables() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
}

if (process.argv[1] === import.meta.filename) makeSample(path.resolve(process.argv[2]));
