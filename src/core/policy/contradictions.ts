import { matchesGlob } from './glob.ts';
import { noPolicy, policySeverities } from './policy.ts';
import type { WrittenPolicy } from './schema.ts';

/** What a well-formed policy says that cannot be meant, and where; `isKey` when the key itself is at fault. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly isKey?: boolean;
  readonly message: string;
}

/** Ambiguous or contradictory statements: each would otherwise be decided by whoever wrote the gate. */
export function contradictionsOf(policy: WrittenPolicy, written: Readonly<Record<string, unknown>>): Contradiction[] {
  return [...ofTargets(policy), ...ofReview(policy), ...ofPeople(policy), ...ofNumbers(policy, written), ...ofAgents(policy, written), ...ofForge(policy)];
}

function* ofTargets({ targets }: WrittenPolicy): Generator<Contradiction> {
  for (const [index, target] of targets.entries()) {
    const path = ['targets', index];
    if (!target.startsWith('refs/')) yield { path, message: `"${target}" is no full ref name; write refs/heads/${target}` };
    else if (!mayName(target)) yield { path, message: `"${target}" can be no branch, so that nothing would be watched by it; write refs/heads/${nameIn(target)}` };
    if (targets.indexOf(target) < index) yield { path, message: `"${target}" stands here twice; leave one out` };
  }
}

/** What the branch may be called that is meant. */
function nameIn(target: string): string {
  const name = target.replace(/^refs\/(?:remotes\/[^/]*|[^/]*)\/?/, '').replace(/[^\w./*?-]/g, '');
  return name === '' ? 'NAME' : name;
}

/** Whether a branch or a tag can be called so. `*` and `?` stand for something; what git takes in no name does not. */
function mayName(target: string): boolean {
  const [, kind = ''] = target.split('/');
  const isWellFormed = !/[\x00-\x20\x7f~^:\\[]|\.\.|@\{|\/\.|\.lock(?:\/|$)|\.$/.test(target);
  return isWellFormed && (kind === '**' || ['heads', 'tags'].some((each) => matchesGlob(each, `/${kind}`)));
}

function* ofReview({ review, trustNotes, severities }: WrittenPolicy): Generator<Contradiction> {
  if (review === 'risky-ai' && !trustNotes) yield { path: ['review'], message: 'risky-ai lets pass what a note calls human, though nobody signed it; say trustNotes: true if that is meant, or write review: risky' };
  if (review === 'risky' && trustNotes) yield { path: ['trustNotes'], message: 'trustNotes does nothing with review: risky, which asks the same of everybody; leave it out, or write review: risky-ai' };
  let stricter: string | undefined;
  for (const severity of policySeverities) {
    const demand = severities[severity] ?? noPolicy.severities[severity];
    const isAsking = typeof demand === 'object';
    if (stricter !== undefined && !isAsking) yield { path: ['severities', ...(severities[severity] === undefined ? [stricter] : [severity])], message: `${severity} lets pass what ${stricter} asks approval for; ask it for ${severity} too: ${severity}: { approvals: 1 }` };
    if (isAsking) stricter ??= severity;
  }
}

function* ofPeople({ seniors, people, paths, emergency }: WrittenPolicy): Generator<Contradiction> {
  for (const [index, senior] of seniors.entries()) {
    const path = ['seniors', index];
    if (seniors.findIndex((other) => other.toLowerCase() === senior.toLowerCase()) < index) yield { path, message: `"${senior}" stands here twice; one person approves once` };
    if (!isSomebody(senior, people)) yield { path, message: `"${senior}" is nobody: it is no address, and people has no "${senior}"; write the principal of .firebreak/allowed_signers, or add it to people` };
  }
  const owners = new Map<string, string>();
  for (const [principal, { emails, github }] of Object.entries(people)) {
    const named = [...emails.map((email, index) => ({ name: email.toLowerCase(), path: ['people', principal, 'emails', index] })), ...(github === undefined ? [] : [{ name: `github ${github.toLowerCase()}`, path: ['people', principal, 'github'] }])];
    for (const { name, path } of named) {
      const owner = owners.get(name);
      if (owner !== undefined) yield { path, message: owner === principal ? `"${name}" stands here twice; leave one out` : `"${name}" is ${owner}'s too; one address is one person's` };
      owners.set(name, principal);
    }
  }
  for (const principal of Object.keys(people)) {
    const owner = owners.get(principal.toLowerCase());
    if (owner !== undefined && owner !== principal) yield { path: ['people', principal], isKey: true, message: `"${principal}" is an address of ${owner}; make them one person` };
  }
  for (const [index, { reviewers, minimum }] of paths.entries()) {
    if (reviewers.length === 0 && minimum === undefined) yield { path: ['paths', index], message: 'this says nothing; give reviewers or minimum' };
    for (const [at, reviewer] of reviewers.entries()) if (!seniors.includes(reviewer)) yield { path: ['paths', index, 'reviewers', at], message: `"${reviewer}" is none of the seniors, so nothing there could be approved; add it to seniors` };
  }
  for (const [index, person] of emergency.people.entries()) if (!seniors.includes(person) && !isSomebody(person, people)) yield { path: ['emergency', 'people', index], message: `"${person}" is nobody: it is no address, and people has no "${person}"` };
}

function* ofNumbers({ seniors, severities, policyChanges }: WrittenPolicy, written: Readonly<Record<string, unknown>>): Generator<Contradiction> {
  const asked = [
    ...policySeverities.map((severity) => ({ path: ['severities', severity, 'approvals'], demand: severities[severity] })),
    ...('policyChanges' in written ? [{ path: ['policyChanges', 'approvals'], demand: policyChanges }] : []),
  ];
  for (const { path, demand } of asked) {
    if (typeof demand !== 'object' || demand.approvals <= seniors.length) continue;
    yield { path, message: `${demand.approvals} seniors are asked for, and seniors names ${seniors.length}, so nothing could ever be approved; add seniors, or ask for fewer` };
  }
  let [most, by] = [0, 'low'];
  for (const severity of policySeverities) {
    const demand = severities[severity] ?? noPolicy.severities[severity];
    const count = typeof demand === 'object' ? demand.approvals : 0;
    if (count > 0 && count < most) yield { path: ['severities', severities[severity] === undefined ? by : severity], message: `${severity} asks for fewer seniors (${count}) than ${by} (${most}); ask for as many at least` };
    if (count > most) [most, by] = [count, severity];
  }
}

function* ofForge({ forge, seniors, people, keys }: WrittenPolicy): Generator<Contradiction> {
  if (forge.github.approvals === 'ignore') return;
  const path = ['forge', 'github', 'approvals'];
  if (!seniors.some((senior) => people[senior]?.github !== undefined)) yield { path, message: 'no senior has a github login under people, so no approval at GitHub could count; add them, or leave this out' };
  if (keys.requireTouch === 'low') yield { path, message: 'keys.requireTouch: low asks for a touched key for everything, and approvals at GitHub have none; leave one of them out' };
}

function* ofAgents({ agents: { ask, deny } }: WrittenPolicy, written: Readonly<Record<string, unknown>>): Generator<Contradiction> {
  const isAskWritten = typeof written.agents === 'object' && written.agents !== null && 'ask' in written.agents;
  if (!isAskWritten || ask === 'never' || deny === 'never' || policySeverities.indexOf(ask) < policySeverities.indexOf(deny)) return;
  yield { path: ['agents', 'ask'], message: `what is ${ask} is refused already by deny: ${deny}, so nothing would be asked; ask from a lower severity on, or leave ask out` };
}

function isSomebody(principal: string, people: WrittenPolicy['people']): boolean {
  return principal.includes('@') || Object.hasOwn(people, principal);
}
