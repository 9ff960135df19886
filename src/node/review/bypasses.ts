import type { Pass } from '../../core/report/audit.ts';
import { isWatched } from '../../core/policy/applyPolicy.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Concern } from '../../core/review/concern.ts';
import { clockSkewMs } from '../../core/review/clocks.ts';
import { demandOf } from '../../core/review/demands.ts';
import { judge } from '../../core/review/gate.ts';
import { type Attempt, findBypasses, type Trial } from '../../core/review/history.ts';
import { isUlid, timeOf } from '../../core/review/ulid.ts';
import type { Blocked, Verdict } from '../../core/review/verdict.ts';
import { RepositoryError } from '../git.ts';
import { resolveCommit } from '../objects.ts';
import { knownTips } from './beginning.ts';
import { isAncestor } from './content.ts';
import { type Analyzer, findConcerns } from './findConcerns.ts';
import { readPastFacts } from './gateFacts.ts';
import type { LendAnalyzer } from './judgement.ts';
import { type HistoryCommit, HistoryCommits } from './landedHistory.ts';
import { readRules, type Rules } from './policyFacts.ts';
import { decisionsOn, type StoredDecisions } from './records.ts';
import { usualBranch } from './rulesOver.ts';
import { type Era, RulesThen } from './rulesThen.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { readUrls } from './whereabouts.ts';

export interface HistoryQuestion {
  readonly targetRef: string;
  readonly tip: string;
  /** Where the branch left the default one, whose own audit goes on from there; absent for the default one. */
  readonly leftAt?: string | undefined;
  /** Milliseconds since 1970: what was committed before is not judged. */
  readonly since: number;
  readonly now: Date;
  readonly ruleIds: readonly string[];
  readonly stored: StoredDecisions;
  /** What the gate let in, as the repository that is pushed to took it down: there it is known what was pushed at once, and the gate's word of then holds. */
  readonly passes: readonly Pass[];
  /** Lends what finds concerns in a commit. */
  readonly withAnalyzer: LendAnalyzer;
}

/** As the core's, with the step's commits. */
export interface Bypass {
  readonly base: string;
  readonly landed: HistoryCommit;
  readonly blocked: Blocked;
  readonly unless: readonly string[];
}

export interface JudgedHistory {
  /** The commit after which the history was judged; absent when there was nothing to judge by. */
  readonly from?: string;
  readonly commits: number;
  /** How many pushes stand in the gate's own log, and were not judged again. */
  readonly logged: number;
  readonly bypasses: readonly Bypass[];
}

/** When something landed: after it was committed, by its own word, and between two moments. Milliseconds since 1970. */
interface Window {
  readonly notBefore: number;
  readonly until: number;
}

/**
 * Judges a branch's history again with the gate's own function, each step by policy, signers and revocations of then, the branch's own and the default one's, and tells what no approval or emergency covered at any moment between its commit and now.
 * What a branch held for the length of one push is nobody's to see, unless the log tells the pushes.
 */
export async function judgeHistory(store: ReviewStore, question: HistoryQuestion): Promise<JudgedHistory> {
  return withPast(store, question, async (past) => {
    const { stretches, logged, begunAt } = await past.stretches();
    const bypasses: Bypass[] = begunAt === undefined ? [] : [...(await bypassesBefore(store, question, begunAt))];
    for (const stretch of stretches) bypasses.push(...(await past.bypassesIn(stretch)));
    const from = stretches[0]?.commits[0]?.commit ?? begunAt;
    return { ...(from !== undefined && { from }), commits: stretches.reduce((sum, { commits }) => sum + commits.length - 1, 0), logged, bypasses };
  });
}

/** What a branch began with that the default one had only within a push that took it back: judged as if that one had ended there. What its own audit tells is left to that. */
async function bypassesBefore(store: ReviewStore, question: HistoryQuestion, begunAt: string): Promise<readonly Bypass[]> {
  const usual = await usualBranch(store);
  if (usual?.tip === undefined || usual.ref === question.targetRef || !(await isAncestor(store.root, begunAt, usual.tip)) || (await knownTips(store, usual, question.passes)).includes(begunAt)) return [];
  const ofUsual = { ...question, targetRef: usual.ref, leftAt: undefined, since: 0 };
  const { bypasses } = await judgeHistory(store, { ...ofUsual, tip: begunAt });
  if (bypasses.length === 0) return [];
  const told = new Set((await judgeHistory(store, { ...ofUsual, tip: usual.tip })).bypasses.map(nameOf));
  return bypasses.filter((each) => !told.has(nameOf(each)));
}

function nameOf({ landed, blocked }: Bypass): string {
  return JSON.stringify([landed.commit, blocked.what, blocked.concern?.fingerprint]);
}

/**
 * What one step of a branch brings that would have to be approved; undefined when it is free.
 * @param isAtOnce whether only what held when it was committed counts, and nothing that came after
 * @throws RepositoryError when the commits are not here
 */
export async function judgeStep(store: ReviewStore, question: HistoryQuestion, base: string, isAtOnce = false): Promise<Verdict> {
  for (const commit of [base, question.tip]) if ((await resolveCommit(store.root, commit)) === undefined) throw new RepositoryError(`the commit ${commit} is not here; fetch it`);
  return withPast(store, { ...question, leftAt: base }, async (past) => (await past.judge(base, question.tip, { notBefore: 0, until: isAtOnce ? await past.committedAt(question.tip) : question.now.getTime() })).verdict);
}

async function withPast<T>(store: ReviewStore, question: HistoryQuestion, use: (past: Past) => Promise<T>): Promise<T> {
  const [urls, usual] = [await readUrls(store.root), await usualBranch(store)];
  return withPinnedStore(store, async (root) => {
    const commits = new HistoryCommits(root, question.leftAt);
    const began = question.leftAt === undefined ? 0 : (await commits.at(question.leftAt)).at;
    return use(new Past(store, root, question, { urls, commits, rules: new RulesThen(root, question, usual, Math.max(began, question.since)) }));
  });
}

interface Stretch {
  /** Oldest first; the first one is where it begins. */
  readonly commits: readonly HistoryCommit[];
  readonly window: Window;
  /** Whether the first one has a policy, and the branch had none before. */
  readonly isFromFirstPolicy: boolean;
}

interface Sources {
  readonly urls: readonly string[];
  readonly commits: HistoryCommits;
  readonly rules: RulesThen;
}

class Past {
  private readonly urls: readonly string[];
  private readonly commits: HistoryCommits;
  private readonly rules: RulesThen;
  private readonly own = new Map<string, Rules>();
  private readonly trials = new Map<string, Trial>();

  constructor(
    private readonly store: ReviewStore,
    private readonly root: string,
    private readonly question: HistoryQuestion,
    { urls, commits, rules }: Sources,
  ) {
    [this.urls, this.commits, this.rules] = [urls, commits, rules];
  }

  async committedAt(commit: string): Promise<number> {
    return (await this.commits.at(commit)).at;
  }

  /** The parts of the branch's history that no log speaks for, oldest first, and the commit of the default branch that it was begun with, where no log speaks for that. */
  async stretches(): Promise<{ readonly stretches: readonly Stretch[]; readonly logged: number; readonly begunAt?: string }> {
    const { targetRef, tip, leftAt, since, now, passes } = this.question;
    const logged = new Map(passes.flatMap((pass) => (pass.targetRef === targetRef ? [[pass.head, pass] as const] : [])));
    const stretches: Stretch[] = [];
    const used = new Set<string>();
    let begunAt: string | undefined;
    let [run, until]: [HistoryCommit[], number] = [[], now.getTime()];
    // Where the default branch has a policy, a branch without one is judged by that.
    const isRuled = await this.rules.isRuled();
    const close = async (notBefore: number) => {
      const oldest = isRuled ? run.length - 1 : run.findLastIndex(({ hasPolicy }) => hasPolicy);
      // Where there was no policy, nothing was asked for. The walk may end at the first one.
      const [before] = run[oldest]?.parents ?? [];
      const isFromFirstPolicy = !isRuled && (before === undefined || ((await resolveCommit(this.root, before)) !== undefined && !(await this.commits.at(before)).hasPolicy));
      if (oldest > 0) stretches.push({ commits: run.slice(0, oldest + 1).reverse(), window: { notBefore, until }, isFromFirstPolicy });
    };
    for (let at = tip; ; ) {
      const commit = await this.commits.at(at);
      run.push(commit);
      const pass = used.has(at) ? undefined : logged.get(at);
      const next = pass === undefined ? undefined : await resolveCommit(this.root, pass.base);
      if (pass !== undefined && (next !== undefined || pass.base === '')) {
        await close(Date.parse(pass.at));
        used.add(at);
        [run, until] = [[], Date.parse(pass.at)];
        if (next === undefined || until < since) break;
        at = next;
        continue;
      }
      const parent = at === leftAt || commit.at < since ? undefined : await this.parentOf(commit, new Set(logged.keys()), until);
      if (parent === undefined) {
        await close(0);
        if (at === leftAt && commit.at >= since) begunAt = at;
        break;
      }
      at = parent;
    }
    return { stretches: stretches.reverse(), logged: used.size, ...(begunAt !== undefined && { begunAt }) };
  }

  /** Which side of a merge was the branch: its first parent, but where somebody merged the branch into their own work and pushed that. */
  private async parentOf({ commit, parents }: HistoryCommit, logged: ReadonlySet<string>, until: number): Promise<string | undefined> {
    const [first, ...others] = parents;
    if (first === undefined || others.length === 0) return first;
    const known = parents.find((parent) => logged.has(parent));
    if (known !== undefined) return known;
    const window = { notBefore: 0, until };
    const isAsked = async (side: string) => (await this.rules.isRuled()) || (await this.commits.at(side)).hasPolicy;
    if (!(await isAsked(first)) || (await this.judge(first, commit, window)).verdict.passed) return first;
    // A side without a policy asks for nothing, and says nothing.
    for (const other of others) if ((await isAsked(other)) && (await this.judge(other, commit, window)).verdict.passed) return other;
    return first;
  }

  async bypassesIn({ commits, window, isFromFirstPolicy }: Stretch): Promise<readonly Bypass[]> {
    const at = (index: number) => commits[index]?.commit ?? '';
    const found = await findBypasses(commits, {
      judge: (from, to) => this.judge(at(from), at(to), window),
      policyAt: async (index) => {
        const { policy } = await this.ownAt(at(index));
        return 'policy' in policy ? policy.policy : undefined;
      },
      isFromFirstPolicy,
      isPastLog: window.notBefore > 0,
    });
    return found.flatMap(({ from, to, blocked, unless }) => {
      const landed = commits[to];
      return landed === undefined ? [] : [{ base: at(from), landed, blocked, unless }];
    });
  }

  async judge(base: string, head: string, window: Window): Promise<Trial> {
    const key = `${base} ${head} ${window.notBefore} ${window.until}`;
    const trial = this.trials.get(key) ?? (await this.tried(base, head, window));
    this.trials.set(key, trial);
    return trial;
  }

  /** Nobody knows when it landed: at some moment at which it was approved, or asked for less, if there was one. */
  private async tried(base: string, head: string, { notBefore, until }: Window): Promise<Trial> {
    const [from, to] = [await this.commits.at(base), await this.commits.at(head)];
    // Nothing lands before what it stands on.
    const committed = Math.min(Math.max(to.at, from.at, notBefore), until);
    return this.question.withAnalyzer(head, async (analyzer) => {
      const step = { base, head, analyzer, concerns: new Map<Policy, readonly Concern[] | Verdict>() };
      const attempts: Attempt[] = [];
      const passes = async (at: number, era: Era | undefined, unless?: string): Promise<boolean> => {
        const by: Attempt['by'][number][] = [];
        for (const rules of await this.rules.over(from, to, era)) by.push({ verdict: await this.judgedBy(rules, { ...step, usualTip: era?.commit }, at), policy: 'policy' in rules.policy ? rules.policy.policy : undefined });
        attempts.push({ by, ...(unless !== undefined && { unless }) });
        return by.every(({ verdict }) => verdict.passed);
      };
      if (await passes(committed, (await this.rules.at(committed)).era)) return { verdict: free, attempts };
      const concerns = [...step.concerns.values()].flatMap((found) => ('passed' in found ? [] : found));
      const decided = decisionsOn(concerns, this.question.stored, ({ kind }) => kind === 'emergency').map(({ decision }) => Date.parse(decision.created));
      // The gate counts what is a little ahead of its clock.
      const later = [...decided.filter((at) => at > committed && at <= until + clockSkewMs), ...(await this.rules.changes(committed, until))];
      const moments = [...new Set(later)].sort((one, other) => one - other);
      for (const at of moments) if (await passes(at, (await this.rules.at(at)).era)) return { verdict: free, attempts };
      const verdict = attempts.at(-1)?.by.find((each) => !each.verdict.passed)?.verdict ?? free;
      for (const at of [committed, ...moments]) {
        const { era, before } = await this.rules.at(at);
        for (const each of before) await passes(at, each, lateRulesWords(era));
      }
      return { verdict, attempts };
    });
  }

  private async judgedBy(rules: Rules, { base, head, usualTip, analyzer, concerns: known }: Step, at: number): Promise<Verdict> {
    const { targetRef, stored } = this.question;
    const facts = (concerns: readonly Concern[]) => readPastFacts(this.store, this.root, { ...this.question, rules, base, head, usualTip, urls: this.urls, concerns, stored: asOf(stored, at), now: new Date(at) }, analyzer);
    if (!('policy' in rules.policy)) return judge(await facts([]));
    const { policy } = rules.policy;
    if (!isWatched(targetRef, policy)) return free;
    const concerns = known.get(policy) ?? (await this.concernsOf(base, head, policy, analyzer));
    known.set(policy, concerns);
    if ('passed' in concerns) return concerns;
    const isOwed = stored.decisions.some(({ decision }) => decision.kind === 'emergency' && decision.targetRef === targetRef);
    if (!isOwed && concerns.every((concern) => demandOf(concern, policy, undefined) === undefined)) return free;
    const verdict = judge(await facts(concerns));
    const { of } = rules.policy;
    return verdict.passed || of === undefined ? verdict : { ...verdict, blocked: verdict.blocked.map((each) => ({ ...each, because: [...each.because, `by the rules of ${of}`] })) };
  }

  /** What cannot be looked at is refused here as it would have been then. */
  private async concernsOf(from: string, to: string, policy: Policy, analyzer: Analyzer): Promise<readonly Concern[] | Verdict> {
    try {
      return await findConcerns({ root: this.root, objectFormat: this.store.objectFormat }, { from, to, policy, analyzer });
    } catch (error) {
      if (!(error instanceof RepositoryError)) throw error;
      return { passed: false, notes: [], warned: [], blocked: [{ what: 'the push', because: [error.message] }], nextStep: '' };
    }
  }

  private async ownAt(commit: string): Promise<Rules> {
    const { rules: name = '' } = await this.commits.at(commit);
    const known = this.own.get(name) ?? (await readRules(this.root, commit, { ...this.question, isOptional: true }));
    this.own.set(name, known);
    return known;
  }
}

interface Step {
  readonly base: string;
  readonly head: string;
  readonly usualTip: string | undefined;
  readonly analyzer: Analyzer;
  /** What was found of it, by whose policy. */
  readonly concerns: Map<Policy, readonly Concern[] | Verdict>;
}

const lateRules = 'came onto it only after this, and those of before let it in';

function lateRulesWords(era: Era | undefined): string {
  return `the rules of the default branch, ${era?.commit ?? ''}, ${lateRules}`;
}

/** Whether it is for the time at which the default branch's rules came that something is uncertain: the log of the gate tells that. */
export function isOfLateRules(unless: string): boolean {
  return unless.endsWith(lateRules);
}

const free: Verdict = { passed: true, notes: [], warned: [], covered: [] };

/** What was known of decisions at a moment. */
function asOf({ decisions, unreadable }: StoredDecisions, at: number): StoredDecisions {
  const idOf = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1);
  return { decisions: decisions.filter(({ decision }) => Date.parse(decision.created) <= at), unreadable: unreadable.filter(({ ref }) => !isUlid(idOf(ref)) || timeOf(idOf(ref)) <= at) };
}
