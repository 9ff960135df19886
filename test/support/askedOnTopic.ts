import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Answer, exampleOf, type SentCall } from './githubApi.ts';

/** What an announcement asks of GitHub, in its order. */
export const announcing = {
  pulls: 'GET /repos/{owner}/{repo}/pulls',
  viewer: 'GET /user',
  comments: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  comment: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  ask: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
} as const;

const policy = ['version: 1', 'targets: [refs/heads/main]', 'seniors: [alice@corp.example]', 'people: { alice@corp.example: { github: alice-gh } }', ''].join('\n');

/** In a repository whose remote lies at a GitHub Enterprise: users are deleted on the branch `topic`, and its author asked Alice. @param run what runs the command line. @returns the request's id */
export function askOnTopic(folder: string, run: { readonly cli: string; readonly env?: NodeJS.ProcessEnv }): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  mkdirSync(path.join(folder, '.firebreak'), { recursive: true });
  writeFileSync(path.join(folder, '.firebreak/policy.yml'), policy);
  git('add', '--all');
  git('commit', '--quiet', '--message=Say who decides');
  git('remote', 'add', 'origin', 'git@ghe.example.org:acme/shop.git');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  git('switch', '--quiet', '--create', 'topic');
  writeFileSync(path.join(folder, 'a.ts'), 'await db.user.deleteMany({});\n');
  git('add', '--all');
  git('commit', '--quiet', '--message=Delete users');
  const told = execFileSync(process.execPath, [run.cli, 'request', '--all', '--reason', 'We need it', '--reviewer', 'alice@corp.example', '--no-push'], { cwd: folder, encoding: 'utf8', env: { ...process.env, ...run.env } });
  return /[0-9A-Z]{26}/.exec(told)?.[0] ?? '';
}

/** How GitHub answers to that, where `topic` has the pull request 7. @param refuses whether the token is refused by now */
export function answersOnTopic(refuses: () => boolean = () => false): Readonly<Record<string, (call: SentCall) => Answer>> {
  const [pull] = exampleOf(announcing.pulls, 200) as [{ head: object }];
  return {
    [announcing.pulls]: () => (refuses() ? { status: 401, body: { message: 'Bad credentials' } } : { status: 200, body: [{ ...pull, requested_teams: [], number: 7, head: { ...pull.head, ref: 'topic' } }] }),
    [announcing.viewer]: () => ({ status: 200, body: exampleOf(announcing.viewer, 200) }),
    [announcing.comments]: () => ({ status: 200, body: [] }),
    [announcing.comment]: () => ({ status: 201, body: exampleOf(announcing.comment, 201) }),
    [announcing.ask]: () => ({ status: 201, body: { ...(exampleOf(announcing.ask, 201) as object), requested_teams: [] } }),
  };
}
