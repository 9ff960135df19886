import { OffsetRange } from '../../text/offsetRange.ts';
import type { DecodedPiece } from '../decodedText.ts';

/** A text as it stands at an offset, with every match of a pattern as what `decode` makes of it. */
export function piecesOf(text: string, start: number, pattern: RegExp, decode: (match: string) => string): DecodedPiece[] {
  const pieces: DecodedPiece[] = [];
  let from = 0;
  const addVerbatim = (until: number): void => {
    if (until > from) pieces.push({ text: text.slice(from, until), range: new OffsetRange(start + from, start + until), isVerbatim: true });
  };
  for (const match of text.matchAll(pattern)) {
    addVerbatim(match.index);
    from = match.index + match[0].length;
    pieces.push({ text: decode(match[0]), range: new OffsetRange(start + match.index, start + from), isVerbatim: false });
  }
  addVerbatim(text.length);
  return pieces;
}
