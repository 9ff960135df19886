import type { Difference } from '../differences.ts';

/** Places at which two texts may begin to say the same, at most. */
const mostCompared = 100_000;

/** Lines of one text that say just what lines of another do. */
interface Block {
  readonly old: LaidLines;
  readonly now: LaidLines;
}

interface LaidLines {
  readonly start: number;
  /** Where each of the lines begins in what they say together, and where the last one ends. */
  readonly bounds: readonly number[];
}

interface Texts {
  readonly old: readonly string[];
  readonly now: readonly string[];
}

/** `isEnough`: whether it means something that lines are found which say this much; `isBare`: whether a line says so little that it stands everywhere. */
interface Measures {
  readonly isEnough: (lines: readonly string[]) => boolean;
  readonly isBare: (line: string) => boolean;
}

/**
 * Lines that somebody only set in another way: broken, joined or indented anew, with other quotes, commas, semicolons or parentheses, as formatters do.
 * @returns for each such line of `now` the lines of `old` that its text stood in
 */
export function relaidFrom({ old, now }: Texts, hunks: readonly Difference[], { isEnough, isBare }: Measures): Map<number, readonly number[]> {
  const found = new Map<number, readonly number[]>();
  const budget = { left: mostCompared };
  for (const hunk of joined(hunks, now, isBare)) {
    for (const blocks of runsOf(blocksIn({ old, now }, hunk, budget))) {
      // Lines that stand as they stood were not set in another way: beside others that say as little, one of them may be another that reads alike.
      if (blocks.every((block) => isUnchanged({ old, now }, block)) || !isEnough(blocks.flatMap(({ now: { start, bounds } }) => now.slice(start, start + bounds.length - 1)))) continue;
      // A blank line says nothing, so that what stands before it cannot have become it: somebody's own may stand there.
      for (const block of blocks) for (const [at, places] of placesIn(block)) if (now[at]?.trim() !== '') found.set(at, places);
    }
  }
  return found;
}

function isUnchanged(texts: Texts, { old, now }: Block): boolean {
  const linesOf = (lines: readonly string[], { start, bounds }: LaidLines) => lines.slice(start, start + bounds.length - 1).filter((line) => line.trim() !== '');
  const [before, after] = [linesOf(texts.old, old), linesOf(texts.now, now)];
  return before.length === after.length && before.every((line, index) => line === after[index]);
}

/** Differences with nothing but bare lines between them are one: a bracket of the new lines may read as one of the old. */
function joined(hunks: readonly Difference[], now: readonly string[], isBare: (line: string) => boolean): Difference[] {
  const whole: Difference[] = [];
  for (const hunk of hunks) {
    const last = whole.at(-1);
    if (last === undefined || !now.slice(last.newStart + last.newCount, hunk.newStart).every(isBare)) whole.push(hunk);
    else whole.splice(-1, 1, { ...last, oldCount: hunk.oldStart + hunk.oldCount - last.oldStart, newCount: hunk.newStart + hunk.newCount - last.newStart });
  }
  return whole;
}

function blocksIn({ old, now }: Texts, { oldStart, oldCount, newStart, newCount }: Difference, budget: { left: number }): Block[] {
  if (oldCount === 0 || newCount === 0) return [];
  const [before, after] = [old.slice(oldStart, oldStart + oldCount).map(saidBy), now.slice(newStart, newStart + newCount).map(saidBy)];
  const blocks: Block[] = [];
  for (let [at, from] = [0, 0]; at < newCount; ) {
    let block: Block | undefined;
    for (let index = from; block === undefined && index < oldCount && budget.left > 0; index++, budget.left--) {
      const bounds = blockAt({ lines: before, start: index }, { lines: after, start: at });
      if (bounds !== undefined) block = { old: { start: oldStart + index, bounds: bounds.old }, now: { start: newStart + at, bounds: bounds.now } };
    }
    if (block !== undefined) blocks.push(block);
    at = block === undefined ? at + 1 : endOf(block.now) - newStart;
    from = block === undefined ? from : endOf(block.old) - oldStart;
  }
  return blocks;
}

/** The shortest run of lines from two places that say the same, with what says nothing behind it, as bounds. */
function blockAt(old: { readonly lines: readonly string[]; readonly start: number }, now: typeof old): { old: readonly number[]; now: readonly number[] } | undefined {
  const [one, other] = [new Saying(old.lines, old.start), new Saying(now.lines, now.start)];
  if (!one.take() || !other.take() || one.rest === '' || other.rest === '') return undefined;
  for (;;) {
    const length = Math.min(one.rest.length, other.rest.length);
    if (one.rest.slice(0, length) !== other.rest.slice(0, length)) return undefined;
    one.rest = one.rest.slice(length);
    other.rest = other.rest.slice(length);
    if (one.rest === other.rest) break;
    if (!(one.rest === '' ? one : other).take()) return undefined;
  }
  one.takeBlank();
  other.takeBlank();
  return { old: one.bounds, now: other.bounds };
}

/** What lines say together, one after the other. It is never put together: a line may be as long as a file. */
class Saying {
  /** What has not been compared yet. */
  rest = '';
  readonly bounds = [0];
  private length = 0;
  private endsInWord = false;

  constructor(
    private readonly lines: readonly string[],
    private next: number,
  ) {}

  take(): boolean {
    const line = this.lines[this.next++];
    if (line === undefined) return false;
    const said = this.endsInWord && startsWithWord.test(line) ? ` ${line}` : line;
    this.rest += said;
    this.length += said.length;
    this.bounds.push(this.length);
    if (line !== '') this.endsInWord = endsInWord.test(line.slice(-2));
    return true;
  }

  takeBlank(): void {
    while (this.lines[this.next] === '') this.take();
  }
}

/** Those that follow one upon the other in both texts. */
function runsOf(blocks: readonly Block[]): Block[][] {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && endOf(last.old) === block.old.start && endOf(last.now) === block.now.start) runs.at(-1)?.push(block);
    else runs.push([block]);
  }
  return runs;
}

/** The line behind the last one. */
function endOf({ start, bounds }: LaidLines): number {
  return start + bounds.length - 1;
}

function placesIn({ old, now }: Block): [at: number, places: number[]][] {
  let first = 0;
  return now.bounds.slice(0, -1).flatMap((start, index) => {
    const end = now.bounds[index + 1] ?? start;
    // A bracket on a line of its own stood behind what is before it.
    const [from, to] = start < end ? [start, end] : [start - 1, start];
    while (first < old.bounds.length - 1 && (old.bounds[first + 1] ?? 0) <= from) first++;
    const places: number[] = [];
    for (let at = first; at < old.bounds.length - 1 && (old.bounds[at] ?? 0) < to; at++) if ((old.bounds[at + 1] ?? 0) > from) places.push(old.start + at);
    return places.length === 0 ? [] : [[now.start + index, places]];
  });
}

const endsInWord = /[\p{L}\p{N}_$]$/u;
const startsWithWord = /^[\p{L}\p{N}_$]/u;

/** A line without what formatters set as they like; two words stay two. */
function saidBy(line: string): string {
  return line.replace(/[\s,;'"`()]+/g, ' ').replace(/ ?([^\p{L}\p{N}_$ ]) ?/gu, '$1').trim();
}
