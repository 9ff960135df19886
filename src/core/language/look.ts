import type { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { Family } from './language.ts';
import type { Operation } from './operation.ts';
import type { Pace, Paced } from './pace.ts';
import type { Wanted } from './view.ts';
import { wordWindows } from './windows.ts';

/** One look at a tree: it is told where operations may stand, and gathers those that do. */
export interface Look {
  readonly found: readonly Operation[];
  /** Local names of imports that rules or sinks know by another one. */
  readonly renamed: ReadonlySet<string>;
  /** Names of functions of the file that run a program which they name, with what they are given: no word need stand in a call of one. */
  readonly running: ReadonlySet<string>;
  /** Tells by the text whether a name can be called where it stands; not given where any can. */
  readonly mayBeCalled?: ((text: string, offset: number, word: string) => boolean) | undefined;
  /** Where the name of a call may be put together, so that it is no word; not given where none is. */
  readonly computed?: RegExp | undefined;
  considerComputed?(offset: number): void;
  considerWord(range: OffsetRange, word: string): void;
  /** Considers what stands around an offset. */
  considerAround(offset: number): void;
}

/** Looks at each wanted word in the ranges, and at what reaches into them from outside. */
export function* lookThrough(look: Look, text: LineText, wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
  const names = look.running.size === 0 ? look.renamed : new Set([...look.renamed, ...look.running]);
  for (const range of focus) {
    for (const window of wordWindows(text, range)) {
      const part = text.slice(window);
      for (const { offset, word } of wanted.words.hits(part, names)) {
        if (look.mayBeCalled?.(part, offset, word) === false && !wanted.inText.has(word)) continue;
        look.considerWord(OffsetRange.ofLength(window.start + offset, word.length), word);
        // A tree stays whole while others run: an edit in between makes this work stale, and it is then given up.
        if (pace.isOver()) yield;
      }
      if (look.computed !== undefined) for (const { index } of part.matchAll(look.computed)) look.considerComputed?.(window.start + index);
      if (pace.isOver()) yield;
    }
    // What begins before the range and reaches into it, or begins in it and is named behind it, stands around one of its ends.
    look.considerAround(range.start);
    look.considerAround(Math.max(0, range.endExclusive - 1));
  }
  return [...look.found];
}

/** Whether one of these texts has a word of what strings run. */
export function namesWanted(texts: readonly string[], { words, inText }: Wanted): boolean {
  return texts.some((text) => words.hits(text).some(({ word }) => inText.has(word)));
}

/**
 * Stands for a call that no rule knows and that runs nothing of interest, as long as what it was read from stays: the
 * text of a constant that it is given, say.
 */
export function idleCall(range: OffsetRange, language: Family, name: string): Operation {
  return { kind: 'call', language, name, constructed: false, args: [], links: [], next: [], modules: [], range, address: [], resolution: 'name' };
}

/** Where a name is written in some lines as a word. Marks that languages set in front of names are no part of words. */
export function* placesOf(name: string, text: LineText, { start, endExclusive } = new OffsetRange(0, text.length)): Generator<OffsetRange> {
  // In broken code a name may be missing.
  if (name === '') return;
  const last = text.positionAt(endExclusive).line;
  for (let { line } = text.positionAt(start); line <= last; line++) {
    const written = text.line(line);
    for (let at = written.indexOf(name); at !== -1; at = written.indexOf(name, at + name.length)) {
      if (!isWordPart(written, at - 1) && !isWordPart(written, at + name.length)) yield OffsetRange.ofLength(text.startOfLine(line) + at, name.length);
    }
  }
}

function isWordPart(text: string, at: number): boolean {
  return /\w/.test(text.charAt(at));
}
