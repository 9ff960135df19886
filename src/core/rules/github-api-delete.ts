import { githubClients } from '../catalogue/githubClients.ts';
import { githubDeletes, type GithubDelete } from '../catalogue/githubDeletes.ts';
import { go, javascript, python, ruby, typescript } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { callOf, defineRule, type Judgement, type NameTable } from '../check/rule.ts';
import { hole, type Call } from '../language/operation.ts';

const client = /^@octokit\/|^octokit\b|^@actions\/github\b|^probot\b|^github$/;
const receiver = /^(?:octokit|github|gh|octo|context)$|octokit|github/i;

/** `delete` and `request` are called by name or path; the groups tell which. */
const methods = new Set([...Object.keys(githubDeletes).map((name) => name.slice(name.indexOf('.') + 1)), 'request']);

const otherMethods = new Set(Object.values(githubClients).flatMap(({ deletes }) => deletes.map(([method]) => method)));

const names: NameTable = {
  words: (family) => (family === 'javascript' ? methods : (githubClients[family]?.deletes.map(([method]) => method) ?? [])),
  clues: [
    { on: /(?:octokit|github|\b(?:gh|octo|context)\b)[^;]*$/i },
    { text: /["'`](?:@octokit\/|octokit\b|@actions\/github\b|probot\b|github["'`])/ },
    { languages: ['python', 'go', 'ruby', 'csharp', 'java', 'kotlin'], text: /^[^\S\n]*(?:from|import)\s+github\b|google\/go-github\/|octokit|kohsuke/im },
  ],
  has: (name) => methods.has(name) || otherMethods.has(name),
};

function judge(call: Call): Judgement | undefined {
  const found = call.language === 'javascript' ? byGroup(call) : byClient(call);
  if (found === undefined) return undefined;
  const target = targetOf(call, found);
  return {
    scope: found.scope,
    undo: found.undo,
    effect: `deletes the GitHub ${found.noun}${target === undefined ? '' : ` (${quoted(target)})`}`,
    ...(target !== undefined && { target }),
    factors: [...loopFactors(call), ...productionFactors(call.args.map(({ source }) => source))],
    ...(call.imported === undefined && { confidence: call.modules.some((module) => client.test(module)) ? 'medium' : 'low' }),
  };
}

function byGroup(call: Call): GithubDelete | undefined {
  if (!isOfGithub(call)) return undefined;
  return call.name === 'request' ? byPath(call) : githubDeletes[`${groupOf(call)}.${call.name}`];
}

/** By the method and what it is called on: `repo` of `repo.delete()`, `get_repo` of `client.get_repo("acme/shop").delete()`. */
function byClient({ language, name, links, imported, modules }: Call): GithubDelete | undefined {
  const known = githubClients[language];
  const isOther = imported !== undefined && !/^(?:\.|\*#)/.test(imported) && known?.modules.test(imported) === false;
  if (known === undefined || isOther || !modules.some((module) => known.modules.test(module))) return undefined;
  const owner = links.at(-1)?.name ?? '';
  const operation = known.deletes.find(([method, of]) => method === name && (of === undefined || of.test(owner)))?.[2];
  return operation === undefined ? undefined : githubDeletes[operation];
}

function isOfGithub({ imported, links, modules, name }: Call): boolean {
  if (imported !== undefined && client.test(imported)) return true;
  if (imported !== undefined && !/^(?:\.|@\/|~\/)/.test(imported)) return false;
  // What else is called `request` takes paths of other services.
  const isNamed = links.some((link) => receiver.test(link.name));
  return isNamed || (name !== 'request' && modules.some((module) => client.test(module)));
}

function groupOf({ links, imported }: Call): string {
  return links.at(-1)?.name ?? /(?<!\w)(\w+)\.\w+$/.exec(imported ?? '')?.[1] ?? '';
}

/** `octokit.request('DELETE /repos/{owner}/{repo}', …)` */
function byPath({ args }: Call): GithubDelete | undefined {
  const [route] = args;
  const path = typeof route?.constant === 'string' ? /^DELETE\s+([^?\s]+)/.exec(route.constant)?.[1] : undefined;
  if (path === undefined) return undefined;
  const parts = path.split('/');
  return Object.values(githubDeletes).find((each) => {
    const known = each.path.split('/');
    return known.length === parts.length && known.every((part, at) => part === parts[at] || part === '*');
  });
}

/** The most particular of the inputs that are written down: the branch rather than the repository. */
function targetOf({ args }: Call, { path }: GithubDelete): string | undefined {
  const inputs = args.flatMap(({ properties }) => [...(properties ?? [])]);
  const last = inputs.filter(([name]) => name !== 'owner' && name !== 'headers').at(-1)?.[1].constant;
  return typeof last === 'string' && !last.includes(hole) && path.includes('*') ? last : undefined;
}

export default defineRule({
  id: 'github-api-delete',
  title: 'Something of GitHub deleted through its API',
  why: 'A repository goes with its issues, pull requests and releases; protection of branches keeps others from doing worse; secrets cannot be read back.',
  instead: 'Archive a repository, and let a person delete it by hand, who has to type its name. Change protection in place.',
  blindTo: 'GraphQL mutations, and objects of PyGithub under names that do not say what they are, and paths that are put together at run time.',
  blastRadius: { scope: 'service', undo: 'costly' },
  matches: [callOf(names)],
  judge: { call: judge },
  examples: {
    bad: [
      typescript`import { Octokit } from '@octokit/rest';
const octokit = new Octokit({ auth: token });
await ⟦octokit.rest.repos.delete({ owner: 'acme', repo: 'shop' })⟧;`,
      javascript`const { getOctokit } = require('@actions/github');
for (const { name } of stale) await ⟦getOctokit(token).rest.git.deleteRef({ owner, repo, ref: name })⟧;`,
      javascript`module.exports = async ({ github, context }) => {
  await ⟦github.rest.repos.deleteBranchProtection({ owner, repo, branch: 'main' })⟧;
};`,
      typescript`import { Octokit } from 'octokit';
class Cleaner {
  constructor(private readonly octokit: Octokit) {}
  run(name: string) { return ⟦this.octokit.request('DELETE /repos/{owner}/{repo}', { owner: 'acme', repo: name })⟧; }
}`,
      typescript`import { Octokit } from '@octokit/core';
await ⟦new Octokit().request('DELETE /orgs/{org}/teams/{team_slug}', { org: 'acme', team_slug: 'core' })⟧;`,
      python`from github import Github
for repo in Github(token).get_organization("acme").get_repos():
    ⟦repo.delete()⟧`,
      go`package tidy
import "github.com/google/go-github/v62/github"
func run(client *github.Client) { ⟦client.Repositories.RemoveBranchProtection(ctx, "acme", "shop", "main")⟧ }`,
      ruby`require 'octokit'
⟦Octokit::Client.new.delete_repository('acme/shop')⟧`,
    ],
    good: [
      typescript`import { Octokit } from '@octokit/rest';
const octokit = new Octokit();
await octokit.rest.issues.deleteComment({ owner, repo, comment_id: 1 });
await octokit.rest.reactions.deleteForIssue({ owner, repo, issue_number: 1, reaction_id: 2 });`,
      typescript`import { Octokit } from '@octokit/rest';
await new Octokit().request('GET /repos/{owner}/{repo}', { owner, repo });`,
      typescript`import { repos } from './repos';
await repos.delete({ owner, repo });`,
      python`from github import Github
Github(token).get_repo("acme/shop").get_issue(1).get_comment(2).delete()`,
      javascript`await octokit.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', { comment_id });`,
    ],
  },
});
