import assert from 'node:assert/strict';
import { parseAllowedSigners } from '../../../src/core/review/allowedSigners.ts';
import { readLocalTime } from '../../../src/node/signatures/localTime.ts';
import { verifySignature } from '../../../src/node/signatures/verify.ts';
import { withEnvironment } from '../../support/environment.ts';
import { SshKeys } from '../../support/sshKeys.ts';

const namespace = 'ns';
const principal = 'a@b';
const message = Buffer.from('m');
const zones = ['UTC', 'Asia/Kolkata', 'America/St_Johns', 'Europe/Berlin', 'Europe/Dublin', 'Australia/Lord_Howe'];
/** Noon on this day in summer and in winter of either half of the earth. */
const days = ['20260115', '20260715'];
const hourMs = 3_600_000;

describe('times of allowed_signers without a Z', () => {
  let keys: SshKeys;
  let publicKey: string;
  withEnvironment(() => ({ TZ: process.env.TZ }));
  before(() => {
    keys = new SshKeys();
    publicKey = keys.make('key', 'ed25519');
  });
  after(() => {
    keys.remove();
  });

  for (const timeZone of zones) {
    it(`are those of ${timeZone}, and never allow more than ssh-keygen does`, async () => {
      process.env.TZ = timeZone;
      const signature = keys.sign('key', message, namespace);
      for (const day of days) {
        const noon = new Date(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, 15, 12).getTime();
        const times = `valid-after="${day}0600",valid-before="${day}1200"`;
        for (const [hours, mayDiffer] of [[-8, false], [-6.5, true], [-5.5, true], [-4, false], [-1.5, false], [-0.5, true], [0.5, true], [2, false]] as const) {
          const question = { message, signature, namespace, principal, allowedSigners: `${principal} ${times} ${publicKey}\n`, at: new Date(noon + hours * hourMs) };
          const [ours, theirs] = [(await verifySignature(question)).isGood, keys.verdictOf(question, timeZone).isGood];
          const hasSummerTime = readLocalTime({ year: 2026, month: 7, day: 1, hour: 0, minute: 0, second: 0 }).length > 1;
          assert.ok(ours === theirs || (theirs && mayDiffer && hasSummerTime), `${day} ${hours} ours ${String(ours)} theirs ${String(theirs)}`);
        }
      }
    });
  }

  it('do not depend on the place when they have one', () => {
    const ends = zones.map((timeZone) => {
      process.env.TZ = timeZone;
      return parseAllowedSigners(`a valid-before="20260715120000Z" ${publicKey}`, readLocalTime).signers[0]?.validBeforeMs;
    });
    assert.deepEqual(new Set(ends), new Set([Date.UTC(2026, 6, 15, 12)]));
  });
});
