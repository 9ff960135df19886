import { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { AiRegion } from '../region.ts';
import { isMark, placedAt } from '../regionList.ts';
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

/** With regions of unknown origin on the lines of which nobody saw who wrote them: no region would say that a person did. */
export function withUnseen(text: string, { regions, unseen: lines }: NotedRegions): AiRegion[] {
  const at = new LineText(text);
  const unknown = lines.map((line): AiRegion => {
    const start = at.offsetAt({ line, column: 0 });
    return { range: OffsetRange.ofLength(start, at.line(line).length), insertionId: `unseen-${line}`, origin: { kind: 'unknown' }, evidence: 'inferred', insertedAt: 0 };
  });
  const isFree = ({ range }: AiRegion) => !range.isEmpty && !regions.some((region) => region.range.overlaps(range));
  return [...regions, ...unknown.filter(isFree)].sort((a, b) => a.range.start - b.range.start || a.range.endExclusive - b.range.endExclusive);
}

/** The end of a line that is noted whole may be the start of what is known. */
function withoutOverlaps(regions: readonly AiRegion[]): AiRegion[] {
  const result: AiRegion[] = [];
  let end = 0;
  for (const region of regions) {
    const { range } = region;
    if (range.start >= end) result.push(region);
    else if (range.endExclusive > end) result.push(placedAt(region, end, range.endExclusive));
    end = Math.max(end, range.endExclusive);
  }
  return result;
}
