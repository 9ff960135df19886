import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What this package says of itself. */
export function readManifest(): { readonly version: string; readonly pageOf: (ruleId: string) => string } {
  const { version, repository } = JSON.parse(readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8')) as { version: string; repository: { url: string } };
  const url = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  return { version, pageOf: (ruleId) => `${url}/blob/HEAD/docs/rules/${encodeURIComponent(ruleId)}.md` };
}
