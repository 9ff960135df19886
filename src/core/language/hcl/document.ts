import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Value } from '../operation.ts';
import { rangeOf } from '../syntax.ts';

/** A file of Terraform's language as plain data, so that its tree may go. */
export interface HclDocument {
  readonly path: string;
  readonly blocks: readonly HclBlock[];
  /** Attributes that stand in no block: the values of a `.tfvars` file. */
  readonly attributes: readonly HclAttribute[];
  readonly hasErrors: boolean;
}

export interface HclBlock {
  readonly keyword: string;
  readonly labels: readonly string[];
  readonly range: OffsetRange;
  /** Keyword and labels, without the brace. */
  readonly header: OffsetRange;
  readonly text: string;
  readonly body: HclBody;
  /** The variables and locals that it refers to, by name. */
  readonly references: ReadonlySet<string>;
}

/** Its offsets count from the start of the block at the top that it stands in: blocks move about, and stay what they are. */
export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly { readonly keyword: string; readonly labels: readonly string[]; readonly body: HclBody }[];
}

export interface HclAttribute {
  readonly name: string;
  readonly range: OffsetRange;
  readonly value: Value;
}

/** A block wherever it stands: all but its place. */
type Known = Omit<HclBlock, 'range' | 'header'> & { readonly headerLength: number };

/** Reads trees; of a block that it has read before, equal to the letter, it looks at no node again. */
export class HclDocumentReader {
  private known = new Map<string, Known>();
  private used = new Map<string, Known>();

  read(path: string, root: Node, text: LineText): HclDocument {
    const top = bodyNodeOf(root)?.namedChildren ?? [];
    return {
      path,
      blocks: top.flatMap((child) => (child.type === 'block' ? [this.blockOf(child, text)] : [])),
      attributes: top.flatMap((child) => attributeOf(child, text, 0)),
      hasErrors: root.hasError,
    };
  }

  /** Keeps what was read since the last time, and nothing older. */
  forgetUnused(): void {
    this.known = this.used;
    this.used = new Map();
  }

  private blockOf(node: Node, text: LineText): HclBlock {
    const range = rangeOf(node);
    const written = text.slice(range);
    const known = this.used.get(written) ?? this.known.get(written) ?? readBlock(node, written, text, range.start);
    this.used.set(written, known);
    return { ...known, range, header: OffsetRange.ofLength(range.start, known.headerLength) };
  }
}

function readBlock(node: Node, written: string, text: LineText, start: number): Known {
  const head = headOf(node);
  const [keyword = '', ...labels] = head.map((part) => unquoted(text.slice(rangeOf(part))));
  return {
    keyword,
    labels,
    text: written,
    headerLength: (head.at(-1) ?? node).endIndex - start,
    body: bodyOf(node, text, start),
    references: new Set(written.match(/\b(?:var|local)\.[A-Za-z_][\w-]*/g)),
  };
}

function bodyNodeOf(node: Node): Node | undefined {
  return node.namedChildren.find((child) => child.type === 'body');
}

/** The keyword and the labels of a block. */
function headOf(block: Node): Node[] {
  return block.namedChildren.filter((child) => child.type === 'identifier' || child.type === 'string_lit');
}

function bodyOf(block: Node, text: LineText, origin: number): HclBody {
  const children = bodyNodeOf(block)?.namedChildren ?? [];
  return {
    attributes: children.flatMap((child) => attributeOf(child, text, origin)),
    blocks: children
      .filter((child) => child.type === 'block')
      .map((child) => {
        const [keyword = '', ...labels] = headOf(child).map((part) => unquoted(text.slice(rangeOf(part))));
        return { keyword, labels, body: bodyOf(child, text, origin) };
      }),
  };
}

function attributeOf(node: Node, text: LineText, origin: number): HclAttribute[] {
  const [label, expression] = node.type === 'attribute' ? [node.namedChild(0), node.namedChild(1)] : [];
  if (label == null || expression == null) return [];
  return [{ name: text.slice(rangeOf(label)), range: rangeOf(node).shift(-origin), value: valueOf(expression, text, origin) }];
}

function valueOf(expression: Node, text: LineText, origin: number): Value {
  const source = text.slice(rangeOf(expression));
  const value = { range: rangeOf(expression).shift(-origin), source };
  const constant = constantOf(source);
  if (constant !== undefined) return { ...value, constant };
  const inner = expression.type === 'expression' ? expression.namedChild(0) : expression;
  const collection = inner?.type === 'collection_value' ? inner.namedChild(0) : undefined;
  if (collection?.type === 'tuple') return { ...value, elements: elementsOf(collection, text, origin) };
  if (collection?.type === 'object') return { ...value, ...propertiesOf(collection, text, origin) };
  // `toset([…])` is what `for_each` takes where a list is written.
  if (inner?.type === 'function_call' && inner.namedChild(0)?.text === 'toset') {
    const argument = inner.namedChild(1)?.namedChild(0);
    if (argument != null) return { ...valueOf(argument, text, origin), ...value };
  }
  return value;
}

function elementsOf(tuple: Node, text: LineText, origin: number): Value[] {
  return tuple.namedChildren.filter((child) => child.type === 'expression').map((child) => valueOf(child, text, origin));
}

function propertiesOf(object: Node, text: LineText, origin: number): Pick<Value, 'properties' | 'isOpen'> {
  const properties = new Map<string, Value>();
  let isOpen = false;
  for (const element of object.namedChildren.filter((child) => child.type === 'object_elem')) {
    const key = element.childForFieldName('key');
    const value = element.childForFieldName('val');
    if (key === null || value === null) continue;
    const name = unquoted(text.slice(rangeOf(key)));
    if (/^[\w./-]+$/.test(name)) properties.set(name, valueOf(value, text, origin));
    else isOpen = true;
  }
  return { properties, ...(isOpen && { isOpen }) };
}

/** What an expression is that holds no reference: a truth value, a number, a string without templates. */
export function constantOf(source: string): string | number | boolean | undefined {
  if (source === 'true' || source === 'false') return source === 'true';
  if (/^-?\d+(?:\.\d+)?$/.test(source)) return Number(source);
  return /^"[^"\\$%]*"$/.test(source) ? source.slice(1, -1) : undefined;
}

function unquoted(text: string): string {
  return text.replaceAll('"', '');
}
