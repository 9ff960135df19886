import { changedRanges } from '../../core/attribution/changedRanges.ts';
import type { AiRegion } from '../../core/attribution/region.ts';
import { withRegionOf } from '../../core/check/attribute.ts';
import type { Finding } from '../../core/check/finding.ts';
import type { LineText } from '../../core/text/lineText.ts';
import { OffsetRange } from '../../core/text/offsetRange.ts';
import type { ShownScope } from './settings.ts';

export interface Known {
  readonly text: LineText;
  readonly regions: readonly AiRegion[];
  readonly hasRepository: boolean;
  /** The last commit's text; undefined when it has none, and all is new. */
  readonly before: string | undefined;
}

/** Where to look. Outside of a repository no change is known, but an AI's are. */
export function focusOf(scope: ShownScope, { text, regions, hasRepository, before }: Known): readonly OffsetRange[] {
  if (scope === 'ai' || (scope === 'changes' && !hasRepository)) return regions.map(({ range }) => range);
  return scope === 'all' || before === undefined ? [new OffsetRange(0, text.length)] : changedRanges(before, text.toString());
}

/** The findings to show, each with the text or deletion that it stands in. */
export function findingsInScope(scope: ShownScope, findings: readonly Finding[], regions: readonly AiRegion[]): readonly Finding[] {
  const attributed = findings.map((finding) => withRegionOf(finding, regions));
  return scope === 'ai' ? attributed.filter(({ region }) => region !== undefined) : attributed;
}
