import type { Look } from '../core/check/changeSet.ts';
import { OffsetRange } from '../core/text/offsetRange.ts';

/** A look that came from another thread, where ranges lose what they can do. */
export function revivedLook(look: Look): Look {
  if (look.kind !== 'findings') return look;
  return {
    ...look,
    findings: look.findings.map((finding) => ({
      ...finding,
      range: revived(finding.range),
      within: finding.within.map(revived),
      ...(finding.suppression && { suppression: { ...finding.suppression, range: revived(finding.suppression.range) } }),
      blastRadius: { ...finding.blastRadius, factors: finding.blastRadius.factors.map((factor) => (factor.range === undefined ? factor : { ...factor, range: revived(factor.range) })) },
    })),
  };
}

function revived({ start, endExclusive }: OffsetRange): OffsetRange {
  return new OffsetRange(start, endExclusive);
}
