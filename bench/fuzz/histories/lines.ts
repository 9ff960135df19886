import type { Random } from '../../../test/support/random.ts';

/** An AI that told so; a person who was seen; somebody whom nobody saw. */
export type Writer = 'a' | 'h' | 'u';

/** Lines that many have written: nothing in them says who. */
const common = ['}', '', '  return;', '});'];

/** Only git sees it: what is tested sees the text without. */
const mark = / ?\/\/#(\d+)$/;

/** A line without the mark that tells it from all that read alike. */
export function shownLine(line: string): string {
  return line.replace(mark, '');
}

export function shownText(text: string): string {
  return text.split('\n').map(shownLine).join('\n');
}

/** A line whose words say whose it is. An AI's and a person's have no character in common but blanks, so that no part of one stays in the other. */
function tellingLine(by: Writer, number: number, random: Random): string {
  const indent = '  '.repeat(random.below(3));
  return by === 'a' ? `${indent}a${number}x(a${number}y);` : `${indent}${by}${number}x = ${by}${number}y`;
}

/** What somebody adds to a line. */
export function freshEnd(by: Writer, number: number): string {
  return by === 'a' ? ` # a${number}x` : ` // ${by}${number}x`;
}

/** Whether a line holds words of an AI's, else of somebody whom nobody saw, else of a person's, or nothing that tells. */
export function tellsOf(line: string): Writer | undefined {
  return (['a', 'u', 'h'] as const).find((by) => new RegExp(`\\b${by}\\d+[xy]\\b`).test(line));
}

/**
 * Whether lines that an AI moved say enough to be known again where it puts them, by words in a row. Ordinary lines at their ends may be their neighbours', and
 * where the same lines stand beside them already, texts cannot tell which were moved.
 */
export function areKnownAgain(lines: readonly string[], beside: readonly string[]): boolean {
  const telling = lines.flatMap((line, at) => (tellsOf(line) === undefined ? [] : [at]));
  const words = lines.slice(telling[0] ?? 0, (telling.at(-1) ?? -1) + 1).map(shownLine).join('\n').match(/\w+/g) ?? [];
  return words.length >= 4 && words.join('').length >= 20 && !telling.some((at) => beside.includes(lines[at] ?? ''));
}

/**
 * Who can have written each line, by all that anybody can know. A line that tells has one writer. An ordinary one carries a mark that git sees and what is tested
 * does not; more than one writer is possible only where texts cannot tell: where the lines of a text before and one after can be paired in more than one
 * longest way, or the very same text was committed before, or stood there as somebody left it who told so.
 */
export class Writers {
  private readonly possible = new Map<string, Set<Writer>>();
  /** By shown text, who could have written its lines when it was committed last. */
  private readonly stood = new Map<string, Set<Writer>[]>();
  /** By shown text, who could have written its lines when somebody who tells so left it. */
  private readonly left = new Map<string, Set<Writer>[]>();
  private count = 0;

  constructor(private readonly random: Random) {}

  next(): number {
    return this.count++;
  }

  fresh(by: Writer): string[] {
    return Array.from({ length: 1 + this.random.below(5) }, () => (this.random.next() < 0.3 ? this.marked(this.random.of(common), by) : tellingLine(by, this.next(), this.random)));
  }

  private marked(text: string, by: Writer): string {
    const number = this.next();
    this.possible.set(String(number), new Set([by]));
    return `${text} //#${number}`;
  }

  of(line: string): ReadonlySet<Writer> {
    const told = tellsOf(line);
    if (told !== undefined) return new Set([told]);
    const known = this.possible.get(mark.exec(line)?.[1] ?? '');
    if (known === undefined) throw new Error(`nobody wrote ${JSON.stringify(line)}`);
    return known;
  }

  /** Takes in that one text became another, of which only the texts tell how. */
  change(old: readonly string[], now: readonly string[], by: Writer): void {
    const [before, after] = [old.map(shownLine), now.map(shownLine)];
    const [heads, tails] = [lengthsOf(before, after), lengthsOf([...before].reverse(), [...after].reverse())];
    const tail = (i: number, j: number) => tails[before.length - i]?.[after.length - j] ?? 0;
    const longest = tail(0, 0);
    for (const [j, line] of now.entries()) {
      if (tellsOf(line) !== undefined) continue;
      const writers = this.of(line) as Set<Writer>;
      for (let i = 0; i <= before.length; i++) {
        const other = old[i];
        if (other !== undefined && before[i] === after[j] && (heads[i]?.[j] ?? 0) + 1 + tail(i + 1, j + 1) === longest) for (const each of this.of(other)) writers.add(each);
        // Some longest way leaves this line out: it may be the new one.
        if ((heads[i]?.[j] ?? 0) + tail(i, j + 1) === longest) writers.add(by);
      }
    }
    const key = keyOf(after);
    if (by !== 'u') this.left.set(key, now.map((line) => new Set(this.of(line))));
    else for (const [at, writers] of (this.left.get(key) ?? []).entries()) for (const writer of writers) this.add(now[at] ?? '', writer);
  }

  private add(line: string, writer: Writer): void {
    if (tellsOf(line) === undefined) (this.of(line) as Set<Writer>).add(writer);
  }

  /** To be asked once for each text of a commit, in their order. @returns for each line who can have written it */
  standing(lines: readonly string[]): ReadonlySet<Writer>[] {
    const key = keyOf(lines.map(shownLine));
    const before = this.stood.get(key);
    const own = lines.map((line, at) => new Set([...this.of(line), ...(before?.[at] ?? [])]));
    this.stood.set(key, own);
    return own;
  }
}

/** `[i][j]`: how long the longest common run of the first `i` and the first `j` lines is. */
function lengthsOf(some: readonly string[], others: readonly string[]): number[][] {
  const lengths = [Array.from({ length: others.length + 1 }, () => 0)];
  for (const [i, one] of some.entries()) {
    const row = [0];
    for (const [j, other] of others.entries()) row.push(one === other ? (lengths[i]?.[j] ?? 0) + 1 : Math.max(lengths[i]?.[j + 1] ?? 0, row[j] ?? 0));
    lengths.push(row);
  }
  return lengths;
}

/** One empty line is not none. */
function keyOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
