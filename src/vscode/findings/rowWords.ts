import type { Finding } from '../../core/check/finding.ts';
import { plain } from '../inert.ts';

/** What code is longer, or of several lines, would fill a row and tell nothing at its beginning. */
const longestCode = 60;

/** What tells a finding from others that do the same: what it is done to or with, else its code; undefined where neither is short. */
export function nameOf({ blastRadius: { effect, target }, matched }: Pick<Finding, 'blastRadius' | 'matched'>): string | undefined {
  const [, quoted] = /`([^`]+)`/.exec(effect) ?? [];
  const code = matched.trim();
  const name = [quoted, target, code.length > longestCode || code.includes('\n') ? undefined : code].find((each) => each !== undefined && each.trim() !== '');
  return name === undefined ? undefined : plain(name, longestCode);
}
