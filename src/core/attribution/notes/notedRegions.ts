import { LineText } from '../../text/lineText.ts';
import type { AiRegion } from '../region.ts';
import { isMark } from '../regionList.ts';
import { type AuthoredText, authorsOf, linesOf, regionsFrom, unseen } from './authoredText.ts';
import { explain } from './explain.ts';

/** What is known of a text, and of which of its lines nobody saw who wrote them; lines from 0. */
export interface NotedRegions {
  readonly regions: readonly AiRegion[];
  readonly unseen: readonly number[];
}

/**
 * Regions of a text by what notes say of the text that the last commit holds. On lines of which `known`, what was seen here, has a region, that
 * one stays: it says which part of the line.
 */
export function notedRegions(text: string, committed: AuthoredText, known: readonly AiRegion[]): NotedRegions {
  const lines = new LineText(text);
  const own = authorsOf(lines, known, unseen);
  const { authors, deletions } = explain(linesOf(text), [committed]);
  const others = authors.map((author, at) => (own[at]?.kind === 'unseen' ? author : unseen));
  const isMarked = (removed: string) => known.some((region) => isMark(region) && region.removedText === removed);
  const noted = regionsFrom({ authors: others, deletions: deletions.filter((deletion) => !isMarked(deletion.text)) }, lines);
  const regions = [...known, ...noted].sort((a, b) => a.range.start - b.range.start || a.range.endExclusive - b.range.endExclusive);
  const nobodySaw = authors.flatMap(({ kind }, at) => (own[at]?.kind === 'unseen' && (kind === 'unseen' || kind === 'inherited') ? [at] : []));
  return { regions: withoutOverlaps(regions), unseen: nobodySaw };
}

/** The end of a line that is noted whole may be the start of what is known. */
function withoutOverlaps(regions: readonly AiRegion[]): AiRegion[] {
  const result: AiRegion[] = [];
  let end = 0;
  for (const region of regions) {
    if (region.range.start < end) continue;
    result.push(region);
    end = region.range.endExclusive;
  }
  return result;
}
