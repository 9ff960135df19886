import type { RefUpdate } from '../../core/review/pushedRefs.ts';
import { gitFields, gitText } from '../git.ts';
import { notesRef } from '../notes/notesRef.ts';
import { isAncestor } from './content.ts';

/** Why a server does not take what a push would do to the notes of who wrote what, and what to do. */
export interface RefusedNotes {
  readonly why: string;
  /** A sentence. */
  readonly nextStep: string;
}

/** Some file systems keep names that differ in case as one. */
const ofNotes = new RegExp(`^${notesRef}(?:/|$)`, 'i');

/**
 * Notes are added: git-ai and we fetch what is there, merge it, and push without force. Whatever would take some away is refused: nobody could tell any more who wrote what, and all of that would count as an
 * AI's. What a note says is nobody's signed word, and may change. Undefined for other refs too.
 */
export async function refusalOfNotes(root: string, { ref, from, to }: RefUpdate): Promise<RefusedNotes | undefined> {
  if (!ofNotes.test(ref)) return undefined;
  // One that was there before the server held notes may go.
  if (to === undefined && ref.startsWith(`${notesRef}/`)) return undefined;
  if (ref !== notesRef) return { why: `${ref} would be in the way of ${notesRef}, which holds who wrote what`, nextStep: `Push notes of who wrote what to ${notesRef} alone.` };
  if (to === undefined) return { why: `${ref} holds who wrote what, and is never deleted`, nextStep: `Push again without deleting ${ref}.` };
  if ((await gitText(root, ['cat-file', '-t', to])) !== 'commit') return { why: `${ref} would be no notes any more`, nextStep: `Push to ${ref} only what git notes, git-ai or Firebreak wrote there.` };
  if (from === undefined) return undefined;
  if (!(await isAncestor(root, from, to))) {
    return { why: `${ref} would lose what others noted there, because the push does not contain it`, nextStep: `Run firebreak init --notes, with which each push takes in the notes that are there, and push again without force.` };
  }
  const gone = await takenAway(root, from, to);
  if (gone.length === 0) return undefined;
  const named = `${gone.slice(0, 3).join(', ')}${gone.length > 3 ? ` and ${gone.length - 3} more` : ''}`;
  return { why: `${ref} would lose what is noted on ${named}`, nextStep: `Take the notes as they are there, in place of those here, and push again: git fetch origin +${ref}:${ref}.` };
}

/** Commits whose notes are in the first tree and not in the second: a tree of many keeps them in folders by their first digits. */
async function takenAway(root: string, from: string, to: string): Promise<readonly string[]> {
  const fields = await gitFields(root, ['diff-tree', '-r', '-z', '--no-renames', '--diff-filter=AD', '--name-status', from, to]);
  const [gone, there] = [new Set<string>(), new Set<string>()];
  for (let index = 0; index + 1 < fields.length; index += 2) (fields[index] === 'D' ? gone : there).add((fields[index + 1] ?? '').replaceAll('/', ''));
  return [...gone].filter((commit) => !there.has(commit));
}
