import assert from 'node:assert/strict';
import { appliedLoosely } from '../../../src/core/agents/placedEdits.ts';

describe('edits whose old text does not stand as it is in the file', () => {
  const text = 'a {\n    keep = true\n    name  = "x"\n}\n';
  const cases: readonly (readonly [what: string, oldText: string, newText: string, after: string, unplaced: number])[] = [
    ['are made where the lines stand with other blanks around and in them', 'keep = true\nname = "x"', 'name = "x"', 'a {\nname = "x"\n}\n', 0],
    ['are made where a part of one line stands with other blanks', 'name = "x"', 'name = "y"', 'a {\n    keep = true\nname = "y"\n}\n', 0],
    ['are made where only quotes differ', 'name = \u201cx\u201d', '', 'a {\n    keep = true\n\n}\n', 0],
    ['stand at the end where nothing is alike, and are told', 'gone = 1', 'new', `${text}\nnew`, 1],
    ['stand at the end where they replace nothing, and are not told', '', 'new', `${text}\nnew`, 0],
  ];
  for (const [what, oldText, newText, after, unplaced] of cases) {
    it(what, () => {
      const made = appliedLoosely(text, [{ oldText, newText }]);
      assert.deepEqual([made.after, made.unplaced.length], [after, unplaced]);
    });
  }
});
