import { looseMatcher, matchesGlob } from './glob.ts';
import type { PathDemand, Policy, PolicySeverity } from './policy.ts';

const severities: readonly PolicySeverity[] = ['low', 'medium', 'high', 'critical'];

interface Judged {
  readonly ruleId: string;
  readonly path: string;
  readonly severity: PolicySeverity;
}

/** What the policy leaves of findings: it takes away and raises, and never lowers or adds. */
export function applyPolicy<F extends Judged>(findings: readonly F[], policy: Policy): F[] {
  return findings.flatMap((finding) => {
    const level = Object.hasOwn(policy.rules, finding.ruleId) ? policy.rules[finding.ruleId] : undefined;
    if (level === 'off' || isExcluded(finding.path, policy)) return [];
    const isRaised = level !== undefined && severities.indexOf(level) > severities.indexOf(finding.severity);
    return [isRaised ? { ...finding, severity: level } : finding];
  });
}

/** Whether the team does not want a path to be looked at. */
export function isExcluded(path: string, policy: Policy): boolean {
  return policy.exclude.some((glob) => matchesGlob(path, glob));
}

/** Whether something of the policy is for a path, and not for another one. */
export function asksMore(path: string, other: string, { paths }: Pick<Policy, 'paths'>): boolean {
  const others = demandsOn(other, { paths });
  return demandsOn(path, { paths }).some((demand) => !others.includes(demand));
}

/** What of the policy is for a path in particular. A name that some systems take for another one does not escape it. */
export function demandsOn(path: string, { paths }: Pick<Policy, 'paths'>): readonly PathDemand[] {
  return paths.filter(({ match }) => looseMatcher([match])(path));
}

/** Whether the gate holds a ref, which is given by its full name. */
export function isWatched(ref: string, { targets }: Pick<Policy, 'targets'>): boolean {
  return targets.some((target) => matchesGlob(ref, target));
}
