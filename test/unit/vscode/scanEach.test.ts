import assert from 'node:assert/strict';
import { scanEach } from '../../../src/vscode/findings/scanEach.ts';

describe('a scan that is cancelled', () => {
  for (const [when, cancelledDuring, scanned] of [['before it began', undefined, []], ['while it looks at a file', 'b', ['a', 'b']], ['never', 'z', ['a', 'b', 'c']]] as const) {
    it(`${when} looks at ${scanned.length} of 3, and tells so`, async () => {
      const [seen, told]: [string[], number[]] = [[], []];
      let isCancelled = cancelledDuring === undefined;
      const done = await scanEach(['a', 'b', 'c'], {
        scan: async (file) => {
          isCancelled ||= file === cancelledDuring;
          await Promise.resolve();
          seen.push(file);
        },
        tell: (count) => told.push(count),
        isCancelled: () => isCancelled,
      });
      assert.deepEqual([done, seen, told], [scanned.length, scanned, scanned.map((_, index) => index + 1)]);
    });
  }
});
