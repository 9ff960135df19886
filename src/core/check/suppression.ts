import type { AiRegion } from '../attribution/region.ts';
import type { OffsetRange } from '../text/offsetRange.ts';
import { describe } from './blastRadius.ts';
import { regionsProposed } from './changeFilter.ts';
import type { ChangedFile } from './changeSet.ts';
import type { Finding } from './finding.ts';
import { isAtLeast } from './severity.ts';

/** What speaks for a finding: `firebreak-ignore recursive-delete: made by this script (until 2027-01-31)` in a comment. */
export interface Suppression {
  readonly kind: 'comment';
  /** From its first word to the end of its reason or date. */
  readonly range: OffsetRange;
  /** 1-based. */
  readonly line: number;
  readonly reason: string;
  /** The last day on which it holds, as YYYY-MM-DD in UTC. */
  readonly until?: string;
  /** What an AI, or nobody knows who, wrote in it: then it counts for nothing. */
  readonly writtenBy?: AiRegion;
}

/** Whether a finding is spoken for. It is still told of, in its own place. */
export function isSuppressed({ suppression }: Pick<Finding, 'suppression'>): boolean {
  return suppression !== undefined && suppression.writtenBy === undefined;
}

/** Those that count, and those that are spoken for. */
export function bySuppression(findings: readonly Finding[]): { readonly findings: readonly Finding[]; readonly suppressed: readonly Finding[] } {
  return { findings: findings.filter((finding) => !isSuppressed(finding)), suppressed: findings.filter(isSuppressed) };
}

/** In words that follow what is told of the finding; undefined when no comment speaks for it. */
export function describeSuppression({ suppression }: Pick<Finding, 'suppression'>): string | undefined {
  if (suppression === undefined) return undefined;
  const { writtenBy, reason, until, line } = suppression;
  if (writtenBy !== undefined) return `the comment in line ${line} that would suppress it counts for nothing, because ${writtenBy.origin.kind === 'ai' ? 'an AI wrote in it' : 'nobody knows who wrote it; its author makes it count with "Mark Selection as Mine" in the editor'}`;
  return `suppressed in line ${line}${until === undefined ? '' : ` until ${until}`}: ${reason}`;
}

/** A comment in which an AI wrote or deleted, or nobody knows who, counts for nothing. */
export function suppressionWith(suppression: Suppression, regions: readonly AiRegion[]): Suppression {
  const { writtenBy: before, ...rest } = suppression;
  const met = regions.filter(({ range }) => range.meets(suppression.range));
  const writtenBy = met.find(({ origin }) => origin.kind === 'ai') ?? met[0];
  if (writtenBy === before) return suppression;
  return writtenBy === undefined ? rest : { ...rest, writtenBy };
}

/** The findings that count in what an AI is about to write or run: a comment that it brings itself speaks for none. */
export function withoutOwnWord(findings: readonly Finding[], file: ChangedFile): Finding[] {
  const own = regionsProposed(file);
  return findings.filter((finding) => finding.suppression === undefined || suppressionWith(finding.suppression, own).writtenBy !== undefined);
}

/** What a change has to answer for, with every finding as the policy leaves it. */
export interface SuppressedChange {
  /** All findings of the files that changed, whatever stands on changed lines. */
  readonly after: readonly Finding[];
  /** All findings of the same files at the base, from the base's own texts. */
  readonly before: readonly Finding[];
  /** Whether a finding that nobody speaks for belongs to the change. */
  readonly isOfChange: (finding: Finding) => boolean;
  /** Whether it is known who wrote the texts after: else a comment that is new may be an AI's. */
  readonly isAuthorKnown: boolean;
}

/**
 * The findings that the gate asks approval for. A suppression that did not stand at the base for the same operation, in the same words and judged the same, speaks for nothing
 * of high or critical severity: such a finding is given whether or not it stands on changed lines, because what is new is that nobody would see it any more. A value elsewhere may have made more of it.
 */
export function findingsAtGate({ after, before, isOfChange, isAuthorKnown }: SuppressedChange): Finding[] {
  const standing = new Set(before.filter(isSuppressed).map(keyOf));
  return after.filter((finding) => {
    if (!isSuppressed(finding)) return isOfChange(finding);
    if (standing.has(keyOf(finding))) return false;
    return isAtLeast(finding.severity, 'high') || (!isAuthorKnown && isOfChange(finding));
  });
}

function keyOf({ fingerprint, suppression, severity, blastRadius }: Finding): string {
  return JSON.stringify([fingerprint, suppression?.reason, suppression?.until, severity, describe(blastRadius), blastRadius.target]);
}
