import assert from 'node:assert/strict';
import { wordLenses, type Worded } from '../../../src/vscode/findings/lensWords.ts';

function finding(effect: string, matched = ''): Worded {
  return { matched, blastRadius: { scope: 'set', undo: 'none', effect, factors: [] } };
}

const stack = (name: string) => finding(`deletes the CloudFormation stack of the environment that is called \`${name}\` and everything in it`);

const cases: readonly (readonly [what: string, findings: readonly Worded[], words: readonly string[]])[] = [
  ['one, with whether it can be undone', [finding('drops `users` with all its rows')], ['drops `users` with all its rows, no undo']],
  ['one that is too long, up to the end of a clause', [finding('drops `users` with all its rows and keys, and whatever stands on them')], ['drops `users` with all its rows and keys…, no undo']],
  ['one whose name comes late, with the name', [finding('deletes the CloudFormation stack named by `stack.StackName` and everything in it')], ['deletes the CloudFormation… `stack.StackName`, no undo']],
  ['one whose name is long, with how that begins', [stack('x'.repeat(60))], [`deletes the… \`${'x'.repeat(20)}…\`, no undo`]],
  ['two by what they do', [finding('deletes every row of `sessions`'), finding('deletes every row of `users`')], ['deletes every row of `sessions`', '…`users`']],
  ['two that begin alike from where they differ', [stack('prod-europe'), stack('prod-america')], ['…`prod-europe`', '…`prod-america`']],
  ['two that do the same by their code', [finding('removes `…` and everything below it', 'rm -rf "$A"'), finding('removes `…` and everything below it', 'rm -rf "$B"')], ['rm -rf "$A"', 'rm -rf "$B"']],
  ['four in less room each', Array.from({ length: 4 }, (_, index) => finding(`takes away \`safeguard_${index}\`, which keeps it from being lost`)), [0, 1, 2, 3].map((index) => `${index === 0 ? 'takes away ' : '…'}\`safeguard_${index}\``)],
];

describe('the words of lenses', () => {
  for (const [what, findings, words] of cases) {
    it(`tell ${what}`, () => {
      assert.deepEqual(wordLenses(findings), words);
    });
  }
  it('leave room for what else a lens says', () => {
    assert.deepEqual(wordLenses([finding('deletes the CloudFormation stack `prod` and everything in it')], ['14 callers']), ['deletes the CloudFormation… `prod`, no undo']);
  });
});
