import type { Concern } from '../../core/review/concern.ts';
import type { Decision } from '../../core/review/decision.ts';
import type { GateFacts } from '../../core/review/facts.ts';
import { landedBeside } from '../../core/review/landedBeside.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { ensureHere } from '../lentObjects.ts';
import { textsOf } from '../objects.ts';
import { filesAt } from './manifest.ts';

/** Reads what landed in the files of findings whose approval is replayed; others are bound by their bytes. @param root of the pinned store */
export async function readLandedBeside(root: string, concerns: readonly Concern[], { contentOf, files, approved, asked }: Pick<GateFacts, 'contentOf' | 'files'> & { readonly approved: readonly Decision[]; readonly asked: readonly ReviewRequest[] }): Promise<GateFacts['landedBeside']> {
  const paths = new Set(concerns.flatMap(({ kind, path }) => (kind === 'finding' ? [path] : [])));
  const isReplayed = (record: Pick<Decision, 'base' | 'head'>) => contentOf(record).replay === 'equal';
  const blobs = new Set(approved.filter(isReplayed).flatMap(({ manifest }) => manifest.flatMap(({ path, blob }) => (paths.has(path) && blob !== undefined && blob !== files.get(path)?.blob ? [blob] : []))));
  for (const head of new Set(asked.filter(isReplayed).map((request) => request.head))) {
    for (const [path, { oid }] of await filesAt(root, head, [...paths])) if (oid !== files.get(path)?.blob) blobs.add(oid);
  }
  // What a record names need be nowhere.
  await ensureHere(root, [...blobs]).catch(() => undefined);
  const known = blobs.size === 0 ? undefined : await textsOf(root, [...blobs, ...[...paths].flatMap((path) => files.get(path)?.blob ?? [])]);
  return ({ path, line }, blob) => {
    const [then, now] = [known?.get(blob ?? ''), known?.get(files.get(path)?.blob ?? '')];
    if (then === undefined || now === undefined || 'unread' in then || 'unread' in now) return 'it could not be read';
    return landedBeside(then.text, now.text, line);
  };
}
