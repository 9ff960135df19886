import { bindingOf } from '../../core/review/binding.ts';
import { type Concern, decidedOf, isAsClaimed } from '../../core/review/concern.ts';
import type { GateFacts } from '../../core/review/facts.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { resolveCommit } from '../objects.ts';
import { gitText } from '../git.ts';
import { readChanges, readSides } from './manifest.ts';

type Judged = Pick<GateFacts, 'contentOf' | 'files' | 'tree' | 'landedBeside'>;

/** Whether requests are about just what is judged, each by the concerns that it names, on the grounds on which a decision on it would be bound. */
export async function readAskedFor(root: string, concerns: readonly Concern[], requests: ReadonlyMap<string, ReviewRequest>, judged: Judged): Promise<GateFacts['requestOf']> {
  const asked = new Set(concerns.flatMap(({ fingerprint }) => requests.get(fingerprint) ?? []));
  const others = new Set<string>();
  for (const request of asked) {
    const own = concerns.filter(({ fingerprint }) => requests.get(fingerprint) === request);
    for (const fingerprint of await differing(root, request, own, judged)) others.add(fingerprint);
  }
  return (fingerprint) => {
    const request = requests.get(fingerprint);
    // What has landed is over, unless it is asked for again as it was.
    if (request !== undefined && others.has(fingerprint) && judged.contentOf(request).isInTarget) return undefined;
    return request && { id: request.id, reviewers: request.reviewers, includes: request.includes.map(({ path }) => path), isOnThis: !others.has(fingerprint) };
  };
}

/** Of the concerns that a request names those that are on other content than it: an approval of it would be on what it holds, and what it says of that, as far as it is so. */
async function differing(root: string, request: ReviewRequest, concerns: readonly Concern[], { contentOf, files, tree, landedBeside }: Judged): Promise<readonly string[]> {
  const content = contentOf(request);
  if (!content.isBaseInTarget || (await resolveCommit(root, request.head)) === undefined) return concerns.map(({ fingerprint }) => fingerprint);
  const sides = await readSides(root, await readChanges(root, request.base, request.head), request.head, concerns.flatMap(({ path, evidence }) => [path, ...evidence]));
  const findings = concerns.map((concern) => {
    const claim = request.findings.find(({ fingerprint }) => fingerprint === concern.fingerprint);
    return decidedOf(claim === undefined || isAsClaimed(concern, claim) ? concern : { ...concern, effect: claim.blastRadius.description });
  });
  const approval = { manifest: [...sides.values()], findings, tree: await gitText(root, ['rev-parse', `${request.head}^{tree}`]) };
  return concerns.flatMap((concern) => (bindingOf(concern, approval, content, { tree, files, landedBeside }).isBound ? [] : [concern.fingerprint]));
}
