import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dist } from '../node/dist.ts';

/** Where the pages of rules are published: in the repository that this package names. */
export function rulePages(): (ruleId: string) => string {
  const { repository } = JSON.parse(readFileSync(path.join(dist, '..', 'package.json'), 'utf8')) as { repository: { url: string } };
  const url = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  return (ruleId) => `${url}/blob/HEAD/docs/rules/${encodeURIComponent(ruleId)}.md`;
}
