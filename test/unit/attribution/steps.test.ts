import assert from 'node:assert/strict';
import { step } from '../../../src/core/agents/steps.ts';

describe('what one write did to a text', () => {
  const cases: readonly (readonly [name: string, before: string, after: string, replaced: readonly [start: number, old: string, now: string]])[] = [
    ['is a line that went, and not half of it and half of the next', 'a();\n});\n}\n}\n', 'a();\n}\n}\n', [5, '});\n', '']],
    ['is a line that came, and not half of it and half of the next', 'a();\n}\n}\n', 'a();\n});\n}\n}\n', [5, '', '});\n']],
    ['is what differs within a line', 'one two\n', 'one more two\n', [4, '', 'more ']],
    ['is what differs where no line fits', 'aab\n', 'ab\n', [0, 'a', '']],
    ['is a replacement as it is', 'a\nb\nc\n', 'a\nxyz\nc\n', [2, 'b', 'xyz']],
  ];
  for (const [name, before, after, [start, old, now]] of cases) {
    it(name, () => {
      const { edit } = step('agent', before, after);
      assert.equal(edit.apply(before), after);
      assert.deepEqual(edit.replacements.map(({ range, newText }) => [range.start, range.of(before), newText]), [[start, old, now]]);
    });
  }
});
