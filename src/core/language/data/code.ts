import { OffsetRange } from '../../text/offsetRange.ts';
import { type DecodedPiece, DecodedText } from '../decodedText.ts';
import { hole } from '../operation.ts';
import { piecesOf } from './pieces.ts';
import type { Data, DataScalar } from './data.ts';

/** The scalars of a list and of the lists in it, or the one that stands in place of a list. */
export function scalarsIn(data: Data | undefined): readonly DataScalar[] {
  if (data === undefined || data.kind === 'map') return [];
  return data.kind === 'scalar' ? [data] : data.items.flatMap(scalarsIn);
}

/** Lines that run one after the other as one script. */
export function scriptOf(lines: readonly DataScalar[]): DecodedText | undefined {
  const pieces = lines.flatMap(({ code, range }) => [...code.pieces.flatMap(withHoles), between('\n', range.endExclusive)]);
  return lines.length === 0 ? undefined : new DecodedText(pieces.slice(0, -1));
}

/** A program and its arguments, as a line that a shell reads as just these words. */
export function argvOf(words: readonly DataScalar[]): DecodedText | undefined {
  const pieces = words.flatMap((word) => [...quoted(word), between(' ', word.range.endExclusive)]);
  return words.length === 0 ? undefined : new DecodedText(pieces.slice(0, -1));
}

function between(text: string, at: number): DecodedPiece {
  return { text, range: OffsetRange.empty(at), isVerbatim: false };
}

function quoted({ code, range }: DataScalar): DecodedPiece[] {
  const start = Math.min(range.endExclusive, code.pieces[0]?.range.start ?? range.endExclusive);
  const end = Math.max(start, code.pieces.at(-1)?.range.endExclusive ?? range.start);
  return [
    { text: "'", range: new OffsetRange(range.start, start), isVerbatim: false },
    ...code.pieces.flatMap(withHoles).map((piece) => (piece.text.includes("'") ? { ...piece, text: piece.text.replaceAll("'", `'\\''`), isVerbatim: false } : piece)),
    { text: "'", range: new OffsetRange(Math.min(end, range.endExclusive), range.endExclusive), isVerbatim: false },
  ];
}

/** What tools fill in before they run a script: `${{ … }}`, `$[[ … ]]`, `{{ … }}`, `<< parameters.… >>`. */
const templates = /\$\{\{[\s\S]*?\}\}|\$\[\[[\s\S]*?\]\]|\{\{[\s\S]*?\}\}|<<\s*(?:parameters|pipeline|matrix)\.[\w.]+\s*>>/g;

function withHoles(piece: DecodedPiece): DecodedPiece[] {
  return piece.isVerbatim ? piecesOf(piece.text, piece.range.start, templates, () => hole) : [piece];
}
