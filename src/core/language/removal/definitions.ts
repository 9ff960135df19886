import type { LineText } from '../../text/lineText.ts';
import { equalEnds } from './lineBalance.ts';

const definition = /\b(?:def|func|function\*?|fun|fn)\s+(?:\([^()\n]*\)\s*)?([\p{L}_][\p{L}\p{N}_]*)/gu;

interface Definition {
  readonly name: string;
  /** Of the last letter of the name in its line. */
  readonly column: number;
}

const none: readonly Definition[] = [];

/** Where the functions of a text are named, kept line by line: what an edit costs are its lines. */
export class Definitions {
  private lines: readonly string[] = [];
  private found: readonly (readonly Definition[])[] = [];

  /** The last letter of the name of the last function that is called so; an offset. */
  placeOf(name: string, text: LineText): number | undefined {
    this.follow(text);
    for (let line = this.found.length - 1; line >= 0; line--) {
      const last = this.found[line]?.findLast((each) => each.name === name);
      if (last !== undefined) return text.startOfLine(line) + last.column;
    }
    return undefined;
  }

  private follow(text: LineText): void {
    const { first, same } = equalEnds(this.lines, text);
    const end = text.lineCount - same;
    if (first === end && this.lines.length === text.lineCount) return;
    const fresh = Array.from({ length: end - first }, (_, index) => definedIn(text.line(first + index)));
    this.found = [...this.found.slice(0, first), ...fresh, ...this.found.slice(this.found.length - same)];
    this.lines = Array.from({ length: text.lineCount }, (_, index) => text.line(index));
  }
}

function definedIn(line: string): readonly Definition[] {
  const found = Array.from(line.matchAll(definition), ({ 0: { length }, 1: name = '', index }) => ({ name, column: index + length - 1 }));
  return found.length === 0 ? none : found;
}
