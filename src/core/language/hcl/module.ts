import { OffsetRange } from '../../text/offsetRange.ts';
import { type Declared, once, type Setting, shifted } from '../config/declared.ts';
import type { Value } from '../operation.ts';
import { constantOf, type HclAttribute, type HclBlock, type HclBody, type HclDocument } from './document.ts';
import { definitionsIn, type HclDefinition, meaningOf, Scope } from './scope.ts';

/** Where a block stands. */
type BlockPlace = Pick<HclBlock, 'header' | 'range'> & { readonly path: string };

/** One folder of Terraform files on one side of a change: to Terraform they are one text. */
export interface HclModule {
  /** All blocks that have a name, file by file in the order of the text. */
  readonly files: ReadonlyMap<string, readonly HclDeclared[]>;
  /** By address, those whose settings mean something to what is running. */
  readonly declared: ReadonlyMap<string, HclDeclared>;
  readonly definitions: ReadonlyMap<string, HclDefinition>;
  readonly scope: Scope;
  /** Addresses that `moved` blocks lead away from, with where to. */
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  /** What `removed` blocks take out of the state and leave as it is. */
  readonly forgotten: ReadonlySet<string>;
  /** The `removed` blocks that have what they name destroyed, by its address. */
  readonly destroyed: ReadonlyMap<string, BlockPlace>;
  /** What `import` blocks take over as it is. */
  readonly imported: ReadonlySet<string>;
}

/** What a block declares; its settings depend on the module around it. */
export interface HclDeclared extends Omit<Declared, 'settings'> {
  readonly keyword: string;
  /** The variables and locals that it refers to, by name. */
  readonly references: ReadonlySet<string>;
  readonly body: HclBody;
}

/** The same within a module. */
export type HclBound = HclDeclared & Declared;

/** The blocks whose settings mean something to what is running. */
const compared = new Set(['resource', 'module', 'provider', 'terraform']);

/**
 * @param valueFiles the `.tfvars` files that count, the later ones over the earlier
 * @param override the file whose blocks are put over those of the others
 * @param namedFiles those that somebody has to name: where they agree, they say what a variable without a default is
 */
export function moduleOf(documents: readonly HclDocument[], valueFiles: readonly HclDocument[], namedFiles: readonly HclDocument[], override?: HclDocument): HclModule {
  const parts = documents.map(partsOf);
  const over = override === undefined ? [] : [partsOf(override)];
  const named = namedFiles.flatMap((file) => partsOf(file).definitions);
  const agreed = named.filter(({ name, meaning }) => named.every((other) => other.name !== name || other.meaning === meaning));
  const definitions = new Map([...agreed, ...[...parts, ...over, ...valueFiles.map(partsOf)].flatMap((part) => part.definitions)].map((each) => [each.name, each] as const));
  const declared = new Map(parts.flatMap((part) => part.declared.flatMap((each) => (compared.has(each.keyword) ? [[each.address, each] as const] : []))));
  for (const each of over.flatMap((part) => part.declared)) {
    const base = declared.get(each.address);
    if (base !== undefined) declared.set(each.address, overridden(base, each));
  }
  return {
    files: new Map([...parts, ...over].map((part) => [part.path, part.declared])),
    declared,
    definitions,
    scope: new Scope(definitions),
    moves: parts.flatMap(({ moves }) => moves),
    forgotten: new Set(parts.flatMap(({ forgotten }) => forgotten)),
    destroyed: new Map(parts.flatMap(({ destroyed }) => destroyed)),
    imported: new Set(parts.flatMap(({ imported }) => imported)),
  };
}

/** Of `lifecycle` each setting counts by itself; other blocks take the place of all of their kind. */
function overridden(base: HclDeclared, over: HclDeclared): HclDeclared {
  const body = (below: HclBody, above: HclBody): HclBody => {
    const lifecycle = below.blocks.find(({ keyword }) => keyword === 'lifecycle');
    const blocks = above.blocks.map((each) => (each.keyword === 'lifecycle' && lifecycle !== undefined ? { ...each, body: body(lifecycle.body, each.body) } : each));
    return {
      attributes: [...below.attributes.filter(({ name }) => above.attributes.every((each) => each.name !== name)), ...above.attributes],
      blocks: [...below.blocks.filter(({ keyword }) => above.blocks.every((each) => each.keyword !== keyword)), ...blocks],
    };
  };
  return { ...over, type: base.type, text: `${base.text}\n${over.text}`, references: new Set([...base.references, ...over.references]), body: body(base.body, over.body) };
}

/** A thing with its settings, as far as the module says what they are. */
export function bound(declared: HclDeclared, { scope }: HclModule): HclBound {
  return { ...declared, settings: once(() => settingsOf(declared.body, declared.range.start, scope)) };
}

export function attributeOf({ body }: HclDeclared, name: string): HclAttribute | undefined {
  return body.attributes.find((attribute) => attribute.name === name);
}

/** What one file brings to its module. */
interface Parts {
  readonly path: string;
  readonly declared: readonly HclDeclared[];
  readonly definitions: readonly HclDefinition[];
  readonly moves: HclModule['moves'];
  readonly forgotten: readonly string[];
  readonly destroyed: readonly (readonly [address: string, place: BlockPlace])[];
  readonly imported: readonly string[];
}

/** A file is part of the comparison of every other file of its module. */
const knownParts = new WeakMap<HclDocument, Parts>();

function partsOf(document: HclDocument): Parts {
  const known = knownParts.get(document);
  if (known !== undefined) return known;
  const { path, blocks } = document;
  const parts: Parts = {
    path,
    declared: [...terragruntIn(document), ...blocks.flatMap((block) => declaredIn(block, path))],
    definitions: definitionsIn(document),
    moves: blocks.filter(({ keyword }) => keyword === 'moved').map(({ body }) => ({ from: addressIn(body, 'from'), to: addressIn(body, 'to') })),
    forgotten: blocks.filter(({ keyword, body }) => keyword === 'removed' && keepsWhatIsThere(body)).map(({ body }) => addressIn(body, 'from')),
    destroyed: blocks.filter(({ keyword, body }) => keyword === 'removed' && !keepsWhatIsThere(body)).map(({ body, header, range }) => [withoutKeys(addressIn(body, 'from')), { header, range, path }] as const),
    imported: blocks.filter(({ keyword }) => keyword === 'import').map(({ body }) => withoutKeys(addressIn(body, 'to'))),
  };
  knownParts.set(document, parts);
  return parts;
}

/** An address without the key of an instance is that of all of them. */
export function withoutKeys(address: string): string {
  return address.replace(/\[[^\]]*\]/g, '');
}

function addressIn(body: HclBody, name: string): string {
  return meaningOf(body.attributes.find((attribute) => attribute.name === name)?.value.source ?? '').replace(/^"(.*)"$/, '$1');
}

function keepsWhatIsThere(body: HclBody): boolean {
  const lifecycle = body.blocks.find(({ keyword }) => keyword === 'lifecycle');
  return lifecycle?.body.attributes.some(({ name, value }) => name === 'destroy' && value.constant === false) === true;
}

function declaredIn({ keyword, labels, range, header, text, body, references }: HclBlock, path: string): HclDeclared[] {
  const declared = (address: string, type: string, own: HclBody = body): HclDeclared => ({ path, address, type, keyword, range, header, text, references, body: own });
  if (keyword === 'terraform') return body.blocks.filter((inner) => inner.keyword === 'backend' || inner.keyword === 'cloud').map((inner) => declared('terraform.backend', 'backend', withType(inner)));
  // Only what has a name of its own can be found again in the other text.
  if (labels.length === 0) return [];
  if (keyword === 'resource') return [declared(labels.join('.'), labels[0] ?? keyword)];
  const constantOfAttribute = (wanted: string) => body.attributes.find(({ name }) => name === wanted)?.value.constant;
  if (keyword === 'module') return [declared(`module.${labels.join('.')}`, `module ${String(constantOfAttribute('source') ?? '')}`.trimEnd())];
  const alias = constantOfAttribute('alias');
  return [declared([keyword, ...labels, ...(typeof alias === 'string' ? [alias] : [])].join('.'), keyword)];
}

/** Of Terragrunt's files what stands in no block counts: `prevent_destroy`, and the inputs of the module. */
function terragruntIn({ path, attributes }: HclDocument): HclDeclared[] {
  const [first] = attributes;
  const last = attributes.at(-1);
  if (!path.endsWith('.hcl') || first === undefined || last === undefined) return [];
  const range = new OffsetRange(first.range.start, last.range.endExclusive);
  const own = attributes.map((attribute) => ({ ...attribute, range: attribute.range.shift(-range.start), value: shifted(attribute.value, -range.start) }));
  const text = attributes.map(({ name, value }) => `${name}=${value.source}`).join('\n');
  return [{ path, address: 'terragrunt', type: 'terragrunt', keyword: 'terraform', range, header: new OffsetRange(first.range.start, first.range.start + first.name.length), text, references: new Set(), body: { attributes: own, blocks: [] } }];
}

/** The kind of a backend is its label; as a setting it is compared like the others. */
function withType({ keyword, labels, body }: HclBody['blocks'][number]): HclBody {
  const [first] = body.attributes;
  if (first === undefined) return body;
  const source = JSON.stringify([keyword, ...labels].join(' '));
  return { ...body, attributes: [...body.attributes, { name: 'type', range: first.range, value: { range: first.value.range, source, constant: constantOf(source) ?? '' } }] };
}

/** What tells equally named blocks in a block apart, in the order in which it is looked for. */
const identifying = ['id', 'name', 'sid', 'device_name', 'volume_name', 'key'];

/** Values that are made of what somebody thought up, and mean nothing to the tool. */
export const opaque = new Set(['for_each', 'tags', 'labels', 'variables', 'environment', 'triggers', 'keepers']);

function settingsOf(body: HclBody, origin: number, scope: Scope): Map<string, Setting> {
  const settings = new Map<string, Setting>();
  const add = (name: string, range: HclAttribute['range'], value: Value): void => {
    if (value.properties !== undefined && !opaque.has(lastOf(name)) && value.isOpen !== true) {
      for (const [key, property] of value.properties) add(`${name}.${key}`, property.range, property);
      return;
    }
    // Of equal names the first counts, as a second one is an error.
    if (settings.has(name)) return;
    const { meaning, through } = scope.resolve(value.source);
    const constant = constantOf(meaning);
    settings.set(name, { name, range: range.shift(origin), value: { ...shifted(value, origin), ...(constant !== undefined && { constant }) }, meaning, through });
  };
  const collect = (inner: HclBody, prefix: string): void => {
    for (const { name, range, value } of inner.attributes) add(prefix + name, range, value);
    const count = new Map<string, number>();
    for (const { keyword, labels, body: nested } of inner.blocks.map(written)) {
      const id = nested.attributes.find(({ name, value }) => identifying.includes(name) && typeof value.constant === 'string')?.value.constant;
      const name = [keyword, ...labels].join('.');
      const ordinal = (count.get(name) ?? 0) + 1;
      count.set(name, ordinal);
      collect(nested, `${prefix}${name}${id !== undefined ? `[${String(id)}]` : ordinal > 1 ? `[${ordinal}]` : ''}.`);
    }
  };
  collect(body, '');
  return settings;
}

/** `dynamic "rule" { content { … } }` makes blocks as if they were written. */
function written(block: HclBody['blocks'][number]): HclBody['blocks'][number] {
  const content = block.keyword === 'dynamic' ? block.body.blocks.find(({ keyword }) => keyword === 'content') : undefined;
  return content === undefined ? block : { keyword: block.labels[0] ?? '', labels: [], body: content.body };
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
