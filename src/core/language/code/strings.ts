import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import { type DecodedPiece, DecodedText } from '../decodedText.ts';
import { hole } from '../operation.ts';
import { rangeOf } from '../syntax.ts';
import type { CallParts } from './dialect.ts';
import type { Scopes } from './scopes.ts';

/** Constants that stand for constants are followed this far; longer chains are written by nobody and looped ones by attackers. */
const deepestConstant = 8;

/** The text of a string, a sum of strings or a name that stands for one, as far as it is known; undefined for what is no text. */
export function decodeString(node: Node, scopes: Scopes): DecodedText | undefined {
  const pieces = piecesOf(node, scopes, deepestConstant);
  return pieces === undefined ? undefined : new DecodedText(pieces);
}

/** Parts of a line that a space sets apart; one whose text is not known is a hole. */
export function decodeLine(parts: readonly Node[], scopes: Scopes): DecodedText {
  return new DecodedText(parts.flatMap((part, index) => [...(index === 0 ? [] : [between(' ', part)]), ...(piecesOf(part, scopes, deepestConstant) ?? [holeAt(part)])]));
}

function between(text: string, part: Node): DecodedPiece {
  return { text, range: OffsetRange.empty(part.startIndex), isVerbatim: false };
}

function piecesOf(written: Node, scopes: Scopes, depth: number): DecodedPiece[] | undefined {
  if (depth === 0) return undefined;
  const { dialect, nodes } = scopes;
  const node = scopes.unwrapped(written);
  const type = nodes.typeOf(node);
  if (dialect.strings.has(type)) return literalPieces(node, scopes, depth);
  const format = dialect.formatOf?.(node, nodes);
  if (format !== undefined) return piecesOf(format, scopes, depth - 1)?.flatMap(withoutPlaceholders);
  const operands = dialect.operandsOf(node, nodes);
  if (operands !== undefined) {
    const known = operands.map((operand) => piecesOf(operand, scopes, depth - 1));
    return known.every((part) => part === undefined) ? undefined : operands.flatMap((operand, index) => known[index] ?? [holeAt(operand)]);
  }
  const path = dialect.pathOperands?.(node, nodes);
  if (path !== undefined) return joined(path, scopes, depth);
  const constant = scopes.constantBehind(node);
  if (constant !== undefined) return piecesOf(constant, scopes, depth - 1);
  const call = dialect.calls.has(type) ? dialect.callOf(node, nodes) : undefined;
  if (call !== undefined && joinsPath(call, scopes)) return joined(segmentsOf(call, scopes), scopes, depth);
  if (call === undefined || !dialect.transparentCalls.has(nodes.written(call.name))) return undefined;
  const text = (call.object === undefined ? undefined : piecesOf(call.object, scopes, depth - 1)) ?? firstText(call.args, scopes, depth);
  return text?.flatMap(withoutPlaceholders);
}

function joinsPath({ name, object }: CallParts, { dialect, nodes }: Scopes): boolean {
  const written = nodes.written(name);
  return dialect.pathJoins !== undefined && (dialect.pathJoins.has(written) || (object !== undefined && dialect.pathJoins.has(`${nodes.written(object)}.${written}`)));
}

function segmentsOf({ name, object, args }: CallParts, scopes: Scopes): Node[] {
  const { dialect, nodes } = scopes;
  // `Path.of(…)` is called on a type, `dir.resolve(…)` on a path.
  const isOnPath = object !== undefined && dialect.pathJoins?.has(`${nodes.written(object)}.${nodes.written(name)}`) !== true;
  return [...(isOnPath ? [object] : []), ...args.map(({ value }) => value)];
}

function joined(segments: readonly Node[], scopes: Scopes, depth: number): DecodedPiece[] | undefined {
  const known = segments.map((segment) => piecesOf(segment, scopes, depth - 1));
  if (known.every((part) => part === undefined)) return undefined;
  return segments.flatMap((segment, index) => [
    ...(index === 0 ? [] : [between('/', segment)]),
    ...(known[index] ?? [holeAt(segment)]),
  ]);
}

function firstText(args: readonly { value: Node }[], scopes: Scopes, depth: number): DecodedPiece[] | undefined {
  const [first] = args;
  return first === undefined ? undefined : piecesOf(first.value, scopes, depth - 1);
}

/** What `format` and its kin fill in. */
const placeholders = /%(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]|\{[\w.:!]*\}/g;

function withoutPlaceholders(piece: DecodedPiece): DecodedPiece[] {
  return withHoles(piece, placeholders);
}

function withHoles(piece: DecodedPiece, holes: RegExp): DecodedPiece[] {
  if (!piece.isVerbatim) return [piece];
  const pieces: DecodedPiece[] = [];
  let at = 0;
  const take = (end: number, isHole: boolean) => {
    if (end > at) pieces.push({ text: isHole ? hole : piece.text.slice(at, end), range: new OffsetRange(piece.range.start + at, piece.range.start + end), isVerbatim: !isHole });
    at = end;
  };
  for (const match of piece.text.matchAll(holes)) {
    take(match.index, false);
    take(match.index + match[0].length, true);
  }
  take(piece.text.length, false);
  return pieces;
}

function literalPieces(literal: Node, scopes: Scopes, depth: number): DecodedPiece[] {
  const { dialect, nodes } = scopes;
  const body = dialect.contentOf?.(literal, nodes);
  const node = body ?? literal;
  const content = body === undefined ? contentOf(node, nodes.written(node)) : rangeOf(body);
  const pieces: DecodedPiece[] = [];
  let at = content.start;
  const readUntil = (end: number) => {
    if (end <= at) return;
    const range = new OffsetRange(at, end);
    const piece = { text: nodes.text.slice(range), range, isVerbatim: true };
    pieces.push(...(dialect.holesInText === undefined ? [piece] : withHoles(piece, dialect.holesInText)));
  };
  const inner = node.descendantsOfType([...dialect.escapes, ...dialect.interpolations]);
  for (const part of inner) {
    // What stands in an interpolation belongs to it.
    if (part.startIndex < at || part.endIndex > content.endExclusive || part.id === node.id) continue;
    readUntil(part.startIndex);
    at = part.endIndex;
    const range = rangeOf(part);
    if (dialect.escapes.has(part.type)) pieces.push({ text: unescape(nodes.text.slice(range)), range, isVerbatim: false });
    else {
      const expression = dialect.names.has(part.type) ? part : part.namedChildren.find((child) => !child.type.startsWith('interpolation_'));
      const known = expression === undefined ? undefined : piecesOf(expression, scopes, depth - 1);
      // What a constant holds is written elsewhere: in this string all of it comes from the hole.
      pieces.push(...(known?.map((piece) => ({ text: piece.text, range, isVerbatim: false })) ?? [holeAt(part)]));
    }
  }
  readUntil(content.endExclusive);
  return pieces;
}

const opening = /^[A-Za-z@$]*(#*)("{3,}|'''|"|'|`)/;
/** Ruby's `%x(…)` and its kin. */
const percentOpening = /^%[A-Za-z]?[^\w\s]/;

/** What stands between the quotes; an unfinished literal may be missing the second ones. */
function contentOf(literal: Node, written: string): OffsetRange {
  const { startIndex: start, endIndex: end } = literal;
  const match = opening.exec(written);
  const percent = percentOpening.exec(written)?.[0];
  if (percent !== undefined) return new OffsetRange(start + percent.length, Math.max(start + percent.length, end - 1));
  if (match === null) return new OffsetRange(start, end);
  const [all, marks = '', quotes = ''] = match;
  const closing = quotes + marks;
  const from = start + all.length;
  return new OffsetRange(from, Math.max(from, written.length > all.length && written.endsWith(closing) ? end - closing.length : end));
}

export function holeAt(node: Node): DecodedPiece {
  return { text: hole, range: rangeOf(node), isVerbatim: false };
}

const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0', a: '\x07', e: '\x1B', s: ' ' };

function unescape(sequence: string): string {
  const code = sequence[1] ?? '';
  if (code === '\n' || code === '\r') return '';
  // C#'s and SQL's way of a quote in a string: twice.
  if (!sequence.startsWith('\\')) return sequence[0] ?? '';
  const hex = /^\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|u\{([0-9a-fA-F]{1,6})\})$/.exec(sequence);
  const digits = hex === null ? undefined : (hex[1] ?? hex[2] ?? hex[3] ?? hex[4]);
  if (digits !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(digits, 16), 0x10ffff));
  return simpleEscapes[code] ?? sequence.slice(1);
}
