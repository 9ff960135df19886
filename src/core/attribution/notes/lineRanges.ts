/** Lines from 1, both ends included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Reads `3,7-9`; undefined for anything else. Ranges may come in any order and overlap. */
export function parseRanges(written: string): LineRange[] | undefined {
  const ranges: LineRange[] = [];
  for (const part of written.split(',')) {
    const [, first, last] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part) ?? [];
    const range = { first: Number(first), last: Number(last ?? first) };
    if (!(range.first >= 1 && range.first <= range.last)) return undefined;
    ranges.push(range);
  }
  return ranges;
}

export function formatRanges(ranges: readonly LineRange[]): string {
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(',');
}

/** The fewest ranges, in order, that hold just these lines. */
export function rangesOf(lines: Iterable<number>): LineRange[] {
  const ranges: { first: number; last: number }[] = [];
  for (const line of [...new Set(lines)].sort((a, b) => a - b)) {
    const open = ranges.at(-1);
    if (open !== undefined && open.last + 1 === line) open.last = line;
    else ranges.push({ first: line, last: line });
  }
  return ranges;
}

/** The same lines in order, each once. */
export function uniteRanges(ranges: readonly LineRange[]): LineRange[] {
  const united: LineRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const open = united.at(-1);
    if (open !== undefined && range.first <= open.last + 1) united[united.length - 1] = { first: open.first, last: Math.max(open.last, range.last) };
    else united.push(range);
  }
  return united;
}

export function* linesIn(ranges: readonly LineRange[]): Generator<number> {
  for (const { first, last } of ranges) for (let line = first; line <= last; line++) yield line;
}

/** The highest line; 0 of none. */
export function lastLineOf(ranges: readonly LineRange[]): number {
  return ranges.reduce((highest, { last }) => Math.max(highest, last), 0);
}
