import { OffsetRange } from '../../text/offsetRange.ts';
import type { DecodedPiece } from '../decodedText.ts';
import { piecesOf } from '../data/pieces.ts';

/** How a scalar of YAML is written; `block` is `|` or `>`. */
export type Style = 'plain' | 'single' | 'double' | 'block';

/** The text of a scalar, given as it is written from `start` on. */
export function decodeScalar(style: Style, written: string, start: number): DecodedPiece[] {
  switch (style) {
    case 'plain':
      return piecesOf(written, start, folds, unfold);
    case 'single':
      return piecesOf(inner(written), start + 1, foldsAndQuotes, (match) => (match === "''" ? "'" : unfold(match)));
    case 'double':
      return piecesOf(inner(written), start + 1, foldsAndEscapes, (match) => (match.startsWith('\\') ? unescape(match.slice(1)) : unfold(match)));
    case 'block':
      return blockPieces(written, start);
  }
}

const folds = /(?<![ \t])[ \t]*\r?\n\s*/g;
const foldsAndQuotes = /''|(?<![ \t])[ \t]*\r?\n\s*/g;
const foldsAndEscapes = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r?\n[ \t]*|[\s\S])|(?:(?<![ \t])|(?<=\\[ \t]))[ \t]+\r?\n\s*|\r?\n\s*/g;

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', a: '\x07', b: '\b', e: '\x1b', f: '\f', v: '\v', _: '\u00a0', N: '\u0085', L: '\u2028', P: '\u2029' };

function inner(written: string): string {
  return written.slice(1, written.length > 1 && written.endsWith(written.charAt(0)) ? -1 : undefined);
}

/** One line break is a blank; each further one stays. */
function unfold(breaks: string): string {
  const count = breaks.split('\n').length - 1;
  return count === 1 ? ' ' : '\n'.repeat(count - 1);
}

function unescape(escaped: string): string {
  if (/^\r?\n/.test(escaped)) return '';
  if (!/^[xuU]./.test(escaped)) return escapes[escaped] ?? escaped;
  const code = Number.parseInt(escaped.slice(1), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

interface Line {
  readonly text: string;
  readonly start: number;
}

/** Without the breaks at its end: no code needs them. */
function blockPieces(written: string, start: number): DecodedPiece[] {
  const lines = linesBehindHeader(written, start);
  const indent = Math.min(...lines.filter(({ text }) => text.trim() !== '').map(({ text }) => indentOf(text)));
  const isFolded = written.startsWith('>');
  const pieces: DecodedPiece[] = [];
  for (const [index, { text, start: at }] of lines.entries()) {
    const kept = text.slice(indent);
    if (kept !== '') pieces.push({ text: kept, range: OffsetRange.ofLength(at + indent, kept.length), isVerbatim: true });
    const next = lines[index + 1];
    if (next === undefined) break;
    const isBlank = isFolded && isJoined(text, indent) && isJoined(next.text, indent);
    pieces.push({ text: isBlank ? ' ' : '\n', range: new OffsetRange(at + text.length, next.start), isVerbatim: false });
  }
  return pieces;
}

function linesBehindHeader(written: string, start: number): Line[] {
  const lines: Line[] = [];
  let from = written.indexOf('\n') + 1;
  while (from > 0) {
    const end = written.indexOf('\n', from);
    lines.push({ text: written.slice(from, end === -1 ? undefined : end).replace(/\r$/, ''), start: start + from });
    from = end + 1;
  }
  while (lines.at(-1)?.text.trim() === '') lines.pop();
  return lines;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Whether `>` joins a line to its neighbours: neither empty nor indented further. */
function isJoined(line: string, indent: number): boolean {
  return line.trim() !== '' && indentOf(line) === indent;
}
