import { describe } from './blastRadius.ts';
import type { Finding } from './finding.ts';

/**
 * The findings that the text before did not have: an edit elsewhere, such as to a constant or an import, can make an
 * operation dangerous that nobody touched. Equal are those of one rule with the same text and the same blast radius.
 */
export function newFindings(after: readonly Finding[], before: readonly Finding[]): ReadonlySet<Finding> {
  const counts = new Map<string, number>();
  for (const finding of before) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  const fresh = new Set<Finding>();
  for (const finding of after) {
    const left = counts.get(keyOf(finding)) ?? 0;
    if (left === 0) fresh.add(finding);
    else counts.set(keyOf(finding), left - 1);
  }
  return fresh;
}

function keyOf({ ruleId, matched, severity, blastRadius }: Finding): string {
  return JSON.stringify([ruleId, matched, severity, describe(blastRadius)]);
}
