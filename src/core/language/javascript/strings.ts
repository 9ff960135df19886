import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import { type DecodedPiece, DecodedText } from '../decodedText.ts';
import { hole } from '../operation.ts';
import { rangeOf } from '../syntax.ts';
import { type Binding, unwrapped } from './bindings.ts';

/** Constants that stand for constants are followed this far; longer chains are written by nobody and looped ones by attackers. */
const deepestConstant = 8;

export type Resolve = (name: Node) => Binding | undefined;

/** The text of a string, a template or a sum of them, as far as it is known; undefined for what is no text. */
export function decodeString(node: Node, text: LineText, resolve: Resolve): DecodedText | undefined {
  const pieces = piecesOf(node, text, resolve, deepestConstant);
  return pieces === undefined ? undefined : new DecodedText(pieces);
}

function piecesOf(written: Node, text: LineText, resolve: Resolve, depth: number): DecodedPiece[] | undefined {
  const node = unwrapped(written) ?? written;
  if (depth === 0) return undefined;
  switch (node.type) {
    case 'string':
    case 'template_string':
      return literalPieces(node, text, resolve, depth);
    case 'binary_expression': {
      const operands = summands(node);
      const known = operands.map((operand) => piecesOf(operand, text, resolve, depth - 1));
      return known.every((part) => part === undefined) ? undefined : operands.flatMap((operand, index) => known[index] ?? [holeAt(operand)]);
    }
    case 'call_expression': {
      // A document's tag gives the text that it is put before.
      const template = node.childForFieldName('arguments');
      const tag = node.childForFieldName('function');
      return template?.type === 'template_string' && tag !== null && /^(?:\w+\.)?(?:gql|graphql)$/.test(text.slice(rangeOf(tag))) ? literalPieces(template, text, resolve, depth) : undefined;
    }
    case 'identifier':
    case 'shorthand_property_identifier': {
      const binding = resolve(node);
      return binding?.kind === 'value' ? piecesOf(binding.node, text, resolve, depth - 1) : undefined;
    }
    default:
      return undefined;
  }
}

/** The operands of `a + b + c`, which nests to the left as deep as it is long. */
function summands(sum: Node): Node[] {
  const operands: Node[] = [];
  let rest: Node | undefined = sum;
  while (rest?.type === 'binary_expression' && rest.childForFieldName('operator')?.type === '+') {
    const right = rest.childForFieldName('right');
    if (right !== null) operands.unshift(right);
    rest = unwrapped(rest.childForFieldName('left'));
  }
  if (rest !== undefined && rest.id !== sum.id) operands.unshift(rest);
  return operands;
}

function literalPieces(node: Node, text: LineText, resolve: Resolve, depth: number): DecodedPiece[] {
  const content = contentOf(node);
  const written = text.slice(content);
  if (!/[\\$]/.test(written)) return [{ text: written, range: content, isVerbatim: true }];
  const pieces: DecodedPiece[] = [];
  let at = content.start;
  const readUntil = (end: number) => {
    if (end <= at) return;
    const range = new OffsetRange(at, end);
    pieces.push({ text: text.slice(range), range, isVerbatim: true });
  };
  for (const child of node.namedChildren) {
    if (child.type !== 'escape_sequence' && child.type !== 'template_substitution') continue;
    readUntil(child.startIndex);
    at = child.endIndex;
    const range = rangeOf(child);
    if (child.type === 'escape_sequence') pieces.push({ text: unescape(text.slice(range)), range, isVerbatim: false });
    else {
      const inner = child.namedChild(0);
      const known = inner === null ? undefined : piecesOf(inner, text, resolve, depth - 1);
      // What a constant holds is written elsewhere: in this string all of it comes from the hole.
      pieces.push(...(known?.map((piece) => ({ text: piece.text, range, isVerbatim: false })) ?? [holeAt(child)]));
    }
  }
  readUntil(content.endExclusive);
  return pieces;
}

/** What stands between the quotes; an unfinished literal may be missing the second one. */
function contentOf(literal: Node): OffsetRange {
  const start = literal.startIndex + 1;
  return new OffsetRange(start, Math.max(start, literal.endIndex - 1));
}

function holeAt(node: Node): DecodedPiece {
  return { text: hole, range: rangeOf(node), isVerbatim: false };
}

const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };

function unescape(sequence: string): string {
  const code = sequence[1] ?? '';
  if (code === '\n' || code === '\r') return '';
  const hex = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\})$/.exec(sequence);
  const digits = hex?.[1] ?? hex?.[2] ?? hex?.[3];
  if (digits !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(digits, 16), 0x10ffff));
  return simpleEscapes[code] ?? sequence.slice(1);
}
