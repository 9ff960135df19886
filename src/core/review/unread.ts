import type { Policy } from '../policy/policy.ts';
import { bindingOf } from './binding.ts';
import { clockSkewMs, isAhead } from './clocks.ts';
import type { Concern } from './concern.ts';
import type { GateFacts, UnreadableRecord } from './facts.ts';
import { atGithub, isSenior, personOf } from './identities.ts';
import { idOfRecord, isBeforeDecision } from './standing.ts';
import { timeOf } from './ulid.ts';
import { refusalOfPerson } from './weigh.ts';

/** A record that cannot be read, of a senior by the folder that it lies in. */
export interface Unread extends UnreadableRecord {
  readonly by: string;
  /** Whether a decision that they make now would come after it, and they may make one. */
  readonly isFollowable: boolean;
}

/**
 * The records that may be a rejection of this, or take something of it back, and cannot be read. A record of somebody who is no senior would count for nothing. One that is older than every request for this can be about none of them, and what the
 * same senior decided later on the same content took its place.
 */
export function unreadOn(concern: Concern, policy: Policy, facts: GateFacts): readonly Unread[] {
  if (facts.unreadable.length === 0) return [];
  const onThis = facts.records.filter(({ decision, signature }) => signature.isGood && decision.targetRef === facts.targetRef && decision.findings.some(({ fingerprint }) => fingerprint === concern.fingerprint));
  const listed = facts.firstAskedOf(concern.fingerprint);
  const [firstAsked] = [...(listed === undefined ? [] : [listed]), ...onThis.map(({ decision }) => decision.request.id)].sort();
  if (firstAsked === undefined) return [];
  const seniors = new Map(namesOfSeniors(policy, facts).map((name) => [facts.folderOf(name), name]));
  return facts.unreadable.flatMap((each) => {
    const by = seniors.get(each.folder);
    const id = idOfRecord(each);
    if (by === undefined || (id !== undefined && timeOf(id) < timeOf(firstAsked) - clockSkewMs)) return [];
    const isReplaced = onThis.some(({ decision }) => personOf(decision.reviewer, policy) === personOf(by, policy) && isBeforeDecision(each, decision) && bindingOf(concern, decision, facts.contentOf(decision), facts).isBound);
    return isReplaced ? [] : [{ ...each, by, isFollowable: id !== undefined && !isAhead(timeOf(id), facts.now) && refusalOfPerson(by, policy, facts) === undefined }];
  });
}

export function unreadWords({ ref, by, why }: Unread): string {
  return `${ref}, a record of ${by}, cannot be read: ${why}; it may be a rejection, and holds this until ${by} decides on it again`;
}

/** Every name that a senior may have signed under, as far as the policy and the records tell. */
function namesOfSeniors(policy: Policy, { records }: Pick<GateFacts, 'records'>): readonly string[] {
  const known = Object.entries(policy.people).flatMap(([principal, { emails, github }]) => [...emails, ...(github === undefined ? [] : [atGithub(github)]), principal]);
  return [...known, ...records.map(({ decision }) => decision.reviewer), ...policy.seniors].filter((name) => isSenior(name, policy));
}
