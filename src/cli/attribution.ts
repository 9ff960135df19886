import { reconcile } from '../core/attribution/reconcile.ts';
import type { AiRegion } from '../core/attribution/region.ts';
import { sha256Hex } from '../node/digest.ts';
import { readJournal } from '../node/journal.ts';
import type { GitRepository } from '../node/repository.ts';
import { counted, warn } from './terminal.ts';

/** Who wrote what in a text of a file, by saved regions and what agents told; undefined when nothing is known. */
export async function regionsOf(repository: GitRepository, path: string, text: string): Promise<readonly AiRegion[] | undefined> {
  const { stored, setAside } = await repository.loadRegions(path);
  if (setAside !== undefined) warn(setAside);
  const { events, unreadable } = await readJournal(repository.place.gitDir, path);
  if (unreadable.length > 0) warn(`${counted(unreadable.length, 'line')} of what agents told of ${path} could not be read, and were passed over`);
  const committed = events.length === 0 ? undefined : await repository.textAtHead(path);
  return reconcile(text, { stored, events, digestOf: sha256Hex, committed: committed !== undefined && 'text' in committed ? committed.text : undefined });
}
