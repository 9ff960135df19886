import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Removal } from '../operation.ts';
import { conditionLost } from './conditions.ts';
import { shortened } from './durations.ts';
import type { LineBalance } from './lineBalance.ts';
import { restrictionsLost } from './restrictions.ts';
import { bareDeletions, marksRemoved } from './softDeletions.ts';

const head = /^[^]*?\b(?:delete\s+from|update\s+[\w."`[\]]+\s+set)\b[^]*?\bwhere\b/i;

/** Statements that stand on a line of their own, in a variable or a constant, and choose by less than they did. What is handed to a call is told there. */
export function statementsWidened({ surplus }: LineBalance, text: LineText, told: readonly Removal[]): Removal[] {
  const gone = new Map<string, string>();
  for (const [line, by] of surplus) if (by < 0) addHead(gone, line);
  if (gone.size === 0) return [];
  return [...surplus].flatMap(([line, by]) => {
    const was = by > 0 ? gone.get(head.exec(line)?.[0] ?? '') : undefined;
    const source = was === undefined ? undefined : (conditionLost(was, line) ?? shortened(was, line) ?? limitLost(was, line));
    const at = source === undefined ? undefined : placeOf(line, text);
    if (source === undefined || at === undefined || told.some(({ range }) => range.meets(at))) return [];
    return [{ kind: 'removal', removed: 'filter', source, from: line, range: at, within: at, address: ['filter', line], resolution: 'name' }];
  });
}

/** Lines by which what refers to a row goes with it now. */
export function restrictionsRemoved(gone: readonly string[], come: readonly string[], text: LineText): Removal[] {
  return restrictionsLost(gone, come).flatMap(({ line, source }) => {
    const range = placeOf(line, text);
    return range === undefined ? [] : [{ kind: 'removal', removed: 'restriction', source, from: line, range, within: range, address: ['restriction', line], resolution: 'literal' }];
  });
}

/** How many rows there may be at most, where the rest of the statement is as it was. */
function limitLost(before: string, after: string): string | undefined {
  const [limit] = /\blimit\s+(?:\d+|[?:$%]\w*|["'`]?\s*[+.]?\s*\$?\{?\w+\}?)/i.exec(before) ?? [];
  return limit !== undefined && !/\blimit\b/i.test(after) ? limit : undefined;
}

/** Models whose deletions only marked what they take away now, told where the text begins to differ, and records that a word of Ruby's deletes for good. */
export function softDeletionsRemoved(balance: LineBalance, text: LineText): Removal[] {
  const of = (line: string, source: string): Removal[] => {
    const range = placeOf(line, text);
    return range === undefined ? [] : [{ kind: 'removal', removed: 'softDeletion', source, from: line, range, within: range, address: ['softDeletion', line], resolution: 'name' }];
  };
  const word = bareDeletions(balance);
  const models = marksRemoved(balance, balance.now);
  const head = models.length === 0 ? undefined : balance.now.find((line) => /^\s*(?:export\s+|public\s+|final\s+|abstract\s+|@\w+\s+)*(?:class|type|object|interface)\b/.test(line) || /\b(?:define|Schema)\(/.test(line));
  return [...(word === undefined ? [] : of(word.line, word.source)), ...(head === undefined ? [] : models.slice(0, 1).flatMap((source) => of(head.trim(), source).map((removal) => ({ ...removal, within: new OffsetRange(0, text.length) }))))];
}

function addHead(heads: Map<string, string>, line: string): void {
  const [found] = head.exec(line) ?? [];
  if (found !== undefined) heads.set(found, line);
}

function placeOf(wanted: string, text: LineText): OffsetRange | undefined {
  for (let line = 0; line < text.lineCount; line++) {
    const written = text.line(line);
    if (written.trim() === wanted) return OffsetRange.ofLength(text.startOfLine(line) + written.search(/\S/), wanted.length);
  }
  return undefined;
}
