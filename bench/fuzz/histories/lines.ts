import type { Random } from '../../../test/support/random.ts';

/** Lines that many have written: nothing in them says who. */
const common = ['}', '', '  return;', '});'];

/** A line whose words say whose it is: `a` an AI's, `h` a person's. The two have no character in common but blanks, so that no part of one stays in the other. */
export function freshLine(by: 'a' | 'h', number: number, random: Random): string {
  const indent = '  '.repeat(random.below(3));
  return by === 'a' ? `${indent}a${number}x(a${number}y);` : `${indent}h${number}x = h${number}y`;
}

/** What somebody adds to a line. */
export function freshEnd(by: 'a' | 'h', number: number): string {
  return by === 'a' ? ` # a${number}x` : ` // h${number}x`;
}

/** Some lines by one author, ordinary ones among them. */
export function freshLines(by: 'a' | 'h', next: () => number, random: Random): { readonly text: string; readonly by: 'a' | 'h' }[] {
  return Array.from({ length: 1 + random.below(5) }, () => ({ text: random.next() < 0.3 ? random.of(common) : freshLine(by, next(), random), by }));
}

/** Whether a line holds words of an AI's, of a person's only, or nothing that tells. */
export function tellsOf(line: string): 'a' | 'h' | undefined {
  if (/\ba\d+[xy]\b/.test(line)) return 'a';
  return /\bh\d+[xy]\b/.test(line) ? 'h' : undefined;
}

/**
 * Who wrote lines that tell nothing. Each text that was written down is known line by line; in a text that git made, such a line is one that
 * stood before the same telling line or behind it, and is judged only where all that stood there were of one author.
 */
export class CommonLines {
  private readonly known = new Map<string, Set<'a' | 'h'>>();

  note(lines: readonly { readonly text: string; readonly by: 'a' | 'h' | undefined }[]): void {
    const texts = lines.map(({ text }) => text);
    for (const [at, { text, by }] of lines.entries()) {
      if (tellsOf(text) !== undefined) continue;
      for (const key of keysOf(texts, at)) {
        const authors = this.known.get(key) ?? new Set();
        this.known.set(key, by === undefined ? authors.add('a').add('h') : authors.add(by));
      }
    }
  }

  authorOf(lines: readonly string[], at: number): 'a' | 'h' | undefined {
    const all = keysOf(lines, at).map((key) => this.known.get(key));
    if (all.some((authors) => authors === undefined)) return undefined;
    const authors = new Set(all.flatMap((each) => [...(each ?? [])]));
    const [only] = authors;
    return authors.size === 1 ? only : undefined;
  }
}

function keysOf(lines: readonly string[], at: number): [string, string] {
  const near = (step: number) => {
    let place = at + step;
    while (place >= 0 && place < lines.length && tellsOf(lines[place] ?? '') === undefined) place += step;
    return lines[place] ?? (place < 0 ? 'start' : 'end');
  };
  return [`${near(-1)}\n< ${lines[at] ?? ''}`, `${near(1)}\n> ${lines[at] ?? ''}`];
}
