import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Data, DataEntry } from '../data/data.ts';
import type { Definition, Setting } from './declared.ts';
import { flagsIn, isCommandLine } from './flags.ts';

/** Aliases can make a small document endless. */
const mostSettings = 20_000;

/** What tells the items of a list apart, in the order in which it is looked for. */
const identifying = ['name', 'id', 'Id', 'key', 'Key', 'Name', 'mountPath', 'target', 'AttributeName', 'Sid'];

/** What a reference such as `!Ref Days` stands for, as far as the file says. */
export type Resolve = (reference: string) => { readonly constant: string | number | boolean | null; readonly definition: Definition } | undefined;

/** All that a value holds, by the names that lead to it: `metadata.name`, `rules[old].days`, `finalizers[kubernetes.io/pv-protection]`. */
export function settingsIn(data: Data | undefined, resolve: Resolve = () => undefined, prefix = ''): Map<string, Setting> {
  const settings = new Map<string, Setting>();
  const add = (name: string, range: OffsetRange, value: Data, source: string, constant?: Setting['value']['constant'], meant = source): void => {
    if (settings.has(name) || settings.size >= mostSettings) return;
    const known = constant === undefined ? resolve(meant) : undefined;
    const settled = constant ?? known?.constant;
    settings.set(name, {
      name,
      range,
      value: { range: value.range, source, ...(settled !== undefined && { constant: settled }) },
      meaning: settled === undefined ? meant : JSON.stringify(settled),
      through: known === undefined ? [] : [known.definition],
    });
  };
  const collect = (name: string, range: OffsetRange, value: Data): void => {
    if (settings.size >= mostSettings) return;
    const reference = referenceOf(value);
    if (reference !== undefined) add(name, range, value, reference, undefined, templateOf(value) ?? reference);
    else if (value.kind === 'scalar') add(name, range, value, value.code.text, value.constant);
    else if (value.kind === 'map') {
      if (value.entries.length === 0) add(name, range, value, '{}');
      for (const entry of value.entries) collect(name === '' ? entry.key : `${name}.${entry.key}`, entry.range, entry.value);
    } else {
      if (value.items.length === 0) add(name, range, value, '[]');
      if (isCommandLine(name)) for (const { name: flag, value: given, from } of flagsIn(value)) add(`${name}[${flag}]`, from.range, from, from.kind === 'scalar' ? from.code.text : flag, given);
      for (const [index, item] of value.items.entries()) collect(`${name}[${keyOf(item) ?? index}]`, item.range, item);
    }
  };
  if (data !== undefined) collect(prefix, data.range, data);
  return settings;
}

/** A function of CloudFormation, in the short form whichever way it is written: `!Ref Days`. */
export function referenceOf(value: Data): string | undefined {
  if (value.tag !== undefined && /^![A-Za-z]/.test(value.tag)) return `${value.tag} ${written(value)}`;
  if (value.kind !== 'map' || value.entries.length !== 1) return undefined;
  const [{ key, value: argument }] = value.entries as readonly [DataEntry];
  return key === 'Ref' || key === 'Condition' || key.startsWith('Fn::') ? `!${key.replace('Fn::', '')} ${written(argument)}` : undefined;
}

/** What joins texts and references, as the template that says the same: `!Sub ${Name}-b` for `!Join [-, [!Ref Name, b]]`. */
function templateOf(value: Data): string | undefined {
  const joined = value.tag === '!Join' ? value : value.kind === 'map' ? value.entries.find(({ key }) => key === 'Fn::Join')?.value : undefined;
  const [separator, list] = joined?.kind === 'list' ? joined.items : [];
  if (separator?.kind !== 'scalar' || list?.kind !== 'list' || list.tag !== undefined) return undefined;
  const parts = list.items.map((item) => {
    const reference = referenceOf(item);
    const [, name] = /^!(?:Ref|GetAtt) ([\w.:]+)$/.exec(reference ?? '') ?? [];
    return name !== undefined ? `\${${name}}` : reference === undefined && item.kind === 'scalar' ? item.code.text : undefined;
  });
  return parts.includes(undefined) ? undefined : `!Sub ${parts.join(separator.code.text)}`;
}

function written(value: Data): string {
  if (value.kind === 'scalar') return value.code.text;
  const inner = value.kind === 'list' ? value.items.map((item) => referenceOf(item) ?? written(item)) : value.entries.map(({ key, value: each }) => `${key}: ${referenceOf(each) ?? written(each)}`);
  return value.kind === 'list' ? (inner.every((each) => !/\s/.test(each)) && value.tag === '!GetAtt' ? inner.join('.') : `[${inner.join(', ')}]`) : `{${inner.join(', ')}}`;
}

function keyOf(item: Data): string | undefined {
  if (item.kind === 'scalar') return item.code.text;
  if (item.kind !== 'map') return undefined;
  for (const name of identifying) {
    const found = item.entries.find(({ key }) => key === name)?.value;
    if (found?.kind === 'scalar') return found.code.text;
  }
  return undefined;
}
