import assert from 'node:assert/strict';
import { unwatchedBy } from '../../../src/core/review/unwatched.ts';

const main = 'refs/heads/main';
const cases: readonly (readonly [string, readonly string[], readonly string[], string | undefined])[] = [
  ['a branch whose name has another letter', [main], ['refs/heads/mian'], main],
  ['each that goes', [main, 'refs/heads/release/*'], ['refs/heads/next'], `${main} and refs/heads/release/*`],
  ['one of several, and not the one that the change is for', [main, 'refs/heads/release/*'], [main], 'refs/heads/release/*'],
  ['fewer than a glob named', [main, 'refs/heads/release/**'], [main, 'refs/heads/release/1'], 'refs/heads/release/**'],
  ['the branch that only a glob named', ['refs/heads/m*'], ['refs/heads/mx'], main],
  ['nothing where more is watched', [main], [main, 'refs/heads/release/*'], undefined],
  ['nothing where a glob takes the place of names', [main, 'refs/heads/release/*'], ['refs/heads/**'], undefined],
];

describe('rules that would watch less', () => {
  for (const [what, before, after, lost] of cases) {
    it(`tell ${what}`, () => {
      const said = unwatchedBy({ targets: after }, { targets: before }, main);
      assert.equal(said, lost === undefined ? undefined : `this would have ${lost} watched no more: targets in .firebreak/policy.yml would be ${after.join(', ')}, and nobody would be asked about what is pushed elsewhere`);
    });
  }
});
