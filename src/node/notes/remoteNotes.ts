import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAbout, joinStanding } from '../../core/attribution/notes/standingNote.ts';
import { errorOf, git, gitAnswer, gitText } from '../git.ts';
import { askRemote } from '../remote.ts';
import type { Place } from '../place.ts';
import { readTextIfAny } from '../readTextIfAny.ts';
import { Notes, notesRef, standingIn, type Write, writeNotes } from './notesRef.ts';
import { ObjectReader } from './objectReader.ts';

/** Where the notes of a remote are fetched to; git-ai has them there too. */
export const trackingRef = (remote: string) => `refs/notes/ai-remote/${remote}`;

/** Pushes that others were faster than, at most. */
const tries = 4;

/** Takes in notes that were fetched: those on one commit are merged, and none is lost. */
export async function takeFetched(place: Place): Promise<void> {
  const listed = await gitText(place.root, ['for-each-ref', '--format=%(objectname) %(refname)', fetchedRefs]);
  const fetched = listed.split('\n').filter((line) => line !== '').map((line) => line.split(' '));
  for (const [, ref = ''] of fetched) await mergeRef(place, ref);
  // The launcher compares with it before it starts Node.
  const file = takenIn(place);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, fetched.map(([tip = '']) => `${tip}\n`).join(''));
}

/** The same where something was fetched since the last time: who reads need not wait for a hook. In a bare repository nothing is fetched. */
export async function takeNews(place: Place): Promise<void> {
  if (place.root === place.commonDir) return;
  const tips = fetchedTips(place);
  if (tips !== '' && tips !== readTextIfAny(takenIn(place))) await takeFetched(place);
}

const fetchedRefs = 'refs/notes/ai-remote/';

const takenIn = ({ commonDir }: Place) => path.join(commonDir, 'firebreak', 'taken');

/** What `for-each-ref` would say of what was fetched, without a process; undefined where git has to be asked. */
function fetchedTips({ commonDir }: Place): string | undefined {
  if (existsSync(path.join(commonDir, 'reftable'))) return undefined;
  const tips = new Map<string, string>();
  for (const line of (readTextIfAny(path.join(commonDir, 'packed-refs')) ?? '').split('\n')) {
    const [tip = '', ref = ''] = line.split(' ');
    if (ref.startsWith(fetchedRefs)) tips.set(ref, tip);
  }
  const folder = path.join(commonDir, fetchedRefs);
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true, recursive: true }) : []) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    tips.set(fetchedRefs + path.relative(folder, file).split(path.sep).join('/'), readFileSync(file, 'utf8').trim());
  }
  return [...tips].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, tip]) => `${tip}\n`).join('');
}

/** @returns whether there was something to take in */
export async function mergeRef(place: Place, ref: string): Promise<boolean> {
  const { root } = place;
  const reader = new ObjectReader(place);
  try {
    const [own, theirs] = [await Notes.open(reader), await Notes.open(reader, ref)];
    if (theirs.tip === undefined || theirs.tip === own.tip) return false;
    const isAncestor = own.tip !== undefined && (await gitAnswer(root, ['merge-base', '--is-ancestor', theirs.tip, own.tip], { answers: [1] })).exitCode === 0;
    if (isAncestor) return false;
    const committer = (await reader.commit(theirs.tip))?.committer ?? 'firebreak <firebreak>';
    if (own.tip === undefined || (await gitAnswer(root, ['merge-base', '--is-ancestor', own.tip, theirs.tip], { answers: [1] })).exitCode === 0) {
      await git(root, ['update-ref', notesRef, theirs.tip, own.tip ?? '0'.repeat(theirs.tip.length)]);
      await writeNotes(place, reader, await spoiled(own, theirs), { message: `Firebreak: put back what ${ref} spoiled\n`, committer });
    } else {
      const [ours, others] = [await own.all(), await theirs.all()];
      const writes = new Map<string, Write>();
      for (const [commit, blob] of others) {
        const their = ours.get(commit) === blob ? undefined : await standingIn(reader, commit, blob);
        if (their !== undefined) writes.set(commit, (standing) => (standing === undefined ? their.text : joinStanding(commit, standing, their)));
      }
      await writeNotes(place, reader, writes, { message: `Firebreak: take in ${ref}\n`, committer, merged: theirs.tip });
    }
    return true;
  } finally {
    reader.close();
  }
}

/** Notes that fit their commits, and in whose place something stands that does not: they are put back beside it. */
async function spoiled(before: Notes, after: Notes): Promise<ReadonlyMap<string, Write>> {
  const writes = new Map<string, Write>();
  const [old, now] = [await before.all(), await after.all()];
  for (const [commit, blob] of now) {
    if (old.get(commit) === blob) continue;
    const [own, their] = [await before.on(commit), await after.on(commit)];
    if (own === undefined || their === undefined || !isAbout(commit, own) || isAbout(commit, their)) continue;
    writes.set(commit, (standing) => (standing === undefined ? own.text : joinStanding(commit, standing, own)));
  }
  return writes;
}

/** Whether a name is a remote's, and no address. */
export async function isRemote({ root }: Pick<Place, 'root'>, name: string): Promise<boolean> {
  return (await gitText(root, ['remote'])).split('\n').includes(name);
}

/** Before a push: the remote's notes are fetched and merged, and all are pushed. */
export async function syncNotes(place: Place, remote: string): Promise<void> {
  const { root } = place;
  if ((await gitAnswer(root, ['rev-parse', '--verify', '--quiet', notesRef], { answers: [1] })).exitCode !== 0) return;
  for (let attempt = 1; ; attempt++) {
    await fetchNotes(root, remote);
    await mergeRef(place, trackingRef(remote));
    const tips = await Promise.all([notesRef, trackingRef(remote)].map((ref) => gitAnswer(root, ['rev-parse', '--verify', '--quiet', ref], { answers: [1] })));
    if (tips[0]?.stdout.equals(tips[1]?.stdout ?? Buffer.alloc(0)) === true) return;
    const { exitCode, stderr } = await askRemote(root, ['push', '--quiet', '--no-verify', remote, `${notesRef}:${notesRef}`]);
    if (exitCode === 0) return;
    if (attempt === tries) throw errorOf('push', exitCode, stderr);
  }
}

/** A remote without notes has nothing to fetch. */
async function fetchNotes(root: string, remote: string): Promise<void> {
  const { exitCode, stderr } = await askRemote(root, ['fetch', '--progress', '--no-tags', '--refmap=', remote, `+${notesRef}:${trackingRef(remote)}`]);
  if (exitCode !== 0 && !stderr.includes("couldn't find remote ref")) throw errorOf('fetch', exitCode, stderr);
}
