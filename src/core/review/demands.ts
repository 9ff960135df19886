import { type Severity, severities } from '../check/severity.ts';
import { demandsOn } from '../policy/applyPolicy.ts';
import type { Policy } from '../policy/policy.ts';
import type { Concern } from './concern.ts';
import { isSenior, personOf } from './identities.ts';

/** What a policy asks for before a concern may pass. */
export interface Demanded {
  /** So many different people. */
  readonly approvals: number;
  /** Of each of these lists, one person has to be among them. */
  readonly reviewers: readonly (readonly string[])[];
  readonly needsTouch: boolean;
}

/** Undefined when the policy lets it pass. @param pusher as the server authenticated them, of a change that is theirs (`pusherOfOwn`): who nobody vouches for is no senior */
export function demandOf(concern: Pick<Concern, 'kind' | 'path' | 'severity' | 'authorship'>, policy: Policy, pusher: string | undefined): Demanded | undefined {
  // Whose pushes are free does not hold for what decides that.
  const isExempt = concern.kind !== 'protected' && policy.appliesTo === 'non-seniors' && pusher !== undefined && isSenior(pusher, policy);
  if (isExempt || isPassedAsHuman(concern, policy)) return undefined;
  const paths = demandsOn(concern.path, policy);
  const severity = severityFor(concern, policy);
  const approvals = approvalsFor(concern.kind, severity, policy);
  if (approvals === 0) return undefined;
  const { requireTouch } = policy.keys;
  const needsTouch = requireTouch !== 'never' && (concern.kind === 'protected' || severities.indexOf(severity) >= severities.indexOf(requireTouch));
  return { approvals, reviewers: paths.map(({ reviewers }) => reviewers).filter((reviewers) => reviewers.length > 0), needsTouch };
}

/** Whether a concern passes only because the policy trusts unsigned notes. */
export function isPassedAsHuman({ kind, authorship }: Pick<Concern, 'kind' | 'authorship'>, { review, trustNotes }: Policy): boolean {
  if (!trustNotes || authorship !== 'human') return false;
  return review === 'risky-ai' ? kind !== 'protected' : review === 'all-ai' && kind === 'ai';
}

/** Whether the policy lets a finding pass, and wants it told. Of a suppressed one its comment tells. */
export function isWarnedOf(concern: Pick<Concern, 'kind' | 'path' | 'severity' | 'authorship' | 'suppressedAt'>, policy: Policy): boolean {
  const isFinding = concern.kind === 'finding' || concern.kind === 'unread';
  return isFinding && concern.suppressedAt === undefined && !isPassedAsHuman(concern, policy) && policy.severities[severityFor(concern, policy)] === 'warn';
}

/** As the policy raises it by path. */
function severityFor({ path, severity }: Pick<Concern, 'path' | 'severity'>, policy: Policy): Severity {
  return demandsOn(path, policy).reduce<Severity>((most, { minimum }) => worse(most, minimum), severity);
}

function approvalsFor(kind: Concern['kind'], severity: Severity, { review, policyChanges, severities: demands }: Policy): number {
  if (kind === 'protected') return policyChanges.approvals;
  if (kind === 'ai') return review === 'all-ai' ? 1 : 0;
  const demand = demands[severity];
  return typeof demand === 'object' ? demand.approvals : 0;
}

function worse(one: Severity, other: Severity | undefined): Severity {
  return other !== undefined && severities.indexOf(other) > severities.indexOf(one) ? other : one;
}

export function approvalWords(approvals: number): string {
  return approvals === 1 ? 'the approval of a senior' : `approvals of ${approvals} seniors`;
}

/** Whose approvals a policy asks for, in words: each kind of demand once. @param requester approves nothing of their own */
export function wordDemands(concerns: readonly Pick<Concern, 'kind' | 'path' | 'severity' | 'authorship'>[], policy: Policy, requester: string): readonly string[] {
  const others = (names: readonly string[]) => names.filter((name) => personOf(name, policy) !== personOf(requester, policy)).join(', ');
  return [...new Set(concerns.flatMap((concern) => {
    const demanded = demandOf(concern, policy, undefined);
    if (demanded === undefined) return [];
    const { approvals, reviewers, needsTouch } = demanded;
    const among = reviewers.map((names) => `, among them one of ${others(names)}`).join('');
    return [`${approvals} of ${others(policy.seniors)}${among}${needsTouch ? ', with a security key that is touched' : ''}`];
  }))]; // prettier-ignore
}
