import assert from 'node:assert/strict';
import { noPolicy, type Policy } from '../../../src/core/policy/policy.ts';
import { fileConcern } from '../../../src/core/review/concern.ts';
import { findBypasses, findUnheld } from '../../../src/core/review/history.ts';
import type { Verdict } from '../../../src/core/review/verdict.ts';

const passed: Verdict = { passed: true, notes: [], warned: [], covered: [] };
const refused = (what: string): Verdict => ({ passed: false, notes: [], warned: [], blocked: [{ what, because: [] }], nextStep: '' });

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

describe('what of a history came past the gate, and of what nobody can tell', () => {
  const seniors = ['alice@corp'];
  const everyone: Policy = { ...noPolicy, seniors };
  const juniors: Policy = { ...everyone, appliesTo: 'non-seniors' };
  const atForge: Policy = { ...everyone, forge: { github: { approvals: 'count' } } };
  const touched: Policy = { ...atForge, keys: { ...atForge.keys, requireTouch: 'low' } };
  const kinds = { a: 'ai', p: 'protected' } as const;

  interface Told { readonly policy?: Policy; readonly isFromFirstPolicy?: boolean; readonly isPastLog?: boolean; readonly coverage?: 'rejected'; readonly isOfOthers?: true; /** Steps that rules of before, which may have held still, let pass. */ readonly before?: readonly string[] }
  /** A letter for each commit: what of it needs an approval that it lacks, of a change by an AI, a protected file, or both in capitals; `.` needs none. @param over what pushes need that undo some of it */
  async function told(committers: string, needs: string, { policy = everyone, isFromFirstPolicy = false, isPastLog = false, coverage, isOfOthers, before }: Told = {}, over: Readonly<Record<string, string>> = {}) {
    const found = await findBypasses(Array.from(committers, (committer, index) => ({ commit: String(index), committer })), {
      judge: (from, to) => {
        const lacking = Array.from(over[`${from}-${to}`] ?? needs.slice(from + 1, to + 1)).flatMap((need): readonly (keyof typeof kinds)[] => (need === 'B' ? ['a', 'p'] : need === 'a' || need === 'p' ? [need] : []));
        const blocked = lacking.map((need) => ({ what: need, because: [], concern: fileConcern(kinds[need], need, 'x', 'unknown', (text) => text), coverage: coverage ?? ('pending' as const), ...(isOfOthers !== undefined && { isOfOthers }) }));
        const verdict: Verdict = blocked.length === 0 ? passed : { passed: false, notes: [], warned: [], blocked, nextStep: '' };
        return Promise.resolve({ verdict, attempts: [{ by: [{ verdict, policy }] }, ...(before === undefined ? [] : [{ by: [{ verdict: before.includes(`${from}-${to}`) ? passed : verdict, policy }], unless: earlier }])] });
      },
      policyAt: () => Promise.resolve(policy),
      isFromFirstPolicy,
      isPastLog,
    });
    return found.map(({ from, to, blocked, unless }) => `${from}-${to} ${blocked.what}${unless.length === 0 ? '' : `: ${unless.join(', ')}`}`);
  }
  const earlier = 'other rules may have held still';
  const senior = 'a senior pushed it, whose pushes the policy lets pass';
  const forge = 'it was approved at GitHub, which is not asked';
  const first = 'it was pushed along with the first policy, which --bootstrap-signers admitted';

  const cases: readonly [what: string, found: () => Promise<string[]>, expected: readonly string[]][] = [
    ['sure of each step, where the policy holds for everyone', () => told('baa', '.aa'), ['0-1 a', '1-2 a']],
    ['not sure of what a senior may have pushed', () => told('baa', '.aa', { policy: juniors }), [`0-1 a: ${senior}`, `1-2 a: ${senior}`]],
    ['sure of what commits name somebody for who is no senior, whoever pushed it', () => told('baa', '.aa', { policy: juniors, isOfOthers: true }), ['0-1 a', '1-2 a']],
    ['sure of a protected file, whoever pushed it, and not of what landed with it', () => told('ba', '.B', { policy: juniors }), ['0-1 p', `0-1 a: ${senior}`]],
    ['not sure of a protected file that one push of a senior may have changed and put back', () => told('baa', '.pa', { policy: juniors }, { '0-2': 'a' }), ['0-1 p: it was pushed at once with what follows, which may have been let in', `1-2 a: ${senior}`]],
    ['not sure of what rules of before would have let in, which may have held still', () => told('baa', '.aa', { before: ['1-2'] }), ['0-1 a', `1-2 a: ${earlier}`]],
    ['sure of what the gate would have taken down', () => told('baa', '.aa', { policy: juniors, isPastLog: true }), ['0-1 a', '1-2 a']],
    ['not sure of what somebody may have approved at the forge', () => told('ba', '.p', { policy: atForge }), [`0-1 p: ${forge}`]],
    ['sure of what was rejected, whatever the forge says', () => told('ba', '.p', { policy: atForge, coverage: 'rejected' }), ['0-1 p']],
    ['sure of what needs a key that is touched, which no forge sees', () => told('ba', '.p', { policy: touched }), ['0-1 p']],
    ['not sure of what came along with the first policy', () => told('aaab', '.p.p', { isFromFirstPolicy: true }), [`0-1 p: ${first}`, '2-3 p']],
    ['sure of it where the branch had a policy before', () => told('aa', '.p'), ['0-1 p']],
    ['sure of what one push cannot have brought along with the first policy', () => told('a'.repeat(33), `${'.'.repeat(31)}p.`, { isFromFirstPolicy: true }), ['30-31 p']],
    ['not sure where nobody was a senior', () => told('ba', '.a', { policy: { ...everyone, seniors: [] } }), ['0-1 a: it was admitted by --bootstrap-signers']],
  ];
  for (const [what, found, expected] of cases) {
    it(`is ${what}`, async () => {
      assert.deepEqual(await found(), expected);
    });
  }
});
