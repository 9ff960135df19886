import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Data, DataEntry, DataMap } from '../data/data.ts';
import type { DataLanguage } from '../data/dataText.ts';
import { lazily } from '../data/lazily.ts';
import { DecodedText } from '../decodedText.ts';
import { rangeOf } from '../syntax.ts';
import { decodeScalar, type Style } from './scalars.ts';

export const yaml: DataLanguage = {
  name: 'YAML',
  isTemplated: true,
  documents(root, text) {
    const reader = new YamlReader(root, text);
    return root.namedChildren.flatMap((document) => (document.type === 'document' ? document.namedChildren.filter(isContent).map((node) => reader.read(node)) : []));
  },
};

const styles: Readonly<Record<string, Style>> = { plain_scalar: 'plain', single_quote_scalar: 'single', double_quote_scalar: 'double', block_scalar: 'block' };
const contents = new Set([...Object.keys(styles), 'block_mapping', 'flow_mapping', 'block_sequence', 'flow_sequence', 'alias']);
const mergeKey = '<<';

class YamlReader {
  constructor(
    private readonly root: Node,
    private readonly text: LineText,
  ) {}

  /** `node` is a `block_node` or a `flow_node`: properties and a content. */
  read(node: Node): Data {
    const content = node.namedChildren.find((child) => contents.has(child.type));
    const tagNode = node.namedChildren.find((child) => child.type === 'tag');
    const tag = tagNode === undefined ? undefined : this.written(tagNode);
    if (content === undefined) return this.empty(node.endIndex, tag);
    const range = rangeOf(content);
    switch (content.type) {
      case 'block_mapping':
      case 'flow_mapping':
        return lazily({ kind: 'map' as const, range, tag }, 'entries', () => this.entries(content.namedChildren));
      case 'block_sequence':
      case 'flow_sequence':
        return lazily({ kind: 'list' as const, range, tag }, 'items', () => this.items(content));
      case 'alias':
        return this.aliased(content);
      default:
        return this.scalar(content, tag);
    }
  }

  private scalar(node: Node, tag: string | undefined): Data {
    const range = rangeOf(node);
    const written = this.written(node);
    const code = new DecodedText(decodeScalar(styles[node.type] ?? 'plain', written, range.start));
    return { kind: 'scalar', range, tag, code, constant: node.type === 'plain_scalar' && tag === undefined ? plainConstant(node.namedChild(0)?.type, code.text) : code.text };
  }

  private empty(at: number, tag?: string): Data {
    return { kind: 'scalar', range: OffsetRange.empty(at), tag, code: new DecodedText([]), constant: null };
  }

  private entries(pairs: readonly Node[]): readonly DataEntry[] {
    const own: DataEntry[] = [];
    const merged: DataMap[] = [];
    for (const pair of pairs) {
      const key = pair.childForFieldName('key');
      const value = pair.childForFieldName('value');
      if (key === null) continue;
      const name = this.read(key);
      const data = value === null ? this.empty(pair.endIndex) : this.read(value);
      if (name.kind !== 'scalar') continue;
      if (name.code.text === mergeKey) merged.push(...(data.kind === 'list' ? data.items : [data]).filter((each) => each.kind === 'map'));
      else own.push({ key: name.code.text, keyRange: name.range, range: rangeOf(pair), value: data });
    }
    const known = new Set(own.map((entry) => entry.key));
    for (const entry of merged.flatMap((map) => map.entries)) {
      if (known.has(entry.key)) continue;
      known.add(entry.key);
      own.push(entry);
    }
    return own;
  }

  private items(node: Node): readonly Data[] {
    return node.namedChildren.flatMap((child) => {
      if (child.type === 'flow_node') return [this.read(child)];
      if (child.type === 'flow_pair') return [lazily({ kind: 'map' as const, range: rangeOf(child), tag: undefined }, 'entries', () => this.entries([child]))];
      const item = child.type === 'block_sequence_item' ? child.namedChildren.find(isContent) : undefined;
      return item === undefined ? [] : [this.read(item)];
    });
  }

  /** The last value before the alias that carries its anchor; one that holds the alias itself has no end. */
  private aliased(alias: Node): Data {
    const name = this.written(alias).slice(1);
    const before = this.text.slice(new OffsetRange(0, alias.startIndex));
    for (let at = before.lastIndexOf(`&${name}`); at !== -1; at = at === 0 ? -1 : before.lastIndexOf(`&${name}`, at - 1)) {
      const anchor = this.root.descendantForIndex(at)?.parent;
      const owner = anchor?.type === 'anchor' && this.written(anchor) === `&${name}` ? anchor.parent : null;
      if (owner !== null && owner.endIndex <= alias.startIndex) return this.read(owner);
    }
    return this.empty(alias.endIndex);
  }

  private written(node: Node): string {
    return this.text.slice(rangeOf(node));
  }
}

function isContent(node: Node): boolean {
  return node.type === 'block_node' || node.type === 'flow_node';
}

function plainConstant(type: string | undefined, text: string): string | number | boolean | null {
  switch (type) {
    case 'null_scalar':
      return null;
    case 'boolean_scalar':
      return text.toLowerCase() === 'true';
    case 'integer_scalar':
    case 'float_scalar': {
      const number = Number(text.replaceAll('_', ''));
      return Number.isNaN(number) ? text : number;
    }
    default:
      return text;
  }
}
