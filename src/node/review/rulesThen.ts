import type { Pass } from '../../core/report/audit.ts';
import { gitText } from '../git.ts';
import { isAncestor } from './content.ts';
import { type HistoryCommit, HistoryCommits } from './landedHistory.ts';
import { type Rules, type RulesQuestion } from './policyFacts.ts';
import { rulesOver, type UsualBranch } from './rulesOver.ts';

/** Rules that the default branch once had. Moments are milliseconds since 1970. */
export interface Era {
  /** A commit that has them; undefined from before there was one. */
  readonly commit: string | undefined;
  /** git's name for them, undefined where they are none. */
  readonly rules: string | undefined;
  /** They held from here on, unless they were pushed later than they were committed. */
  readonly from: number;
  /** They held by then: somebody else went on from them, or the log of the gate says so. */
  readonly by: number;
}

/**
 * By whose rules a branch was judged at a moment: its own, and those of the default branch of then. When a commit came onto that one is told by the log of the gate where it lies, else by what commits say of their time; what
 * one committer made in a row may all have been pushed with the last of it.
 */
export class RulesThen {
  private readonly known = new Map<string, readonly [Rules, ...Rules[]]>();
  private read: Promise<readonly Era[]> | undefined;

  /**
   * @param root of the pinned store
   * @param since the moment from which on anything is asked for: what comes of before is the last of it
   */
  constructor(
    private readonly root: string,
    private readonly question: RulesQuestion & { readonly passes: readonly Pass[] },
    private readonly usual: UsualBranch | undefined,
    private readonly since: number,
  ) {}

  /** Oldest first; none where the branch is the default one, or nobody knows which that is. */
  eras(): Promise<readonly Era[]> {
    return (this.read ??= this.readEras());
  }

  /** Whether the default branch ever had any. */
  async isRuled(): Promise<boolean> {
    return (await this.eras()).some(({ rules }) => rules !== undefined);
  }

  /** The rules that held at a moment, and those of before that may have held still. */
  async at(moment: number): Promise<{ readonly era: Era | undefined; readonly before: readonly Era[] }> {
    const eras = await this.eras();
    const index = Math.max(0, eras.findLastIndex(({ from }) => from <= moment));
    const left = eras.findLastIndex(({ by }) => by <= moment);
    return { era: eras[index], before: eras.slice(Math.max(0, left), index).reverse() };
  }

  /** The moments at which they changed, after one and up to another. */
  async changes(after: number, until: number): Promise<readonly number[]> {
    return (await this.eras()).flatMap(({ from }) => (from > after && from <= until ? [from] : []));
  }

  /** By which a step was judged, while the default branch had an era's. */
  async over(base: HistoryCommit, head: HistoryCommit, era: Era | undefined): Promise<readonly [Rules, ...Rules[]]> {
    const key = [base, head, era].map((each) => each?.rules ?? '').join(' ');
    const usual = this.usual === undefined ? undefined : { ref: this.usual.ref, tip: era?.commit };
    const rules = this.known.get(key) ?? (await rulesOver(this.root, { base: base.commit, head: head.commit, usual }, { ...this.question, isOptional: true }));
    this.known.set(key, rules);
    return rules;
  }

  private async readEras(): Promise<readonly Era[]> {
    const { usual, root, since } = this;
    if (usual?.tip === undefined || usual.ref === this.question.targetRef) return [];
    const before = (await gitText(root, ['rev-list', '--max-count=1', '--first-parent', `--before=@${Math.floor(since / 1000)} +0000`, usual.tip, '--'])).trim();
    const commits = await new HistoryCommits(root).upTo(usual.tip, before === '' ? undefined : before);
    const log = this.question.passes.filter(({ targetRef }) => targetRef === usual.ref).sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
    const [first] = commits;
    const eras: Era[] = [before === '' || first === undefined ? { commit: undefined, rules: undefined, from: -Infinity, by: -Infinity } : { commit: first.commit, rules: first.rules, from: -Infinity, by: -Infinity }];
    let latest = -Infinity;
    for (const [index, { commit, rules, at, committer }] of commits.entries()) {
      // Nothing lands before what it stands on.
      latest = Math.max(latest, at);
      if (rules === eras.at(-1)?.rules) continue;
      const next = commits.slice(index + 1).find((each) => each.committer !== committer);
      eras.push({ commit, rules, from: latest, by: next === undefined ? Infinity : Math.max(latest, next.at), ...(await this.loggedAt(commit, log)) });
    }
    return eras;
  }

  /** When a commit came onto the default branch, by the log of the gate: with a pass, or before one, as what came before the log was kept or past the gate. */
  private async loggedAt(commit: string, log: readonly Pass[]): Promise<Partial<Pick<Era, 'from' | 'by'>>> {
    let [low, high] = [0, log.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (await isAncestor(this.root, commit, log[middle]?.head ?? '')) high = middle;
      else low = middle + 1;
    }
    const pass = log[low];
    if (pass === undefined) return {};
    const at = Date.parse(pass.at);
    // Commits tell whole seconds.
    return pass.base !== '' && (await isAncestor(this.root, commit, pass.base)) ? { by: at } : { from: Math.floor(at / 1000) * 1000, by: at };
  }
}
