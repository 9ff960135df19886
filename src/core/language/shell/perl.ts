import { OffsetRange } from '../../text/offsetRange.ts';
import { DecodedText } from '../decodedText.ts';
import { hole } from '../operation.ts';
import type { Meaning } from './words.ts';

const runs = /\b(?:system|exec|qx)\s*\(?\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\{([^}]*)\}|\/([^/]*)\/)|`([^`]*)`/gd;

/** The lines for a shell in a Perl one-liner. There is no reader for Perl: beside these and what it deletes nothing is seen. */
export function shellLinesOfPerl(code: Meaning): Meaning[] {
  return [...code.text.matchAll(runs)].flatMap(({ indices }) => {
    const found = indices?.slice(1).find((range) => range !== undefined);
    return found === undefined ? [] : [stretchOf(code, found[0], found[1])];
  });
}

const deletes = /\b(?:(rmtree|remove_tree)\s*\(?|unlink\s*\(?\s*glob\s*\(?|unlink\s*\(?\s*<)\s*(?:"([^"]*)"|'([^']*)'|(\/[^>]*)>)\s*\)*/gd;

/** The directories and patterns that a Perl one-liner deletes. */
export function deletesOfPerl(code: Meaning): { readonly name: string; readonly range: OffsetRange; readonly path: { readonly range: OffsetRange; readonly text: string; readonly holes: readonly string[] } }[] {
  return [...code.text.matchAll(deletes)].flatMap(({ indices }) => {
    const [whole, tree] = indices ?? [];
    const path = indices?.slice(2).find((range) => range !== undefined);
    if (whole === undefined || path === undefined) return [];
    const { text, holes, pieces } = stretchOf(code, path[0], path[1]);
    return [{ name: tree === undefined ? 'unlink' : 'rmtree', range: stretchOf(code, whole[0], whole[1]).pieces[0]?.range ?? OffsetRange.empty(0), path: { text, holes, range: pieces[0]?.range ?? OffsetRange.empty(0) } }];
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
