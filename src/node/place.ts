import { existsSync, promises, readFileSync } from 'node:fs';
import path from 'node:path';
import { GitError, gitText, nameRepository, RepositoryError } from './git.ts';
import { isInside } from './workFile.ts';

/** Where a repository lies. */
export interface Place {
  /** The work tree, as the path that was asked about leads to it. */
  readonly root: string;
  /** Where git keeps what belongs to this work tree alone: a linked one has its own. */
  readonly gitDir: string;
  /** Where git keeps what all work trees share. */
  readonly commonDir: string;
  readonly objectFormat: 'sha1' | 'sha256';
}

/** Between answers: rev-parse repeats options that it does not know, and folders can hold any other character. */
const separator = '--firebreak';

/** The repository that holds a file or folder, which need not exist; else the one of which the environment says so; undefined outside of one. */
export async function findPlace(fsPath: string): Promise<Place | undefined> {
  const folder = await nearestFolder(path.resolve(fsPath));
  const questions = ['--show-object-format', '--absolute-git-dir', '--git-common-dir', '--show-prefix', '--show-toplevel'];
  const ask = (asked: readonly string[]) => gitText(folder, ['rev-parse', '--path-format=absolute', ...asked.flatMap((question) => [question, separator])]);
  let answer: string;
  try {
    answer = await ask(questions);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (/not a git repository/i.test(error.lastLine)) return namedPlace(folder, process.env);
    if (!error.lastLine.includes('must be run in a work tree')) throw error;
    const isBare = (await ask(['--is-bare-repository'])).startsWith('true');
    throw new RepositoryError(isBare ? `${folder} is a bare repository, which has no files to work on; clone it and go there` : `${folder} lies inside of git's own folder; go to the work tree`);
  }
  const [objectFormat, gitDir, commonDir, prefix, toplevel] = answer.split(`\n${separator}\n`).map((part) => part.replace(`\n${separator}`, ''));
  if (gitDir === undefined || commonDir === undefined || toplevel === undefined) throw new RepositoryError(`git is too old for Firebreak; it takes 2.31 or newer`);
  const root = rootAbove(folder, prefix ?? '') ?? path.resolve(toplevel);
  return { root, gitDir, commonDir, objectFormat: objectFormat === 'sha256' ? 'sha256' : 'sha1' };
}

/** The repository that `GIT_DIR` names, where the folder lies in its work tree. What the gate looks at is never found by it: see `findStore`. */
async function namedPlace(folder: string, { GIT_DIR, GIT_WORK_TREE }: NodeJS.ProcessEnv): Promise<Place | undefined> {
  if (GIT_DIR === undefined || GIT_DIR === '') return undefined;
  const named = { GIT_DIR: path.resolve(GIT_DIR), ...(GIT_WORK_TREE !== undefined && { GIT_WORK_TREE: path.resolve(GIT_WORK_TREE) }) };
  const questions = ['--show-object-format', '--absolute-git-dir', '--git-common-dir', '--show-toplevel'];
  const answer = await gitText(process.cwd(), ['rev-parse', '--path-format=absolute', ...questions.flatMap((question) => [question, separator])], { named }).catch((error: unknown) => {
    if (error instanceof GitError) return undefined;
    throw error;
  });
  const [objectFormat, gitDir, commonDir, root] = answer?.split(`\n${separator}\n`).map((part) => part.replace(`\n${separator}`, '')) ?? [];
  if (gitDir === undefined || commonDir === undefined || root === undefined || !isInside(root, folder)) return undefined;
  nameRepository(root, { GIT_DIR: gitDir, GIT_WORK_TREE: root });
  return { root, gitDir, commonDir, objectFormat: objectFormat === 'sha256' ? 'sha256' : 'sha1' };
}

/** The repository whose hook runs in a folder, found without asking git where it is an ordinary one: a process more is felt after each commit. */
export async function findPlaceOfHook(folder: string, env: NodeJS.ProcessEnv): Promise<Place | undefined> {
  const gitDir = path.join(folder, '.git');
  const isOrdinary =
    (env.GIT_DIR === undefined || path.resolve(folder, env.GIT_DIR) === gitDir) &&
    ['GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_CEILING_DIRECTORIES'].every((name) => env[name] === undefined) &&
    ['HEAD', 'objects', 'refs', 'config'].every((name) => existsSync(path.join(gitDir, name))) &&
    !existsSync(path.join(gitDir, 'commondir')) &&
    // Where the work tree may lie elsewhere, or objects have other names, git is asked.
    !/worktree|objectformat|\[include/i.test(readFileSync(path.join(gitDir, 'config'), 'utf8'));
  return isOrdinary ? { root: folder, gitDir, commonDir: gitDir, objectFormat: 'sha1' } : findPlace(folder);
}

/** The root by the way the folder was named: git answers with all links resolved, and an editor's paths would not lie below that. */
function rootAbove(folder: string, prefix: string): string | undefined {
  const inside = prefix.replace(/\/$/, '').split('/').join(path.sep);
  if (inside === '') return folder;
  return folder.endsWith(path.sep + inside) ? folder.slice(0, -inside.length - 1) : undefined;
}

async function nearestFolder(fsPath: string): Promise<string> {
  for (let at = fsPath; ; at = path.dirname(at)) {
    const isFolder = await promises.stat(at).then((found) => found.isDirectory(), () => false);
    if (isFolder || at === path.dirname(at)) return at;
  }
}
