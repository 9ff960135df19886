import assert from 'node:assert/strict';
import { ulid } from '../../../src/core/review/ulid.ts';
import { folderOf } from '../../../src/node/review/records.ts';
import { removeSandboxes, risky } from '../sandbox.ts';
import { keyOf, members, signerLine } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, decisionIn, decisionsIn, heldApproved, heldAsked, push, putRecord, rewritten, textOf } from './guarded.ts';

threats('Records that are unreadable or gone', () => {
  after(removeSandboxes);

  attack({ attack: 'A record of a senior is made unreadable: cut off, no JSON, another version, no signature', answer: 'what cannot be read may take back what can', result: 'the push is refused until it is put right, and verify says which record it is' }, async () => {
    const { team, robin } = await heldApproved();
    const [ref = ''] = decisionsIn(team.remote);
    const [record, signature] = [textOf(team.remote, ref), textOf(team.remote, ref, 'decision.json.sig')];

    const broken: readonly (readonly [Readonly<Record<string, string | Uint8Array>>, RegExp])[] = [
      [{ 'decision.json': record.slice(0, 300), 'decision.json.sig': signature }, /it is not JSON/],
      [{ 'decision.json': record.replace('decision/v1', 'decision/v2'), 'decision.json.sig': signature }, /a newer Firebreak may read it/],
      [{ 'decision.json': new Uint8Array([0xff, 0xfe, 0x00]), 'decision.json.sig': signature }, /is not UTF-8/],
      [{ 'decision.json': record }, /it lies elsewhere|and lies elsewhere|has no decision\.json\.sig/],
      [{ other: 'x' }, /it has no decision\.json/],
    ];
    const recent = ref.replace(/[^/]+$/, `${decisionIn(team.remote, ref).id.slice(0, 10)}ZZZZZZZZZZZZZZZZ`);
    for (const [files, why] of broken) {
      putRecord(team.remote, recent, files);
      assertRefused(push(robin, 'HEAD:main'), /may take it back, and it cannot be read/);
      const verified = await team.remote.run(['verify']);
      assert.equal(verified.code, 1);
      assert.match(verified.stdout, why);
    }
    team.remote.git('update-ref', '-d', recent);
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'The rejection of a senior is made unreadable, and another senior approves', answer: 'what cannot be read may be a rejection, of whoever it is by its folder, until they decide again', result: 'each push is refused with the name of the record and what to do, and goes in after that; what lies in the folder of nobody holds nothing, and nobody can push such a record' }, async () => {
    const { team, robin, id } = await heldAsked();
    assert.equal((await team.decide('alice', 'reject', id)).code, 0);
    const [ref = ''] = decisionsIn(team.remote);
    await team.approve('carol', id);
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(rejected\): src\/a\.ts/);
    const [record, signature] = [textOf(team.remote, ref), textOf(team.remote, ref, 'decision.json.sig')];
    const broken: readonly (readonly [string, string])[] = [
      [record.slice(0, 300), 'it is not JSON'],
      [record.replace('decision/v1', 'decision/v2'), 'a newer Firebreak may read it'],
    ];
    for (const [text, why] of broken) {
      putRecord(team.remote, ref, { 'decision.json': text, 'decision.json.sig': signature });
      const refused = push(robin, 'HEAD:main');
      assertRefused(refused, /Blocked \(unverifiable\): src\/a\.ts/);
      for (const words of [`${ref}, a record of ${members.alice}, cannot be read: `, why]) assert.ok(refused.said.includes(words), refused.said);
      assert.ok(refused.last.startsWith(`Have ${members.alice} decide on request ${id} again (firebreak approve ${id} --as ${members.alice} `), refused.last);
      const judged = await team.gate();
      assert.deepEqual([judged.code, judged.lastLine.includes(ref)], [1, true], judged.stdout);
    }
    // Junk of anybody's: the server takes none, and what nobody's folder holds is nobody's word.
    const junk = `${ref.slice(0, -4)}ZZZZ`;
    putRecord(robin, junk, { 'decision.json': '{' });
    assertRefused(push(robin, junk), /cannot be read: it is not JSON/);
    putRecord(team.remote, junk.replace(/[0-9a-f]{64}/, 'a'.repeat(64)), { 'decision.json': '{' });
    // A clone that has the record only as it is now.
    const alice = team.clone('alice');
    alice.git('update-ref', '-d', ref);
    alice.git('fetch', '--quiet', 'origin', '+refs/firebreak/*:refs/firebreak/*');
    assert.equal(textOf(alice, ref).includes('decision/v2'), true);
    await team.approve('alice', id);
    // However old it is, where a request may be older.
    const newer = decisionsIn(team.remote).find((each) => each.startsWith(ref.slice(0, -26)) && each !== ref) ?? '';
    const kept = team.remote.git('rev-parse', newer);
    team.remote.git('update-ref', '-d', newer);
    team.remote.git('update-ref', '-d', ref);
    const [carols = ''] = decisionsIn(team.remote);
    const own = team.remote.git('rev-parse', carols);
    rewritten(team.remote, carols, { as: 'carol', over: { request: { id: `01${'0'.repeat(24)}`, sha256: 'a'.repeat(64), requester: { name: 'robin', email: members.robin } } } });
    const old = `${ref.slice(0, -26)}${ulid(Date.now() - 400 * 24 * 3_600_000, new Uint8Array(10))}`;
    putRecord(team.remote, old, { 'decision.json': record.slice(0, 300), 'decision.json.sig': signature });
    const held = push(robin, 'HEAD:main');
    assertRefused(held, /Blocked \(unverifiable\): src\/a\.ts/);
    assert.ok(held.said.includes(`${old}, a record of ${members.alice}, cannot be read: `), held.said);
    team.remote.git('update-ref', carols, own);
    team.remote.git('update-ref', newer, kept);
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'Another record of a senior, or the key that they signed with, is taken away, so that their rejection is in doubt or gone, and another senior approves', answer: 'a rejection that may have been taken back holds, and so does what is missing or signed by a key of before, until its senior decides again', result: 'each push is refused with the name of the record and what to do, and goes in when the rejection was taken back' }, async () => {
    const { team, robin, id } = await heldAsked();
    assert.equal((await team.decide('alice', 'reject', id)).code, 0);
    const [rejection = ''] = decisionsIn(team.remote);
    // Two decisions on something else, of which the first is taken away.
    robin.git('switch', '--quiet', '--create', 'other', 'origin/main');
    robin.write('src/z.ts', risky);
    robin.commitAll('Another');
    const other = await team.request();
    robin.git('switch', '--quiet', 'topic');
    await team.approve('alice', other);
    const between = decisionsIn(team.remote).find((ref) => ref !== rejection) ?? '';
    assert.equal((await team.decide('alice', 'revoke', other)).code, 0);
    await team.approve('carol', id);
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(rejected\): src\/a\.ts/);
    const [kept, commit] = [team.remote.git('rev-parse', between), team.remote.git('rev-parse', rejection)];
    team.remote.git('update-ref', '-d', between);
    const doubted = push(robin, 'HEAD:main');
    assertRefused(doubted, /Blocked \(unverifiable\): src\/a\.ts/);
    assert.ok(doubted.said.includes(`${members.alice} rejected it in request ${id}, and that holds`), doubted.said);
    assert.ok(doubted.last.startsWith(`Have ${members.alice} say whether they still reject request ${id} (firebreak revoke ${id} --as ${members.alice} `), doubted.last);
    // The rejection itself.
    team.remote.git('update-ref', between, kept);
    team.remote.git('update-ref', '-d', rejection);
    const gone = push(robin, 'HEAD:main');
    assertRefused(gone, /Blocked \(unverifiable\): src\/a\.ts/);
    assert.ok(gone.said.includes(`${rejection}, a record of ${members.alice}, is missing: ${between} names it as the one before`), gone.said);
    assert.ok(gone.last.startsWith(`Have ${members.alice} decide on request ${id} again (firebreak approve ${id} --as ${members.alice} `), gone.last);
    team.remote.git('update-ref', rejection, commit);
    // Its key, with which nobody's approval counts any more.
    team.remote.git('config', 'core.hooksPath', '/dev/null');
    team.land({ '.firebreak/allowed_signers': signerLine('carol') + signerLine('mallory').replace(members.mallory, members.alice) });
    team.remote.git('config', '--unset', 'core.hooksPath');
    robin.git('pull', '--quiet', '--rebase', 'origin', 'main');
    const rotated = push(robin, 'HEAD:main');
    assertRefused(rotated, /Blocked \(unverifiable\): src\/a\.ts[^]*though it is in doubt: its signature does not count: its key is not in allowed_signers/);
    assert.ok(rotated.last.startsWith(`Have ${members.alice} say whether they still reject request ${id} `), rotated.last);
    const { code, stdout, stderr } = await team.decide('alice', 'revoke', id, { args: ['--key', keyOf('mallory')] });
    assert.equal(code, 0, stdout + stderr);
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'An old rejection is put away behind a record without content, or one too long to be read, and another senior approves', answer: 'what cannot be read is read however old it is', result: 'each push is refused with the name of the record' }, async () => {
    const { team, robin, id } = await heldAsked();
    await team.approve('carol', id);
    const [carols = ''] = decisionsIn(team.remote);
    rewritten(team.remote, carols, { as: 'carol', over: { request: { id: `01${'0'.repeat(24)}`, sha256: 'a'.repeat(64), requester: { name: 'robin', email: members.robin } } } });
    const old = `refs/firebreak/decisions/${folderOf(members.alice)}/${ulid(Date.now() - 400 * 24 * 3_600_000, new Uint8Array(10))}`;
    for (const [files, why] of [[{ other: 'x' }, 'it has no decision.json'], [{ 'decision.json': 'x'.repeat(9_000_000) }, 'which no honest decision has']] as const) {
      putRecord(team.remote, old, files);
      const refused = push(robin, 'HEAD:main');
      assertRefused(refused, /Blocked \(unverifiable\): src\/a\.ts/);
      for (const words of [`${old}, a record of ${members.alice}, cannot be read: `, why]) assert.ok(refused.said.includes(words), refused.said);
    }
    team.remote.git('update-ref', '-d', old);
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'The revocation of an approval is taken away where the server did not hold records', answer: 'each decision names the one before; what came after a missing one is doubted', result: 'the push is refused' }, async () => {
    const { team, robin, id } = await heldApproved();
    assert.equal((await team.decide('alice', 'revoke', id)).code, 0);
    const revocation = decisionsIn(team.remote).find((ref) => decisionIn(team.remote, ref).kind === 'revoke') ?? '';
    robin.git('commit', '--quiet', '--amend', '--message=Other words');
    // Another request is decided on, which names the revocation.
    robin.git('switch', '--quiet', '--create', 'other', 'origin/main');
    robin.write('src/z.ts', risky);
    robin.commitAll('Another');
    await team.approve('alice', await team.request());
    robin.git('switch', '--quiet', 'topic');
    team.remote.git('update-ref', '-d', revocation);
    assertRefused(push(robin, 'HEAD:main'), /the decision that it names as the one before, \w+, is missing/);
  });

  attack({ attack: 'All records are deleted where the server did not hold them', answer: 'without records nothing is approved', result: 'the push is refused' }, async () => {
    const { team, robin } = await heldApproved();
    for (const ref of decisionsIn(team.remote)) team.remote.git('update-ref', '-d', ref);
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): src\/a\.ts/);
  });
});
