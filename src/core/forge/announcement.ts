import { severities } from '../check/severity.ts';
import type { Policy } from '../policy/policy.ts';
import type { ReviewRequest } from '../review/request.ts';
import { codeBlock, codeSpan } from './codeText.ts';

/** What came of saying on a pull request that a review is requested. */
export interface Announced {
  readonly pullRequest: { readonly number: number; readonly url: string };
  readonly commentUrl: string;
  readonly isNewComment: boolean;
  readonly askedLogins: readonly string[];
  /** What could not be done, with what to do next; the comment is there all the same. */
  readonly shortfalls: readonly string[];
}

/** By this the comment is found again: a pull request has one, and it is written anew. */
export const announcementMark = '<!-- firebreak:review-request -->';

/** So many findings are listed: forges take comments of 65,536 characters. */
const mostListed = 40;

/** What is said on the pull request: the findings, by whom, and where the code is that is meant. */
export function announcementOf({ id, head, targetRef, requester, reviewers, reason, findings }: ReviewRequest, { forge }: Pick<Policy, 'forge'>): string {
  const bySeverity = severities.toReversed().flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const ranked = [...findings].sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
  const listed = ranked.slice(0, mostListed).map(({ severity, path, line, rule, blastRadius }) => `- **${severity}** ${codeSpan(`${path}:${line}`)} ${codeSpan(rule, 60)}: ${codeSpan(blastRadius.description, 600)}`);
  const more = findings.length > mostListed ? [`- and ${findings.length - mostListed} more`] : [];
  const counts = forge.github.approvals === 'count' ? 'The policy counts an approval of this pull request by a senior, at exactly this commit.' : 'An approval here does not count: a senior signs with `firebreak approve`.';
  return [
    announcementMark,
    '### Firebreak: a senior has to look at this',
    `${findings.length === 1 ? 'One operation' : `${findings.length} operations`} that can destroy things (${bySeverity.join(', ')}) on the way to ${codeSpan(targetRef)}. ${codeSpan(requester.name)} asks ${reviewers.length === 0 ? 'any senior' : reviewers.map((reviewer) => codeSpan(reviewer)).join(', ')}:`,
    codeBlock(reason),
    [...listed, ...more].join('\n'),
    `The code that is meant is commit ${codeSpan(head)}, also where the branch has moved on:`,
    codeBlock(`git fetch REMOTE refs/firebreak/requests/${id}:refs/firebreak/requests/${id}\nfirebreak show ${id}`),
    counts,
    '',
  ].join('\n\n');
}

/** Logins at GitHub of those who are asked, without the author of the pull request, whom GitHub does not let review; and those whose login nobody knows. */
export function reviewersAtGithub(reviewers: readonly string[], author: string, { people }: Pick<Policy, 'people'>): { readonly logins: readonly string[]; readonly unknown: readonly string[] } {
  const known = reviewers.map((reviewer) => ({ reviewer, login: loginOf(reviewer, people) }));
  const logins = known.flatMap(({ login }) => (login === undefined || isSameLogin(login, author) ? [] : [login]));
  return { logins: [...new Set(logins)], unknown: known.flatMap(({ reviewer, login }) => (login === undefined ? [reviewer] : [])) };
}

function loginOf(reviewer: string, people: Policy['people']): string | undefined {
  const name = reviewer.toLowerCase();
  return Object.entries(people).find(([principal, { emails }]) => principal.toLowerCase() === name || emails.some((email) => email.toLowerCase() === name))?.[1].github;
}

/** GitHub's logins are the same in any case. */
export function isSameLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
