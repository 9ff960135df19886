import { notedRegions } from '../../core/attribution/notes/notedRegions.ts';
import type { AiRegion } from '../../core/attribution/region.ts';
import type { Place } from '../place.ts';
import { isTold, withHistory } from './openHistory.ts';

/** Who wrote what in a text that a file has on disk, by the notes of the last commit's history and by what is known of it already; undefined when there are no notes. */
export async function regionsNoted(place: Place, file: string, text: string, known: readonly AiRegion[]): Promise<readonly AiRegion[] | undefined> {
  if (!(await isTold(place, 'HEAD'))) return undefined;
  const committed = await withHistory(place, ({ history }) => history.linesAt('HEAD', file));
  return committed === undefined ? undefined : notedRegions(text, committed, known).regions;
}
