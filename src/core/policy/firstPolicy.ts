import { noPolicy } from './policy.ts';

/** What a repository tells of those who work on it. */
export interface TeamFacts {
  /** Full name of the branch that changes are meant for. */
  readonly target: string;
  /** Addresses with how many of the last commits each wrote or is named as reviewer of, the most first. */
  readonly people: readonly { readonly email: string; readonly commits: number; readonly reviews: number }[];
  /** The lines of CODEOWNERS that name owners: a pattern, and each owner as written. */
  readonly owned: readonly { readonly pattern: string; readonly owners: readonly string[] }[];
}

/** Names more than a small team's, so that the list is read and not taken over. */
const mostSeniors = 4;

/** The first policy of a team, with each line explained; it is a proposal, for only the team knows who its seniors are. */
export function firstPolicy({ target, people, owned }: TeamFacts): string {
  const owners = [...new Set(owned.flatMap((line) => line.owners))];
  const addresses = owners.filter((owner) => !owner.startsWith('@') && owner.includes('@'));
  const logins = owners.filter((owner) => owner.startsWith('@'));
  const known = new Map(people.map((person) => [person.email.toLowerCase(), person]));
  const byReviews = [...people].sort((one, other) => other.reviews - one.reviews || other.commits - one.commits).map(({ email }) => email);
  const seniors = distinct([...addresses, ...byReviews]).slice(0, Math.max(mostSeniors, addresses.length));
  // One is whose change it is, and one may be taken out again.
  const approvals = seniors.length > 3 ? 2 : 1;
  const paths = owned.flatMap(({ pattern, owners: named }) => {
    const reviewers = distinct(named.filter((owner) => addresses.includes(owner)));
    return reviewers.length > 0 && pattern !== '*' ? [`  - { match: ${quoted(pattern)}, reviewers: [${reviewers.map(quoted).join(', ')}] }`] : [];
  });
  return [
    '# Who may approve dangerous changes, and what needs approval. The gate reads this file as it is on the target branch,',
    '# never from the change that it judges. A change to it needs the approvals that it asks for itself.',
    'version: 1',
    '',
    '# The branches that the gate watches, as full names; * stands for part of a name.',
    `targets: [${quoted(target)}]`,
    '',
    '# risky: every risky operation, whoever wrote it. all-ai: these, and every change that is not known to be human work.',
    'review: risky',
    '',
    '# everyone, or non-seniors: whose pushes need approval.',
    'appliesTo: everyone',
    '',
    '# Principals who may approve, as .firebreak/allowed_signers names them. Proposed from CODEOWNERS and from who reviewed and wrote',
    '# most of the last commits: keep those who are seniors, take the others out.',
    ...(seniors.length === 0 ? ['seniors: []'] : ['seniors:', ...seniors.map((senior) => `  - ${quoted(senior)}${counts(known.get(senior.toLowerCase()), addresses.includes(senior))}`)]),
    '',
    '# Who commits under several addresses, or pushes under a login: nobody approves a change of their own. For example:',
    '# people: { alice@corp.example: { emails: [alice@home.example], github: alice } }',
    ...(logins.length > 0 ? [`# CODEOWNERS names ${logins.map(quoted).join(', ')}: add github: to the person that each stands for.`] : []),
    'people: {}',
    '',
    '# How many seniors have to approve findings of a severity; warn tells and lets pass. Nobody approves',
    '# a change of their own, so it takes one senior more than the number.',
    ...(seniors.length > 0 ? [`severities: { critical: { approvals: ${approvals} }, high: { approvals: 1 }, medium: warn, low: warn }`] : ['# severities: { critical: { approvals: 1 }, high: { approvals: 1 }, medium: warn, low: warn }']),
    '',
    '# Paths of which one of these seniors has to be among those who approve, and how severe what is found there is at least. For example:',
    "# paths: [ { match: 'infra/**', reviewers: [carol@corp.example], minimum: high } ]",
    ...(paths.length > 0 ? ['paths:', ...paths] : ['paths: []']),
    '',
    '# How many seniors approve a change to this folder, CODEOWNERS, CI definitions, .gitattributes and .gitmodules; this takes one more, too.',
    ...(seniors.length > 0 ? [`policyChanges: { approvals: ${approvals} }`] : ['# policyChanges: { approvals: 1 }']),
    '',
    '# How long an approval holds; requireTouch: critical asks for a security key that was touched, from that severity on.',
    'keys: { requireTouch: never, maxAge: 14d }',
    '',
    '# From which severity on an agent whose hooks call Firebreak (firebreak init --agent) asks its user before it acts, and from which it is refused; or never.',
    `agents: { ask: ${noPolicy.agents.ask}, deny: ${noPolicy.agents.deny} }`,
    '',
    '# Rules that are off, or at least so severe; and paths that are not checked.',
    'rules: {}',
    'exclude: []',
    '',
  ].join('\n');
}

function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()));
}

function counts(person: TeamFacts['people'][number] | undefined, isOwner: boolean): string {
  const told = [...(isOwner ? ['in CODEOWNERS'] : []), ...(person === undefined ? [] : [`${person.commits} commits, ${person.reviews} reviews`])];
  return told.length > 0 ? ` # ${told.join('; ')}` : '';
}

/** As YAML takes it on one line. */
function quoted(text: string): string {
  return /^[A-Za-z][\w./@+-]*$/.test(text) ? text : JSON.stringify(text);
}
