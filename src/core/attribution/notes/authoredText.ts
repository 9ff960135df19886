import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { AiOrigin, Evidence } from '../origin.ts';
import type { AiRegion, Author } from '../region.ts';
import type { JsonObject } from './note.ts';
import { append, isMark, markOf, regionOf } from '../regionList.ts';

export interface AiAuthor {
  readonly kind: 'ai';
  readonly origin: AiOrigin;
  readonly evidence: Evidence;
  /** The line holds others' text too. */
  readonly isPart?: boolean;
  /** So much so that only signs of it are the AI's: put into what others wrote, or left of what they wrote anew. */
  readonly isSigns?: boolean;
  readonly noted?: NotedAs;
}

/** What a note calls an author, and what it says of it. */
export interface NotedAs {
  readonly key: string;
  readonly metadata: JsonObject;
}

export interface HumanAuthor {
  readonly kind: 'human';
  readonly noted?: NotedAs;
}

/**
 * Who wrote a line. `human`: it was seen being written, and not by an AI. `unknown`: it came at once, and nothing explains it. `unseen`: nobody
 * saw who wrote it. `inherited`: what is known of it stands with the commits before.
 */
export type LineAuthor = AiAuthor | HumanAuthor | { readonly kind: 'unseen' | 'inherited' } | { readonly kind: 'unknown'; /** An AI that the commit's message names. */ readonly hint?: string };

export const human: LineAuthor = { kind: 'human' };
export const unknown: LineAuthor = { kind: 'unknown' };
export const unseen: LineAuthor = { kind: 'unseen' };
export const inherited: LineAuthor = { kind: 'inherited' };

/** Something that an AI deleted, in front of a line; from 0. */
export interface Deletion {
  readonly line: number;
  readonly text: string;
  readonly author: AiAuthor;
}

/** A text, line by line without line endings, with the author of each line. An end of line behind the last one makes no further line. */
export interface AuthoredText {
  readonly lines: readonly string[];
  readonly authors: readonly LineAuthor[];
  readonly deletions: readonly Deletion[];
}

export function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** A line with any text of an AI in it, blanks apart, is the AI's; one with none of it but some of unknown origin is unknown. */
export function authorsOf(text: LineText, regions: readonly AiRegion[], others: LineAuthor): LineAuthor[] {
  const count = text.lineCount - (text.line(text.lineCount - 1) === '' ? 1 : 0);
  const authors = Array.from({ length: count }, () => others);
  const shares = new Map<number, string>();
  for (const region of regions) {
    const { origin, evidence, range } = region;
    if (isMark(region) || (origin.kind !== 'ai' && origin.kind !== 'unknown')) continue;
    const author: LineAuthor = origin.kind === 'ai' ? { kind: 'ai', origin, evidence } : unknown;
    const last = Math.min(count - 1, text.positionAt(range.endExclusive - 1).line);
    for (let line = text.positionAt(range.start).line; line <= last; line++) {
      if (!isWrittenIn(range, line, text)) continue;
      if (origin.kind === 'ai') shares.set(line, (shares.get(line) ?? '') + inLine(range, line, text));
      if (authors[line]?.kind !== 'ai') authors[line] = author;
    }
  }
  for (const [line, share] of shares) {
    const author = authors[line];
    const isPart = share.replaceAll(/\s/g, '').length < text.line(line).replaceAll(/\s/g, '').length;
    if (author?.kind === 'ai' && isPart) authors[line] = { ...author, isPart, ...(!/[\p{L}\p{N}]/u.test(share) && { isSigns: true }) };
  }
  return authors;
}

function inLine(range: OffsetRange, line: number, text: LineText): string {
  const start = text.startOfLine(line);
  return text.line(line).slice(Math.max(0, range.start - start), Math.max(0, range.endExclusive - start));
}

/** Whether some of a line lies in a range that is no blank; of a blank line its start. */
export function isWrittenIn(range: OffsetRange, line: number, text: LineText): boolean {
  const start = text.startOfLine(line);
  const written = text.line(line);
  if (written.trim() === '') return range.start <= start && start < range.endExclusive;
  return inLine(range, line, text).trim() !== '';
}

export function deletionsOf(text: LineText, regions: readonly AiRegion[]): Deletion[] {
  return regions.flatMap(({ range, origin, evidence, removedText }) =>
    removedText === undefined || origin.kind !== 'ai' ? [] : [{ line: text.positionAt(range.start).line, text: removedText, author: { kind: 'ai', origin, evidence } as const }],
  );
}

/** Whole lines as regions of a text, and the deletions as marks. What nobody saw makes no region. */
export function regionsFrom({ authors, deletions }: Pick<AuthoredText, 'authors' | 'deletions'>, text: LineText): AiRegion[] {
  const regions: AiRegion[] = [];
  const waiting = [...deletions].sort((a, b) => a.line - b.line);
  const markUpTo = (line: number) => {
    while (waiting[0] !== undefined && waiting[0].line <= line) {
      const mark = waiting.shift();
      if (mark !== undefined) append(regions, markOf(insertionOf(mark.author), Math.min(text.length, text.startOfLine(mark.line)), mark.text));
    }
  };
  for (const [line, author] of authors.entries()) {
    markUpTo(line);
    if (author.kind !== 'ai' && author.kind !== 'unknown') continue;
    const start = text.startOfLine(line);
    if (text.line(line) !== '') append(regions, regionOf(insertionOf(author.kind === 'ai' ? author : undefined), OffsetRange.ofLength(start, text.line(line).length)));
  }
  markUpTo(Infinity);
  return regions;
}

function insertionOf(author: AiAuthor | undefined): Author {
  if (author === undefined) return { insertionId: 'note-unknown', origin: { kind: 'unknown' }, evidence: 'inferred', insertedAt: 0 };
  const { origin, evidence, noted } = author;
  return { insertionId: `note-${noted?.key ?? [origin.tool, origin.model, origin.session].join(' ')}`, origin, evidence, insertedAt: 0 };
}
