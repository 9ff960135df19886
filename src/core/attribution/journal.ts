import { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { AiOrigin, Origin } from './origin.ts';

/**
 * What an agent's hook told of one file, as the journal keeps it. Digests are those of saved regions; a file that is not there has the text ''.
 * `text` may be missing where it is long, or where the event before it leads there.
 */
export type JournalEvent = JournalEdit | JournalClaim;

interface Told {
  /** From the work tree's root, with forward slashes. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: AiOrigin | Extract<Origin, { kind: 'human' }>;
  readonly toolUse?: string;
  readonly after: string;
}

/** The agent, or a person in the midst of its work, changed exactly this. */
export interface JournalEdit extends Told {
  readonly before: string;
  readonly replacements: readonly JournalReplacement[];
  /** The text before. */
  readonly text?: string;
  /** The path of the text before, where the file was moved. */
  readonly from?: string;
}

/** The agent wrote these texts; what stood in their place is not known. */
export interface JournalClaim extends Told {
  readonly wrote: readonly string[];
  /** The text after. */
  readonly text?: string;
}

/** Offsets of the text before, in UTF-16 code units. */
export type JournalReplacement = readonly [start: number, oldText: string, newText: string];

/** Longer texts are not kept beside an event. */
export const journalTextLimit = 1_000_000;

/**
 * The line of an event. It starts with a newline as well as it ends with one, so that a line which a killed process left unfinished spoils
 * no other; and it ends with the digest after, so that `endsWith` knows without reading all.
 */
export function serializeEvent(event: JournalEvent): string {
  const { after, ...rest } = event;
  return `\n${JSON.stringify({ v: 1, ...rest, after })}\n`;
}

/** What the last bytes of a journal are when its last event led to this text. */
export function endOfEvent(after: string): string {
  return `"after":${JSON.stringify(after)}}\n`;
}

export function replacementsOf(edit: OffsetEdit, before: string): JournalReplacement[] {
  return edit.replacements.map(({ range, newText }) => [range.start, range.of(before), newText]);
}

export function editOf(replacements: readonly JournalReplacement[]): OffsetEdit {
  return new OffsetEdit(replacements.map(([start, oldText, newText]) => ({ range: OffsetRange.ofLength(start, oldText.length), newText })));
}
