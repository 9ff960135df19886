import type { LineText } from '../../text/lineText.ts';
import type { GuardKind } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import { guardsIn } from './guardWords.ts';
import { skipsIn, testNamedAt, testReach } from './tests.ts';

/** Looking at the clock costs more than some lines. */
const linesAtOnce = 200;

/** A part of a line. */
export interface Piece {
  readonly start: number;
  readonly length: number;
}

/**
 * How the lines of a text differ from those it had before. It begins as the text before, and is taken on to the text as
 * it is at each look: what that costs depends on how much was edited since the last one, and not on the text.
 */
export class LineBalance {
  /** By line, without what sets it in: how many more of it there are than before. */
  readonly surplus = new Map<string, number>();
  /** The same by the names of tests. */
  readonly tests = new Map<string, number>();
  /** How many more tests are skipped than before. */
  skips = 0;
  private readonly lines: string[];
  private readonly found: (readonly Piece[])[];
  private readonly guards = new Map<GuardKind, number>();
  /** Lines whose guards are not counted yet. */
  private readonly uncounted = new Map<string, number>();

  /**
   * @param before the lines before
   * @param find what is looked for in each line
   * @param found the same in the lines before
   */
  constructor(
    before: readonly string[],
    private readonly find: (line: string) => readonly Piece[],
    found: readonly (readonly Piece[])[],
  ) {
    this.lines = [...before];
    this.found = [...found];
  }

  /** Given up in between, it stands at a text that is part the one and part the other, and goes on from there. */
  *follow(text: LineText, pace: Pick<Pace, 'isOver'>): Paced<void> {
    const { lines } = this;
    const { first, same } = equalEnds(lines, text);
    let at = first;
    const end = text.lineCount - same;
    while (at < end || at < lines.length - same) {
      const fresh: string[] = [];
      for (const last = Math.min(end, at + linesAtOnce); at + fresh.length < last; ) fresh.push(text.line(at + fresh.length));
      this.replace(at, Math.min(linesAtOnce, lines.length - same - at), fresh);
      at += fresh.length;
      if (pace.isOver()) yield;
    }
  }

  /** Those of the text that was followed last. */
  get now(): readonly string[] {
    return this.lines;
  }

  /** What was looked for, in the text that was followed last: in offsets of it. */
  *places(text: LineText): Generator<Piece> {
    for (const [index, pieces] of this.found.entries()) {
      if (pieces.length === 0) continue;
      const base = text.startOfLine(index);
      for (const { start, length } of pieces) yield { start: base + start, length };
    }
  }

  /** The lines that went and those that came, each once, without what sets them in. */
  linesThatDiffer(): { readonly gone: readonly string[]; readonly come: readonly string[] } {
    const gone: string[] = [];
    const come: string[] = [];
    for (const [line, by] of this.surplus) (by < 0 ? gone : come).push(line);
    return { gone, come };
  }

  /** How much more often each kind of guard is spoken of than before. */
  guardSurpluses(): ReadonlyMap<GuardKind, number> {
    for (const [line, by] of this.uncounted) for (const [kind, count] of guardsIn(`${line}\n`)) adjust(this.guards, kind, by * count);
    this.uncounted.clear();
    return this.guards;
  }

  private replace(at: number, removed: number, fresh: readonly string[]): void {
    const { lines, found } = this;
    const first = Math.max(0, at - testReach);
    this.countTests(first, at + removed, -1);
    for (let index = at; index < at + removed; index++) this.count(lines[index] ?? '', -1);
    lines.splice(at, removed, ...fresh);
    found.splice(at, removed, ...fresh.map(this.find));
    for (const line of fresh) this.count(line, 1);
    this.countTests(first, at + fresh.length, 1);
  }

  private count(written: string, by: number): void {
    const line = written.trim();
    if (line === '') return;
    adjust(this.surplus, line, by);
    adjust(this.uncounted, line, by);
    this.skips += by * skipsIn(line);
  }

  private countTests(from: number, to: number, by: number): void {
    for (let index = from; index < to; index++) {
      const name = testNamedAt(this.lines, index);
      if (name !== undefined) adjust(this.tests, name, by);
    }
  }
}

/** How many lines at the start and at the end are as they were. */
export function equalEnds(lines: readonly string[], text: LineText): { readonly first: number; readonly same: number } {
  const most = Math.min(lines.length, text.lineCount);
  let first = 0;
  while (first < most && lines[first] === text.line(first)) first++;
  let same = 0;
  while (same < most - first && lines[lines.length - 1 - same] === text.line(text.lineCount - 1 - same)) same++;
  return { first, same };
}

function adjust<K>(counts: Map<K, number>, key: K, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
