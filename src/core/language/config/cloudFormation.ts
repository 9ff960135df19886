import type { LineText } from '../../text/lineText.ts';
import { type Data, type DataEntry, entryOf, textOf, valueAt } from '../data/data.ts';
import { type Declared, once, type Setting } from './declared.ts';
import { type Resolve, settingsIn } from './dataSettings.ts';
import type { Dialect } from './dialect.ts';

/** Templates of CloudFormation and SAM: the things under `Resources`, with the defaults of parameters put in. */
export const cloudFormation: Dialect = {
  platform: 'cloudformation',
  isGlobal: false,
  reachesFar: /\b(?:Parameters|Default)\b/,
  mayBe: (_path, text) => text.includes('Resources') && /\b(?:AWS|Alexa|Custom|[A-Z]\w+)::\w/.test(text),
  read: (path, documents, text, part) => {
    const template = documents.find((document) => valueAt(document, 'Resources')?.kind === 'map');
    const resources = valueAt(template, 'Resources');
    if (template === undefined || resources?.kind !== 'map') return [];
    const resolve = defaultsOf(template, path);
    const parameters = valueAt(template, 'Parameters');
    // A default that changes can change a resource that reads the same.
    const along = parameters?.range.meets(part) === true ? text.slice(parameters.range) : '';
    const meant = along === '' ? resources.entries.filter(({ range }) => range.meets(part)) : resources.entries;
    return meant.flatMap((entry) => resourceIn(entry, path, text, along, resolve));
  },
};

function resourceIn({ key, keyRange, range, value }: DataEntry, path: string, text: LineText, along: string, resolve: Resolve): Declared[] {
  const type = textOf(valueAt(value, 'Type'));
  if (type?.includes('::') !== true) return [];
  return [{ path, address: key, type, range, header: keyRange, text: text.slice(range) + along, settings: once(() => settingsOf(value, resolve)) }];
}

/** Properties stand by their own names; what is said of the resource itself stands beside them. */
function settingsOf(resource: Data, resolve: Resolve): ReadonlyMap<string, Setting> {
  const settings = new Map(settingsIn(valueAt(resource, 'Properties'), resolve));
  for (const name of ['DeletionPolicy', 'UpdateReplacePolicy']) {
    const entry = entryOf(resource, name);
    if (entry === undefined) continue;
    for (const [key, setting] of settingsIn(entry.value, resolve, name)) settings.set(key, { ...setting, range: entry.range });
  }
  return settings;
}

function defaultsOf(template: Data, path: string): Resolve {
  const parameters = valueAt(template, 'Parameters');
  return (reference) => {
    const [, name = ''] = /^!Ref (\w+)$/.exec(reference) ?? [];
    const fallback = name === '' ? undefined : entryOf(valueAt(parameters, name), 'Default');
    if (fallback?.value.kind !== 'scalar') return undefined;
    const { constant } = fallback.value;
    return { constant, definition: { name: `parameter ${name}`, path, range: fallback.range, meaning: JSON.stringify(constant) } };
  };
}
