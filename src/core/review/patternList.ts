import { toBytes } from './wire.ts';

/** OpenSSH reads a pattern of more bytes as one that matches nothing, and what follows it too. */
const longestPattern = 1022;

/**
 * Whether a list such as `*@corp,!bob@corp` names a text (PATTERNS of ssh_config(5)): `*` stands for any bytes, `?` for one, a pattern after `!`
 * excludes what it matches, wherever it stands, and a list of exclusions alone names nothing. Case counts.
 */
export function isInPatternList(text: string, list: string): boolean {
  const bytes = toBytes(text);
  let isNamed = false;
  for (const written of list.split(',')) {
    const isExcluded = written.startsWith('!');
    const pattern = toBytes(isExcluded ? written.slice(1) : written);
    if (pattern.length > longestPattern) return false;
    if (!matches(bytes, pattern)) continue;
    if (isExcluded) return false;
    isNamed = true;
  }
  return isNamed;
}

const [star, question] = toBytes('*?');

/** Goes back to the last star only, so that a hostile pattern cannot make it slow. */
function matches(text: Uint8Array, pattern: Uint8Array): boolean {
  let [at, patternAt] = [0, 0];
  let retry: { at: number; patternAt: number } | undefined;
  while (at < text.length) {
    const wanted = pattern[patternAt];
    if (wanted === star) retry = { at, patternAt: patternAt++ };
    else if (wanted === question || (wanted !== undefined && wanted === text[at])) [at, patternAt] = [at + 1, patternAt + 1];
    else if (retry === undefined) return false;
    else [at, patternAt] = [++retry.at, retry.patternAt + 1];
  }
  return pattern.subarray(patternAt).every((byte) => byte === star);
}
