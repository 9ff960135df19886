import assert from 'node:assert/strict';
import { findUnheld } from '../../../src/core/review/history.ts';
import type { Verdict } from '../../../src/core/review/verdict.ts';

const passed: Verdict = { passed: true, notes: [], covered: [] };
const refused = (what: string): Verdict => ({ passed: false, notes: [], blocked: [{ what, because: [] }], nextStep: '' });

/** A letter for each commit's committer; `open` are the steps that pass. */
async function unheldOf(committers: string, open: readonly string[]) {
  const asked: string[] = [];
  const commits = Array.from(committers, (committer, index) => ({ commit: String(index), committer }));
  const unheld = await findUnheld(commits, (from, to) => {
    asked.push(`${from}-${to}`);
    return Promise.resolve(open.includes(`${from}-${to}`) ? passed : refused(`${from}-${to}`));
  });
  return { unheld: unheld.map(({ from, to }) => `${from}-${to}`), asked };
}

describe('what of a history the gate would have refused', () => {
  const cases: readonly [what: string, committers: string, open: readonly string[], unheld: readonly string[]][] = [
    ['nothing, where there is nothing', 'a', [], []],
    ['nothing, where each step passes', 'aaaa', ['0-1', '1-2', '2-3'], []],
    ['nothing, where commits that were pushed at once pass as one', 'aaaa', ['0-1', '1-3'], []],
    ['nothing, where all of them pass as one', 'aaaa', ['0-3'], []],
    ['nothing, where a step that passes by itself belongs to the push that follows', 'aaaa', ['0-1', '0-3'], []],
    ['the step that nothing leads over', 'aaaa', ['0-1', '2-3'], ['1-2']],
    ['the last step', 'aab', ['0-1'], ['1-2']],
    ['each of two', 'aaaaa', ['0-1', '2-3'], ['1-2', '3-4']],
    ['the step of one committer, though that and the next one of another would pass as one', 'aab', ['0-2', '1-2'], ['0-1']],
    ['nothing, where the branch began with another committer', 'baa', ['0-2'], []],
  ];
  for (const [what, committers, open, expected] of cases) {
    it(`is ${what}`, async () => {
      assert.deepEqual((await unheldOf(committers, open)).unheld, expected);
    });
  }
  it('costs a judgement for each commit where all is well, and a bounded number where it is not', async () => {
    const steps = (count: number) => Array.from({ length: count }, (_, index) => `${index}-${index + 1}`);
    assert.equal((await unheldOf('a'.repeat(201), steps(200))).asked.length, 200);
    const { asked, unheld } = await unheldOf('a'.repeat(201), steps(200).filter((step) => step !== '100-101'));
    assert.deepEqual(unheld, ['100-101']);
    assert.ok(asked.length <= 200 + 30 * 30, String(asked.length));
  });
});
