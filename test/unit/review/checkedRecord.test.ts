import assert from 'node:assert/strict';
import { type CheckedRecord, remedyForGap, remedyForSignature, wordChecked } from '../../../src/core/review/checkedRecord.ts';

describe('records that were checked again, in words', () => {
  const good: CheckedRecord = { ref: 'r', said: ['x'], faults: [] };
  const over: CheckedRecord = { ...good, isOver: true };
  const bad: CheckedRecord = { ...over, faults: [{ why: 'y', remedy: 'mend it' }] };
  const gap: CheckedRecord = { ...good, faults: [{ why: 'z', remedy: 'fetch it', isGap: true }] };
  const both: CheckedRecord = { ...good, faults: [...gap.faults, ...bad.faults] };
  const nothing = 'What is not good counts for nothing.';
  const matter = 'What would not count today is no matter where its change has landed; what is still to be approved, another senior approves, or its reviewer with a key that counts: firebreak approve ID --as NAME --reason "…".';
  const rows: readonly (readonly [readonly CheckedRecord[], number, readonly string[]])[] = [
    [[], 0, ['0 records']],
    [[good], 0, ['1 record, all good']],
    [[good, over], 0, [matter, '2 records, none bad, of which 1 would not count today']],
    [[good, bad, bad], 2, [nothing, 'To do: mend it.', '3 records, 2 not good: r, r']],
    [[good, gap], 1, ['What lacks the decision before it counts all the same.', 'To do: fetch it.', '2 records, 1 not good: r']],
    [[gap, bad, both], 3, [nothing, 'What only lacks the decision before it counts all the same.', 'To do: fetch it.', 'To do: mend it.', '3 records, 3 not good: r, r, r']],
    [[good, over, bad], 1, [nothing, 'To do: mend it.', matter, '3 records, 1 not good: r']],
  ];
  for (const [checked, count, expected] of rows) {
    it(`come to: ${expected.at(-1) ?? ''}`, () => {
      const { bad: found, summary } = wordChecked(checked);
      assert.deepEqual([found, summary], [count, expected]);
    });
  }

  it('say of each what it is, with what is wrong with it', () => {
    assert.deepEqual(wordChecked([good, over, bad]).records.map(({ state, lines }) => `${state}: ${lines.join(' ')}`), ['good: x', 'was good: x', 'not good: x y']);
  });
});

describe('what to do about a record that is not good', () => {
  const decision = { kind: 'approve' as const, reviewer: 'alice@corp', request: { id: 'ID', sha256: '', requester: { name: 'Robin', email: 'robin@corp' } } };

  it('is never to decide again by the key that does not count', () => {
    const told = remedyForSignature(decision, ['alice@corp', 'carol@corp']);
    assert.match(told, /^where request ID is still to be approved, carol@corp approves it \(firebreak approve ID --as carol@corp --reason "…"\); or alice@corp decides again with a key that counts: a new one \(firebreak init --signing .*\.firebreak\/allowed_signers: firebreak approve ID --as alice@corp --key FILE --reason "…"$/);
    assert.match(remedyForSignature(decision, ['alice@corp']), /another senior approves it \(firebreak approve ID --as NAME /);
  });

  it('is with their own new key alone, where somebody rejected or took back', () => {
    assert.match(remedyForSignature({ ...decision, kind: 'reject' }, ['carol@corp']), /^alice@corp decides again with a key that counts: .*firebreak reject ID --as alice@corp --key FILE/);
    assert.match(remedyForSignature({ ...decision, kind: 'emergency', reviewer: "o'hara" }, ['carol@corp']), /firebreak approve ID --as 'o'\\''hara' --key FILE/);
  });

  it('is to fetch what is missing before a decision, or to decide again on what it may have taken back', () => {
    assert.match(remedyForGap(decision, 'refs/x/M', []), /^fetch what is missing: git fetch origin .*; where nobody has refs\/x\/M, a record of alice@corp, nothing that they decided and is here is in doubt by that, .*; that it is missing stays told here$/);
    assert.match(remedyForGap(decision, 'refs/x/M', [decision, { ...decision, kind: 'reject' }]), /they decide on it again: firebreak approve ID --as alice@corp --reason "…"; firebreak reject ID --as alice@corp --reason "…"; that it is missing stays told here$/);
  });
});
