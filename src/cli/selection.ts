import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { ChangedFile } from '../core/check/changeSet.ts';
import type { Decoded } from '../core/text/decode.ts';
import { type Change, commitChanges, readChanges, stagedChanges, workTreeChanges } from '../node/changes.ts';
import { GitError, gitFields } from '../node/git.ts';
import { resolveCommit, treeEntries } from '../node/objects.ts';
import { type GitRepository, openRepository } from '../node/repository.ts';
import type { ProjectPlace } from '../node/project.ts';
import { mergeBase } from '../node/target.ts';
import { isInside } from '../node/workFile.ts';
import type { CheckScope } from './inspect.ts';
import { type FileToRead, inParts, inReadings } from './tasks.ts';
import { UsageError } from './usageError.ts';

type Part = readonly (ChangedFile | FileToRead)[];

/** What is to be checked. */
export interface Selection {
  readonly repository?: GitRepository;
  /** The commit whose policy holds: where the change starts from. */
  readonly policyCommit?: string | undefined;
  readonly scope: CheckScope;
  /** Where the files are that are not selected. */
  readonly project?: ProjectPlace;
  /** How many files there are. */
  readonly size: number;
  /** The files that differ from the text before, in the order of their paths: they are one change, and are read together. */
  readonly changed: () => Promise<readonly ChangedFile[]>;
  /** Which of these are looked at; all when absent. The rest is what they are compared with: what went from one may stand in another. */
  readonly isChosen?: (path: string) => boolean;
  /** The others, some at a time: a big repository does not fit into memory at once. */
  readonly unchanged: Iterable<Part> | AsyncIterable<Part>;
}

/** So many files of a change are kept in memory together. */
const mostAtOnce = 2000;

/** The repository of a folder or file. */
export async function repositoryAt(fsPath: string): Promise<GitRepository> {
  const repository = await openRepository(fsPath);
  if (repository === undefined) throw new UsageError(`${fsPath} is in no git repository; go to one, or make one: git init`);
  return repository;
}

export async function selectStaged(): Promise<Selection> {
  const repository = await repositoryAt(process.cwd());
  const head = await repository.head();
  // A commit hook may see another index than the repository's own.
  const named = process.env.GIT_INDEX_FILE;
  const options = { indexFile: named === undefined ? undefined : path.resolve(named) };
  return ofChanges(repository, await stagedChanges(repository.place, head, options), { policyCommit: head, scope: 'changes', at: { index: options } });
}

/**
 * `range` is BASE..HEAD, or BASE...HEAD for what HEAD changed since it left BASE.
 * @param named files and folders to look at; all when there are none
 */
export async function selectDiff(range: string, named: readonly string[] = []): Promise<Selection> {
  const repository = await repositoryAt(process.cwd());
  const [, from = '', dots, to = ''] = /^(.*?)(\.\.\.?)(.*)$/s.exec(range) ?? [];
  if (dots === undefined) throw new UsageError(`--diff takes BASE..HEAD, and ${JSON.stringify(range)} names one revision; write ${range}..HEAD`);
  const [base, head] = [await commitOf(repository, from), await commitOf(repository, to)];
  const start = dots === '...' ? await mergeBase(repository.root, { ref: from, tip: base }, head) : base;
  const isChosen = named.length === 0 ? undefined : await chosenIn(repository, named, [start, head]);
  return ofChanges(repository, await commitChanges(repository.place, start, head), { policyCommit: start, scope: 'changes', at: { commit: head }, ...(isChosen !== undefined && { isChosen }) });
}

/** What the work tree holds against a commit: the last one, unless it is named. */
export async function selectWorkTree(repository: GitRepository, commit?: string): Promise<Selection> {
  const start = commit ?? (await repository.head());
  return ofChanges(repository, await workTreeChanges(repository.place, start), { policyCommit: start, scope: 'changes', at: 'disk' });
}

/** Files and folders of one repository, whole. */
export async function selectInRepository(repository: GitRepository, named: readonly string[]): Promise<Selection> {
  const { place, root } = repository;
  const files: string[] = [];
  const paths: string[] = [];
  for (const fsPath of named) {
    const inside = await repository.pathOf(await withoutLink(fsPath, root));
    if (inside === undefined) throw new UsageError(`${fsPath} lies outside of the repository at ${root}; go there to check it`);
    if ((await lstat(path.join(root, inside))).isFile()) files.push(inside);
    paths.push(inside);
  }
  const limits = paths.includes('') ? [] : paths;
  const head = await repository.head();
  const [tracked, changes] = await Promise.all([gitFields(root, ['ls-files', '-z', '--deduplicate', '--', ...limits]), workTreeChanges(place, head, limits)]);
  const changed = new Map(changes.map((change) => [change.path, change]));
  const known = new Set(tracked);
  const all = [...new Set([...tracked, ...changed.keys(), ...files])].sort();
  const chosen = all.map((file): Change => changed.get(file) ?? { path: file, before: known.has(file) ? 'same' : 'absent', after: 'disk' });
  return ofChanges(repository, chosen, { policyCommit: head, scope: 'all', at: 'disk' });
}

/** One text that is not on disk, by the name that it would have. */
export async function selectText(name: string, after: Decoded, before: Decoded | undefined): Promise<Selection> {
  const repository = await openRepository(path.resolve(name));
  const inside = (await repository?.pathOf(path.resolve(name))) ?? path.relative('', name).split(path.sep).join('/');
  const base = before ?? (await repository?.textAtHead(inside));
  const file: ChangedFile = { path: inside, after, ...(base !== undefined && { before: base }) };
  return {
    ...(repository && { repository, policyCommit: await repository.head(), project: { root: repository.root, at: 'disk' } as const }),
    scope: 'all',
    size: 1,
    changed: () => Promise.resolve([file]),
    unchanged: [],
  };
}

async function* withoutBefore(place: GitRepository['place'], changes: readonly Change[]): AsyncGenerator<Part> {
  const onDisk = ({ after }: Change) => after === 'disk';
  yield* inReadings(changes.filter(onDisk).map(({ path: inside, before }) => ({ path: inside, folder: place.root, inside, isSame: before === 'same' })));
  for (const some of inParts(changes.filter((change) => !onDisk(change)))) yield await readChanges(place, some);
}

function ofChanges(repository: GitRepository, changes: readonly Change[], { at, ...rest }: Pick<Selection, 'policyCommit' | 'scope' | 'isChosen'> & Pick<ProjectPlace, 'at'>): Selection {
  // Files that are new have nothing that they are compared with: very many of them, as before a first commit, need not be read at once.
  const areMany = changes.filter(({ before }) => before !== 'same').length > mostAtOnce;
  const isSame = ({ before }: Change) => before === 'same' || (areMany && before === 'absent');
  return {
    ...rest,
    repository,
    project: { root: repository.root, at },
    size: changes.length,
    changed: () => readChanges(repository.place, changes.filter((change) => !isSame(change))),
    unchanged: withoutBefore(repository.place, changes.filter(isSame)),
  };
}

/** Throws where one is in none of the commits: that nothing was found there would say nothing. */
async function chosenIn(repository: GitRepository, named: readonly string[], commits: readonly string[]): Promise<(path: string) => boolean> {
  const chosen: string[] = [];
  for (const each of named) {
    const inside = await repository.pathOf(path.resolve(each));
    if (inside === undefined) throw new UsageError(`${each} lies outside of the repository at ${repository.root}; name files and folders of it`);
    const entries = inside === '' ? [] : await Promise.all(commits.map((commit) => treeEntries(repository.root, commit, [inside])));
    if (inside !== '' && entries.every(({ size }) => size === 0)) throw new UsageError(`there is no file or folder ${JSON.stringify(inside)} in ${commits.map((commit) => commit.slice(0, 12)).join(' or ')}; name one that is in one of them`);
    chosen.push(inside);
  }
  return (file) => chosen.some((each) => each === '' || file === each || file.startsWith(`${each}/`));
}

async function commitOf({ root }: GitRepository, revision: string): Promise<string> {
  const commit = await resolveCommit(root, revision === '' ? 'HEAD' : revision).catch((error: unknown) => {
    // Such as an entry of the reference log that is not there.
    if (error instanceof GitError) return undefined;
    throw error;
  });
  if (commit === undefined) throw new UsageError(`there is no commit ${JSON.stringify(revision === '' ? 'HEAD' : revision)} in ${root}; see git log, or fetch it`);
  return commit;
}

/** What a link leads to, as long as it stays in the folder. */
export async function withoutLink(fsPath: string, root: string): Promise<string> {
  if (!(await lstat(fsPath)).isSymbolicLink()) return fsPath;
  const real = await realpath(fsPath).catch(() => undefined);
  if (real === undefined) throw new UsageError(`${fsPath} is a link to nothing; name a file or folder`);
  if (!isInside(await realpath(root), real)) throw new UsageError(`${fsPath} is a link out of ${root}; name what it leads to`);
  return real;
}
