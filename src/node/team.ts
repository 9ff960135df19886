import type { TeamFacts } from '../core/policy/firstPolicy.ts';
import { gitText } from './git.ts';
import { textAt } from './objects.ts';
import { findTarget } from './target.ts';

/** Commits that are looked at, at most. */
const commitLimit = 2000;

/** Where forges look for it. */
const ownersFiles = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** Who works on a repository, by CODEOWNERS and by the last commits. */
export async function readTeam(root: string): Promise<TeamFacts> {
  const { ref, tip } = await findTarget(root);
  const separator = '%x1f';
  const log = await gitText(root, ['log', `--max-count=${commitLimit}`, '--no-merges', `--format=%aE${separator}%(trailers:key=Reviewed-by,valueonly,separator=%x1e)`, tip]);
  const people = new Map<string, { email: string; commits: number; reviews: number }>();
  const count = (email: string, what: 'commits' | 'reviews') => {
    if (!email.includes('@') || /\[bot\]|noreply/i.test(email)) return;
    const known = people.get(email.toLowerCase()) ?? { email, commits: 0, reviews: 0 };
    known[what]++;
    people.set(email.toLowerCase(), known);
  };
  for (const line of log.split('\n')) {
    const [author = '', reviewers = ''] = line.split('\x1f');
    count(author, 'commits');
    for (const reviewer of reviewers.split('\x1e')) count(/<([^<>]+)>/.exec(reviewer)?.[1] ?? '', 'reviews');
  }
  return { target: ref, people: [...people.values()].sort((one, other) => other.commits - one.commits), owned: await ownedAt(root, tip) };
}

async function ownedAt(root: string, commit: string): Promise<TeamFacts['owned']> {
  for (const file of ownersFiles) {
    const text = await textAt(root, commit, file);
    if (text === undefined || 'unread' in text) continue;
    return text.text.split(/\r?\n/).flatMap((line) => {
      const [pattern = '', ...owners] = wordsOf(line);
      // A section's heading of GitLab is no pattern.
      return pattern === '' || /^\^?\[/.test(pattern) || owners.length === 0 ? [] : [{ pattern, owners }];
    });
  }
  return [];
}

/** Of a line of CODEOWNERS: a backslash in front of a blank or a mark makes it part of the pattern, and what follows a mark alone is a comment. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:\\.|[^\s\\])+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith('#'));
  return words.slice(0, comment === -1 ? undefined : comment).map((word) => word.replaceAll(/\\(.)/g, '$1'));
}
