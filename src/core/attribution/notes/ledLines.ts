import { editOf, type JournalEdit, type JournalEvent } from '../journal.ts';
import { alignLines, isBare } from './alignLines.ts';
import { linesOf } from './authoredText.ts';

/** Edits of one text that are followed, the last ones. */
const mostEdits = 200;

/** Who may have written a line, or some of it: an AI or a person who told so, or whoever wrote a line of the text that the edits start from. */
export type Hand = { readonly kind: 'ai' | 'human' } | { readonly kind: 'before'; readonly at: number };

/** What edits that were told, without a gap, say of the lines of the text that they lead to. */
export interface Led {
  /** The digest of the text that they start from. */
  readonly from: string;
  readonly hands: readonly (readonly Hand[])[];
}

/**
 * From a text back by the edits that lead to it, to one of which `isStart` or to where no edit is told, and line by line forth again: regions know
 * characters, and an end of line or a bracket that stays of an AI's line is no line of the AI's. Undefined where no edit leads to the text.
 */
export function ledLines(text: string, { digestOf, events, isStart }: { readonly digestOf: (text: string) => string; readonly events: readonly JournalEvent[]; readonly isStart: (digest: string) => boolean }): Led | undefined {
  let from = digestOf(text);
  let at = text;
  const texts = [{ lines: linesOf(text), by: 'human' as 'ai' | 'human' }];
  const seen = new Set([from]);
  while (texts.length <= mostEdits) {
    const last = events.findLast((event): event is JournalEdit => event.after === from && 'before' in event && !seen.has(event.before));
    const before = last === undefined ? undefined : textBefore(last, at);
    if (last === undefined || before === undefined || digestOf(before) !== last.before) break;
    texts.unshift({ lines: linesOf(before), by: last.by.kind });
    [from, at] = [last.before, before];
    seen.add(from);
    if (isStart(from)) break;
  }
  const [start, ...others] = texts;
  if (start === undefined || others.length === 0) return undefined;
  let hands: (readonly Hand[])[] = start.lines.map((_, line) => [{ kind: 'before', at: line }]);
  let { lines, by } = start;
  for (const next of others) {
    hands = handsAfter(lines, next.lines, hands, by);
    ({ lines, by } = next);
  }
  return { from, hands };
}

function handsAfter(old: readonly string[], now: readonly string[], hands: readonly (readonly Hand[])[], by: 'ai' | 'human'): (readonly Hand[])[] {
  const gone = new Set(old);
  return alignLines(old, now).map((origin, at) => {
    const line = now[at] ?? '';
    if (origin.kind === 'line') return hands[origin.at] ?? [];
    if (origin.kind === 'like') return distinct([{ kind: by }, ...(hands[origin.at] ?? [])]);
    if (origin.kind === 'among') return distinct([...(origin.orNew ? [{ kind: by }] : []), ...origin.at.flatMap((each) => hands[each] ?? [])]);
    // It may have been moved.
    return distinct([{ kind: by }, ...(gone.has(line) && !isBare(line) ? old.flatMap((each, index) => (each === line ? (hands[index] ?? []) : [])) : [])]);
  });
}

function distinct(hands: readonly Hand[]): Hand[] {
  return hands.filter((hand, index) => hands.findIndex((each) => each.kind === hand.kind && (each.kind !== 'before' || (hand.kind === 'before' && each.at === hand.at))) === index);
}

/** Undefined where the edit does not lead to the text. */
function textBefore({ replacements }: JournalEdit, after: string): string | undefined {
  const edit = editOf(replacements);
  let before = '';
  let at = 0;
  let delta = 0;
  for (const { range, newText } of edit.replacements) {
    const start = range.start + delta;
    if (after.slice(start, start + newText.length) !== newText) return undefined;
    before += after.slice(at, start) + (replacements.find(([from, old]) => from === range.start && old.length === range.length)?.[1] ?? '');
    at = start + newText.length;
    delta += newText.length - range.length;
  }
  return before + after.slice(at);
}
