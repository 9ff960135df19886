import type { Refused, Verdict } from './verdict.ts';

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
