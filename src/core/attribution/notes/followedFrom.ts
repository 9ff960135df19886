import type { JournalEvent } from '../journal.ts';
import { isLedFrom } from '../reconcile.ts';
import type { StoredRegions } from '../storedRegions.ts';

/** What was told and saved of a file, by the digests of its texts. */
interface Told {
  readonly stored?: StoredRegions | undefined;
  readonly events: readonly JournalEvent[];
  readonly digestOf: (text: string) => string;
}

/** A text that another may have come of. */
interface Before {
  readonly text: string;
}

/** Whether nothing came about between a text and those of all parents that nobody saw. */
export function isLedFromAll(text: string, evidences: Told & { readonly parents: readonly Before[] }): boolean {
  const { parents } = evidences;
  return parents.length === 0 ? isFollowedFromNothing(text, evidences) : parents.every((parent) => isFollowedFrom(parent, text, evidences));
}

export function isFollowedFrom(parent: Before, text: string, evidences: Told): boolean {
  const { digestOf } = evidences;
  const after = digestOf(text);
  for (const before of spellingsOf(parent.text)) if (wasFollowed(digestOf(before), after, evidences)) return true;
  return false;
}

/** Of a file that was emptied and filled again nobody knows whether what came back was all seen being written. */
export function isFollowedFromNothing(text: string, evidences: Told): boolean {
  const { events, digestOf } = evidences;
  const nothing = digestOf('');
  return events.every(({ after }) => after !== nothing) && wasFollowed(nothing, digestOf(text), evidences);
}

function wasFollowed(before: string, after: string, { stored, events }: Told): boolean {
  const saved = new Set(stored?.texts.map(({ digest }) => digest));
  return (saved.has(before) && saved.has(after)) || isLedFrom(before, after, events);
}

/** When the first of the edits was made that lead to a text without a gap; undefined where none does. */
export function startOfChain(digest: string, { stored, events }: Told): number | undefined {
  const saved = new Set(stored?.texts.map((text) => text.digest));
  const seen = new Set<string>();
  let start: number | undefined;
  for (let at: string | undefined = digest; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const last: JournalEvent | undefined = events.findLast(({ after }) => after === at);
    start = last?.at ?? start;
    at = last !== undefined && 'before' in last && !saved.has(last.before) ? last.before : undefined;
  }
  return start;
}

export function hasDigest(text: string, digest: string, digestOf: Told['digestOf']): boolean {
  for (const spelling of spellingsOf(text)) if (digestOf(spelling) === digest) return true;
  return false;
}

/** git may keep a text with other line endings than it has on disk: mostly the first one is what is looked for. */
export function* spellingsOf(text: string): Generator<string> {
  yield text;
  if (text.includes('\r\n')) yield text.replaceAll('\r\n', '\n');
  else if (text.includes('\n')) yield text.replaceAll('\n', '\r\n');
}
