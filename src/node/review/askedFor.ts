import type { Concern } from '../../core/review/concern.ts';
import type { GateFacts } from '../../core/review/facts.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { resolveCommit } from '../objects.ts';
import { readFiles } from './manifest.ts';

/** Whether requests are about just what is judged, each by the concerns that it names, on the grounds on which a decision on it would be bound. */
export async function readAskedFor(root: string, concerns: readonly Concern[], requests: ReadonlyMap<string, ReviewRequest>, { contentOf, files }: Pick<GateFacts, 'contentOf' | 'files'>): Promise<GateFacts['requestOf']> {
  const asked = new Set(concerns.flatMap(({ fingerprint }) => requests.get(fingerprint) ?? []));
  const others = new Set<string>();
  for (const request of asked) {
    const own = concerns.filter(({ fingerprint }) => requests.get(fingerprint) === request);
    for (const fingerprint of await differing(root, request, own, { contentOf, files })) others.add(fingerprint);
  }
  return (fingerprint) => {
    const request = requests.get(fingerprint);
    return request && { id: request.id, reviewers: request.reviewers, isOnThis: !others.has(fingerprint) };
  };
}

/** Of the concerns that a request names those that are on other content than it. */
async function differing(root: string, request: ReviewRequest, concerns: readonly Concern[], { contentOf, files }: Pick<GateFacts, 'contentOf' | 'files'>): Promise<readonly string[]> {
  const { isBaseInTarget, replay } = contentOf(request);
  if (isBaseInTarget && replay === 'equal') return [];
  if (!isBaseInTarget || (await resolveCommit(root, request.head)) === undefined) return concerns.map(({ fingerprint }) => fingerprint);
  const there = await readFiles(root, request.head, [...new Set(concerns.flatMap(({ path, evidence }) => [path, ...evidence]))]);
  const isSame = (path: string) => there.get(path)?.blob === files.get(path)?.blob && there.get(path)?.mode === files.get(path)?.mode;
  return concerns.flatMap(({ fingerprint, path, evidence }) => ([path, ...evidence].every(isSame) ? [] : [fingerprint]));
}
