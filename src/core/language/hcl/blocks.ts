import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Value } from '../operation.ts';
import { rangeOf } from '../syntax.ts';

/** A block at the top of a Terraform file. */
export interface Block {
  /** As Terraform writes it: `aws_db_instance.main`, `data.aws_ami.base`, `module.network`, `terraform`. */
  readonly address: string;
  /** The kind of thing: `aws_db_instance` for a resource, else the block's own keyword. */
  readonly type: string;
  readonly range: OffsetRange;
  /** Keyword and labels, without the brace. */
  readonly header: OffsetRange;
  readonly text: string;
  readonly node: Node;
}

export interface Attribute {
  /** With the names of nested blocks: `lifecycle.prevent_destroy`. */
  readonly name: string;
  readonly range: OffsetRange;
  readonly value: Value;
}

export function blocksOf(root: Node, text: LineText): Block[] {
  const body = root.namedChildren.find((child) => child.type === 'body');
  return (body?.namedChildren ?? []).flatMap((child) => (child.type === 'block' ? [blockOf(child, text)] : []));
}

function blockOf(node: Node, text: LineText): Block {
  const [keyword = '', ...labels] = headOf(node).map((part) => text.slice(rangeOf(part)).replaceAll('"', ''));
  const last = headOf(node).at(-1) ?? node;
  const range = rangeOf(node);
  const isResource = keyword === 'resource';
  return {
    address: [...(isResource ? [] : [keyword]), ...labels].join('.'),
    type: isResource ? (labels[0] ?? keyword) : keyword,
    range,
    header: new OffsetRange(range.start, last.endIndex),
    text: text.slice(range),
    node,
  };
}

/** The keyword and the labels of a block. */
function headOf(block: Node): Node[] {
  return block.namedChildren.filter((child) => child.type === 'identifier' || child.type === 'string_lit');
}

/** All attributes of a block and of the blocks in it, by name; of equal names the first counts, as a second one is an error. */
export function attributesOf(block: Node, text: LineText): Map<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  collect(block, '', text, attributes);
  return attributes;
}

function collect(block: Node, prefix: string, text: LineText, attributes: Map<string, Attribute>): void {
  const body = block.namedChildren.find((child) => child.type === 'body');
  for (const child of body?.namedChildren ?? []) {
    const label = child.namedChild(0);
    if (label === null) continue;
    const name = prefix + text.slice(rangeOf(label));
    if (child.type === 'block') collect(child, `${name}.`, text, attributes);
    else if (child.type === 'attribute' && !attributes.has(name)) {
      const expression = child.namedChild(1);
      if (expression !== null) attributes.set(name, { name, range: rangeOf(child), value: valueOf(expression, text) });
    }
  }
}

function valueOf(expression: Node, text: LineText): Value {
  const range = rangeOf(expression);
  const source = text.slice(range);
  if (source === 'true' || source === 'false') return { range, source, constant: source === 'true' };
  if (/^-?\d+(?:\.\d+)?$/.test(source)) return { range, source, constant: Number(source) };
  if (/^"[^"\\$%]*"$/.test(source)) return { range, source, constant: source.slice(1, -1) };
  return { range, source };
}
