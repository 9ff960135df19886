import { OffsetRange } from '../../text/offsetRange.ts';
import { DecodedText } from '../decodedText.ts';
import { hole } from '../operation.ts';
import type { Meaning } from './words.ts';

const runs = /\b(?:system|exec|qx)\s*\(?\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\{([^}]*)\}|\/([^/]*)\/)|`([^`]*)`/gd;

/** The lines for a shell in a Perl one-liner. There is no reader for Perl: what else it does is not seen. */
export function shellLinesOfPerl(code: Meaning): Meaning[] {
  return [...code.text.matchAll(runs)].flatMap(({ indices }) => {
    const found = indices?.slice(1).find((range) => range !== undefined);
    return found === undefined ? [] : [stretchOf(code, found[0], found[1])];
  });
}

/** A part of what a word comes to. */
function stretchOf({ text, pieces }: Meaning, start: number, end: number): Meaning {
  const decoded = new DecodedText(pieces);
  const range = decoded.rangeOf(new OffsetRange(start, end));
  const part = text.slice(start, end);
  const holes = part.split(hole).slice(1).map(() => hole);
  return { text: part, pieces: [{ text: part, range, isVerbatim: range.length === part.length }], holes };
}
