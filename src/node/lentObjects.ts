import { errorOf, gitAnswer, gitFields, gitText, onLacking, RepositoryError } from './git.ts';
import { askRemote } from './remote.ts';

/** By the folder of a store that has a partial clone's objects and nothing else: the clone, which knows from where what it left there can be had. */
const clones = new Map<string, string>();

/** Has git, asked in a store, get from the clone's remote what it says it cannot read. */
export async function withClone<T>(store: string, clone: string, use: () => Promise<T>): Promise<T> {
  clones.set(store, clone);
  const forget = onLacking(store, (names) => fetchInto(store, clone, names));
  try {
    return await use();
  } finally {
    forget();
    clones.delete(store);
  }
}

/**
 * Gets from the remote of a partial clone what it left there, all at once: what is not here reads as if it were nothing. Does nothing in other repositories.
 * @throws RepositoryError where it is not to be had
 */
export async function ensureHere(store: string, names: readonly string[]): Promise<void> {
  const clone = clones.get(store);
  if (clone !== undefined && names.length > 0) await fetchInto(store, clone, names);
}

/** @returns whether anything was missing, and is here now */
async function fetchInto(store: string, clone: string, names: readonly string[]): Promise<boolean> {
  const missing = await missingOf(store, names);
  if (missing.length === 0) return false;
  const remote = await promisingRemote(clone);
  // As git itself gets what is missing.
  const { stderr, exitCode } = await askRemote(clone, ['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', '--progress', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no', '--filter=blob:none', '--stdin', remote], { input: missing.map((name) => `${name}\n`).join('') });
  const [first, ...more] = await missingOf(store, missing);
  if (first === undefined) return true;
  throw new RepositoryError(`this is a partial clone, and ${first}${more.length > 0 ? ` and ${more.length} more` : ''}, which it left at ${remote}, could not be fetched (${errorOf('fetch', exitCode, stderr).message}); when it can be reached, fetch all: git fetch --refetch --no-filter ${remote}`);
}

async function missingOf(store: string, names: readonly string[]): Promise<readonly string[]> {
  const asked = [...new Set(names)];
  const answers = (await gitText(store, ['cat-file', '--batch-check=%(objectname)'], { input: asked.map((name) => `${name}\n`).join('') })).split('\n');
  return asked.filter((_, index) => answers[index]?.endsWith(' missing') === true);
}

async function promisingRemote(clone: string): Promise<string> {
  const settings = await gitFields(clone, ['config', '-z', '--get-regexp', '^remote\\..*\\.promisor$'], { answers: [1] });
  return settings.flatMap((setting) => /^remote\.(.*)\.promisor\ntrue$/s.exec(setting)?.[1] ?? [])[0] ?? 'origin';
}

/** Throws for a clone that left folders at its remote: git takes those for empty ones where it merges, without a word. */
export async function holdToFolders(clone: string): Promise<void> {
  const { stdout } = await gitAnswer(clone, ['config', '-z', '--get-regexp', '^remote\\..*\\.partialclonefilter$'], { answers: [1] });
  for (const setting of stdout.toString('utf8').split('\0')) {
    const [key = '', filter = ''] = setting.split('\n');
    const remote = /^remote\.(.*)\.partialclonefilter$/s.exec(key)?.[1];
    if (remote !== undefined && !/^blob:(?:none|limit=\w+)$/.test(filter)) throw new RepositoryError(`this clone left not only contents of files at ${remote} but folders too (${filter}), so the change cannot be judged here; fetch these: git config remote.${remote}.partialCloneFilter blob:none, then git fetch --refetch ${remote}`);
  }
}
