import type { LineText } from '../../text/lineText.ts';
import { type Data, type DataEntry, entryOf, textOf, valueAt } from '../data/data.ts';
import { TemplateValues } from './templateValues.ts';
import { type Declared, once, type Setting } from './declared.ts';
import { type Resolve, settingsIn } from './dataSettings.ts';
import type { Dialect } from './dialect.ts';

/** Templates of CloudFormation and SAM, also within a file of the Serverless Framework: the things under `Resources`, with the defaults of parameters and what mappings hold put in. */
export const cloudFormation: Dialect = {
  platform: 'cloudformation',
  isGlobal: false,
  reachesFar: /\b(?:Parameters|Default|Mappings|Conditions)\b/,
  mayBe: (_path, text) => text.includes('Resources') && /\b(?:AWS|Alexa|Custom|[A-Z]\w+)::\w/.test(text),
  read: (path, documents, text, part) => {
    const template = documents.flatMap((document) => [document, valueAt(document, 'resources')]).find((document) => valueAt(document, 'Resources')?.kind === 'map');
    const resources = valueAt(template, 'Resources');
    if (template === undefined || resources?.kind !== 'map') return [];
    const values = new TemplateValues(template, path);
    // A default or a mapping that changes can change a resource that reads the same, and a condition take it away.
    const sources = ['Parameters', 'Mappings', 'Conditions'].flatMap((key) => valueAt(template, key) ?? []);
    const along = sources.filter(({ range }) => range.meets(part)).map(({ range }) => text.slice(range)).join('\n');
    const meant = along === '' ? resources.entries.filter(({ range }) => range.meets(part)) : resources.entries;
    return meant.filter(({ value }) => values.isMade(value)).flatMap((entry) => resourceIn(entry, path, text, along, (reference) => values.resolve(reference)));
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
