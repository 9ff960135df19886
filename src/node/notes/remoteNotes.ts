import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAbout, joinStanding } from '../../core/attribution/notes/standingNote.ts';
import { git, gitAnswer, GitError, gitText } from '../git.ts';
import type { Place } from '../place.ts';
import { LineCache } from './lineCache.ts';
import { Notes, notesRef, standingIn, type Write, writeNotes } from './notesRef.ts';
import { ObjectReader } from './objectReader.ts';

/** Where the notes of a remote are fetched to; git-ai has them there too. */
export const trackingRef = (remote: string) => `refs/notes/ai-remote/${remote}`;

/** Pushes that others were faster than, at most. */
const tries = 4;

/** Takes in notes that were fetched: those on one commit are merged, and none is lost. */
export async function takeFetched(place: Place): Promise<void> {
  const listed = await gitText(place.root, ['for-each-ref', '--format=%(objectname) %(refname)', 'refs/notes/ai-remote/']);
  const fetched = listed.split('\n').filter((line) => line !== '').map((line) => line.split(' '));
  for (const [, ref = ''] of fetched) await mergeRef(place, ref);
  // The launcher compares with it before it starts Node.
  const folder = path.join(place.commonDir, 'firebreak');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'taken'), fetched.map(([tip = '']) => `${tip}\n`).join(''));
}

/** @returns whether there was something to take in */
export async function mergeRef(place: Place, ref: string): Promise<boolean> {
  const { root } = place;
  const reader = new ObjectReader(root);
  try {
    const [own, theirs] = [await Notes.open(reader), await Notes.open(reader, ref)];
    if (theirs.tip === undefined || theirs.tip === own.tip) return false;
    const isAncestor = own.tip !== undefined && (await gitAnswer(root, ['merge-base', '--is-ancestor', theirs.tip, own.tip], { answers: [1] })).exitCode === 0;
    if (isAncestor) return false;
    const committer = (await reader.commit(theirs.tip))?.committer ?? 'firebreak <firebreak>';
    if (own.tip === undefined || (await gitAnswer(root, ['merge-base', '--is-ancestor', own.tip, theirs.tip], { answers: [1] })).exitCode === 0) {
      await git(root, ['update-ref', notesRef, theirs.tip, own.tip ?? '0'.repeat(theirs.tip.length)]);
      await writeNotes(root, reader, await spoiled(own, theirs), { message: `Firebreak: put back what ${ref} spoiled\n`, committer });
    } else {
      const [ours, others] = [await own.all(), await theirs.all()];
      const writes = new Map<string, Write>();
      for (const [commit, blob] of others) {
        const their = ours.get(commit) === blob ? undefined : await standingIn(reader, commit, blob);
        if (their !== undefined) writes.set(commit, (standing) => (standing === undefined ? their.text : joinStanding(commit, standing, their)));
      }
      await writeNotes(root, reader, writes, { message: `Firebreak: take in ${ref}\n`, committer, merged: theirs.tip });
    }
    new LineCache(place.commonDir).outdate();
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

/** Before a push: the remote's notes are fetched and merged, and all are pushed. */
export async function syncNotes(place: Place, remote: string): Promise<void> {
  const { root } = place;
  const isRemote = (await gitText(root, ['remote'])).split('\n').includes(remote);
  if (!isRemote || (await gitAnswer(root, ['rev-parse', '--verify', '--quiet', notesRef], { answers: [1] })).exitCode !== 0) return;
  for (let attempt = 1; ; attempt++) {
    await fetchNotes(root, remote);
    await mergeRef(place, trackingRef(remote));
    const tips = await Promise.all([notesRef, trackingRef(remote)].map((ref) => gitAnswer(root, ['rev-parse', '--verify', '--quiet', ref], { answers: [1] })));
    if (tips[0]?.stdout.equals(tips[1]?.stdout ?? Buffer.alloc(0)) === true) return;
    try {
      await git(root, ['push', '--quiet', '--no-verify', remote, `${notesRef}:${notesRef}`]);
      return;
    } catch (error) {
      if (!(error instanceof GitError) || attempt === tries) throw error;
    }
  }
}

/** A remote without notes has nothing to fetch. */
async function fetchNotes(root: string, remote: string): Promise<void> {
  try {
    await git(root, ['fetch', '--quiet', '--no-tags', '--refmap=', remote, `+${notesRef}:${trackingRef(remote)}`]);
  } catch (error) {
    if (!(error instanceof GitError) || !error.lastLine.includes("couldn't find remote ref")) throw error;
  }
}
