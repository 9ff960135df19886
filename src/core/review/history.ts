import type { Policy } from '../policy/policy.ts';
import { demandOf } from './demands.ts';
import type { Blocked, Refused, Verdict } from './verdict.ts';

/** A commit that a branch had. */
export interface LandedCommit {
  readonly commit: string;
  /** Whoever made it what it is, as it says. */
  readonly committer: string;
}

/** A step of a branch that no way of parting its history into pushes lets pass; indices of its commits. */
export interface Unheld {
  readonly from: number;
  readonly to: number;
  readonly verdict: Refused;
}

/** So many commits count as one push at most: each is tried with each. */
const longestPush = 30;

/**
 * What the gate would not have let onto a branch. History does not tell what was pushed at once, and the gate judges a push as a whole. Commits in a row of one committer may
 * have been pushed at once; a branch was held when there is a way to part it into pushes of which each passes. Where there is none, the step is told beyond which none leads, and the rest is looked at from there.
 * @param commits oldest first; the first one is where it begins
 * @param judge asked again for the same step, it has to answer the same
 */
export async function findUnheld(commits: readonly LandedCommit[], judge: (from: number, to: number) => Promise<Verdict>): Promise<readonly Unheld[]> {
  const unheld: Unheld[] = [];
  for (let begin = 0; begin + 1 < commits.length; ) {
    const end = endOfRun(commits, begin + 1);
    const reached = new Set([begin]);
    for (;;) {
      for (let to = begin + 1; to <= end; to++) if (!reached.has(to) && (await isReachable(to, begin, reached, judge))) reached.add(to);
      if (reached.has(end)) break;
      const from = Math.max(...reached);
      const verdict = await judge(from, from + 1);
      if (!verdict.passed) unheld.push({ from, to: from + 1, verdict });
      reached.add(from + 1);
    }
    begin = end;
  }
  return unheld;
}

/** Something that stands in a branch's history, and that the gate would have refused. Indices of its commits. */
export interface Bypass {
  readonly from: number;
  readonly to: number;
  readonly blocked: Blocked;
  /** What would have let it in, and no history tells: where there is any, it is not known whether it came past the gate. */
  readonly unless: readonly string[];
}

/** What the gate would have said of a step at one moment, by each of the policies that held. */
export interface Attempt {
  /** `policy`: undefined where it could not be read. */
  readonly by: readonly { readonly verdict: Verdict; readonly policy: Policy | undefined }[];
  /** What no history tells, and has to be so for these policies to have held. */
  readonly unless?: string;
}

export interface Trial {
  readonly verdict: Verdict;
  /** The last one without an `unless` is what the verdict tells. */
  readonly attempts: readonly Attempt[];
}

export interface Past {
  readonly judge: (from: number, to: number) => Promise<Trial>;
  /** The branch's own that a commit brought or left; undefined where none could be read. */
  readonly policyAt: (index: number) => Promise<Policy | undefined>;
  /** Whether the first commit brought the first policy, which is admitted with all that was pushed along with it. */
  readonly isFromFirstPolicy: boolean;
  /** Whether the gate's log, which tells what was let in, was written before and has none of this. */
  readonly isPastLog: boolean;
}

/** As `findUnheld`, and tells what is sure of what is not: a step is sure where no way of parting the history passes either, when all that no history tells spoke for it. */
export async function findBypasses(commits: readonly LandedCommit[], { judge, policyAt, isFromFirstPolicy, isPastLog }: Past): Promise<readonly Bypass[]> {
  const unheld = await findUnheld(commits, async (from, to) => (await judge(from, to)).verdict);
  if (unheld.length === 0) return [];
  const told = (some: readonly Unheld[]) => some.flatMap(({ from, to, verdict }) => verdict.blocked.map((blocked) => ({ from, to, blocked })));
  if (isPastLog) return told(unheld).map(({ blocked, ...step }) => ({ ...step, blocked: { ...blocked, because: [...blocked.because, 'the log of the gate, which has what was let in before, does not have this'] }, unless: [] }));
  const withFirst = isFromFirstPolicy ? Math.min(endOfRun(commits, 0), longestPush) : 0;
  const surely = async (from: number, to: number): Promise<Verdict> => {
    const { verdict, attempts } = await judge(from, to);
    if (verdict.passed || (from === 0 && to <= withFirst)) return passed;
    const after = await policyAt(to);
    const left = attempts.map((attempt) => ({ attempt, blocked: leftOf(attempt, after) }));
    const blocked = left.findLast(({ attempt }) => attempt.unless === undefined)?.blocked ?? [];
    return left.some((each) => each.blocked.length === 0) ? passed : { ...verdict, blocked };
  };
  const sure = told(await findUnheld(commits, surely)).map((each): Bypass => ({ ...each, unless: [] }));
  const isSure = ({ to, blocked }: Pick<Bypass, 'to' | 'blocked'>) => sure.some((each) => each.to === to && each.blocked.what === blocked.what && each.blocked.concern?.fingerprint === blocked.concern?.fingerprint);
  const doubtful: Bypass[] = [];
  for (const each of told(unheld).filter((one) => !isSure(one))) {
    const after = await policyAt(each.to);
    const { attempts } = await judge(each.from, each.to);
    const by = attempts.findLast(({ unless }) => unless === undefined)?.by.find(({ verdict }) => !verdict.passed);
    const others = attempts.flatMap((attempt) => (attempt.unless !== undefined && leftOf(attempt, after).length === 0 ? [attempt.unless] : []));
    const unless = [...unlessOf(each.blocked, by?.policy, after), ...new Set(others), ...(each.to <= withFirst ? ['it was pushed along with the first policy, which --bootstrap-signers admitted'] : [])];
    doubtful.push({ ...each, unless: unless.length > 0 ? unless : ['it was pushed at once with what follows, which may have been let in'] });
  }
  return [...sure, ...doubtful].sort((one, other) => one.to - other.to);
}

const passed: Verdict = { passed: true, notes: [], warned: [], covered: [] };

/** What would have been refused all the same, when all that no history tells spoke for it: by the first of the policies by which anything would. */
function leftOf({ by }: Attempt, after: Policy | undefined): readonly Blocked[] {
  const left = by.map(({ verdict, policy }) => (verdict.passed ? [] : verdict.blocked.filter((each) => unlessOf(each, policy, after).length === 0)));
  return left.find((blocked) => blocked.length > 0) ?? [];
}

/** What would have let in what a policy blocks, and is in no history. One that could not be read lets nothing in but its correction. @param after the policy that the step brought or left */
function unlessOf({ concern, coverage, isOfOthers }: Blocked, policy: Policy | undefined, after: Policy | undefined): readonly string[] {
  if (policy === undefined && after === undefined) return [];
  if (policy === undefined || policy.seniors.length === 0) return ['it was admitted by --bootstrap-signers'];
  if (concern === undefined) return [];
  const isForgeHeard = policy.forge.github.approvals === 'count' && coverage !== 'rejected' && demandOf(concern, policy, undefined)?.needsTouch !== true;
  return [
    ...(policy.appliesTo === 'non-seniors' && concern.kind !== 'protected' && isOfOthers !== true ? ['a senior pushed it, whose pushes the policy lets pass'] : []),
    ...(isForgeHeard ? ['it was approved at GitHub, which is not asked'] : []),
  ];
}

function endOfRun(commits: readonly LandedCommit[], first: number): number {
  let end = first;
  while (end + 1 < commits.length && commits[end + 1]?.committer === commits[first]?.committer) end++;
  return end;
}

/** Single commits first: most pass. */
async function isReachable(to: number, begin: number, reached: ReadonlySet<number>, judge: (from: number, to: number) => Promise<Verdict>): Promise<boolean> {
  for (let from = to - 1; from >= Math.max(begin, to - longestPush); from--) if (reached.has(from) && (await judge(from, to)).passed) return true;
  return false;
}
