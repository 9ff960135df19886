import assert from 'node:assert/strict';
import type { Policy } from '../../../src/core/policy/policy.ts';
import type { Concern } from '../../../src/core/review/concern.ts';
import { coverageOf } from '../../../src/core/review/coverage.ts';
import type { Decision } from '../../../src/core/review/decision.ts';
import type { AskedFor, DecisionRecord, GateFacts } from '../../../src/core/review/facts.ts';
import { judge } from '../../../src/core/review/gate.ts';
import { wordDemands } from '../../../src/core/review/demands.ts';
import { atGithub } from '../../../src/core/review/identities.ts';
import { doubtOf, forksOf, standingOf } from '../../../src/core/review/standing.ts';
import { ulid } from '../../../src/core/review/ulid.ts';
import { after, concern, entry, facts, filesOf, hourMs, make, now, overdue, policy, record, requestId, root, told, withPolicy } from './judged.ts';

const other = { tree: 'u'.repeat(40) };
const spaced = { files: filesOf({ blob: '9'.repeat(40) }) };
const approval = record();
const laterId = ulid(now - hourMs, new Uint8Array(10));
const asked = (over: Partial<AskedFor> = {}): Partial<GateFacts> => ({ requestOf: () => ({ id: requestId, reviewers: [], includes: [], isOnThis: true, ...over }) });
const landed: Partial<GateFacts> = { contentOf: () => ({ isBaseInTarget: true, replay: 'differs', isInTarget: true }) };
const carols = record({ reviewer: 'carol@corp' });
const bySeniors: GateFacts['participants'] = [{ name: 'alice@home.example', role: 'author' }, { name: 'carol@corp', role: 'committer' }];
const byAlice: Partial<GateFacts> = { participants: [{ name: 'alice@home.example', role: 'author' }] };
/** A record that was made so many hours ago. */
const unreadable = ({ folder = 'alice@corp', at = 1 } = {}): Partial<GateFacts> => ({ unreadable: [{ ref: `refs/firebreak/decisions/${folder}/${ulid(now - at * hourMs, new Uint8Array(10))}`, folder, why: 'it is not JSON' }] });

const two = withPolicy({ severities: { ...policy.severities, high: { approvals: 2 } } });
const signedWith = (key: string, reviewer: string) => record({ reviewer }, { signature: { isGood: true, isTouched: false, keyFingerprint: `SHA256:${key}` } });

describe('the gate', () => {
  const cases: readonly (readonly [string, GateFacts, RegExp])[] = [
    ['passes what a senior approved', facts([approval]), /^passed$/],
    ['blocks what nobody approved', facts([]), /^pending: it needs the approval of a senior, and has none that count > Ask a senior/],
    ['names the request that waits', facts([], { requestOf: () => ({ id: requestId, reviewers: ['carol@corp'], includes: [], isOnThis: true }) }), /> Wait until carol@corp has approved request \w+ \(firebreak approve \w+ --as NAME --reason "…"\), and push again\.$/],
    ['counts two who sign with one key for one', facts([signedWith('k', 'alice@corp'), signedWith('k', 'carol@corp')], two), /^pending: it needs approvals of 2 seniors, and has 1 that counts; the approval by carol@corp of request \w+ does not count beside another one that was signed with the same key: who signs for two is one > /],
    ['counts both where one of them signed with another key too', facts([signedWith('k', 'alice@corp'), signedWith('l', 'alice@corp'), signedWith('k', 'carol@corp')], two), /^passed$/],
    // What a forge says.
    ['counts a senior\'s approval at the forge', facts([], { forgeApprovals: [{ principal: 'alice@corp', at: '2026-11-29T11:00:00Z' }] }), /^passed$/],
    ['counts it beside a signed one', facts([carols], { ...withPolicy({ severities: { ...policy.severities, high: { approvals: 2 } } }), forgeApprovals: [{ principal: 'alice@corp', at: '2026-11-29T11:00:00Z' }] }), /^passed$/],
    ['counts one person once', facts([approval], { ...withPolicy({ severities: { ...policy.severities, high: { approvals: 2 } } }), forgeApprovals: [{ principal: 'alice@corp', at: '2026-11-29T11:00:00Z' }] }), /^pending/],
    ['takes no forge\'s word where a key has to be touched', facts([], { ...withPolicy({ keys: { ...policy.keys, requireTouch: 'high' } }), forgeApprovals: [{ principal: 'alice@corp', at: '2026-11-29T11:00:00Z' }] }), /^pending/],
    ['takes no forge\'s word of who had a part in the change', facts([], { participants: [{ name: 'alice@home.example', role: 'author' }], forgeApprovals: [{ principal: 'alice@corp', at: '2026-11-29T11:00:00Z' }] }), /^pending/],
    // What moves, and by which policy.
    ['passes when nothing moves', facts([], { movement: 'none' }), /^passed nothing changes/],
    ['does not watch other branches', facts([], { targetRef: 'refs/heads/topic' }), /^passed the policy does not watch/],
    ['watches by pattern', facts([], { targetRef: 'refs/heads/release/2' }), /^pending/],
    ['refuses to delete', facts([approval], { movement: 'delete' }), /^push: the policy watches this branch > Leave refs\/heads\/main/],
    ['refuses to rewrite', facts([approval], { movement: 'rewrite' }), /^push: it does not contain the tip .*without force/],
    ['judges a new branch', facts([], { movement: 'create', targetRef: 'refs/heads/release/3' }), /^pending/],
    ['refuses without a policy', facts([approval], { policy: { kind: 'none', isOptional: false } }), /^push: .* has no \.firebreak\/policy\.yml.* > Commit a policy for refs\/heads\/main .*--bootstrap-signers FILE/],
    ['says of the first policy who has to be named, asked and how they approve it', facts([], { policy: { kind: 'none', isOptional: false }, policyAfter: { watches: true } }), / > Have who keeps the gate name the signers .*init --server --bootstrap-signers FILE.*firebreak request --all --target refs\/heads\/main --reason "…".*firebreak approve ID --as NAME --reason "…" --bootstrap-signers FILE\), and push again\.$/],
    ['says so before it is pushed to where nothing is asked for yet', facts([], { policy: { kind: 'none', isOptional: true }, policyAfter: { watches: true } }), /^passed this brings the first policy of refs\/heads\/main; .*firebreak approve ID --as NAME --reason "…" --bootstrap-signers FILE; refs\/heads\/main has no/],
    ['says nothing of a policy that watches another branch', facts([], { policy: { kind: 'none', isOptional: true }, policyAfter: { watches: false } }), /^passed refs\/heads\/main has no/],
    ['says of a first policy that it is broken', facts([], { policy: { kind: 'none', isOptional: true }, policyAfter: { fault: '2:1 typo' } }), /^passed the policy that this brings is broken, .*: 2:1 typo; refs\/heads\/main has no/],
    ['refuses a first policy that is broken', facts([], { policy: { kind: 'none', isOptional: false }, policyAfter: { fault: '2:1 typo' } }), /is broken: 2:1 typo > Correct \.firebreak\/policy\.yml in the change, and push again\.$/],
    ['names who may approve a first policy, and with what', facts([], { policy: { kind: 'bootstrap', policy } }), / > Ask alice@corp, carol@corp, whom the gate was told with --bootstrap-signers, to approve the first policy: firebreak request --all --target refs\/heads\/main --reason "…"; they do it with that file \(firebreak approve ID --as NAME --reason "…" --bootstrap-signers FILE\); and push again\.$/],
    ['passes without a policy only when told so', facts([], { policy: { kind: 'none', isOptional: true } }), /^passed refs\/heads\/main has no/],
    ['refuses with a broken policy', facts([approval], { policy: { kind: 'broken', why: '3:1 unknown key' } }), /^push: the policy of refs\/heads\/main cannot be read: 3:1 unknown key > Correct/],
    ['says whose policy is broken', facts([], { targetRef: 'refs/heads/topic', policy: { kind: 'broken', why: '3:1 unknown key', of: 'refs/heads/main' } }), /^push: the policy of refs\/heads\/main, which says whether refs\/heads\/topic is watched, cannot be read: 3:1 unknown key > Correct \.firebreak\/policy\.yml in a change for refs\/heads\/main, have who keeps the gate name the signers who may approve it .*init --server --bootstrap-signers FILE/],
    ['says where a broken policy can be given up for the default branch\'s', facts([], { targetRef: 'refs/heads/release/1', policy: { kind: 'broken', why: '3:1 unknown key', usual: 'refs/heads/main' } }), / > Take over the rules of refs\/heads\/main as they are \(.*git checkout origin\/main -- \.firebreak\), ask a senior whom they name/],
    ['refuses by named signers too, while a broken policy stays', facts([approval], { concerns: [], policy: { kind: 'bootstrap', policy, broken: '3:1 unknown key' } }), /^push: the policy of refs\/heads\/main cannot be read: 3:1 unknown key > Correct \.firebreak\/policy\.yml in a change for refs\/heads\/main, ask alice@corp, carol@corp, whom the gate was told with --bootstrap-signers, to approve it: firebreak request/],
    ['admits by named signers what puts a broken policy right', facts([approval], { policyAfter: { watches: true }, policy: { kind: 'bootstrap', policy, broken: '3:1 unknown key' } }), /^passed$/],
    ['refuses a change that would break the policy', facts([approval], { policyAfter: { fault: '2:1 typo' } }), /^push: the change would break the policy: 2:1 typo/],
    ['admits a first policy by the named signers', facts([approval], { policy: { kind: 'bootstrap', policy } }), /^passed$/],
    // What is asked for.
    ['lets pass what the policy only warns of, and tells it', facts([], { concerns: [{ ...concern, severity: 'medium' }] }), /^passed warns of medium src\/a\.ts$/],
    ['tells nothing of what is off or suppressed', facts([], { concerns: [{ ...concern, severity: 'low' }, { ...concern, severity: 'medium', suppressedAt: 2 }], ...withPolicy({ severities: { ...policy.severities, low: 'off' } }) }), /^passed$/],
    ['tells what is raised to what the policy warns of', facts([], { concerns: [{ ...concern, severity: 'low' }], ...withPolicy({ severities: { ...policy.severities, low: 'off' }, paths: [{ match: 'src/**', reviewers: [], minimum: 'medium' }] }) }), /^passed warns of low src/],
    ['asks two for critical', facts([record({ findings: [{ ...approval.decision.findings[0], severity: 'critical' } as Decision['findings'][0]] })], { concerns: [{ ...concern, severity: 'critical' }] }), /approvals of 2 seniors, and has 1 that counts/],
    ['tells the author of what needs all seniors that it never gets them', facts([], { ...byAlice, concerns: [{ ...concern, severity: 'critical' }] }), / > Have somebody who is no senior commit it, ask for it and push it, or change \.firebreak\/policy\.yml so that it names more seniors or asks for fewer approvals: it needs approvals of 2 seniors, nobody approves their own, and only carol@corp is left who could\.$/],
    ['tells it where the one possible approval is there, too', facts([record({ reviewer: 'carol@corp', findings: [{ ...approval.decision.findings[0], severity: 'critical' } as Decision['findings'][0]] })], { ...byAlice, ...asked(), concerns: [{ ...concern, severity: 'critical' }] }), /has 1 that counts > Have somebody who is no senior commit it/],
    ['tells who has no key that counts, where with one they would be enough', facts([], { concerns: [{ ...concern, severity: 'critical' }], canSign: (senior) => senior === 'carol@corp' }), / > Have a key that counts of alice@corp added to \.firebreak\/allowed_signers \(firebreak init --signing prints its line\): it needs approvals of 2 seniors, nobody approves their own, alice@corp has no key that counts, and only carol@corp is left who could\.$/],
    ['tells whom that takes, where nobody could approve the key', facts([], { canSign: () => false }), / > Have who keeps the repository put a key that counts of alice@corp or carol@corp into \.firebreak\/allowed_signers: .*, alice@corp and carol@corp have no key that counts, and no senior is left who could\.$/],
    ['tells it of a path whose only reviewer has no key', facts([], { canSign: (senior) => senior === 'carol@corp', ...withPolicy({ paths: [{ match: 'src/**', reviewers: ['alice@corp'] }] }) }), / > Have a key that counts of alice@corp added to .*: src\/a\.ts needs the approval of one of alice@corp, nobody approves their own, alice@corp has no key that counts, and none of these is left who could\.$/],
    ['tells it of a path whose reviewers all had a part in it', facts([], { ...byAlice, ...withPolicy({ paths: [{ match: 'src/**', reviewers: ['alice@corp'] }] }) }), / > Have somebody who is no senior .*: src\/a\.ts needs the approval of one of alice@corp, nobody approves their own, and none of these is left who could\.$/],
    ['tells it where the policy names fewer than it asks for, and who can change that', facts([], { concerns: [{ ...concern, severity: 'critical' }], ...withPolicy({ seniors: ['alice@corp', 'alice@home.example'] }) }), / > Have somebody who is no senior change \.firebreak\/policy\.yml so that .* and only alice@\S+ is left who could\.$/],
    ['tells it where only who keeps the repository can', facts([], { concerns: [{ ...concern, kind: 'protected' }], ...withPolicy({ policyChanges: { approvals: 3 } }) }), / > Have who keeps the repository change \.firebreak\/policy\.yml/],
    ['tells it of a first policy by the only signer', facts([], { ...byAlice, policy: { kind: 'bootstrap', policy: { ...policy, seniors: ['alice@corp'] } } }), / > Have somebody commit and push it who is none of those whom the gate was told with --bootstrap-signers, or/],
    ['tells it of nothing that enough others can approve', facts([], { ...byAlice, ...asked() }), / > Wait until a senior has approved/],
    ['tells first of a rejection', facts([record({ reviewer: 'carol@corp', kind: 'reject', findings: [{ ...approval.decision.findings[0], severity: 'critical' } as Decision['findings'][0]] })], { ...byAlice, concerns: [{ ...concern, severity: 'critical' }] }), /^rejected: .* > Read why it was rejected/],
    ['takes two for critical', facts(['alice@corp', 'carol@corp'].map((reviewer) => record({ reviewer, findings: [{ ...approval.decision.findings[0], severity: 'critical' } as Decision['findings'][0]] })), { concerns: [{ ...concern, severity: 'critical' }] }), /^passed$/],
    ['counts one person once, by whatever name', facts([record({ findings: [{ ...approval.decision.findings[0], severity: 'critical' } as Decision['findings'][0]] }), record({ reviewer: 'alice@home.example', findings: [{ ...approval.decision.findings[0], severity: 'critical' } as Decision['findings'][0]] })], { concerns: [{ ...concern, severity: 'critical' }] }), /has 1 that counts/],
    ['asks one of the path\'s reviewers', facts([approval], withPolicy({ paths: [{ match: 'src/**', reviewers: ['carol@corp'] }] })), /^pending: one of carol@corp has to approve what is changed there/],
    ['takes one of the path\'s reviewers', facts([carols], withPolicy({ paths: [{ match: 'src/**', reviewers: ['carol@corp'] }] })), /^passed$/],
    ['raises by path', facts([], { concerns: [{ ...concern, severity: 'low' }], ...withPolicy({ paths: [{ match: 'src/**', reviewers: [], minimum: 'high' }] }) }), /^pending/],
    ['asks for a touch from a severity on', facts([approval], withPolicy({ keys: { ...policy.keys, requireTouch: 'high' } })), /it needs the approval of a senior with a security key that is touched, .*it was signed without/],
    ['takes a touched key', facts([record({}, { signature: { isGood: true, isTouched: true, keyFingerprint: 'x' } })], withPolicy({ keys: { ...policy.keys, requireTouch: 'high' } })), /^passed$/],
    ['asks no touch below that', facts([approval], withPolicy({ keys: { ...policy.keys, requireTouch: 'critical' } })), /^passed$/],
    ['frees seniors when the policy says so', facts([], { pusher: 'ALICE@home.example', participants: bySeniors, ...withPolicy({ appliesTo: 'non-seniors' }) }), /^passed$/],
    ['frees no senior of what somebody else committed', facts([], { pusher: 'alice@corp', participants: [...bySeniors, { name: 'robin@corp', role: 'author' }], ...withPolicy({ appliesTo: 'non-seniors' }) }), /^pending/],
    ['frees a senior beside whom an agent is named, and what they committed at GitHub', facts([], { pusher: 'alice@corp', participants: [...bySeniors, { name: 'noreply@anthropic.com', role: 'co-author' }, { name: 'noreply@github.com', role: 'committer' }], ...withPolicy({ appliesTo: 'non-seniors' }) }), /^passed$/],
    ['frees nobody whom GitHub\'s name stands for as the author', facts([], { pusher: 'alice@corp', participants: [{ name: 'noreply@github.com', role: 'author' }], ...withPolicy({ appliesTo: 'non-seniors' }) }), /^pending/],
    ['frees nobody for an account that is called like a senior\'s login at GitHub', facts([], { pusher: 'alice-gh', ...withPolicy({ appliesTo: 'non-seniors' }) }), /^pending/],
    ['frees who is the senior by GitHub\'s word', facts([], { pusher: atGithub('alice-gh'), participants: bySeniors, ...withPolicy({ appliesTo: 'non-seniors' }) }), /^passed$/],
    ['frees nobody whom no server named', facts([], { pusher: undefined, ...withPolicy({ appliesTo: 'non-seniors' }) }), /^pending/],
    ['frees no senior of the policy itself', facts([], { pusher: 'alice@corp', concerns: [{ ...concern, kind: 'protected' }], ...withPolicy({ appliesTo: 'non-seniors' }) }), /^pending/],
    ['asks for the policy what policyChanges asks', facts([approval], { concerns: [{ ...concern, kind: 'protected' }], ...withPolicy({ policyChanges: { approvals: 2 } }) }), /approvals of 2 seniors/],
    ['counts what could not be read as a finding', facts([], { concerns: [{ ...concern, kind: 'unread' }] }), /^pending/],
    ['lets pass an AI\'s harmless change by default', facts([], { concerns: [{ ...concern, kind: 'ai', authorship: 'ai' }] }), /^passed$/],
    ['asks for it with all-ai', facts([], { concerns: [{ ...concern, kind: 'ai', authorship: 'ai' }], ...withPolicy({ review: 'all-ai' }) }), /^pending/],
    ['takes unknown for AI', facts([], { concerns: [{ ...concern, kind: 'ai' }], ...withPolicy({ review: 'all-ai' }) }), /^pending/],
    ['does not believe a note that says human', facts([], { concerns: [{ ...concern, kind: 'ai', authorship: 'human' }], ...withPolicy({ review: 'all-ai' }) }), /^pending/],
    ['believes it when the policy does, and says so', facts([], { concerns: [{ ...concern, authorship: 'human' }], ...withPolicy({ review: 'risky-ai', trustNotes: true }) }), /^passed src\/a\.ts:3 recursive-delete passed because a note that nobody signed calls it human/],
    ['never lets a note lower what is risky by default', facts([], { concerns: [{ ...concern, authorship: 'human' }], ...withPolicy({ review: 'all-ai', trustNotes: true }) }), /^pending/],
    // Whose word it is.
    ['takes no bad signature', facts([record({}, { signature: { isGood: false, why: 'its key is not in allowed_signers' } })]), /^unverifiable: .*its key is not in allowed_signers > .*firebreak verify/],
    ['takes no junior', facts([record({ reviewer: 'robin2@corp' })]), /robin2@corp is none of the seniors/],
    ['takes no pusher', facts([approval], { pusher: 'alice@corp' }), /alice@corp pushes the change, and nobody approves their own/],
    ['takes no pusher under a second account', facts([approval], { pusher: 'alice-gh' }), /alice@corp pushes the change/],
    ['takes no author', facts([approval], { participants: [{ name: 'alice@corp', role: 'author' }] }), /alice@corp is author of a commit in it, and nobody/],
    ['takes no committer under another address', facts([approval], { participants: [{ name: 'ALICE@HOME.example', role: 'committer' }] }), /is committer of a commit in it \(as ALICE@HOME\.example\)/],
    ['takes no co-author under a forge\'s address', facts([approval], { participants: [{ name: '123+alice-gh@users.noreply.github.com', role: 'co-author' }] }), /is co-author of a commit/],
    ['takes nobody who asked', facts([record({ request: { ...approval.decision.request, requester: { name: 'A', email: 'alice@home.example' } } })]), /alice@corp asked for the review/],
    // Where and when.
    ['takes nothing for another branch', facts([record({ targetRef: 'refs/heads/release/1' })]), /it is for refs\/heads\/release\/1/],
    ['takes nothing from another repository', facts([record({ repository: { root: '2'.repeat(40) } })]), /it is for another repository, with another first commit/],
    ['takes the case of an address for nothing at a forge that does', facts([record({ repository: { root, url: 'github.com/Acme/App' } })], { repository: { roots: [root], urls: ['github.com/acme/app'] } }), /^passed$/],
    ['tells what to do where two addresses differ in case alone', facts([record({ repository: { root, url: 'host/App' } })], { repository: { roots: [root], urls: ['host/app'] } }), /it is for another repository, host\/App; this one is host\/app, where the server takes these for one, it has to be told so there \(git config --add firebreak\.url https:\/\/host\/App\); else it has to be signed in a clone of that/],
    ['takes nothing from a fork', facts([record({ repository: { root, url: 'host/fork' } })], { repository: { roots: [root], urls: ['host/app'] } }), /it is for another repository, host\/fork; this one is host\/app/],
    ['takes no poisoned base', facts([approval], { contentOf: () => ({ isBaseInTarget: false, replay: 'equal', isInTarget: false }) }), /its base bbbbbbbbbbbb is no part of the branch/],
    ['takes nothing that has expired', facts([record({ expires: new Date(now - hourMs).toISOString() })]), /^stale: .*it held until 2026-11-29T11:00/],
    ['takes nothing older than the policy allows', facts([approval], withPolicy({ keys: { ...policy.keys, maxAgeMs: hourMs } })), /^stale: .*it held until/],
    ['takes nothing from the future', facts([record({ created: new Date(now + hourMs).toISOString() })]), /which is in the future here/],
    ['takes nothing that is older than its request', facts([record({ created: new Date(now - 9 * hourMs).toISOString() })]), /it is older than the request that it answers/],
    // What it is on.
    ['takes an equal replay', facts([approval], { ...other, ...spaced, contentOf: () => ({ isBaseInTarget: true, replay: 'equal', isInTarget: false }) }), /^passed$/],
    ['takes equal files', facts([approval], other), /^passed$/],
    ['takes no other byte', facts([approval], { ...other, ...spaced }), /^stale: .*src\/a\.ts is not as approved > See what no approval covers/],
    ['takes no other mode', facts([approval], { ...other, files: filesOf({ mode: '100755' }) }), /src\/a\.ts is not as approved/],
    ['takes no other evidence', facts([approval], { ...other, files: filesOf({}, { blob: '8'.repeat(40) }) }), /Makefile is not as approved/],
    ['names no file that is nowhere where the file itself differs', facts([approval], { ...other, files: filesOf({ blob: '9'.repeat(40) }), concerns: [{ ...concern, evidence: ['Makefile', 'set'] }] }), /: src\/a\.ts is not as approved >/],
    ['nor where it is replayed', facts([approval], { ...other, files: filesOf({ blob: '9'.repeat(40) }), concerns: [{ ...concern, evidence: ['Makefile', 'set', 'src/set'] }], contentOf: () => ({ isBaseInTarget: true, replay: 'equal', isInTarget: false }) }), /: src\/a\.ts is not as approved, and it was judged by that >/],
    ['takes no evidence that came later', facts([approval], { ...other, concerns: [{ ...concern, evidence: ['prod.tfvars'] }] }), /prod\.tfvars is not as approved/],
    ['takes no other bytes under one name in git', facts([approval], { files: filesOf({ sha256: '0'.repeat(64) }) }), /src\/a\.ts has other bytes than those approved, under the same name/],
    ['takes nothing lower than it is now', facts([approval], { concerns: [{ ...concern, severity: 'critical' }] }), /it is on a high finding, and it is critical now/],
    ['takes nothing that reaches less far', facts([approval], { concerns: [{ ...concern, blastRadius: { ...concern.blastRadius, scope: 'account' } }] }), /would reach further now \(account\)/],
    ['says that what is not committed is in the request, and not in the push', facts([], asked({ isOnThis: false, includes: ['a.ts', 'b.ts'] })), new RegExp(`> Commit what request ${requestId} is also about \\(a\\.ts, b\\.ts\\) and push that; or put it aside \\(git stash --include-untracked\\), and ask for what is committed: firebreak request --all --target refs/heads/main `)],
    ['has a file renamed that no request can name', facts([], { ...asked(), concerns: [{ ...concern, path: 'src/a\tb.sh' }] }), /> Give each of these a name that a request can hold, without control characters \(git mv \$'src\/a\\tb\.sh' NAME\), in a new commit; ask for that, and push again\.$/],
    ['compares nothing with what was approved once and is in the target', facts([approval], { ...landed, concerns: [{ ...concern, fingerprint: '0'.repeat(64) }] }), /^pending: it needs the approval of a senior, and has none that count > Ask a senior/],
    ['nor other bytes of the same text, by an earlier request', facts([approval], { ...landed, ...other, ...spaced, ...asked({ id: laterId }) }), new RegExp(`^pending: it needs the approval of a senior, and has none that count > Wait until a senior has approved request ${laterId}`)],
    ['takes what is in the target for what is asked about, where the request is on just that', facts([record({ expires: new Date(now - hourMs).toISOString() })], { ...landed, ...asked() }), /^stale: .*it held until/],
    ['takes the very bytes that were approved, though they are in the target', facts([approval], landed), /^passed$/],
    ['tells of a rejection of what is in the target', facts([record({ kind: 'reject' })], { ...landed, ...other, ...spaced }), /^stale: .*the rejection by alice@corp/],
    ['tells of an approval of another text', facts([approval], { concerns: [{ ...concern, fingerprint: '0'.repeat(64) }] }), /^stale: .*it is on another text of it/],
    // What stands.
    ['drops an approval that was revoked', facts([approval, after(approval, { kind: 'revoke' })]), /^pending/],
    ['takes a new approval after that', (() => { const revoked = after(approval, { kind: 'revoke' }); return facts([approval, revoked, after(revoked)]); })(), /^passed$/],
    ['goes by the chain, not the clock', facts([approval, after(approval, { kind: 'revoke', created: new Date(now - 4 * hourMs).toISOString() })]), /^pending/],
    ['lets no revocation of somebody else count', facts([approval, record({ reviewer: 'carol@corp', kind: 'revoke', previous: { id: approval.decision.id, sha256: approval.sha256 } })]), /^passed$/],
    ['holds a rejection against approvals of others', facts([approval, record({ reviewer: 'carol@corp', kind: 'reject', reason: 'too wide' })]), /^rejected: carol@corp rejected it in request (\w+), and that holds until the code is another or they take it back \(firebreak revoke \1 --as carol@corp --reason "…"\): too wide > Read why/],
    ['holds no rejection of other content', facts([approval, record({ reviewer: 'carol@corp', kind: 'reject', tree: 'v'.repeat(40) })], { ...spaced }), /^passed$/],
    ['holds no rejection of a junior', facts([approval, record({ reviewer: 'x@corp', kind: 'reject' })]), /^passed$/],
    ['counts neither branch of a fork for more than the other', facts([approval, record({ kind: 'reject' })]), /^rejected/],
    ['doubts what stands before a missing decision', facts([approval, record({ findings: [], previous: { id: requestId, sha256: '5'.repeat(64) }, request: { ...approval.decision.request, id: ulid(now - 6 * hourMs, new Uint8Array(10)) } }, { isPreviousKnown: false })]), /^unverifiable: .*may take it back, and the decision that it names as the one before/],
    ['relies on what came after it', (() => { const gap = record({ kind: 'reject', previous: { id: requestId, sha256: '5'.repeat(64) } }, { isPreviousKnown: false }); return facts([gap, after(gap)]); })(), /^passed$/],
    ['doubts a reviewer of whom a record cannot be read', facts([approval], { unreadable: [{ ref: 'refs/x', folder: 'alice@corp', why: 'it is not JSON' }] }), /^unverifiable: .*refs\/x may take it back, and it cannot be read: it is not JSON/],
    ['relies on a decision that came after it', facts([carols, approval], unreadable({ at: 3 })), /^passed$/],
    // What may be a rejection.
    ['holds what may be a rejection against approvals of others, names it, and says who may decide again', facts([carols], { ...unreadable(), ...asked() }), new RegExp(`^unverifiable: refs/firebreak/decisions/alice@corp/\\w+, a record of alice@corp, cannot be read: it is not JSON; it may be a rejection, and holds this until alice@corp decides on it again > Have alice@corp decide on request ${requestId} again \\(firebreak approve ${requestId} --as alice@corp --reason "…", or firebreak reject\\), because of refs/firebreak/decisions/alice@corp/\\w+, a record of alice@corp that cannot be read \\(it is not JSON\\), or put that right \\(firebreak verify says how\\); and push again\\.$`)],
    ['holds it against the word of a forge, too', facts([], { ...unreadable(), firstAskedOf: () => requestId, forgeApprovals: [{ principal: 'carol@corp', at: '2026-11-29T11:00:00Z' }] }), /^unverifiable: .*a record of alice@corp, cannot be read/],
    ['holds it against an emergency pass', facts([record({ reviewer: 'carol@corp', kind: 'emergency' })], unreadable()), /^unverifiable: .*a record of alice@corp, cannot be read/],
    ['holds it under another name of the senior', facts([carols], unreadable({ folder: 'Alice@Home.example' })), /^unverifiable: .*a record of Alice@Home\.example, cannot be read/],
    ['names an approval that cannot be read where there is no other', facts([], { ...unreadable(), ...asked(), firstAskedOf: () => requestId }), /^unverifiable: .*a record of alice@corp, cannot be read: .*has none that count > Have alice@corp decide on request/],
    ['holds nothing for who is no senior', facts([carols], unreadable({ folder: 'mallory@corp' })), /^passed$/],
    ['holds nothing that is older than every request for it', facts([carols], unreadable({ at: 6 })), /^passed$/],
    ['holds what may be about an older request for it', facts([carols], { ...unreadable({ at: 6 }), firstAskedOf: () => ulid(now - 7 * hourMs, new Uint8Array(10)) }), /^unverifiable/],
    ['holds nothing where nobody ever asked', facts([], { ...unreadable(), forgeApprovals: [{ principal: 'carol@corp', at: '2026-11-29T11:00:00Z' }] }), /^passed$/],
    ['is content with a later decision of the same senior under another name', facts([record({ reviewer: 'alice@home.example' })], unreadable({ at: 3 })), /^passed$/],
    ['is not content with a later one on other bytes', facts([carols, record({ tree: 'v'.repeat(40), manifest: [make, { ...entry, path: 'src/a.ts', blob: '9'.repeat(40) }] })], unreadable({ at: 3 })), /^unverifiable/],
    ['is not content with a later one for another branch', facts([carols, record({ targetRef: 'refs/heads/release/1' })], unreadable({ at: 3 })), /^unverifiable/],
    ['is not content with a later one that is badly signed', facts([carols, record({}, { signature: { isGood: false, why: 'forged' } })], unreadable({ at: 3 })), /^unverifiable/],
    ['is not content with a later one of somebody else', facts([record({ reviewer: 'carol@corp' })], unreadable({ at: 3 })), /^unverifiable/],
    ['is content with a later taking back', facts([carols, record({ kind: 'revoke' })], unreadable({ at: 3 })), /^passed$/],
    ['still holds a rejection that came after what cannot be read', facts([carols, record({ kind: 'reject' })], unreadable({ at: 3 })), /^rejected: alice@corp rejected it/],
    ['turns to who keeps the repository where the senior had a part in it', facts([carols], { ...unreadable(), ...asked(), participants: [{ name: 'alice@corp', role: 'author' }] }), /> Have who keeps the repository put right refs\/firebreak\/decisions\/alice@corp\/\w+, a record of alice@corp that cannot be read \(it is not JSON\): firebreak verify says how; and push again\.$/],
    ['and where nothing could come after it', facts([carols], { ...unreadable({ at: -9 }), ...asked() }), /> Have who keeps the repository put right/],
    ['asks for it again where the request is on something else', facts([carols], { ...unreadable(), ...asked({ isOnThis: false }) }), /> Have alice@corp decide on it again \(ask for it: firebreak request --all --target refs\/heads\/main --reason "…"\), because of/],
    ['doubts an approval that a revocation by a key of its reviewer names, whose time is over', facts([approval, after(approval, { kind: 'revoke' }, { signature: { isGood: false, why: 'over', isOwn: true } })]), /^unverifiable: .*its signature does not count: over/],
    ['holds a rejection after the time of approvals', facts([approval, record({ reviewer: 'carol@corp', kind: 'reject', created: new Date(now - 60 * 24 * hourMs).toISOString(), expires: new Date(now - 46 * 24 * hourMs).toISOString() })]), /^rejected: carol@corp rejected it/],
    ['holds a rejection of what is worse by now', facts([record({ kind: 'reject' })], { concerns: [{ ...concern, severity: 'critical', blastRadius: { ...concern.blastRadius, scope: 'account' } }] }), /^rejected/],
    // What to do.
    ['names the request that was rejected, not a later one', facts([record({ kind: 'reject' })], asked({ id: laterId })), new RegExp(`> Read why it was rejected: firebreak show ${requestId};`)],
    ['asks again where the code is another one than what was asked about', facts([], asked({ isOnThis: false })), new RegExp(`^pending: .* > Ask again, because request ${requestId} is not about what is pushed: firebreak request --all --target refs/heads/main --reason "…"; and push again`)],
    ['waits for a later request, and not for the residual of an earlier one', facts([approval], { ...other, ...spaced, ...asked({ id: laterId }) }), new RegExp(`^pending: it needs the approval of a senior, and has none that count.* > Wait until a senior has approved request ${laterId} `)],
    ['waits for a later request where who approved the earlier one has lost their key', facts([record({}, { signature: { isGood: false, why: 'its key was revoked' } })], asked({ id: laterId })), new RegExp(`^pending: .* > Wait until a senior has approved request ${laterId} `)],
    ['has what is badly signed approved again', facts([record({}, { signature: { isGood: false, why: 'its key was revoked' } })], asked()), new RegExp(`^unverifiable: .* > See what is wrong with the records: firebreak verify; then have it approved again: firebreak approve ${requestId} --as NAME --reason "…"\\.$`)],
    ['has what expired approved again', facts([record({ expires: new Date(now - hourMs).toISOString() })], asked()), new RegExp(`^stale: .* > Have it approved again, because the approval by alice@corp of request ${requestId} does not count: it held until .*: firebreak approve ${requestId} --as NAME --reason "…"; and push again\\.$`)],
    ['has what was signed in a fork approved again, and says where', facts([record({ repository: { root, url: 'host/fork' } })], { repository: { roots: [root], urls: ['host/app'] }, ...asked() }), /> Have it approved again, because .*: it is for another repository, host\/fork; this one is host\/app, and it has to be signed in a clone of that: firebreak approve/],
    ['waits for somebody else where the approver pushes', facts([approval], { pusher: 'alice@corp', ...asked() }), /> Wait until a senior other than alice@corp has approved request/],
    ['waits for a second senior', facts([record({ findings: [{ ...approval.decision.findings[0], severity: 'critical' } as Decision['findings'][0]] })], { concerns: [{ ...concern, severity: 'critical' }], ...asked() }), /> Wait until a senior other than alice@corp has approved request/],
    ['waits for one of the path\'s reviewers', facts([approval], { ...withPolicy({ paths: [{ match: 'src/**', reviewers: ['carol@corp'] }] }), ...asked({ reviewers: ['alice@corp'] }) }), /> Wait until carol@corp has approved request/],
    ['says that it is the suppression that is asked about', facts([], { concerns: [{ ...concern, suppressedAt: 2 }] }), /^pending: .*the comment in line 2 that suppresses it is new, or stood for something else at the base, and counts here only when it is approved/],
    ['names the signers that the first policy is approved by', facts([], { policy: { kind: 'bootstrap', policy }, ...asked() }), /firebreak approve \w+ --as NAME --reason "…" --bootstrap-signers FILE\)/],
    ['has seniors named where there are none', facts([], withPolicy({ seniors: [] })), /> Have \.firebreak\/policy\.yml name seniors in a change that is admitted with --bootstrap-signers/],
    // Emergencies.
    ['passes an emergency, and says what follows', facts([record({ reviewer: 'carol@corp', kind: 'emergency' })], { pusher: 'carol@corp' }), /^passed carol@corp passed request \w+ in an emergency at 2026-11-29T10:\S+, and an approval has to follow by 2026-11-30T10:\S+, of alice@corp$/],
    ['passes no emergency of others', facts([record({ kind: 'emergency' })]), /alice@corp is none of those who may pass in an emergency/],
    ['blocks everything when an approval is overdue', facts([record({ reviewer: 'carol@corp', kind: 'emergency', created: new Date(now - 30 * hourMs).toISOString(), request: { ...approval.decision.request, id: ulid(now - 31 * hourMs, new Uint8Array(10)) } })], { concerns: [] }), /^pending: carol@corp passed .* > Have the change that passed in an emergency approved now by alice@corp: firebreak approve \w+ --as NAME --reason/],
    ['is content when it followed', (() => { const request = { ...approval.decision.request, id: ulid(now - 31 * hourMs, new Uint8Array(10)) }; return facts([record({ reviewer: 'carol@corp', kind: 'emergency', created: new Date(now - 30 * hourMs).toISOString(), request }), record({ request })], { concerns: [] }); })(), /^passed$/],
    ['takes no follow-up that is ahead of now, and says so', overdue([(request) => record({ request, created: new Date(now + hourMs).toISOString() })]), /^pending: carol@corp passed .*, of alice@corp; the approval by alice@corp does not count: it was made at 2026-11-29T13:00:00\.000Z, which is in the future here, and counts only from then on; one of the clocks is wrong > Have the change that passed in an emergency approved now by alice@corp/],
    ['asks for nothing after an emergency that is ahead of now, since it lets nothing pass', facts([record({ reviewer: 'carol@corp', kind: 'emergency', created: new Date(now + hourMs).toISOString() })], { concerns: [] }), /^passed$/],
    ['takes no follow-up of the same person', (() => { const first = record({ reviewer: 'carol@corp', kind: 'emergency', created: new Date(now - 30 * hourMs).toISOString(), request: { ...approval.decision.request, id: ulid(now - 31 * hourMs, new Uint8Array(10)) } }); return facts([first, after(first, { request: first.decision.request })], { concerns: [] }); })(), /^pending/],
    ['takes no follow-up of who had a part in the change', overdue([(request) => record({ request })], { participantsOf: () => [{ name: 'alice@home.example', role: 'co-author' }] }), /^pending: .*and no senior is left who could give it > Have who keeps the repository add a senior to \.firebreak\/policy\.yml there, because none is left who could approve what passed in an emergency by request \w+\.$/],
    ['takes no follow-up of what is not here to be looked at', overdue([(request) => record({ request })], { participantsOf: () => undefined }), /^pending: /],
    ['asks of no more seniors to follow than there are', overdue([(request) => record({ request })], {}, { findings: [{ ...approval.decision.findings[0], severity: 'critical' } as Decision['findings'][0]] }), /^passed$/],
    ['names only those who have not followed yet', overdue([(request) => record({ request })], withPolicy({ seniors: ['alice@corp', 'carol@corp', 'dave@corp'] }), { findings: [{ ...approval.decision.findings[0], severity: 'critical' } as Decision['findings'][0]] }), /^pending: .*, of dave@corp > Have the change that passed in an emergency approved now by dave@corp: /],
    ['forgets an emergency that was taken back unused', (() => { const first = record({ reviewer: 'carol@corp', kind: 'emergency', created: new Date(now - 30 * hourMs).toISOString() }); return facts([first, after(first, { kind: 'revoke' })], { concerns: [] }); })(), /^passed$/],
    ['does not forget one that was used', (() => { const first = record({ reviewer: 'carol@corp', kind: 'emergency', created: new Date(now - 30 * hourMs).toISOString() }); return facts([first, after(first, { kind: 'revoke' })], { concerns: [], contentOf: () => ({ isBaseInTarget: true, replay: 'differs', isInTarget: true }) }); })(), /^pending/],
  ]; // prettier-ignore
  for (const [what, given, expected] of cases) {
    it(what, () => {
      assert.match(told(given), expected);
    });
  }

  it('says by what account somebody pushes whom it does not know, where seniors would pass', () => {
    const notesFor = (pusher: string | undefined, over: Partial<Policy> = { appliesTo: 'non-seniors' }) => judge(facts([], { pusher, ...withPolicy(over) })).notes;
    assert.match(notesFor('alice@corp').join('; '), /^alice@corp is a senior, whose own changes the policy lets pass, and this is not theirs alone: robin@corp, who is none, is author of a commit in it; an address of a senior belongs among their emails/);
    assert.match(notesFor('root').join('; '), /^who pushes is known here only as root, .* under people in \.firebreak\/policy\.yml$/);
    assert.deepEqual([notesFor('robin@corp'), notesFor(undefined), notesFor('root', {}), notesFor('root', { appliesTo: 'non-seniors', people: { 'robin@corp': { emails: ['root'] } } })], [[], [], [], []]);
  });

  it('ends each refusal with one sentence that says what to do', () => {
    for (const [, given] of cases) {
      const verdict = judge(given);
      if (!verdict.passed) assert.match(verdict.nextStep, /^[A-Z][^\n]+\.$/);
    }
  });
});

describe('coverageOf', () => {
  const coverages: readonly (readonly [GateFacts, string])[] = [
    [facts([approval]), 'covered'],
    [facts([]), 'pending'],
    [facts([approval], { ...other, ...spaced }), 'stale'],
    [facts([record({ kind: 'reject' })]), 'rejected'],
    [facts([record({}, { signature: { isGood: false, why: 'x' } })]), 'unverifiable'],
    [facts([], { concerns: [{ ...concern, severity: 'low' }] }), 'pending'],
    [facts([approval], { concerns: [{ ...concern, severity: 'low' }] }), 'covered'],
  ];
  for (const [given, expected] of coverages) {
    it(`is ${expected} for ${given.records.length} records on ${given.concerns[0]?.severity ?? ''}`, () => {
      assert.equal(coverageOf(given, policy).coverage, expected);
    });
  }
});

describe('standingOf', () => {
  it('asks no more of a chain than its length: whoever may sign can make it as long as they like', () => {
    let asked = 0;
    let last: DecisionRecord | undefined;
    const chain = Array.from({ length: 3000 }, () => {
      const made = last === undefined ? record({ kind: 'revoke' }) : after(last, { kind: 'revoke' });
      last = made;
      return { ...made, get decision() { asked++; return made.decision; } };
    }); // prettier-ignore
    const { records } = standingOf(chain, [], (principal) => principal);
    assert.deepEqual(records.map(({ sha256 }) => sha256), [last?.sha256]);
    assert.ok(asked < 300 * chain.length, String(asked));
  });

  it('takes what no key of a reviewer signed for nobody\'s', () => {
    const approval = record();
    const forged = after(approval, { kind: 'revoke' }, { signature: { isGood: false, why: 'forged' } });
    const standing = standingOf([approval, forged], [], (principal) => principal);
    assert.deepEqual([standing.records.includes(approval), doubtOf(approval, standing, (principal) => principal)], [true, undefined]);
  });
});

describe('forksOf', () => {
  it('tells of decisions that do not know of each other', () => {
    const second = after(approval);
    assert.deepEqual(forksOf([approval, second], (principal) => principal), []);
    const third = after(approval);
    assert.deepEqual(forksOf([approval, second, third], (principal) => principal), [[second, third]]);
  });
});

describe('who has to approve, in words', () => {
  const of = (severity: Concern['severity'], path = 'src/a.ts', kind: Concern['kind'] = 'finding') => ({ ...concern, severity, path, kind });
  const rows: readonly [what: string, concerns: readonly Concern[], over: Partial<Policy>, expected: readonly string[]][] = [
    ['names the seniors once for all that needs the same', [of('high'), of('high', 'src/b.ts')], {}, ['1 of alice@corp, carol@corp']],
    ['says each demand', [of('critical'), of('high')], {}, ['2 of alice@corp, carol@corp', '1 of alice@corp, carol@corp']],
    ['says nothing of what the policy only warns of', [of('medium')], {}, []],
    ['names whom a path asks for, and a touch', [of('low', 'infra/a.tf')], { paths: [{ match: 'infra/**', reviewers: ['carol@corp'], minimum: 'high' }], keys: { ...policy.keys, requireTouch: 'high' } }, ['1 of alice@corp, carol@corp, among them one of carol@corp, with a security key that is touched']],
    ['leaves out who asks, by whatever name', [of('high')], { seniors: ['alice@corp', 'carol@corp', 'robin@corp'], people: { 'robin@corp': { emails: ['r@home'] } } }, ['1 of alice@corp, carol@corp']],
  ];
  for (const [what, concerns, over, expected] of rows) {
    it(what, () => {
      assert.deepEqual(wordDemands(concerns, { ...policy, ...over }, 'r@home'), expected);
    });
  }
});
