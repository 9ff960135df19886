import type { AiRegion, Author } from '../../../src/core/attribution/region.ts';
import type { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import type { OffsetRange } from '../../../src/core/text/offsetRange.ts';

export interface Character {
  readonly unit: string;
  readonly author: Author;
}

export interface Mark {
  readonly removedText: string;
  readonly author: Author;
}

export type Item = Character | Mark;

/** An item per region, plain, to compare. */
export interface Row {
  readonly start: number;
  readonly endExclusive: number;
  readonly id: string;
  readonly removedText: string | undefined;
}

/**
 * The naive truth about who wrote what: one author for each UTF-16 code unit, and marks as items between them. It shares no code with
 * the upkeep that it judges, and does nothing clever.
 */
export class Oracle {
  constructor(private readonly items: readonly Item[]) {}

  static of(text: string, author: Author): Oracle {
    return new Oracle(text.split('').map((unit) => ({ unit, author })));
  }

  get text(): string {
    return this.items.map((item) => ('unit' in item ? item.unit : '')).join('');
  }

  get marks(): readonly { readonly at: number; readonly removedText: string }[] {
    return this.rows().flatMap(({ start, removedText }) => (removedText === undefined ? [] : [{ at: start, removedText }]));
  }

  /** @param brought what a replacement brings from elsewhere, with its authors: that is all of its new text */
  after(edit: OffsetEdit, author: Author, brought?: readonly Item[]): Oracle {
    const before = this.withoutRestored(edit, author);
    const after: Item[] = [];
    let index = 0;
    let passed = 0;
    for (const { range, newText } of edit.replacements) {
      for (let item = before[index]; item !== undefined && (!('unit' in item) || passed < range.start); item = before[++index]) {
        after.push(item);
        if ('unit' in item) passed++;
      }
      const removed: Character[] = [];
      while (passed < range.endExclusive) {
        const item = before[index++];
        assert(item !== undefined);
        if ('unit' in item) {
          removed.push(item);
          passed++;
        } else {
          after.push(item);
        }
      }
      const removedText = removed.map(({ unit }) => unit).join('');
      const isAllOfAi = removed.every((character) => character.author.origin.kind === 'ai');
      if (author.origin.kind === 'ai' && !isAllOfAi && /\S/.test(removedText)) after.push({ removedText, author });
      after.push(...(brought ?? newText.split('').map((unit) => ({ unit, author }))));
    }
    return new Oracle([...after, ...before.slice(index)]);
  }

  /** What a range holds; of the marks only those between its characters. */
  slice(range: OffsetRange): readonly Item[] {
    const cut: Item[] = [];
    let at = 0;
    for (const item of this.items) {
      if ('unit' in item ? range.contains(at) : range.start < at && at < range.endExclusive) cut.push(item);
      if ('unit' in item) at++;
    }
    return cut;
  }

  /** All that stands in a range has another author now. */
  claimed(range: OffsetRange, author: Author): Oracle {
    let at = 0;
    return new Oracle(this.items.map((item) => ('unit' in item && range.contains(at++) ? { unit: item.unit, author } : item)));
  }

  /**
   * Without the marks that an edit settles: by it their text stands behind them again, blanks aside. Another than an AI settles a mark
   * too when it writes over both of its sides, or over all that the same AI put there.
   */
  withoutSettled(edit: OffsetEdit, isByAi: boolean): Oracle {
    // By index: a mark that was copied stands there twice.
    const settled = new Set<number>();
    const { text } = this;
    const written = edit.replacements.filter(({ newText }) => newText.trim() !== '');
    let at = 0;
    for (const [index, item] of this.items.entries()) {
      if ('unit' in item) {
        at++;
        continue;
      }
      const place = at;
      let put = place;
      for (let next = index + 1; isBy(this.items[next], item); next++) put++;
      const isCompleted = written.some(({ range, newText }) => range.start >= place && !plain(text.slice(place)).startsWith(plain(item.removedText)) && plain(text.slice(place, range.start) + newText + text.slice(range.endExclusive)).startsWith(plain(item.removedText)));
      const isRewritten = written.some(({ range }) => (range.start < place && place < range.endExclusive) || (put > place && range.start === place && put <= range.endExclusive));
      if (isCompleted || (!isByAi && isRewritten)) settled.add(index);
    }
    return new Oracle(this.items.filter((_, index) => !settled.has(index)));
  }

  rows(): Row[] {
    const rows: { start: number; endExclusive: number; id: string; removedText: string | undefined }[] = [];
    let at = 0;
    let isOpen = false;
    for (const item of this.items) {
      const id = item.author.insertionId;
      if (!('unit' in item)) {
        rows.push({ start: at, endExclusive: at, id, removedText: item.removedText });
        isOpen = false;
        continue;
      }
      const isTold = item.author.origin.kind === 'ai' || item.author.origin.kind === 'unknown';
      const last = rows.at(-1);
      if (isTold && isOpen && last?.id === id) last.endExclusive++;
      else if (isTold) rows.push({ start: at, endExclusive: at + 1, id, removedText: undefined });
      isOpen = isTold;
      at++;
    }
    return rows;
  }

  /** A mark goes when somebody else than an AI puts its text where it stands. */
  private withoutRestored(edit: OffsetEdit, author: Author): readonly Item[] {
    let at = 0;
    return this.items.filter((item) => {
      if ('unit' in item) {
        at++;
        return true;
      }
      const offset = at;
      const plain = (text: string): string => text.trim().split('\r\n').join('\n');
      return (
        author.origin.kind === 'ai' ||
        !edit.replacements.some(({ range, newText }) => range.start <= offset && offset <= range.endExclusive && plain(newText) === plain(item.removedText))
      );
    });
  }
}

function isBy(item: Item | undefined, mark: Mark): boolean {
  return item !== undefined && 'unit' in item && item.author.insertionId === mark.author.insertionId;
}

function plain(text: string): string {
  return text.replace(/\s+/g, '');
}

export function rowsOf(regions: readonly AiRegion[]): Row[] {
  return regions.map(({ range, insertionId, removedText }) => ({ start: range.start, endExclusive: range.endExclusive, id: insertionId, removedText }));
}

function assert(condition: boolean): asserts condition {
  if (!condition) throw new Error('the edit reaches beyond the text');
}
