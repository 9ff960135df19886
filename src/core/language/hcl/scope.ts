import type { Definition } from '../config/declared.ts';
import type { Value } from '../operation.ts';
import { isValues } from './files.ts';
import { constantOf, type HclAttribute, type HclDocument } from './document.ts';

/** How often a reference may lead to another one. */
const deepest = 8;

/** A value of a variable or a local, and where it stands. */
export interface HclDefinition extends Definition {
  readonly value: Value;
}

/** What the variables and locals of a module stand for, as far as its files say. */
export class Scope {
  private readonly known = new Map<string, { readonly meaning: string; readonly through: readonly HclDefinition[] }>();

  constructor(private readonly definitions: ReadonlyMap<string, HclDefinition>) {}

  /** What an expression comes to, without layout, and the definitions that it got there by. */
  resolve(source: string): { readonly meaning: string; readonly through: readonly HclDefinition[] } {
    const known = this.known.get(source);
    if (known !== undefined) return known;
    const through = new Set<HclDefinition>();
    let meaning = meaningOf(source);
    for (let depth = 0; depth < deepest && reference.test(meaning); depth++) {
      const next = meaning.replace(references, (written: string, kind: string, name: string, path: string) => this.valueOf(`${kind}.${name}`, path, through) ?? written);
      if (next === meaning) break;
      meaning = simplified(next);
    }
    const resolved = { meaning: simplified(meaning), through: [...through] };
    this.known.set(source, resolved);
    return resolved;
  }

  private valueOf(name: string, path: string, through: Set<HclDefinition>): string | undefined {
    const definition = this.definitions.get(name);
    if (definition === undefined) return undefined;
    let value: Value | undefined = definition.value;
    for (const key of path.split('.').slice(1)) value = value?.properties?.get(key);
    if (value === undefined) return undefined;
    through.add(definition);
    return meaningOf(value.source);
  }

  /** The value that a bare reference stands for, with its elements; any other value itself. */
  valueFor(value: Value): Value {
    const [, name = ''] = /^(?:toset\()?((?:var|local)\.[\w-]+)\)?$/.exec(value.source) ?? [];
    return this.definitions.get(name)?.value ?? value;
  }
}

const reference = /\b(?:var|local)\.[A-Za-z_]/;
const references = /\b(var|local)\.([A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*)*)/g;

/** Layout, comments and the choice between commas and line ends do not count. */
export function meaningOf(source: string): string {
  return asTemplate(source
    .replace(/"(?:[^"\\]|\\.)*"|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/|\s+/g, (part) => (part.startsWith('"') ? part : part.includes('\n') ? ',' : ''))
    .replace(/,(?=[,)\]}?:&|]|$)|(?<=^|[,([{?:&|=])(?:,)/g, ''));
}

const part = /"[^"\\$%]*"|[\w.[\]-]+/.source;
const formatted = new RegExp(`^format\\("((?:[^"\\\\%$]|%[sd])*)"((?:,(?:${part}))*)\\)$`);
const joined = new RegExp(`^join\\("([^"\\\\%$]*)",\\[((?:${part})(?:,(?:${part}))*)\\]\\)$`);

/** `format("%s-jobs", local.name)`, `join("-", [local.name, "jobs"])` as the template that says the same: `"${local.name}-jobs"`. */
function asTemplate(meaning: string): string {
  const [, separator = '', list = ''] = joined.exec(meaning) ?? [];
  if (list !== '') return simplified(`"${partsIn(list).map((each) => `\${${each}}`).join(separator)}"`);
  const [, format = '', given = ''] = formatted.exec(meaning) ?? [];
  const values = partsIn(given);
  if (values.length === 0 || format.split('%').length - 1 !== values.length) return meaning;
  return simplified(`"${format.replace(/%[sd]/g, () => `\${${values.shift() ?? ''}}`)}"`);
}

function partsIn(list: string): string[] {
  return [...list.matchAll(new RegExp(part, 'g'))].map(([each]) => each);
}

/** Constants put into templates, and choices that are known made. */
function simplified(meaning: string): string {
  const [, negated, spelled, letters] = /^(?:!(true|false)|(upper|lower)\(("[^"\\$%]*")\))$/.exec(meaning) ?? [];
  if (negated !== undefined) return String(negated === 'false');
  if (letters !== undefined) return spelled === 'upper' ? letters.toUpperCase() : letters.toLowerCase();
  const plain = meaning.replace(/\$\{"([^"\\$%]*)"\}/g, '$1').replace(/\$\{(-?\d+(?:\.\d+)?|true|false)\}/g, '$1');
  const choice = /^\(?(?:(true|false)|("[^"]*"|[\w.]+)([!=]=)("[^"]*"|[\w.]+))\)?\?([^?]+?):([^?:]+)$/.exec(plain);
  if (choice === null) return plain;
  const [, truth, left = '', operator, right = '', yes = '', no = ''] = choice;
  if (truth !== undefined) return truth === 'true' ? yes : no;
  if (constantOf(left) === undefined || constantOf(right) === undefined) return plain;
  return (left === right) === (operator === '==') ? yes : no;
}

/** The variables' defaults and the locals of a file, or the values that a file of values gives to variables. */
export function definitionsIn({ path, blocks, attributes }: HclDocument): HclDefinition[] {
  const definition = (name: string, { range, value }: HclAttribute, origin: number): HclDefinition => ({ name, path, range: range.shift(origin), meaning: meaningOf(value.source), value });
  const inBlocks = blocks.flatMap(({ keyword, labels, body, range }) => {
    const fallback = keyword === 'variable' ? body.attributes.filter(({ name }) => name === 'default').map((each) => definition(`var.${labels[0] ?? ''}`, each, range.start)) : [];
    return keyword === 'locals' ? body.attributes.map((attribute) => definition(`local.${attribute.name}`, attribute, range.start)) : fallback;
  });
  return [...inBlocks, ...(isValues(path) ? attributes : []).map((attribute) => definition(`var.${attribute.name}`, attribute, 0))];
}
