import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isAbout } from '../../core/attribution/notes/standingNote.ts';
import { commitsNamedIn } from '../../core/attribution/notes/trailers.ts';
import type { Place } from '../place.ts';
import { endOf } from '../endOf.ts';
import { gitText } from '../git.ts';
import type { CommitNotes } from './commitNotes.ts';
import { joined, type Write, writeNotes } from './notesRef.ts';
import type { Commit } from './objectReader.ts';
import { withHistory } from './openHistory.ts';
import { readTextIfAny } from '../readTextIfAny.ts';

/** Commits of a rewrite that are noted at once; a longer one is followed by content when somebody asks. */
const mostCommits = 1000;

/** Bytes: two names, who and when, and the first line of a message. */
const longestLogLine = 4096;

/** A commit that a rewrite made, and one that it came from. */
export type Rewritten = readonly [old: string, now: string];

/** After a commit: notes what is known of who wrote its lines. `commit`: HEAD, unless it is named. */
export async function noteCommit(place: Place, commit = 'HEAD', picked?: string): Promise<void> {
  await withHistory(place, async ({ notes }) => {
    const made = await notes.reader.commit(commit);
    if (made === undefined) return;
    const relatives = await relativesOf(notes, made, [...(picked === undefined ? [] : [picked]), ...(await replacedBy(notes, made)), ...takeSquashed(place)]);
    const note = await notes.noteOn(made, relatives, { isOnDisk: true });
    if (note !== undefined) await write(notes, new Map([[made.oid, joined(made.oid, note)]]), made, 'commit');
  });
}

/** After a rebase or an amendment: what was known of the old commits is known of the new ones. */
export async function noteRewritten(place: Place, pairs: readonly Rewritten[]): Promise<void> {
  const oldsOf = new Map<string, string[]>();
  for (const [old, now] of pairs) oldsOf.set(now, [old, ...(oldsOf.get(now) ?? [])]);
  await withHistory(place, async ({ notes }) => {
    const head = await notes.reader.commit('HEAD');
    const commits = await madeBy(notes, [head?.oid ?? '', ...oldsOf.keys()], oldsOf);
    const all = [...new Set(pairs.map(([old]) => old))].reverse();
    const writes = new Map<string, Write>();
    for (const commit of commits) {
      const own = allOlds(commit.oid, oldsOf);
      const note = await notes.noteOn(commit, await relativesOf(notes, commit, own.length > 0 ? own : all), { isOnDisk: commit.oid === head?.oid });
      if (note !== undefined) writes.set(commit.oid, joined(commit.oid, note));
    }
    const [last] = commits.slice(-1);
    if (last !== undefined) await write(notes, writes, last, 'rewrite');
  });
}

/** After a merge: the lines of both sides keep their authors. Commits that came with it and have no note are looked for by content. */
export async function noteMerge(place: Place, isSquash: boolean): Promise<void> {
  if (isSquash) {
    keepSquashed(place);
    return;
  }
  await withHistory(place, async ({ notes, history }) => {
    const head = await notes.reader.commit('HEAD');
    if (head === undefined) return;
    const writes = new Map<string, Write>();
    const before = await notes.reader.commit('ORIG_HEAD');
    for (const commit of before === undefined ? [] : await unnotedBetween(notes, before.oid, head)) {
      const note = commit.parents.length > 1 ? await notes.noteOn(commit) : await history.adopted(commit);
      if (note !== undefined) writes.set(commit.oid, joined(commit.oid, note));
    }
    await write(notes, writes, head, 'merge');
  });
}

/**
 * Before a push: the commits that it brings and that no hook noted, such as those of `git am` and of programs that run none, by what was known here when they were made.
 * @param to the commits that are pushed, where `from` are those that the remote's branches stand at now
 * @returns what was not looked at, in words
 */
export async function noteUnnoted(place: Place, remote: string, { to, from }: { readonly to: readonly string[]; readonly from: readonly string[] }): Promise<string | undefined> {
  if (to.length === 0) return undefined;
  // What the remote has and this clone has not is passed over.
  const listed = await gitText(place.root, ['rev-list', '--ignore-missing', '--topo-order', '--reverse', `--max-count=${mostCommits + 1}`, ...to, '--not', ...from, `--remotes=${remote}`]);
  const oids = listed.split('\n').filter((line) => line !== '');
  const brought = oids.slice(-mostCommits);
  if (brought.length === 0) return undefined;
  await withHistory(place, async ({ notes }) => {
    const writes = new Map<string, Write>();
    let last: Commit | undefined;
    for (const oid of brought) {
      const [commit, standing] = [await notes.reader.commit(oid), await notes.notes.on(oid)];
      const note = commit === undefined || (standing !== undefined && isAbout(oid, standing)) ? undefined : await notes.noteOn(commit, await relativesOf(notes, commit, []), { isLate: true });
      if (note !== undefined) writes.set(oid, joined(oid, note));
      last = commit ?? last;
    }
    if (last !== undefined) await write(notes, writes, last, 'commit without hooks');
  });
  return oids.length > brought.length ? `the push brings more than ${mostCommits} commits, and only the newest ${mostCommits} were noted where they had no note` : undefined;
}

async function write(notes: CommitNotes, writes: ReadonlyMap<string, Write>, { committer }: Commit, after: string): Promise<void> {
  if (writes.size > 0) await writeNotes(notes.place, notes.reader, writes, { message: `Firebreak: note who wrote what, after a ${after}\n`, committer });
}

/** The commits that one came from: those that are told, that it was picked from or squashes, and for a revert what stood there before. */
async function relativesOf({ reader }: CommitNotes, { message }: Commit, told: readonly string[]): Promise<string[]> {
  const { reverted, squashed, picked } = commitsNamedIn(message);
  const before = await Promise.all(reverted.map(async (each) => (await reader.commit(each))?.parents[0]));
  return [...new Set([...told, ...picked, ...squashed, ...before.flatMap((each) => each ?? [])])];
}

/** The new commits of a rewrite that stand, the oldest first. */
async function madeBy({ reader }: CommitNotes, tips: readonly string[], oldsOf: ReadonlyMap<string, unknown>): Promise<Commit[]> {
  const found = new Map<string, Commit>();
  const order: Commit[] = [];
  const visit = async (oid: string): Promise<void> => {
    if (found.has(oid) || !oldsOf.has(oid) || found.size > mostCommits) return;
    const commit = await reader.commit(oid);
    if (commit === undefined) return;
    found.set(oid, commit);
    for (const parent of commit.parents) await visit(parent);
    order.push(commit);
  };
  for (const tip of tips) await visit(tip);
  return order;
}

/** All commits that one came from, over every step of the rewrite. */
function allOlds(commit: string, oldsOf: ReadonlyMap<string, readonly string[]>, seen = new Set<string>()): string[] {
  if (seen.has(commit)) return [];
  seen.add(commit);
  return (oldsOf.get(commit) ?? []).filter((old) => old !== '').flatMap((old) => [old, ...allOlds(old, oldsOf, seen)]);
}

async function unnotedBetween({ reader, notes }: CommitNotes, before: string, head: Commit): Promise<Commit[]> {
  const found: Commit[] = [];
  const seen = new Set([before]);
  const waiting = [head];
  for (let commit = waiting.shift(); commit !== undefined && seen.size < 200; commit = waiting.shift()) {
    if (seen.has(commit.oid)) continue;
    seen.add(commit.oid);
    if ((await notes.on(commit.oid)) === undefined) found.push(commit);
    for (const parent of commit.parents) {
      const next = await reader.commit(parent);
      if (next !== undefined) waiting.push(next);
    }
  }
  return found.reverse();
}

/** What `git merge --squash` put together: the commit that follows may say nothing of it. */
function keepSquashed(place: Place): void {
  const { squashed } = commitsNamedIn(readTextIfAny(path.join(place.gitDir, 'SQUASH_MSG')) ?? '');
  keep(place, 'squashed', squashed.map((commit) => `${commit}\n`).join(''));
}

function takeSquashed(place: Place): string[] {
  const text = readTextIfAny(fileOf(place, 'squashed')) ?? '';
  if (text !== '') rmSync(fileOf(place, 'squashed'), { force: true });
  return text.split('\n').filter((line) => line !== '');
}

/** The commit that one amends, or takes the place of after a reset to the same parent, by the last lines of HEAD's log: git tells of it only after this hook. */
async function replacedBy({ place: { gitDir }, reader }: CommitNotes, { oid, parents }: Commit): Promise<string[]> {
  const log = endOf(path.join(gitDir, 'logs', 'HEAD'), longestLogLine).end.trimEnd().split('\n').slice(-2);
  const [last, before] = log.reverse().map((line) => /^(\w+) (\w+) [^\t]*\t(commit \(amend\)|\w+)/.exec(line));
  if (last?.[2] !== oid) return [];
  const [, old = '', , what] = last;
  if (what === 'commit (amend)') return [old];
  const [, left = '', , how] = before ?? [];
  return how === 'reset' && (await reader.commit(left))?.parents.join() === parents.join() ? [left] : [];
}

/** The commit that is being picked; git forgets it before it calls the hook where somebody resolved a conflict. */
export function pickedHead({ gitDir }: Place): string | undefined {
  return readTextIfAny(path.join(gitDir, 'CHERRY_PICK_HEAD'))?.trim();
}

/** What the launcher took down while a rebase went on: the new commit, and the one that it was picked from or amends. */
export function takePicked(place: Place): Rewritten[] {
  const text = readTextIfAny(fileOf(place, 'picked')) ?? '';
  if (text !== '') rmSync(fileOf(place, 'picked'), { force: true });
  return text.split('\n').flatMap((line): Rewritten[] => {
    const [now = '', old = ''] = line.split(' ');
    return now === '' ? [] : [[old, now]];
  });
}

function keep(place: Place, name: string, text: string): void {
  const file = fileOf(place, name);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  appendFileSync(file, text);
}

function fileOf({ gitDir }: Place, name: string): string {
  return path.join(gitDir, 'firebreak', name);
}
