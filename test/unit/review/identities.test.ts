import assert from 'node:assert/strict';
import { atGithub, isSenior, personOf } from '../../../src/core/review/identities.ts';

const policy = { seniors: ['alice@corp', 'carol@corp'], people: { 'alice@corp': { emails: ['Alice@Home.example'], github: 'Alice-GH' } } };

describe('who somebody is', () => {
  it('is the same person under all names of the policy', () => {
    for (const name of ['alice@corp', 'ALICE@CORP', ' alice@home.example ', 'alice-gh', '42+Alice-GH@users.noreply.github.com', 'ａlice@corp']) assert.equal(personOf(name, policy), 'alice@corp', name);
    for (const name of ['alice@corp.evil', 'xalice-gh', 'alice-gh@example.com', '']) assert.notEqual(personOf(name, policy), 'alice@corp', name);
    assert.equal(isSenior('42+Alice-GH@users.noreply.github.com', policy), true);
    assert.equal(isSenior(atGithub('Alice-GH'), policy), true);
    // As another server, or the system, calls an account.
    assert.equal(isSenior('alice-gh', policy), false);
  });
});
