import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import type { Data, DataEntry } from '../data/data.ts';
import type { DataLanguage } from '../data/dataText.ts';
import { lazily } from '../data/lazily.ts';
import { piecesOf } from '../data/pieces.ts';
import { DecodedText } from '../decodedText.ts';
import { rangeOf } from '../syntax.ts';

/** With or without comments and commas behind the last value, as editors' settings are written. */
export const json: DataLanguage = {
  name: 'JSON',
  isTemplated: false,
  tolerates: (error) => (error.isMissing ? error.previousSibling?.type : error.text) === ',',
  documents: (root, text) => root.namedChildren.filter(isValue).map((node) => read(node, text)),
};

const values = new Set(['object', 'array', 'string', 'number', 'true', 'false', 'null']);
const escape = /\\(?:u[0-9a-fA-F]{4}|[\s\S])/g;
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function read(node: Node, text: LineText): Data {
  const range = rangeOf(node);
  switch (node.type) {
    case 'object':
      return lazily({ kind: 'map' as const, range }, 'entries', () => node.namedChildren.flatMap((pair) => entriesOf(pair, text)));
    case 'array':
      return lazily({ kind: 'list' as const, range }, 'items', () => node.namedChildren.filter(isValue).map((item) => read(item, text)));
    case 'string': {
      const written = text.slice(range);
      const code = new DecodedText(piecesOf(written.slice(1, written.length > 1 ? -1 : undefined), range.start + 1, escape, unescape));
      return { kind: 'scalar', range, code, constant: code.text };
    }
    default: {
      const written = text.slice(range);
      return { kind: 'scalar', range, code: new DecodedText([{ text: written, range, isVerbatim: true }]), constant: constantOf(node.type, written) };
    }
  }
}

function entriesOf(pair: Node, text: LineText): DataEntry[] {
  const key = pair.type === 'pair' ? pair.childForFieldName('key') : null;
  const value = key === null ? null : pair.childForFieldName('value');
  if (key === null || value === null) return [];
  const name = read(key, text);
  return name.kind === 'scalar' ? [{ key: name.code.text, keyRange: name.range, range: rangeOf(pair), value: read(value, text) }] : [];
}

function isValue(node: Node): boolean {
  return values.has(node.type);
}

function unescape(escaped: string): string {
  const character = escaped.charAt(1);
  return character === 'u' && escaped.length === 6 ? String.fromCharCode(Number.parseInt(escaped.slice(2), 16)) : (escapes[character] ?? character);
}

function constantOf(type: string, written: string): number | boolean | null {
  if (type === 'number') return Number(written);
  return type === 'null' ? null : type === 'true';
}
