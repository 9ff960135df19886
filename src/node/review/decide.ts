import { randomBytes } from 'node:crypto';
import type { Policy } from '../../core/policy/policy.ts';
import { parseAllowedSigners, principalsOf } from '../../core/review/allowedSigners.ts';
import { isAhead } from '../../core/review/clocks.ts';
import { type Decision, type DecisionKind, decisionNamespace } from '../../core/review/decision.ts';
import { mayFollow, passesInEmergency } from '../../core/review/emergencies.ts';
import type { DecisionRecord, Participant } from '../../core/review/facts.ts';
import { personOf } from '../../core/review/identities.ts';
import { parseDecision, serializeDecision } from '../../core/review/parseDecision.ts';
import { isPathInside } from '../../core/review/recordFields.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { parseSshsig } from '../../core/review/sshsig.ts';
import { previousFor, standingOn } from '../../core/review/standing.ts';
import { quoted } from '../../core/review/standingWords.ts';
import { timeOf, ulid } from '../../core/review/ulid.ts';
import { refusalOfReviewer } from '../../core/review/weigh.ts';
import { sha256Hex } from '../digest.ts';
import { gitText, RepositoryError } from '../git.ts';
import { holdToIdentity } from '../identity.ts';
import { readLocalTime } from '../signatures/localTime.ts';
import { sign, type SigningKey, type SignOptions } from '../signatures/sign.ts';
import { readContents } from './content.ts';
import type { Analyzer } from './findConcerns.ts';
import { readManifest } from './manifest.ts';
import { readParticipants } from './participants.ts';
import type { Rules } from './policyFacts.ts';
import { checkSignature, ownDecisions, readDecisions, refOfDecision, type StoredDecision, toRecords, writeDecision } from './records.ts';
import { decidedOf, protectedReason } from '../../core/review/concern.ts';
import { findRequested, holdToContent, type Requested, tipFor } from './requested.ts';
import { policiesOf, rulesOver, usualBranch } from './rulesOver.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { isAtRemote } from './targetTip.ts';
import { readRoots, readUrls } from './whereabouts.ts';

/** A decision that is ready to be shown, and then signed as it was shown: it is on the concerns, and on nothing else that the change holds. */
export interface PreparedDecision extends Requested {
  readonly decision: Decision;
  /** What is signed. */
  readonly bytes: string;
  /** SHA-256 of the bytes. */
  readonly digest: string;
  readonly rules: Rules;
  /** Of a taking back, what it takes back. */
  readonly takesBack: readonly Decision[];
  /** What the reviewer decided on the request before: from now on this counts in its place. */
  readonly replaces: readonly Decision[];
}

export interface DecisionDraft {
  readonly request: ReviewRequest;
  /** Of the request's stored bytes. */
  readonly requestDigest: string;
  readonly kind: DecisionKind;
  readonly reviewer: string;
  readonly reason: string;
  readonly now: Date;
  /** Said by who decides, where their last decision is from the future: it counts for nothing yet, and this one follows it. */
  readonly isClockRight?: boolean;
  /** The text of the signers' file that admits the first policy. */
  readonly bootstrapSigners?: string | undefined;
}

/** Finds out again what the request is about, and says it as a decision. Throws when the decision would not count anyway, with what to do. */
export async function prepareDecision(store: ReviewStore, draft: DecisionDraft, { analyzer, version, ruleIds }: { readonly analyzer: Analyzer; readonly version: string; readonly ruleIds: readonly string[] }): Promise<PreparedDecision> {
  const { request, kind, reviewer, reason, now } = draft;
  await holdToIdentity(store.root);
  const tip = await tipFor(store, request);
  const usual = await usualBranch(store);
  const [url] = await readUrls(store.root);
  return withPinnedStore(store, async (root) => {
    await holdToContent(root, request, tip);
    const participants = await readParticipants(root, request.base, request.head);
    const requester = { kind, reviewer, request: { id: request.id, sha256: draft.requestDigest, requester: request.requester } };
    const refusalBy = ({ policy: found }: Rules) => ('policy' in found ? refusalOfReviewer(requester, found.policy, { pusher: undefined, participants }) : undefined);
    const judging = await rulesOver(root, { base: tip, head: request.head, usual }, { targetRef: request.targetRef, ruleIds, bootstrapSigners: draft.bootstrapSigners });
    // Where two policies watch the branch, somebody may be a senior by one of them.
    const rules = judging.find((each) => refusalBy(each) === undefined) ?? judging[0];
    if (!('policy' in rules.policy)) throw new RepositoryError(rules.policy.kind === 'broken' ? `the policy of ${request.targetRef} is broken: ${rules.policy.why}` : `${request.targetRef} has no policy that says who may decide; propose one: firebreak init --policy; to approve the first one, name the server's signers: --bootstrap-signers FILE`);
    const { policy } = rules.policy;
    const own = await ownDecisions(store.root, reviewer, rules.signers, now);
    if (kind === 'revoke') await holdToDecided(store, draft, own);
    const previous = previousFor(request.id, own);
    await holdToClock(store, draft, [...(previous === undefined ? [] : [previous]), ...standingOn(request.id, own)]);
    const refusal = refusalBy(rules);
    if (refusal !== undefined && kind !== 'revoke') throw new RepositoryError(`the decision would not count: ${refusal}; have somebody else decide`);
    await holdToOthers(store, requester, { root, tip, rules, policy, participants, request });
    const found = await findRequested(root, request, { objectFormat: store.objectFormat, policies: policiesOf(judging), analyzer });
    const { concerns } = found;
    if (concerns.length === 0) throw new RepositoryError('nothing that the request names is found in its change, so there is nothing to decide; ask for a new request');
    const alone = kind === 'emergency' ? concerns.find((concern) => !passesInEmergency(concern)) : undefined;
    if (alone !== undefined) throw new RepositoryError(`${alone.path} passes in no emergency, because it ${protectedReason}; take it out of the change, or have it approved`);
    const manifest = await readManifest(root, request.base, request.head, concerns.flatMap(({ evidence }) => evidence));
    const odd = manifest.find(({ path }) => !isPathInside(path));
    if (odd !== undefined) throw new RepositoryError(`a decision cannot name the file ${JSON.stringify(odd.path)}; have it renamed, and ask for a new request`);
    const decision: Decision = {
      id: ulid(now.getTime(), randomBytes(10)),
      ...requester,
      repository: { root: (await readRoots(root, tip === undefined ? request.head : request.base, []))[0] ?? '', ...(url !== undefined && { url }) },
      targetRef: request.targetRef,
      base: request.base,
      head: request.head,
      tree: await gitText(root, ['rev-parse', `${request.head}^{tree}`]),
      manifest,
      findings: concerns.map(decidedOf),
      analyzer: { version, rules: sha256Hex(JSON.stringify([version, ...ruleIds].sort())) },
      ...(rules.policy.kind === 'at' && { policy: rules.policy.commit }),
      reason,
      created: now.toISOString(),
      expires: new Date(now.getTime() + (kind === 'emergency' ? policy.emergency.followUpWithinMs : policy.keys.maxAgeMs)).toISOString(),
      nonce: randomBytes(16).toString('hex'),
      ...(previous !== undefined && { previous: { id: previous.decision.id, sha256: previous.sha256 } }),
    };
    const bytes = serializeDecision(decision, sha256Hex);
    const read = parseDecision(bytes, sha256Hex);
    if ('why' in read) throw new RepositoryError(`no reader would accept the decision: ${read.why}`);
    const replaces = standingOn(request.id, own).map((each) => each.decision);
    return { ...found, decision, bytes, digest: sha256Hex(bytes), rules, replaces, takesBack: kind === 'revoke' ? replaces : [] };
  });
}

/** Signs what was shown, and stores it when the signature counts. @returns the ref */
export async function signDecision(store: ReviewStore, { decision, bytes, rules }: PreparedDecision, key: SigningKey, options: Omit<SignOptions, 'namespace' | 'key'> = {}): Promise<string> {
  const signature = await sign(Buffer.from(bytes), { ...options, namespace: decisionNamespace, key });
  const checked = await checkSignature({ decision, bytes: Buffer.from(bytes), signature }, rules.signers, new Date(decision.created));
  if (!checked.isGood) throw new RepositoryError(`nothing was stored, because the signature would not count on ${decision.targetRef}: ${checked.why}; ${remedyFor(decision.reviewer, signature, rules)}`);
  return writeDecision(store, decision, bytes, signature);
}

/** Taking back what nobody decided, or what is taken back, would be one more record and nothing else. @param own well signed */
async function holdToDecided({ root }: ReviewStore, { request: { id }, reviewer }: DecisionDraft, own: readonly DecisionRecord[]): Promise<void> {
  if (standingOn(id, own).length > 0) return;
  const on = (await readDecisions(root, { reviewer })).decisions.filter(({ decision }) => decision.request.id === id);
  if (on.length === 0) throw new RepositoryError(`${reviewer} decided nothing on request ${id}, so there is nothing to take back; see firebreak show ${id}`);
  const [goodRefs, last] = [new Set(own.map(({ ref }) => ref)), own.findLast(({ decision }) => decision.kind === 'revoke' && decision.request.id === id)?.decision];
  // What a key of theirs signed that counts no more is theirs all the same: it holds things up until something later takes it back.
  const isLeft = on.some(({ ref, decision }) => !goodRefs.has(ref) && last !== undefined && timeOf(decision.id) > timeOf(last.id));
  if (last !== undefined && !isLeft) throw new RepositoryError(`${reviewer} took back already what they decided on request ${id}, at ${last.created}, so there is nothing to take back, and nothing was signed; see firebreak show ${id}`);
}

/** Who passes something in an emergency leaves it to others to follow: there have to be some, and an approval of their own is none. */
async function holdToOthers(store: ReviewStore, { kind, reviewer, request: { requester } }: Pick<Decision, 'kind' | 'reviewer' | 'request'>, { root, tip, rules, policy, participants, request }: { readonly root: string; readonly tip: string | undefined; readonly rules: Rules; readonly policy: Policy; readonly participants: readonly Participant[]; readonly request: ReviewRequest }): Promise<void> {
  const others = mayFollow({ reviewer, request: { ...request, sha256: '', requester } }, policy, participants);
  if (kind === 'emergency' && others.length === 0) throw new RepositoryError(`nobody could follow: every senior other than ${reviewer} asked for it or had a part in it, and when the time for that is over no push would pass; have it approved, or another senior named in the policy first`);
  if (kind !== 'approve') return;
  const isTheirs = ({ decision }: Pick<StoredDecision, 'decision'>) => decision.kind === 'emergency' && decision.request.id === request.id && personOf(decision.reviewer, policy) === personOf(reviewer, policy);
  // What nobody signed keeps nobody from following.
  const checked = await Promise.all((await readDecisions(store.root)).decisions.filter(isTheirs).map((each) => checkSignature(each, rules.signers, new Date(each.decision.created))));
  const passes = checked.filter(({ isGood }) => isGood);
  const isStanding = passes.length > 0 && (await readStanding(store, request, rules)).some((decision) => isTheirs({ decision }));
  const isUsed = async () => tip !== undefined && (await readContents(root, [request], { tip, head: request.head, tree: '' }))(request).isInTarget;
  if (!isStanding && (passes.length === 0 || !(await isUsed()))) return;
  const wayBack = isStanding && !(await isUsed()) ? `; or take that back first, since it is not used yet (firebreak revoke ${request.id} --as ${quoted(reviewer)} --reason "…"), and approve it then` : '';
  throw new RepositoryError(`an approval by ${reviewer} would not count, because they passed request ${request.id} in an emergency themselves, and somebody else has to follow: have it approved by ${others.length === 0 ? 'another senior, whom the policy has to name first' : others.join(' or ')} (firebreak approve ${request.id} --as NAME --reason "…")${wayBack}`);
}

/** What still lets the request pass, or holds it, by the records that are here: those well signed that nobody took back. */
export async function readStanding(store: ReviewStore, request: ReviewRequest, { signers }: Rules): Promise<readonly Decision[]> {
  const { decisions } = await readDecisions(store.root);
  const on = decisions.filter(({ decision }) => decision.request.id === request.id);
  const records = await toRecords({ decisions, unreadable: [] }, on, signers, new Date());
  return standingOn(request.id, records).flatMap(({ decision, signature }) => (signature.isGood ? [decision] : []));
}

function remedyFor(reviewer: string, signature: string, { signers }: Rules): string {
  const parsed = parseSshsig(signature);
  const named = 'why' in parsed ? [] : principalsOf(parseAllowedSigners(signers.allowedSigners ?? '', readLocalTime).signers, parsed.publicKey, [reviewer]);
  if (!named.includes(reviewer)) return `sign with the key that .firebreak/allowed_signers names for ${reviewer} there`;
  return `this is the key that .firebreak/allowed_signers names for ${reviewer} there, so it takes another one: make it (ssh-keygen -t ed25519 -f FILE), have git sign with it (git config firebreak.signingKey FILE), and have its line (firebreak init --signing) approved there`;
}

async function holdToClock(store: ReviewStore, { request, now, isClockRight = false }: DecisionDraft, before: readonly DecisionRecord[]): Promise<void> {
  const ahead = isClockRight ? undefined : before.find(({ decision }) => Date.parse(decision.created) > now.getTime())?.decision;
  const told = `this machine says that it is ${now.toISOString()}`;
  if (ahead !== undefined) {
    throw new RepositoryError(`${told}, and your decision ${ahead.id} was made at ${ahead.created}; set the clock right; if it is right, and was ahead when you made that one, ${await wayOut(store, ahead)}`);
  }
  if (isAhead(timeOf(request.id), now.getTime())) throw new RepositoryError(`${told}, and the request was made at ${request.createdAt}; set the clock right, or have it asked for again where that one was ahead`);
}

/** A decision that nobody else has can go; one that others have has to be followed, so that this one takes its place. */
async function wayOut(store: ReviewStore, decision: Decision): Promise<string> {
  const ref = refOfDecision(decision);
  const found = await isAtRemote(store, ref);
  if (typeof found === 'object') return `run this again when ${found.remote} can be reached (${found.why}): it says whether anybody else has that one`;
  return found === false ? `take it away, since it was never sent, and run this again: git update-ref -d ${ref}` : 'have this one follow it: give --clock-is-right';
}
