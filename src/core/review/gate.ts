import { isWatched } from '../policy/applyPolicy.ts';
import { type Policy, policyPath } from '../policy/policy.ts';
import type { Concern } from './concern.ts';
import { letsPass } from './decision.ts';
import { approvalWords, demandOf, type Demanded, isPassedAsHuman, isWarnedOf } from './demands.ts';
import { hiddenEmergencies, openEmergencies, passesInEmergency } from './emergencies.ts';
import { distinctPeople } from './distinctPeople.ts';
import type { DecisionRecord, GateFacts } from './facts.ts';
import { isAmong, personOf } from './identities.ts';
import { correctionStep, firstPolicyStep, firstPolicyWords, nextStepFor, takeOverStep, twoPoliciesWords, untoldWords } from './nextStep.ts';
import { othersIn, othersWords, pusherOfOwn } from './pushedBy.ts';
import { type Standing, standingOf } from './standing.ts';
import { followUpWords, rejectionWords } from './standingWords.ts';
import { doubtedRejection, type Unsure, unreadOn, unsureWords } from './unsure.ts';
import type { Blocked, Passed, Refused, Verdict } from './verdict.ts';
import { refusalOfPerson, weigh, type Weight } from './weigh.ts';

/**
 * Whether a change may go onto a branch. It depends on nothing but the facts: the editor, the hook, the server and CI all ask here. In order: may the branch move like that,
 * is there a policy to judge by, is an emergency overdue, and has each concern what the policy asks for.
 */
export function judge(facts: GateFacts): Verdict {
  const { policy: found } = facts;
  if (found.kind === 'none') return judgeWithoutPolicy(facts, found.isOptional);
  if (found.kind === 'broken') return judgeByNoPolicy(facts.targetRef, found);
  if (found.kind === 'bootstrap' && found.broken !== undefined && facts.policyAfter === undefined) return refused(correctionStep(facts.targetRef, found.policy.seniors), [{ what: 'the push', because: [unreadableWords(facts.targetRef, found.broken)] }]);
  const { policy } = found;
  if (!isWatched(facts.targetRef, policy)) return unjudged(`the policy does not watch ${facts.targetRef}`);
  if (facts.movement === 'none') return unjudged('nothing changes');
  return refusalOfMovement(facts) ?? judgeConcerns(facts, policy);
}

/** A branch that two policies watch has to pass by each. Of those that refuse the first one is told: what satisfies it may satisfy the others. */
export function judgeByEach([first, ...others]: readonly [GateFacts, ...GateFacts[]]): Verdict {
  if (others.length === 0) return judge(first);
  const all = [first, ...others].map(judge);
  const refusal = all.find((verdict) => !verdict.passed);
  const usual = 'of' in first.policy ? first.policy.of : undefined;
  if (refusal !== undefined) return { ...refusal, notes: [...refusal.notes, ...(usual === undefined ? [] : [twoPoliciesWords(first.targetRef, usual)])] };
  const passed = all.flatMap((verdict) => (verdict.passed ? [verdict] : []));
  const warned = new Map(passed.flatMap((verdict) => verdict.warned.map((concern) => [concern.fingerprint, concern])));
  const covered = new Map(passed.flatMap((verdict) => verdict.covered.map((each) => [each.concern.fingerprint, each])));
  return { passed: true, notes: [...new Set(passed.flatMap(({ notes }) => notes))], warned: [...warned.values()].filter(({ fingerprint }) => !covered.has(fingerprint)), covered: [...covered.values()] };
}

/** Whoever brings the first policy has to know how it is admitted, before somebody's gate refuses it. */
function judgeWithoutPolicy({ targetRef, policyAfter }: Pick<GateFacts, 'targetRef' | 'policyAfter'>, isOptional: boolean): Verdict {
  const missing = `${targetRef} has no ${policyPath}`;
  const fault = policyAfter !== undefined && 'fault' in policyAfter ? policyAfter.fault : undefined;
  const isFirst = policyAfter !== undefined && 'watches' in policyAfter && policyAfter.watches;
  if (isOptional) {
    const notes = [...(fault === undefined ? [] : [`the policy that this brings is broken, and would close the gate of the branch that it lands on: ${fault}`]), ...(isFirst ? [`this brings the first policy of ${targetRef}; ${firstPolicyWords(targetRef)}`] : [])];
    return { ...unjudged(`${missing}, so nothing is asked for`), notes };
  }
  const because = [`${missing}, and the gate was asked to hold it`];
  if (fault !== undefined) return refused(`Correct ${policyPath} in the change, and push again.`, [{ what: policyPath, because: [...because, `the one that the change brings is broken: ${fault}`] }]);
  return refused(isFirst ? firstPolicyStep(targetRef) : `Commit a policy for ${targetRef} (firebreak init --policy proposes one). ${firstPolicyStep(targetRef)}`, [{ what: 'the push', because }]);
}

function judgeByNoPolicy(targetRef: string, { why, of = targetRef, usual }: Extract<GateFacts['policy'], { kind: 'broken' }>): Refused {
  const role = of === targetRef ? '' : `, which says whether ${targetRef} is watched,`;
  return refused(usual === undefined ? correctionStep(of) : takeOverStep(targetRef, usual), [{ what: 'the push', because: [unreadableWords(`${of}${role}`, why)] }]);
}

function unreadableWords(whose: string, why: string): string {
  return `the policy of ${whose} cannot be read: ${why}`;
}

function refusalOfMovement({ movement, targetRef, policyAfter }: GateFacts): Refused | undefined {
  if (movement === 'delete') return refused(`Leave ${targetRef} where it is, or take it out of targets in ${policyPath} first.`, [{ what: `the deletion of ${targetRef}`, because: ['the policy watches this branch'] }]);
  if (movement === 'rewrite') return refused(`Rebase or merge onto the tip of ${targetRef} (git pull --rebase), and push again without force.`, [{ what: 'the push', because: [`it does not contain the tip of ${targetRef}, so it would take away what is there`] }]);
  if (policyAfter !== undefined && 'fault' in policyAfter) return refused(`Correct ${policyPath} in the change, and push again.`, [{ what: policyPath, because: [`the change would break the policy: ${policyAfter.fault}`] }]);
  return undefined;
}

function judgeConcerns(facts: GateFacts, policy: Policy): Verdict {
  const standing = standingOf(facts.records, facts.unreadable, facts.folderOf);
  const notes = [...facts.costs];
  const blocked: Blocked[] = [];
  for (const { followUp, isOverdue } of openEmergencies(standing, policy, facts)) {
    const { request, of } = followUp;
    if (isOverdue) blocked.push({ what: 'every push', coverage: 'pending', request, ...(of.length > 0 && { waitsFor: of.join(' or ') }), because: [followUpWords(followUp)] });
    else notes.push(followUpWords(followUp));
  }
  notes.push(...hiddenEmergencies(policy, facts));
  const covered: Passed['covered'][number][] = [];
  const isOfOthers = policy.appliesTo === 'non-seniors' && othersIn(policy, facts).length > 0;
  const warned: Concern[] = [];
  for (const concern of facts.concerns) {
    if (isPassedAsHuman(concern, policy)) notes.push(`${concern.path}:${concern.line} ${concern.rule} passed because a note that nobody signed calls it human, and the policy trusts notes`);
    // Whose commits it begins with is not known, so nobody's push of it is free.
    const demanded = demandOf(concern, policy, facts.untold === undefined ? pusherOfOwn(policy, facts) : undefined);
    if (demanded === undefined) {
      if (isWarnedOf(concern, policy)) warned.push(concern);
      continue;
    }
    if (facts.untold !== undefined) {
      blocked.push({ what: whatOf(concern), concern, coverage: 'pending', because: [untoldWords(facts.targetRef, facts.untold)] });
      continue;
    }
    const judged = judgeConcern(concern, demanded, { facts, policy, standing });
    if ('because' in judged) blocked.push(isOfOthers ? { ...judged, isOfOthers } : judged);
    else covered.push({ concern, by: judged.by });
  }
  const ofOthers = othersWords(policy, facts);
  if (blocked.length > 0 && ofOthers !== undefined) notes.push(ofOthers);
  if (blocked.length > 0 && isUnknownAccount(facts.pusher, policy)) notes.push(`who pushes is known here only as ${facts.pusher ?? ''}, the name of an account: one of a senior stands among their emails, under people in ${policyPath}`);
  return blocked.length === 0 ? { passed: true, notes, warned, covered } : { passed: false, notes, warned, blocked, nextStep: nextStepFor(blocked, facts, policy) };
}

/** Whether seniors would pass, and nobody of the policy has the account that pushes. */
function isUnknownAccount(pusher: string | undefined, policy: Policy): boolean {
  return policy.appliesTo === 'non-seniors' && pusher !== undefined && !pusher.includes('@') && !isAmong(pusher, [...policy.seniors, ...Object.keys(policy.people)], policy);
}

export interface Circumstances {
  readonly facts: GateFacts;
  readonly policy: Policy;
  readonly standing: Standing;
}

/** A rejection of this content holds until who made it takes it back, and so does one that is in doubt, and what may be one and cannot be read or is missing; then approvals are counted, each person once. */
export function judgeConcern(concern: Concern, demanded: Demanded, circumstances: Circumstances): Blocked | { readonly by: readonly string[] } {
  const { facts, policy, standing } = circumstances;
  const endedUntouched = new Set(demanded.needsTouch ? standing.endedUntouched : []);
  const weighed = [...standing.records, ...endedUntouched].map((record) => ({ record, weight: weigh(record, concern, { demanded, policy, facts, standing }) }));
  const block = (coverage: NonNullable<Blocked['coverage']>, because: readonly string[]): Blocked => ({ what: whatOf(concern), concern, coverage, because });
  const rejections = weighed.filter(({ record, weight }) => record.decision.kind === 'reject' && weight.kind === 'counts');
  const [rejection] = rejections;
  if (rejections.length > 0) return { ...block('rejected', rejections.map(({ record }) => `${rejectionWords(record.decision)}${endedUntouched.has(record) ? '; what they decided since was signed without a touch, which the policy asks for' : ''}`)), ...(rejection !== undefined && { request: rejection.record.decision.request.id }) };
  const doubted = weighed.flatMap(({ record, weight }) => (weight.kind === 'unverifiable' && weight.mayHold === true ? [doubtedRejection(record, weight.why)] : []));
  const unsure = [...doubted, ...unreadOn(concern, demanded, policy, facts)];
  const emergency = passesInEmergency(concern) && unsure.length === 0 ? weighed.find(({ record, weight }) => record.decision.kind === 'emergency' && weight.kind === 'counts') : undefined;
  if (emergency !== undefined) return { by: [`${emergency.record.decision.reviewer}, in an emergency`] };
  const approvals = weighed.filter(({ record }) => record.decision.kind === 'approve');
  const counting = approvals.flatMap(({ record, weight }) => (weight.kind === 'counts' ? [{ ...weight, record }] : []));
  const atForge = demanded.needsTouch ? [] : facts.forgeApprovals.filter(({ principal }) => refusalOfPerson(principal, policy, facts) === undefined);
  const distinct = distinctPeople(counting);
  const people = new Set([...distinct.people, ...atForge.map(({ principal }) => personOf(principal, policy))]);
  const lacking = demanded.reviewers.filter((reviewers) => !reviewers.some((reviewer) => people.has(personOf(reviewer, policy))));
  if (people.size >= demanded.approvals && lacking.length === 0 && unsure.length === 0) return { by: [...counting.filter(({ person }) => people.has(person)).map(({ record, by }) => `${record.decision.reviewer} (${by})`), ...atForge.map(({ principal }) => `${principal} (at the forge, not signed)`)] };
  const request = facts.requestOf(concern.fingerprint);
  // What was decided on earlier requests is over where a later one is about just this.
  const isOver = ({ decision }: DecisionRecord) => request?.isOnThis === true && decision.request.id < request.id;
  // What was let pass, and is in the target, is spent: a change that comes after it is another one.
  const isSpent = ({ decision }: DecisionRecord) => letsPass(decision) && !(request?.isOnThis === true && request.id === decision.request.id) && facts.contentOf(decision).isInTarget;
  const uncounted = weighed.filter(({ record, weight }) => record.decision.kind !== 'revoke' && weight.kind !== 'counts' && weight.kind !== 'unrelated' && !('mayHold' in weight) && !isSpent(record));
  const others = uncounted.filter(({ record }) => !isOver(record));
  const because = [...unsure.map(unsureWords), ...shortfall(people.size, demanded, lacking), ...(concern.suppressedAt === undefined ? [] : [suppressionWords(concern.suppressedAt)]), ...distinct.sharing.map((record) => `${nameOf(record)} does not count beside another one that was signed with the same key: who signs for two is one`), ...uncounted.map(({ record, weight }) => `${nameOf(record)} does not count: ${whyOf(weight)}`)];
  const coverage = unsure.length > 0 ? 'unverifiable' : coverageBy(others.map(({ weight }) => weight));
  const decisive = doubted[0]?.rejected ?? others.findLast(({ weight }) => weight.kind === coverage)?.record.decision.request.id;
  const barred = others.flatMap(({ record, weight }) => (weight.kind === 'void' && weight.isOfPerson ? [record.decision.reviewer] : []));
  const again = others.findLast(({ record, weight }) => record.decision.kind === 'approve' && record.decision.request.id === request?.id && !(weight.kind === 'void' && weight.isOfPerson));
  return {
    ...block(coverage, because),
    ...(decisive !== undefined && { request: decisive }),
    ...withFirst(unsure),
    ...(again !== undefined && request?.isOnThis === true && { again: `${nameOf(again.record)} does not count: ${whyOf(again.weight)}` }),
    waitsFor: waitedFor(lacking, [...new Set([...barred, ...counting.map(({ record }) => record.decision.reviewer), ...atForge.map(({ principal }) => principal)])], request?.reviewers ?? []),
  };
}

function whatOf({ path, line, severity, rule }: Concern): string {
  return `${path}:${line} ${severity} ${rule}`;
}

function withFirst([unsure]: readonly Unsure[]): Pick<Blocked, 'unsure'> {
  return unsure === undefined ? {} : { unsure };
}

function coverageBy(weights: readonly Weight[]): NonNullable<Blocked['coverage']> {
  if (weights.some(({ kind }) => kind === 'unverifiable')) return 'unverifiable';
  return weights.some(({ kind }) => kind === 'stale') ? 'stale' : 'pending';
}

function whyOf(weight: Weight): string {
  return 'why' in weight ? weight.why : '';
}

/** @param done those who approved it, or may not @param asked whom the request names */
function waitedFor(lacking: readonly (readonly string[])[], done: readonly string[], asked: readonly string[]): string {
  const left = (lacking[0] ?? asked).filter((each) => !done.includes(each));
  if (left.length > 0) return left.join(' or ');
  return done.length === 0 ? 'a senior' : `a senior other than ${done.join(' and ')}`;
}

function suppressionWords(line: number): string {
  return `the comment in line ${line} that suppresses it is new, or stood for something else at the base, and counts here only when it is approved like the operation itself`;
}

function shortfall(count: number, { approvals, needsTouch }: Demanded, lacking: readonly (readonly string[])[]): string[] {
  const touch = needsTouch ? ' with a security key that is touched' : '';
  const missing = approvals - count;
  return [
    ...(missing > 0 ? [`it needs ${approvalWords(approvals)}${touch}, and has ${count === 0 ? 'none' : count} that ${count === 1 ? 'counts' : 'count'}`] : []),
    ...lacking.map((reviewers) => `one of ${reviewers.join(', ')} has to approve what is changed there`),
  ];
}

function nameOf({ decision: { kind, reviewer, request } }: DecisionRecord): string {
  const what = { approve: 'approval', reject: 'rejection', revoke: 'revocation', emergency: 'emergency pass' }[kind];
  return `the ${what} by ${reviewer} of request ${request.id}`;
}

function unjudged(why: string): Passed {
  return { passed: true, notes: [], warned: [], unjudged: why, covered: [] };
}

function refused(nextStep: string, blocked: readonly Blocked[]): Refused {
  return { passed: false, notes: [], warned: [], blocked, nextStep };
}
