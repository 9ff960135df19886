import type { AiRegion, Author } from '../../../src/core/attribution/region.ts';
import type { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';

interface Character {
  readonly unit: string;
  readonly author: Author;
}

interface Mark {
  readonly removedText: string;
  readonly author: Author;
}

type Item = Character | Mark;

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

  after(edit: OffsetEdit, author: Author): Oracle {
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
      after.push(...newText.split('').map((unit) => ({ unit, author })));
    }
    return new Oracle([...after, ...before.slice(index)]);
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

export function rowsOf(regions: readonly AiRegion[]): Row[] {
  return regions.map(({ range, insertionId, removedText }) => ({ start: range.start, endExclusive: range.endExclusive, id: insertionId, removedText }));
}

function assert(condition: boolean): asserts condition {
  if (!condition) throw new Error('the edit reaches beyond the text');
}
