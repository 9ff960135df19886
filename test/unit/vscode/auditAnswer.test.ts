import assert from 'node:assert/strict';
import { auditAnswer } from '../../../src/vscode/review/auditAnswer.ts';

describe('what the command line answers of an audit', () => {
  const said = { stdout: '{}\n', stderr: 'firebreak: the last line\'s SHA-256 is abc\nnoise\nfirebreak: 3 commits judged again\r\n' };
  it('is its text, and what has to be said of it', () => {
    assert.deepEqual(auditAnswer({ ...said, exitCode: 0 }), { text: '{}\n', told: ["the last line's SHA-256 is abc", '3 commits judged again'], isWhole: true });
  });

  it('is no whole one, where something could not be read', () => {
    assert.equal(auditAnswer({ ...said, exitCode: 1 }).isWhole, false);
  });

  for (const [what, answer, why] of [
    ['it could not be made', { exitCode: 2, stdout: '', stderr: 'firebreak: refs/heads/x is not known here; fetch it\n' }, /refs\/heads\/x is not known here; fetch it/],
    ['it was killed', { exitCode: -1, stdout: 'half', stderr: '' }, /ended with -1 and said nothing/],
    ['nothing was printed', { exitCode: 0, stdout: '', stderr: '' }, /ended with 0 and said nothing/],
  ] as const) {
    it(`is an error where ${what}`, () => {
      assert.throws(() => auditAnswer(answer), why);
    });
  }
});
