import { isWatched } from '../../core/policy/applyPolicy.ts';
import { type Policy, policyPath } from '../../core/policy/policy.ts';
import { type Concern, fileConcern } from '../../core/review/concern.ts';
import { letsPass } from '../../core/review/decision.ts';
import { demandOf } from '../../core/review/demands.ts';
import type { ForgeWord, GateFacts } from '../../core/review/facts.ts';
import { pusherOfOwn } from '../../core/review/pushedBy.ts';
import { sha256Hex } from '../digest.ts';
import { gitAnswer, gitText, RepositoryError } from '../git.ts';
import { resolveCommit, splitOnce } from '../objects.ts';
import { findNewestRequests, findOldestRequests } from '../requests.ts';
import { readAskedFor } from './askedFor.ts';
import { type Beginning, readBeginning } from './beginning.ts';
import { isAncestor, mergeOnto, readContents } from './content.ts';
import { type Analyzer, findConcerns } from './findConcerns.ts';
import { readLandedBeside } from './landedBeside.ts';
import { readCosts, readSigning } from './lockOut.ts';
import { readChanges, readSides } from './manifest.ts';
import { readParticipants, readParticipantsOf } from './participants.ts';
import { policyBrought, readPoliciesOf, readRules, ruleFiles, type Rules, type RulesQuestion, signersThenAt } from './policyFacts.ts';
import { decisionsOn, folderOf, readDecisions, type StoredDecisions, toRecords } from './records.ts';
import { rulesOver, type UsualBranch, usualBranch } from './rulesOver.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { readRoots, readUrls } from './whereabouts.ts';

export interface GateQuestion extends RulesQuestion {
  /** The branch's tip, and where it would move: revisions, or zeros for none, as git tells its hooks. */
  readonly base: string;
  readonly head: string;
  /** Who pushes, as the server authenticated them. */
  readonly pusher: string | undefined;
  readonly now: Date;
  /** Refs of decisions that only this clone has: who is asked to let the branch move has none of them, so nothing passes by them. */
  readonly unsent?: readonly string[];
  /** Asks a forge for approvals at the head; called only when the policy counts them. */
  readonly readForgeApprovals?: ((policy: Policy, isJudged: (head: string) => Promise<boolean>) => Promise<readonly ForgeWord[]>) | undefined;
}

/** Records are read that are so much older than what can still count: a revocation may have been made late. */
const marginMs = 30 * 24 * 3_600_000;

/**
 * Reads everything that the gate looks at, for each of the policies by which the branch is judged. What cannot be read is thrown, or stands in the facts as what it is; nothing is left out in silence.
 */
export async function readGateFacts(store: ReviewStore, question: GateQuestion, analyzer: Analyzer): Promise<readonly [GateFacts, ...GateFacts[]]> {
  const urls = await readUrls(store.root);
  const usual = await usualBranch(store);
  const other = (await typeBeside(store, question.head)) ?? (await typeBeside(store, question.base));
  if (other !== undefined) return withPinnedStore(store, async (root) => [await readOther(root, other, usual, { ...question, urls })]);
  const [base, head] = [await commitOf(store, question.base, '--base'), await commitOf(store, question.head, '--head')];
  await holdToTip(store, question.targetRef, base);
  const unheld = store.isShallow && question.isOptional === true ? await readUnheld(store, { base, head, usual }, { ...question, urls }) : undefined;
  if (unheld !== undefined) return [unheld];
  return withPinnedStore(store, async (root) => {
    const [first, ...others] = await rulesOver(root, { base, head, usual }, question);
    if (first.policy.kind === 'none' && usual?.tip === undefined) await holdToDefault(store, root, question);
    const movement = await movementOf(root, base, head);
    const ruling = base ?? usual?.tip;
    const beginning = base !== undefined || head === undefined ? undefined : await readBeginning(store, root, usual, head);
    const factsBy = async (rules: Rules): Promise<GateFacts> => {
      const unjudged = unjudgedFacts({ ...question, movement, policy: rules.policy, urls });
      if (rules.policy.kind === 'none' && head !== undefined) return { ...unjudged, ...brought(await policyBrought(root, head, question)) };
      if (head === undefined || !('policy' in rules.policy) || movement === 'none' || movement === 'rewrite' || !isWatched(question.targetRef, rules.policy.policy)) return unjudged;
      const reading = { store, root, rules, ruling, usualTip: usual?.tip, head, analyzer, question };
      if (beginning?.untold !== undefined && usual !== undefined) return readUntold(unjudged, reading, beginning, { commit: beginning.untold, of: usual.ref });
      return readJudged(unjudged, { ...reading, from: base ?? beginning?.from[0] ?? '' });
    };
    const facts: [GateFacts, ...GateFacts[]] = [await factsBy(first)];
    for (const rules of others) facts.push(await factsBy(rules));
    return facts;
  });
}

/** Of a clone that lacks history, and cannot judge, what is to be said where no policy holds the branch; undefined where one does. */
async function readUnheld({ root }: ReviewStore, move: Parameters<typeof rulesOver>[1], question: GateQuestion & { readonly urls: readonly string[] }): Promise<GateFacts | undefined> {
  const [{ policy }, ...others] = await rulesOver(root, move, question);
  if (others.length > 0 || policy.kind === 'broken' || ('policy' in policy && isWatched(question.targetRef, policy.policy))) return undefined;
  return { ...unjudgedFacts({ ...question, movement: 'advance', policy }), ...brought(move.head === undefined ? undefined : await policyBrought(root, move.head, question)) };
}

/** What moves from or to no commit, as a tag may, holds nothing that could be judged, and goes where nobody watches. */
async function readOther(root: string, type: string, usual: UsualBranch | undefined, question: GateQuestion & { readonly urls: readonly string[] }): Promise<GateFacts> {
  const [{ policy }] = await rulesOver(root, { base: undefined, head: undefined, usual }, question);
  if (policy.kind === 'broken' || ('policy' in policy && isWatched(question.targetRef, policy.policy))) throw new RepositoryError(`${question.targetRef} would move from or to a ${type}, which is no commit, so there is no change to judge; the policy has it watched, so give it a commit, or push that under a name that nobody watches`);
  return unjudgedFacts({ ...question, movement: 'advance', policy });
}

/** A step that a watched branch once took. */
export interface PastStep extends RulesQuestion {
  readonly rules: Rules;
  readonly base: string;
  readonly head: string;
  /** The default branch's, then. */
  readonly usualTip: string | undefined;
  readonly urls: readonly string[];
  /** What the step holds that may need an approval. */
  readonly concerns: readonly Concern[];
  /** The decisions that there were. */
  readonly stored: StoredDecisions;
  readonly now: Date;
}

/** Of decisions that were not sent, what holds things up counts all the same. */
async function readSent(root: string, since: number, unsent: readonly string[] = []): Promise<StoredDecisions> {
  const stored = await readDecisions(root, { since });
  return { ...stored, decisions: stored.decisions.filter(({ ref, decision }) => !(letsPass(decision) && unsent.includes(ref))) };
}

/** What the gate would have looked at then, as far as history and records tell: not who pushed, and nothing of a forge. @param root of the pinned store */
export async function readPastFacts(store: ReviewStore, root: string, step: PastStep, analyzer: Analyzer): Promise<GateFacts> {
  const { rules, base, head, usualTip, stored, concerns } = step;
  const unjudged = unjudgedFacts({ ...step, movement: 'advance', policy: rules.policy, pusher: undefined });
  return readJudged(unjudged, { store, root, rules, ruling: base, usualTip, from: base, head, analyzer, question: { ...step, pusher: undefined }, past: { stored, concerns } });
}

function unjudgedFacts({ targetRef, movement, policy, pusher, urls, now }: Pick<GateFacts, 'targetRef' | 'movement' | 'policy' | 'pusher'> & { readonly urls: readonly string[]; readonly now: Date }): GateFacts {
  return {
    targetRef, movement, policy, pusher, costs: [], participants: [], canSign: () => true, repository: { roots: [], urls }, now: now.getTime(), tree: '', concerns: [], files: new Map(), records: [], unreadable: [], forgeApprovals: [],
    contentOf: () => ({ isBaseInTarget: false, replay: 'missing', isInTarget: false }), landedBeside: () => undefined, policyOf: () => undefined, participantsOf: () => undefined, folderOf, requestOf: () => undefined, firstAskedOf: () => undefined,
  }; // prettier-ignore
}

interface Reading {
  readonly store: ReviewStore;
  /** Of the pinned store. */
  readonly root: string;
  readonly rules: Rules;
  readonly ruling: string | undefined;
  readonly usualTip: string | undefined;
  readonly from: string;
  readonly head: string;
  readonly analyzer: Analyzer;
  readonly question: GateQuestion;
  /** Of a step of long ago: what it holds, and what had been decided. Nobody is told any more whom to ask about it. */
  readonly past?: Pick<PastStep, 'stored' | 'concerns'>;
}

/** Of a new branch that begins where the default one may never have stood. It passes where it has nothing over some tip of that one that would need an approval, whoever pushes it: what came between is nobody's to know. */
async function readUntold(facts: GateFacts, reading: Omit<Reading, 'from'>, { from }: Beginning, { commit, of }: { readonly commit: string; readonly of: string }): Promise<GateFacts> {
  const { store, root, head, analyzer } = reading;
  if (!('policy' in facts.policy)) return facts;
  const { policy } = facts.policy;
  for (const each of from) {
    const concerns = await findConcerns({ root, objectFormat: store.objectFormat }, { from: each, to: head, policy, analyzer });
    if (concerns.every((concern) => demandOf(concern, policy, undefined) === undefined)) return readJudged(facts, { ...reading, from: each });
  }
  return { ...(await readJudged(facts, { ...reading, from: from[0] })), untold: { commit, of, tip: from[0] } };
}

async function readJudged(facts: GateFacts, { store, root, rules, ruling, usualTip, from, head, analyzer, question, past }: Reading): Promise<GateFacts> {
  if (!('policy' in facts.policy)) return facts;
  const { policy } = facts.policy;
  const since = facts.now - Math.max(policy.keys.maxAgeMs, policy.emergency.followUpWithinMs) - marginMs;
  // Each question is a process of git's, so those that do not need one another's answers are asked at once.
  const [tree, found, changed, stored, participants] = await Promise.all([
    gitText(root, ['rev-parse', `${head}^{tree}`]),
    past?.concerns ?? findConcerns({ root, objectFormat: store.objectFormat }, { from, to: head, policy, analyzer }),
    readChanges(root, from, head),
    past?.stored ?? readSent(store.root, since, question.unsent),
    readParticipants(root, ruling, head),
  ]);
  const concerns = facts.movement === 'create' && ruling !== undefined ? [...found, ...(await otherRules(root, ruling, head, found))] : found;
  // Emergencies bind everybody.
  const relevant = decisionsOn(concerns, stored, ({ kind }) => kind === 'emergency');
  const decisions = relevant.map(({ decision }) => decision);
  const paths = new Set(concerns.flatMap((concern) => [concern.path, ...concern.evidence]));
  for (const { findings } of decisions) for (const { fingerprint, evidence } of findings) if (concerns.some((concern) => concern.fingerprint === fingerprint)) for (const path of evidence) paths.add(path);
  const demanded = past === undefined ? concerns.filter((concern) => demandOf(concern, policy, pusherOfOwn(policy, { pusher: facts.pusher, participants })) !== undefined) : [];
  const requests = await findNewestRequests(store.root, demanded.map(({ fingerprint }) => fingerprint), { targetRef: facts.targetRef, since });
  const firstAsked = stored.unreadable.length === 0 && stored.decisions.every(({ isPreviousKnown }) => isPreviousKnown) ? undefined : await findOldestRequests(store.root, concerns.map(({ fingerprint }) => fingerprint), facts);
  const asked = concerns.flatMap(({ fingerprint }) => requests.get(fingerprint) ?? []);
  const [policyAfter, costs, canSign, contentOf, roots, files, records] = await Promise.all([
    changed.some(({ path }) => path === policyPath) ? policyBrought(root, head, question) : undefined,
    past === undefined && changed.some(({ path }) => ruleFiles.includes(path)) ? readCosts(root, { from, to: head }, question) : [],
    demanded.length === 0 ? facts.canSign : readSigning(policy, rules.signers, question.now),
    readContents(root, [...decisions, ...asked], { tip: ruling, head, tree }),
    decisions.length === 0 ? [] : readRoots(root, ruling ?? head, decisions.map(({ repository }) => repository.root)),
    readSides(root, changed, head, [...paths]),
    toRecords(stored, relevant, rules.signers, question.now, signersThenAt(root, [ruling, usualTip], question)),
  ]);
  const landedBeside = await readLandedBeside(root, concerns, { contentOf, files, approved: decisions, asked });
  return {
    ...facts,
    tree,
    landedBeside,
    concerns,
    ...brought(policyAfter),
    costs,
    participants,
    canSign,
    repository: { ...facts.repository, roots },
    files,
    records,
    unreadable: stored.unreadable,
    forgeApprovals: policy.forge.github.approvals === 'count' && concerns.length > 0 ? ((await question.readForgeApprovals?.(policy, (commit) => isOf(root, commit, { ruling, head, tree }))) ?? []) : [],
    contentOf,
    policyOf: await readPoliciesOf(root, decisions, [ruling, usualTip], question),
    participantsOf: await readParticipantsOf(root, records),
    firstAskedOf: (fingerprint) => firstAsked?.get(fingerprint),
    requestOf: await readAskedFor(root, concerns, requests, { contentOf, files, tree, landedBeside }),
  };
}

function brought(policyAfter: GateFacts['policyAfter']): Pick<GateFacts, 'policyAfter'> {
  return policyAfter === undefined ? {} : { policyAfter };
}

/** Whether a commit is what is judged, or what is judged is that commit merged onto the target's tip. */
async function isOf(root: string, commit: string, { ruling, head, tree }: { readonly ruling: string | undefined; readonly head: string; readonly tree: string }): Promise<boolean> {
  if (commit === head) return true;
  const merged = ruling === undefined ? 'missing' : await mergeOnto(root, ruling, commit);
  return typeof merged !== 'string' && merged.tree === tree;
}

async function movementOf(root: string, base: string | undefined, head: string | undefined): Promise<GateFacts['movement']> {
  if (head === undefined) return base === undefined ? 'none' : 'delete';
  if (base === undefined) return 'create';
  if (base === head) return 'none';
  return (await isAncestor(root, base, head)) ? 'advance' : 'rewrite';
}

/** A branch that begins with other rules than the default one's, such as old ones, would be judged by these from then on. */
async function otherRules(root: string, usual: string, head: string, known: readonly Concern[]): Promise<readonly Concern[]> {
  const changes = await readChanges(root, usual, head);
  const differing = changes.filter(({ path }) => path.toLowerCase().startsWith('.firebreak/') && !known.some((concern) => concern.kind === 'protected' && concern.path === path));
  return differing.map(({ path }) => fileConcern('protected', path, 'is another one than on the default branch; take that one: git checkout DEFAULT_BRANCH -- .firebreak', 'unknown', sha256Hex));
}

/** What kind of object a revision names that names no commit, neither itself nor by a tag; undefined where it does, or names nothing. */
async function typeBeside({ root }: ReviewStore, revision: string): Promise<string | undefined> {
  if (/^0+$/.test(revision) || (await resolveCommit(root, revision)) !== undefined) return undefined;
  const { stdout, exitCode } = await gitAnswer(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{}`], { answers: [1, 128] });
  return exitCode === 0 ? gitText(root, ['cat-file', '-t', stdout.toString('utf8').trim()]) : undefined;
}

async function commitOf({ root }: ReviewStore, revision: string, option: string): Promise<string | undefined> {
  if (/^0+$/.test(revision)) return undefined;
  const names = await fullNamesOf(root, revision);
  if (names.length > 1) throw new RepositoryError(`${JSON.stringify(revision)} may be ${names.join(' or ')}, and git would choose; give ${option} one of these`);
  const commit = await resolveCommit(root, revision);
  if (commit === undefined) throw new RepositoryError(`there is no commit ${JSON.stringify(revision)} in ${root}; give ${option} one that is there, or fetch it`);
  return commit;
}

/** What a revision that begins with a name in short may mean: anybody may push a tag that goes before a branch. */
async function fullNamesOf(root: string, revision: string): Promise<readonly string[]> {
  const [name = ''] = /^[^~^:@]+/.exec(revision) ?? [];
  if (name === '' || name === 'HEAD' || /^(?:refs\/|[0-9a-f]{40}(?:[0-9a-f]{24})?$)/.test(name)) return [];
  const meant = ['refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'].map((place) => `${place}${name}`);
  return (await gitText(root, ['for-each-ref', '--format=%(refname)', ...meant])).split('\n').filter((each) => meant.includes(each));
}

/** Where HEAD names a branch that is not there, nothing says whose policy holds for a branch without one; that some branch asks to have it watched is enough to be held. */
async function holdToDefault({ root: own, isBare }: ReviewStore, root: string, question: GateQuestion): Promise<void> {
  if (!isBare) return;
  const [named, listed] = [await gitAnswer(own, ['symbolic-ref', '--quiet', 'HEAD'], { answers: [1] }), await gitText(own, ['for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads/'])];
  const missing = named.stdout.toString('utf8').trim();
  // It begins here, with what admits the first policy.
  if (missing === question.targetRef) return;
  const branches = listed.split('\n').filter((line) => line !== '').map((line) => splitOnce(line, ' '));
  for (const [tip, branch] of branches) {
    const { policy } = await readRules(root, tip, question);
    if (policy.kind === 'broken' || ('policy' in policy && isWatched(question.targetRef, policy.policy))) {
      throw new RepositoryError(`HEAD of this repository names ${missing}, which is not there, so it is not known whose policy holds for ${question.targetRef}; have who keeps it name the default branch, and push again: git symbolic-ref HEAD ${branch}`);
    }
  }
}

/** In a repository that is pushed to, the branch itself says what its tip is. */
async function holdToTip({ root, isBare }: ReviewStore, targetRef: string, base: string | undefined): Promise<void> {
  if (!isBare) return;
  const tip = await resolveCommit(root, targetRef);
  if (tip !== base) throw new RepositoryError(`the tip of ${targetRef} is ${tip ?? 'nothing: the branch is not there'}, and --base says ${base ?? 'that it is not there'}; give --base the tip`);
}
