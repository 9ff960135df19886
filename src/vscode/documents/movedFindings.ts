import type { Finding } from '../../core/check/finding.ts';
import type { OffsetEdit } from '../../core/text/offsetEdit.ts';
import { OffsetRange } from '../../core/text/offsetRange.ts';

/** Findings where an edit leaves them until the text is looked at again. One whose whole text the edit replaces is gone. */
export function moveFindings(findings: readonly Finding[], edit: OffsetEdit): readonly Finding[] {
  const first = edit.replacements[0]?.range.start ?? Infinity;
  return findings.flatMap((finding) => {
    if (edit.replacements.some(({ range }) => range.encloses(finding.range) && !range.isEmpty)) return [];
    return [lastOffset(finding) < first ? finding : moved(finding, edit)];
  });
}

function moved(finding: Finding, edit: OffsetEdit): Finding {
  const { blastRadius, suppression } = finding;
  const factors = blastRadius.factors.map((factor) => (factor.range === undefined ? factor : { ...factor, range: moveRange(factor.range, edit) }));
  return {
    ...finding,
    range: moveRange(finding.range, edit),
    within: finding.within.map((range) => moveRange(range, edit)),
    blastRadius: { ...blastRadius, factors },
    ...(suppression && { suppression: { ...suppression, range: moveRange(suppression.range, edit) } }),
  };
}

function lastOffset({ range, within, blastRadius, suppression }: Finding): number {
  const factors = blastRadius.factors.map((factor) => factor.range?.endExclusive ?? 0);
  return Math.max(range.endExclusive, suppression?.range.endExclusive ?? 0, ...within.map((each) => each.endExclusive), ...factors);
}

/** Text inserted at either end stays outside. */
export function moveRange(range: OffsetRange, edit: OffsetEdit): OffsetRange {
  let start = range.start;
  let end = range.endExclusive;
  let delta = 0;
  for (const { range: replaced, newText } of edit.replacements) {
    const added = newText.length - replaced.length;
    if (replaced.endExclusive <= range.start) start = range.start + delta + added;
    else if (replaced.start < range.start) start = replaced.start + delta + newText.length;
    if (replaced.start >= range.endExclusive) break;
    end = replaced.endExclusive <= range.endExclusive ? range.endExclusive + delta + added : replaced.start + delta;
    delta += added;
  }
  return new OffsetRange(start, Math.max(start, end));
}
