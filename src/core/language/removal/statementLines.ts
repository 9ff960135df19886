import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Removal } from '../operation.ts';
import { conditionLost } from './conditions.ts';
import { shortened } from './durations.ts';
import type { LineBalance } from './lineBalance.ts';

const head = /^[^]*?\b(?:delete\s+from|update\s+[\w."`[\]]+\s+set)\b[^]*?\bwhere\b/i;

/** Statements that stand on a line of their own, in a variable or a constant, and choose by less than they did. What is handed to a call is told there. */
export function statementsWidened({ surplus }: LineBalance, text: LineText, told: readonly Removal[]): Removal[] {
  const gone = new Map<string, string>();
  for (const [line, by] of surplus) if (by < 0) addHead(gone, line);
  if (gone.size === 0) return [];
  return [...surplus].flatMap(([line, by]) => {
    const was = by > 0 ? gone.get(head.exec(line)?.[0] ?? '') : undefined;
    const source = was === undefined ? undefined : (conditionLost(was, line) ?? shortened(was, line));
    const at = source === undefined ? undefined : placeOf(line, text);
    if (source === undefined || at === undefined || told.some(({ range }) => range.meets(at))) return [];
    return [{ kind: 'removal', removed: 'filter', source, from: line, range: at, within: at, address: ['filter', line], resolution: 'name' }];
  });
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
