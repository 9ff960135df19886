import type { Policy } from '../policy/policy.ts';
import type { GateFacts, Participant } from './facts.ts';
import { isSenior } from './identities.ts';

/** GitHub's own, as the committer of what somebody commits or merges there. */
const forgeCommitter = 'noreply@github.com';

/** Authors and committers of a change who are no seniors. Nobody signed these names, so that they free nobody's push: they only hold one. */
export function othersIn(policy: Policy, { participants }: Pick<GateFacts, 'participants'>): readonly Participant[] {
  return participants.filter(({ name, role }) => role !== 'co-author' && !(role === 'committer' && name.toLowerCase() === forgeCommitter) && !isSenior(name, policy));
}

/** Who pushes, where the change is theirs: a senior's push of what somebody else committed, who is none, is not free as their own would be. */
export function pusherOfOwn(policy: Policy, { pusher, participants }: Pick<GateFacts, 'pusher' | 'participants'>): string | undefined {
  return othersIn(policy, { participants }).length === 0 ? pusher : undefined;
}

/** Why a senior's push is asked about all the same, where the policy asks only about others'; undefined of any other push. */
export function othersWords(policy: Policy, { pusher, participants }: Pick<GateFacts, 'pusher' | 'participants'>): string | undefined {
  const [first, ...more] = othersIn(policy, { participants });
  if (policy.appliesTo !== 'non-seniors' || pusher === undefined || !isSenior(pusher, policy) || first === undefined) return undefined;
  const others = new Set(more.map(({ name }) => name)).size;
  return `${pusher} is a senior, whose own changes the policy lets pass, and this is not theirs alone: ${first.name.trim() === '' ? 'somebody without an address' : `${first.name}, who is none,`} is ${first.role} of a commit in it${others > 0 ? ', and there are more' : ''}; an address of a senior belongs among their emails, under people in .firebreak/policy.yml`;
}
