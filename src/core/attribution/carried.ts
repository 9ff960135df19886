import { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { advance } from './advance.ts';
import { Authorship } from './authorship.ts';
import { refine } from './refine.ts';
import { nobody, type AiRegion } from './region.ts';
import { overlay } from './regionList.ts';

/** Who wrote what in a text that was there at some time. */
export interface Known {
  readonly text: string;
  readonly regions: readonly AiRegion[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * The regions of a later text, of whose change nothing is known but what it left: what stayed keeps its regions. What is new is judged by its size,
 * or is nobody's where something else explains it.
 */
export function carried({ text, regions, at }: Known, now: string, change: 'explained' | 'unexplained'): readonly AiRegion[] {
  if (text === now) return regions;
  const read = (range: OffsetRange) => range.of(text);
  const edit = refine(OffsetEdit.replace(new OffsetRange(0, text.length), now), read, 'lines');
  if (change === 'explained') return advance(regions, edit, nobody, read);
  let count = 0;
  const authorship = new Authorship({ regions, nextId: () => `since-${at}-${count++}`, now: () => at });
  return authorship.apply(edit, {}, read);
}

/** What is known of a text from two sides: what one knows to be an AI's is, though the other saw nobody do it. */
export function withKnown(regions: readonly AiRegion[], known: readonly AiRegion[]): readonly AiRegion[] {
  const sure = known.filter(({ origin }) => origin.kind === 'ai');
  return overlay(regions, sure.map(({ range }) => range), sure);
}
