import { atWorst, groupOf, type AtHead, type RequestState, type Unsent } from '../../core/review/requestState.ts';
import { personOf } from '../../core/review/identities.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { clockSkewMs } from '../../core/review/clocks.ts';
import { endOf } from '../../core/review/weigh.ts';
import { sha256Hex } from '../digest.ts';
import { gitText } from '../git.ts';
import { headCommit, resolveCommit } from '../objects.ts';
import { listedMs, readReviews, refOf, type Reviews } from '../requests.ts';
import { ownAddresses } from '../reviewers.ts';
import { mergeAllOnto, type Merged } from './content.ts';
import { findState, type StateGrounds } from './findState.ts';
import { Judgement, type LendAnalyzer } from './judgement.ts';
import { type FoundState, KeptStates } from './keptStates.ts';
import type { Rules } from './policyFacts.ts';
import { readDecisions, refOfDecision, type StoredDecision, type StoredDecisions } from './records.ts';
import { rulesOnto, usualBranch } from './rulesOver.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { tipsOf, unsentOf } from './targetTip.ts';
import { readUrls } from './whereabouts.ts';

export interface ReviewStates extends Pick<Reviews, 'unreadable' | 'olderCount'> {
  /** The newest first. */
  readonly states: readonly RequestState[];
}

export interface StatesQuestion {
  readonly ruleIds: readonly string[];
  /** Lends what finds concerns in a commit: a change that seems to be approved is judged as the gate will judge it. */
  readonly withAnalyzer: LendAnalyzer;
  readonly now: Date;
  /** Also those that are older than `listedMs`. */
  readonly isAll?: boolean;
  /** Of one request alone, however old it is. */
  readonly only?: string;
  /** The text of the signers' file that admits the first policy. */
  readonly bootstrapSigners?: string | undefined;
}

/**
 * Where each request stands against the target as it is known here, by each of the policies by which the gate would judge it, and the decisions that are here. What is asked of git goes by the requests that are open: where one stood whose change has landed, and of others
 * as long as nothing of what that was found out from is another one, is kept.
 */
export async function readStates(store: ReviewStore, { ruleIds, now, isAll = false, only, withAnalyzer, bootstrapSigners }: StatesQuestion): Promise<ReviewStates> {
  const since = isAll || only !== undefined ? 0 : now.getTime() - listedMs;
  const { requests: all, unreadable, digests, olderCount } = await readReviews(store, { since, named: only ?? '' });
  const requests = only === undefined ? all : all.filter(({ id }) => id === only);
  if (requests.length === 0) return { states: [], unreadable, olderCount };
  const stored = await readDecisions(store.root, { since: since - clockSkewMs });
  const own = store.isBare ? [] : await ownAddresses(store.root);
  const headHere = store.isBare ? undefined : await headCommit(store.root);
  const urls = await readUrls(store.root);
  const tips = await tipsOf(store, new Set(requests.map(({ targetRef }) => targetRef)));
  const akinTo = indexOf(stored);
  const usual = await usualBranch(store);
  const states = await withPinnedStore(store, async (root) => {
    const kept = new KeptStates(store.commonDir);
    const read = new Map<string, RequestState>();
    for (const [targetRef, tip] of tips) {
      const question = { targetRef, ruleIds, bootstrapSigners };
      const asked = requests.filter((request) => request.targetRef === targetRef).map((request) => ({ request, digest: digests.get(request.id) ?? '' }));
      const circumstances = { root, objectFormat: store.objectFormat, tip, usualTip: usual?.tip, stored, akinTo, own, headHere, bootstrapSigners, urls, now, kept, ruleIds };
      const rulesFor = (head: string | undefined) => rulesOnto(root, tip, { head, usual }, question);
      const all = await rulesFor(undefined);
      // Where two hold, what takes over the default branch's is judged by those alone.
      const isSame = all.length === 1 && all[0].policy.kind !== 'broken';
      for (const [rules, some] of await partedBy(asked, async ({ request }) => (isSame ? all : rulesFor(request.head)))) {
        const byEach: (readonly RequestState[])[] = [];
        for (const each of rules) byEach.push(await statesAt(some, { ...circumstances, rules: each, judgement: new Judgement({ root, objectFormat: store.objectFormat }, withAnalyzer) }));
        for (const { request } of some) {
          const [first, ...others] = byEach.flatMap((states) => states.filter((state) => state.request.id === request.id));
          if (first !== undefined) read.set(request.id, atWorst([first, ...others]));
        }
      }
    }
    const unsent = await unsentOf(store);
    return requests.flatMap(({ id }) => withUnsent(read.get(id), unsent));
  });
  return { states, unreadable: [...unreadable, ...stored.unreadable], olderCount };
}

/** What of a request and of the decisions on it only this clone has. */
function withUnsent(state: RequestState | undefined, unsent: Unsent | undefined): RequestState[] {
  if (state === undefined) return [];
  const isUnsent = (ref: string) => unsent?.refs.includes(ref) === true;
  const [isRequest, isDecision] = [isUnsent(refOf(state.request.id)), state.decisions.map(refOfDecision).some(isUnsent)];
  return [unsent !== undefined && (isRequest || isDecision) ? { ...state, unsent: { ...unsent, isRequest, isDecision } } : state];
}

type Asked = Pick<RequestState, 'request' | 'digest'>;

/** Requests that are judged by the same rules together: what is merged for them is merged at once. */
async function partedBy(asked: readonly Asked[], rulesOf: (each: Asked) => Promise<readonly [Rules, ...Rules[]]>): Promise<Iterable<readonly [readonly [Rules, ...Rules[]], readonly Asked[]]>> {
  const parts = new Map<string, [readonly [Rules, ...Rules[]], Asked[]]>();
  for (const each of asked) {
    const rules = await rulesOf(each);
    const key = rules.map(nameOf).join(' ');
    const part = parts.get(key) ?? [rules, []];
    part[1].push(each);
    parts.set(key, part);
  }
  return parts.values();
}

/** Whose they are, and of which commit. */
function nameOf({ policy }: Rules): string {
  return JSON.stringify([policy.kind, 'of' in policy ? policy.of : '', policy.kind === 'at' ? policy.commit : '']);
}

interface Circumstances extends Omit<StateGrounds, 'policy' | 'merged' | 'tipTree'> {
  readonly akinTo: ReturnType<typeof indexOf>;
  readonly own: readonly string[];
  /** What is checked out. */
  readonly headHere: string | undefined;
  readonly bootstrapSigners: string | undefined;
  readonly kept: KeptStates;
}

/** Decisions by what they are on: every request asks for those that are about it. */
function indexOf({ decisions }: StoredDecisions) {
  const [byRequest, byConcern] = [new Map<string, StoredDecision[]>(), new Map<string, Set<string>>()];
  for (const each of decisions) {
    const { request, findings } = each.decision;
    byRequest.set(request.id, [...(byRequest.get(request.id) ?? []), each]);
    for (const { fingerprint, rule, path } of findings) for (const key of [fingerprint, `${rule} ${path}`]) byConcern.set(key, (byConcern.get(key) ?? new Set()).add(request.id));
  }
  return {
    on: (id: string): readonly StoredDecision[] => byRequest.get(id) ?? [],
    /** All on requests of which one is about the same, as `decisionsOn` has it. */
    akin: ({ findings }: ReviewRequest): readonly StoredDecision[] => {
      const ids = new Set(findings.flatMap(({ fingerprint, rule, path }) => [...(byConcern.get(fingerprint) ?? []), ...(byConcern.get(`${rule} ${path}`) ?? [])]));
      return [...ids].flatMap((id) => byRequest.get(id) ?? []).sort((one, other) => (one.decision.id < other.decision.id ? -1 : 1));
    },
  };
}

/** Of the requests for one branch. What is merged is merged by one process of git's: it is the most of what a list costs. */
async function statesAt(asked: readonly Asked[], circumstances: Circumstances): Promise<readonly RequestState[]> {
  const { root, tip, rules, akinTo, headHere } = circumstances;
  const [first] = asked;
  if (!('policy' in rules.policy)) {
    const why = rules.policy.kind === 'broken' ? `the policy of ${rules.policy.of ?? first?.request.targetRef ?? ''} cannot be read: ${rules.policy.why}; have it corrected there, and name the signers that its server has for that` : `${first?.request.targetRef ?? ''} has no policy that is known here; fetch it, or where it has none yet, name the signers that its server has for the first one`;
    return asked.map((each) => ({ ...each, decisions: [], hasLanded: false, coverage: 'pending', because: [`${why}: firebreak reviews --bootstrap-signers FILE`], by: [], takenBack: [], group: 'waiting', isUnjudged: true as const }));
  }
  const { policy } = rules.policy;
  const decided = await Promise.all(asked.map(async ({ request, digest }) => {
    const each = { request, digest, on: akinTo.on(request.id), akin: akinTo.akin(request) };
    return { each, ...(await keptState(each, circumstances)) };
  })); // prettier-ignore
  const merged = await mergeOntoTip(root, tip, [...decided.flatMap(({ each, found }) => (found === undefined ? [each.request.head] : [])), ...(headHere === undefined ? [] : [headHere])]);
  const tipTree = tip === undefined ? undefined : await gitText(root, ['rev-parse', `${tip}^{tree}`]);
  const grounds: StateGrounds = { ...circumstances, policy, merged, tipTree };
  const states: RequestState[] = [];
  for (const { each, keys, found: known } of decided) {
    const found = known ?? (await foundState(each, keys, grounds, circumstances));
    const isMine = circumstances.own.some((name) => personOf(name, policy) === personOf(each.request.requester.email, policy));
    const atHead = isMine && found.coverage === 'covered' && !found.hasLanded ? await stateAtHead(each, keys, grounds, circumstances) : undefined;
    states.push(stateOf(each, found, { atHead, own: circumstances.own, policy }));
  }
  return states;
}

/** What a branch begins with is there as it is. */
async function mergeOntoTip(root: string, tip: string | undefined, commits: readonly string[]): Promise<ReadonlyMap<string, Merged>> {
  if (tip !== undefined) return mergeAllOnto(root, tip, commits);
  const merged = new Map<string, Merged>();
  for (const commit of new Set(commits)) merged.set(commit, (await resolveCommit(root, commit)) === undefined ? 'missing' : { tree: await gitText(root, ['rev-parse', `${commit}^{tree}`]) });
  return merged;
}

function stateOf({ request, digest, on }: Decided, { good, ...found }: FoundState, { atHead, own, policy }: { readonly atHead: AtHead | undefined; readonly own: readonly string[]; readonly policy: Policy }): RequestState {
  const decisions = on.flatMap(({ decision, sha256 }) => (good.includes(sha256) ? [decision] : []));
  const state = { request, digest, decisions, ...found, ...(atHead !== undefined && { atHead }) };
  return { ...state, group: groupOf(state, own, policy) };
}

/** Where an own change stands as the last commit has it: whoever asked goes on working, and it is that which they push. Undefined where it is no other one, nothing of the request, or covered too. */
async function stateAtHead({ request, akin }: Decided, keys: StateKeys, grounds: StateGrounds, { headHere, kept, now, rules }: Circumstances): Promise<AtHead | undefined> {
  const [asked, here] = [request.head, headHere ?? request.head].map((commit) => grounds.merged.get(commit));
  if (headHere === undefined || headHere === request.head || (typeof here === 'object' && typeof asked === 'object' && asked.tree === here.tree)) return undefined;
  const from = sha256Hex(JSON.stringify([keys.open, headHere]));
  const name = `${keptName(request, rules)}-at-head`;
  const known = await kept.get(name, [from], now.getTime());
  if (known === undefined) {
    const { found, isWhole, isOfRequest } = await findState({ ...request, head: headHere }, akin, grounds);
    const state = isOfRequest ? found : { ...found, coverage: 'covered' as const };
    if (isWhole) await kept.put(name, from, state, endOfState(akin, grounds.policy, rules.signers.allowedSigners, now.getTime()));
    return state.coverage === 'covered' ? undefined : { commit: headHere, coverage: state.coverage, because: state.because };
  }
  return known.coverage === 'covered' ? undefined : { commit: headHere, coverage: known.coverage, because: known.because };
}

interface Decided {
  readonly request: ReviewRequest;
  readonly digest: string;
  readonly on: readonly StoredDecision[];
  /** These and decisions on other requests that are about the same. */
  readonly akin: readonly StoredDecision[];
}

/** A request that two policies are asked about has two states. */
function keptName({ id }: Pick<RequestState['request'], 'id'>, { policy }: Rules): string {
  return 'of' in policy ? `${id}-${sha256Hex(policy.of).slice(0, 16)}` : id;
}

interface StateKeys {
  /** What a state is kept by where the change has landed, and where it has not. */
  readonly landed: string;
  readonly open: string;
}

async function keptState({ request, digest, akin }: Decided, { stored, urls, ruleIds, kept, now, tip, rules, bootstrapSigners }: Circumstances): Promise<{ readonly keys: StateKeys; readonly found: FoundState | undefined }> {
  const chains = chainsOf(akin, stored).map(({ each: { ref, sha256, signature, isPreviousKnown }, follows }) => [ref, sha256, sha256Hex(signature), isPreviousKnown, follows]);
  const broken = stored.unreadable.map(({ ref, why }) => [ref, why]);
  const keys = { landed: sha256Hex(JSON.stringify(['landed', digest, chains, broken])), open: sha256Hex(JSON.stringify(['open', digest, chains, broken, tip, nameOf(rules), urls, ruleIds, rules.policy.kind === 'bootstrap' ? bootstrapSigners : ''])) };
  return { keys, found: await kept.get(keptName(request, rules), [keys.landed, keys.open], now.getTime()) };
}

/** With each decision the one of them that it follows, over whatever stands between. */
function chainsOf(akin: readonly StoredDecision[], { decisions }: StoredDecisions): readonly { readonly each: StoredDecision; readonly follows: string }[] {
  if (akin.length < 2) return akin.map((each) => ({ each, follows: '' }));
  const [byDigest, wanted] = [new Map(decisions.map((each) => [each.sha256, each])), new Set(akin.map(({ sha256 }) => sha256))];
  return akin.map((each) => {
    let at = each.decision.previous?.sha256;
    for (const seen = new Set<string>(); at !== undefined && !wanted.has(at) && !seen.has(at); at = byDigest.get(at)?.decision.previous?.sha256) seen.add(at);
    return { each, follows: at ?? '' };
  });
}

async function foundState({ request, akin }: Decided, keys: StateKeys, grounds: StateGrounds, { kept, now, rules }: Circumstances): Promise<FoundState> {
  const { found, isWhole } = await findState(request, akin, grounds);
  // An emergency asks for an approval after it landed.
  const isOver = found.hasLanded && found.coverage === 'covered' && akin.every(({ decision }) => decision.kind === 'approve');
  if (isOver) await kept.put(keptName(request, rules), keys.landed, found, Infinity);
  else if (isWhole) await kept.put(keptName(request, rules), keys.open, found, endOfState(akin, grounds.policy, rules.signers.allowedSigners, now.getTime()));
  return found;
}

const hourMs = 3_600_000;

/** The next moment at which the same records may say something else. Milliseconds since 1970. */
function endOfState(on: readonly StoredDecision[], policy: Policy, allowedSigners: string | undefined, now: number): number {
  const moments = on.flatMap(({ decision }) => [endOf(decision, policy), Date.parse(decision.created) - clockSkewMs]).filter((moment) => moment > now);
  const isTimed = allowedSigners !== undefined && /valid-(?:before|after)/i.test(allowedSigners);
  return Math.min(...moments, ...(isTimed ? [now + hourMs] : []), Infinity);
}
