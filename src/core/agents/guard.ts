import { describe } from '../check/blastRadius.ts';
import type { Finding } from '../check/finding.ts';
import { isAtLeast, type Severity } from '../check/severity.ts';
import type { Policy } from '../policy/policy.ts';

/** Whether an agent may go on: with nothing said, after its user was asked, or not at all. */
export type Permission = { readonly kind: 'goOn' } | { readonly kind: 'ask' | 'deny'; readonly reason: string };

/** What looking at what an agent is about to do came to. */
export interface Proposed {
  readonly is: 'command' | 'edit' | 'tool call';
  readonly findings: readonly Finding[];
  /** What an agent may never do by itself, whatever it does harm: it would judge its own work. */
  readonly oversteps: readonly string[];
  /** What could not be looked at: it may be anything. */
  readonly unread: readonly { readonly path: string; readonly why: string }[];
}

/** So many findings are told; the rest is counted. */
const mostTold = 3;

/** A pure function of what was found, the policy's bar, and whether the agent can ask its user. What could not be read counts as the worst there is. */
export function permissionFor({ is, findings, oversteps, unread }: Proposed, { agents: bar }: Policy, { canAsk }: { readonly canAsk: boolean }): Permission {
  const worst = unread.length + oversteps.length > 0 ? 'critical' : worstOf(findings);
  const kind = worst === undefined ? undefined : meets(worst, bar.deny) || (!canAsk && meets(worst, bar.ask)) ? 'deny' : meets(worst, bar.ask) ? 'ask' : undefined;
  if (kind === undefined) return { kind: 'goOn' };
  const told = [...oversteps, ...unread.map(({ path, why }) => `${path} could not be read (${why}), so nobody knows what it does`), ...tell(findings)];
  return { kind, reason: `Firebreak holds this ${is}: ${told.join('. ')}. ${oversteps.length > 0 ? 'Only a person does this, and by themselves.' : wayOn(is, kind)}` };
}

function worstOf(findings: readonly Finding[]): Severity | undefined {
  return findings.map(({ severity }) => severity).reduce<Severity | undefined>((worst, each) => (worst === undefined || isAtLeast(each, worst) ? each : worst), undefined);
}

function meets(severity: Severity, bar: Severity | 'never'): boolean {
  return bar !== 'never' && isAtLeast(severity, bar);
}

function tell(findings: readonly Finding[]): string[] {
  const [first, ...more] = [...findings].sort((one, other) => Number(isAtLeast(other.severity, one.severity)) - Number(isAtLeast(one.severity, other.severity)));
  if (first === undefined) return [];
  const shown = [first, ...more].slice(0, mostTold).map(({ severity, ruleId, blastRadius }) => `${severity}: ${describe(blastRadius)} [${ruleId}]`);
  const left = more.length + 1 - shown.length;
  return left > 0 ? [...shown, `and ${left} more`] : shown;
}

function wayOn(is: Proposed['is'], kind: 'ask' | 'deny'): string {
  if (is === 'edit') return `${kind === 'deny' ? 'Do not write it in another way; a person who means it writes it' : 'If it is meant, allow it'}, and ${kind === 'deny' ? 'asks' : 'ask'} for a review of it: ${request}.`;
  return kind === 'deny'
    ? `Do not reach the same end in another way. A person runs it; a senior can look first, when the person puts it in a script and runs ${request}. No approval lets an agent run it.`
    : `Allow it only if this is what you want. A senior can look first: put it in a script, run ${request}, and run it yourself after the review. No approval lets an agent run it unasked.`;
}

const request = 'firebreak request --all --reason "why it is needed"';
