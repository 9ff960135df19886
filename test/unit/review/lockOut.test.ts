import assert from 'node:assert/strict';
import { noPolicy, type Policy } from '../../../src/core/policy/policy.ts';
import { parseAllowedSigners } from '../../../src/core/review/allowedSigners.ts';
import { lockOutOf } from '../../../src/core/review/lockOut.ts';
import { signingBy } from '../../../src/core/review/signing.ts';

const text = (bytes: string | Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), Buffer.from(bytes)]);
const key = (fill: number, type = 'ssh-ed25519', ...rest: readonly Buffer[]) => `${type} ${Buffer.concat([text(type), text(Buffer.alloc(32, fill)), ...rest]).toString('base64')}`;
const touched = (fill: number) => key(fill, 'sk-ssh-ed25519@openssh.com', text('ssh:'));
const now = Date.parse('2026-11-30T12:00:00Z');
const team: Policy = { ...noPolicy, seniors: ['alice@corp', 'carol@corp'], people: { 'carol@corp': { emails: ['carol@home'], github: 'carol' } } };
const both = `alice@corp ${key(1)}\ncarol@corp ${key(2)}\n`;

const cases: readonly (readonly [what: string, policy: Partial<Policy>, signers: string, told: RegExp | undefined])[] = [
  ['nothing where each has a key', {}, both, undefined],
  ['that nobody has one', {}, '', /a change of the policy asks for approvals of 1, .* none has a key that counts \(.* none for alice@corp, carol@corp\); nobody could put that right but who keeps the repository/],
  ['nothing where one is left and one is asked for', {}, `alice@corp ${key(1)}\n`, undefined],
  ['that fewer have one than a change of the policy asks for', { policyChanges: { approvals: 2 } }, `alice@corp ${key(1)}\n`, /asks for approvals of 2, .* only 1 would have a key that counts \(.* none for carol@corp\)/],
  ['that fewer have one than a severity asks for', { severities: { ...noPolicy.severities, critical: { approvals: 2 } } }, `alice@corp ${key(1)}\n`, /: what is critical asks for approvals of 2, .*; add their keys/],
  ['what is over', {}, `alice@corp valid-before="20260101000000Z" ${key(1)}\n`, /none has/],
  ['what is for something else', {}, `alice@corp namespaces="git" ${key(1)}\n`, /none has/],
  ['nothing where the key stands under another address of theirs', {}, `carol@home ${key(2)}\n`, undefined],
  ['nothing of an authority, whose certificates are not known', {}, `*@corp cert-authority ${key(3)}\n`, undefined],
  ['that no key can be touched', { keys: { ...noPolicy.keys, requireTouch: 'critical' } }, both, /a key that counts and can be touched/],
  ['nothing where one can', { keys: { ...noPolicy.keys, requireTouch: 'critical' } }, `alice@corp ${touched(1)}\n`, undefined],
  ['nothing where a forge says it', { forge: { github: { approvals: 'count' } } }, '', undefined],
  ['one person once', { seniors: ['carol@corp', 'carol@home'], policyChanges: { approvals: 2 } }, both, /only 1 would have/],
];

describe('rules that would lock the seniors out', () => {
  for (const [what, policy, signers, told] of cases) {
    it(`say ${what}`, () => {
      const parsed = parseAllowedSigners(signers, () => []);
      assert.deepEqual(parsed.errors, []);
      const said = lockOutOf({ ...team, ...policy }, signingBy({ ...team, ...policy }, parsed.signers, now));
      if (told === undefined) assert.equal(said, undefined);
      else assert.match(said ?? '', told);
    });
  }
});
