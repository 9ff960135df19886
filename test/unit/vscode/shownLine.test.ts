import assert from 'node:assert/strict';
import { shownLine } from '../../../src/vscode/review/shownLine.ts';

describe('the line of a finding in a diff', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  const without = (index: number) => lines.toSpliced(index, 1).join('\n');
  const rows: readonly [what: string, before: string, after: string, line: number, expected: number][] = [
    ['is its own where that is shown', lines.join('\n'), without(12), 10, 10],
    ['is the nearest that is shown, of one further up', lines.join('\n'), without(12), 2, 8],
    ['is the nearest that is shown, of one further down', lines.join('\n'), without(2), 15, 5],
    ['is its own where all is new', '', lines.join('\n'), 10, 10],
    ['is its own where nothing differs', lines.join('\n'), lines.join('\n'), 10, 10],
  ];
  for (const [what, before, after, line, expected] of rows) {
    it(what, () => {
      assert.equal(shownLine(before, after, line), expected);
    });
  }
});
