import type { LineText } from '../../text/lineText.ts';
import type { Data, DataEntry } from '../data/data.ts';
import type { DataRead, DataText } from '../data/dataText.ts';
import type { Value } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import { constantOf, type HclAttribute, type HclBlock, type HclBody, type HclDocument } from './document.ts';
import { opaque } from './module.ts';
import type { HclText } from './moduleComparison.ts';

/** A text of Terraform that is written as JSON: https://developer.hashicorp.com/terraform/language/syntax/json */
export class HclJson implements HclText {
  constructor(private readonly data: DataText) {}

  *document(path: string, pace: Pick<Pace, 'isOver'>): Paced<HclDocument> {
    return documentOfJson(path, yield* this.data.read(pace));
  }

  dispose(): void {
    this.data.dispose();
  }
}

/** How many labels stand behind the keyword of a block at the top. */
const labelCounts: ReadonlyMap<string, number> = new Map([['terraform', 0], ['locals', 0], ['moved', 0], ['removed', 0], ['import', 0], ['module', 1], ['variable', 1], ['output', 1], ['provider', 1], ['check', 1], ['resource', 2], ['data', 2], ['ephemeral', 2]]);

/** In these there are no blocks: a map is a value. */
const ofValues = new Set(['locals', 'variable', 'output']);

/** What the same text in Terraform's own language would read as. */
export function documentOfJson(path: string, { documents, text, isBroken }: DataRead): HclDocument {
  const blocks = documents.flatMap((document) => (document.kind === 'map' ? document.entries.flatMap((entry) => blocksOf(entry, entry.key, [], text)) : []));
  return { path, blocks, attributes: [], hasErrors: isBroken };
}

function blocksOf({ keyRange, range, value }: DataEntry, keyword: string, labels: readonly string[], text: LineText): HclBlock[] {
  if (labels.length < (labelCounts.get(keyword) ?? 0)) return listed(value).flatMap((each) => (each.kind === 'map' ? each.entries.flatMap((entry) => blocksOf(entry, keyword, [...labels, entry.key], text)) : []));
  const written = text.slice(range);
  return listed(value).map((each) => ({
    keyword,
    labels,
    range,
    header: keyRange,
    text: `${keyword} ${written}`,
    body: bodyOf(each, text, range.start, ofValues.has(keyword)),
    references: new Set(written.match(/\b(?:var|local)\.[A-Za-z_][\w-]*/g)),
  }));
}

function bodyOf(data: Data, text: LineText, origin: number, isOfValues = false): HclBody {
  const entries = data.kind === 'map' ? data.entries.filter(({ key, value }) => key !== '//' && !isNull(value)) : [];
  const isBlock = ({ key, value }: DataEntry) => !isOfValues && !opaque.has(key) && listed(value).length > 0 && listed(value).every(({ kind }) => kind === 'map');
  return {
    attributes: entries.filter((entry) => !isBlock(entry)).map((entry) => attributeOf(entry, text, origin)),
    blocks: entries.filter(isBlock).flatMap(({ key, value }) => listed(value).flatMap((each) => (key === 'dynamic' && each.kind === 'map' ? each.entries.map((entry) => ({ keyword: key, labels: [entry.key], body: bodyOf(entry.value, text, origin) })) : [{ keyword: key, labels: [], body: bodyOf(each, text, origin) }]))),
  };
}

function attributeOf({ key, range, value }: DataEntry, text: LineText, origin: number): HclAttribute {
  return { name: key, range: range.shift(-origin), value: valueOf(value, text, origin) };
}

function valueOf(data: Data, text: LineText, origin: number): Value {
  const written = text.slice(data.range);
  // A string of nothing but a template is what stands in it.
  const source = /^"\$\{([^"{}]*)\}"$/.exec(written)?.[1] ?? written;
  const constant = constantOf(source);
  const value = { range: data.range.shift(-origin), source, ...(constant !== undefined && { constant }) };
  if (data.kind === 'list') return { ...value, elements: data.items.map((item) => valueOf(item, text, origin)) };
  return data.kind === 'map' ? { ...value, properties: new Map(data.entries.map((entry) => [entry.key, valueOf(entry.value, text, origin)])) } : value;
}

function isNull(data: Data): boolean {
  return data.kind === 'scalar' && data.constant === null;
}

/** A block may be written as one, or as a list of them. */
function listed(data: Data): readonly Data[] {
  return data.kind === 'list' ? data.items : [data];
}
