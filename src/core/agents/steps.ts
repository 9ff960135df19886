import { backToLine } from '../attribution/refine.ts';
import { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { FileWrite } from './event.ts';
import { appliedTo, foundIn, withReturns, type Placed } from './placedEdits.ts';

/** What one write did to a text, as far as it can be told when the event comes. */
export type Told =
  | { readonly kind: 'steps'; readonly steps: readonly Step[] }
  /** The text before is not known: what of the text after the agent says it wrote. */
  | { readonly kind: 'claim'; readonly after: string; readonly wrote: readonly string[] };

/** An edit of a known text. A person's step is what a user changed in the agent's proposal. */
export interface Step extends Placed {
  readonly by: 'agent' | 'person';
}

/** What is known of a file when the event comes; a file that is not there has the text ''. */
export interface Known {
  readonly before?: string | undefined;
  readonly onDisk: string;
  /** The event may come before the file on disk has the text. */
  readonly tellsEarly: boolean;
}

/** Undefined when nothing was written, or nothing can be said of it. */
export function told(write: FileWrite, known: Known): Told | undefined {
  const before = known.before ?? write.before;
  const all = { ...known, before };
  if (write.isDeleted === true) {
    if (known.onDisk !== '') return undefined;
    return before === undefined ? { kind: 'claim', after: '', wrote: [] } : steps(step('agent', before, ''));
  }
  if (write.content !== undefined) return ofContent(write, known.onDisk.includes('\r\n') ? withReturns(write.content) : write.content, all);
  if (write.edits !== undefined && write.edits.length > 0) return ofEdits(write, write.edits, all);
  if (before !== undefined) return steps(step('agent', before, known.onDisk));
  return { kind: 'claim', after: known.onDisk, wrote: [] };
}

function ofContent({ isUserModified }: FileWrite, content: string, { before, onDisk, tellsEarly }: Known): Told | undefined {
  if (before === undefined) return tellsEarly && onDisk !== content ? steps(step('agent', onDisk, content)) : { kind: 'claim', after: onDisk, wrote: [content] };
  return ofProposal(step('agent', before, content), isUserModified === true, { before, onDisk, tellsEarly });
}

function ofEdits({ isUserModified }: FileWrite, edits: NonNullable<FileWrite['edits']>, { before, onDisk, tellsEarly }: Known): Told | undefined {
  const proposal = before === undefined ? undefined : appliedTo(before, edits);
  if (before !== undefined && proposal !== undefined && (proposal.after === onDisk || isUserModified === true)) {
    return ofProposal({ ...proposal, by: 'agent' }, isUserModified === true, { before, onDisk, tellsEarly });
  }
  const found = foundIn(onDisk, edits);
  if (found !== undefined) return steps({ ...found, by: 'agent' });
  if (before !== undefined && proposal !== undefined) return ofProposal({ ...proposal, by: 'agent' }, false, { before, onDisk, tellsEarly });
  const wrote = edits.map(({ newText }) => newText).filter((text) => text.trim() !== '');
  const awaited = before === undefined && !wrote.every((text) => onDisk.includes(text)) ? appliedTo(onDisk, edits) : undefined;
  if (awaited !== undefined) return tellsEarly ? steps({ ...awaited, by: 'agent' }) : undefined;
  return wrote.length === 0 ? undefined : { kind: 'claim', after: onDisk, wrote };
}

/** What the agent proposed, and then what a user made of it. What else differs on disk, such as a formatter's work, is not told here. */
function ofProposal(proposal: Step, isUserModified: boolean, { before, onDisk, tellsEarly }: Known): Told | undefined {
  if (isUserModified) return steps(proposal, step('person', proposal.after, onDisk));
  const isUnwritten = onDisk === before && onDisk !== proposal.after;
  return isUnwritten && !tellsEarly ? undefined : steps(proposal);
}

function steps(...all: readonly Step[]): Told | undefined {
  const real = all.filter(({ before, after }) => before !== after);
  return real.length === 0 ? undefined : { kind: 'steps', steps: real };
}

/** One replacement between the common ends of the two texts; of the places where the same piece can have come or gone the one that is whole lines. */
export function step(by: Step['by'], before: string, after: string): Step {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before.charCodeAt(head) === after.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < shorter - head && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  const isOneSided = head + tail === shorter;
  const back = isOneSided ? backToLine(before.length > after.length ? before : after, head, Math.abs(before.length - after.length)) : 0;
  const narrow = OffsetEdit.replace(new OffsetRange(head - back, before.length - tail - back), after.slice(head - back, after.length - tail - back));
  return { by, before, edit: isOneSided ? narrow : withLinesAround(narrow, before), after };
}

/** So many lines around a change are read with it at most. */
const mostAround = 1000;
/** What follows a block tells where it ends: a blank line, and the head of the next. */
const behindBlock = 2;

/**
 * What goes over several lines is read line by line, and half a line is none: one that was put in above would be taken for the end of its neighbour.
 * Beside another change, a block that was put in lost to the common ends what reads like its surroundings: as many lines around it are read with it.
 */
function withLinesAround(edit: OffsetEdit, text: string): OffsetEdit {
  const [only] = edit.replacements;
  if (only === undefined) return edit;
  const [old, now] = [only.range.of(text), only.newText].map((piece) => piece.split('\n').length - 1);
  if (old === undefined || now === undefined || old + now === 0) return edit;
  const around = old === now ? 0 : Math.min(Math.max(old, now) + behindBlock, mostAround);
  const { start, endExclusive } = only.range;
  let from = lineStart(text, start);
  let to = lineEnd(text, endExclusive);
  for (let line = 0; line < around; line++) [from, to] = [from === 0 ? 0 : lineStart(text, from - 1), lineEnd(text, to)];
  return OffsetEdit.replace(new OffsetRange(from, to), text.slice(from, start) + only.newText + text.slice(endExclusive, to));
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** After its line break, where it has one. */
function lineEnd(text: string, at: number): number {
  const next = text.indexOf('\n', at);
  return next === -1 ? text.length : next + 1;
}
