import { type Policy } from '../core/policy/policy.ts';
import { gitFields, gitText } from './git.ts';

/** Commits that are looked at, and people that are suggested, at most. */
const commitLimit = 1000;
const peopleLimit = 10;

/** People to ask: the policy's seniors, else whoever wrote most of the last commits; never oneself, and no robots. */
export async function suggestReviewers(root: string, policy: Policy, lastCommit: string | undefined): Promise<readonly string[]> {
  const own = new Set((await ownAddresses(root)).map((address) => address.toLowerCase()));
  const isMine = (principal: string): boolean => [principal, ...(Object.hasOwn(policy.people, principal) ? (policy.people[principal]?.emails ?? []) : [])].some((address) => own.has(address.toLowerCase()));
  const seniors = policy.seniors.filter((senior) => !isMine(senior));
  if (seniors.length > 0 || lastCommit === undefined) return seniors;
  const commits = new Map<string, number>();
  for (const address of (await gitText(root, ['log', `--max-count=${commitLimit}`, '--no-merges', '--format=%aE', lastCommit])).split('\n')) {
    if (address.includes('@') && !address.includes('[bot]') && !isMine(address)) commits.set(address, (commits.get(address) ?? 0) + 1);
  }
  return [...commits].sort(([, one], [, other]) => other - one).slice(0, peopleLimit).map(([address]) => address);
}

/** The addresses that git would commit with here. */
export async function ownAddresses(root: string): Promise<string[]> {
  const configured = await gitFields(root, ['config', '-z', '--get', 'user.email'], { answers: [1] });
  const { GIT_AUTHOR_EMAIL, GIT_COMMITTER_EMAIL, EMAIL } = process.env;
  return [...configured, GIT_AUTHOR_EMAIL, GIT_COMMITTER_EMAIL, EMAIL].filter((address) => address !== undefined);
}
