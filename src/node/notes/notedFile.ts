import type { Source } from '../../core/attribution/notes/attributeText.ts';
import { notedRegions } from '../../core/attribution/notes/notedRegions.ts';
import type { AiRegion } from '../../core/attribution/region.ts';
import type { Place } from '../place.ts';
import { isTold, withHistory } from './openHistory.ts';

/** What a file holds in the last commit and who wrote it there, by the notes of its history; undefined when there are none. */
export async function notedAtHead(place: Place, file: string): Promise<Source | undefined> {
  if (!(await isTold(place, 'HEAD'))) return undefined;
  return withHistory(place, async ({ notes, history }) => {
    const [noted, head] = [await history.linesAt('HEAD', file), await notes.reader.commit('HEAD')];
    return noted === undefined ? undefined : { ...noted, at: head?.committedAt ?? 0 };
  });
}

/** Who wrote what in a text that a file has on disk, by the notes of the last commit's history and by what is known of it already; undefined when there are no notes. */
export async function regionsNoted(place: Place, file: string, text: string, known: readonly AiRegion[]): Promise<readonly AiRegion[] | undefined> {
  const committed = await notedAtHead(place, file);
  return committed === undefined ? undefined : notedRegions(text, committed, known).regions;
}
