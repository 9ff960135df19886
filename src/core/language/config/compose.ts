import { OffsetRange } from '../../text/offsetRange.ts';
import type { LineText } from '../../text/lineText.ts';
import { type Data, type DataEntry, entryOf, textOf, valueAt } from '../data/data.ts';
import { type Declared, once, type Setting } from './declared.ts';
import { settingsIn } from './dataSettings.ts';
import { flagsIn } from './flags.ts';
import type { Dialect } from './dialect.ts';

/** Docker Compose: the volumes, the services with what they mount, and the project that both are named after. */
export const compose: Dialect = {
  platform: 'compose',
  isGlobal: false,
  mayBe: (path, text) => /(?:^|\/)[^/]*compose[^/]*\.ya?ml$/.test(path) || /^services:/m.test(text),
  read: (path, documents, text) => {
    const root = documents.find((document) => valueAt(document, 'services')?.kind === 'map');
    if (root === undefined) return [];
    const project = entryOf(root, 'name');
    return [
      ...(project === undefined ? [] : [declared(path, text, project, 'compose project', 'project', (entry) => settingsIn(entry.value, undefined, 'name'))]),
      ...entriesOf(root, 'services').map((entry) => declared(path, text, entry, 'compose service', `service ${entry.key}`, serviceSettings)),
      ...entriesOf(root, 'volumes').map((entry) => declared(path, text, entry, 'compose volume', `volume ${entry.key}`, volumeSettings)),
    ];
  },
};

/** One of which nothing is said has Docker's own driver, `local`, as it has when that is said. */
function volumeSettings({ value }: DataEntry): ReadonlyMap<string, Setting> {
  const settings = settingsIn(value, undefined, 'volume');
  const isSaid = ([name, { value: { source, constant } }]: [string, Setting]) => !(name === 'volume' && (source === '{}' || source === '' || constant === null)) && !(name === 'volume.driver' && constant === 'local');
  return new Map([...settings].filter(isSaid));
}

function entriesOf(root: Data, key: string): readonly DataEntry[] {
  const data = valueAt(root, key);
  return data?.kind === 'map' ? data.entries : [];
}

function declared(path: string, text: LineText, entry: DataEntry, type: string, address: string, settings: (entry: DataEntry) => ReadonlyMap<string, Setting>): Declared {
  const { range, keyRange } = entry;
  return { path, address, type, range, header: keyRange, text: text.slice(range), settings: once(() => settings(entry)) };
}

/** Mounts stand by the path that they appear at: `mounts[/var/lib/postgresql/data]`, with what is mounted as the value. */
function serviceSettings({ value }: DataEntry): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  const image = entryOf(value, 'image');
  if (image?.value.kind === 'scalar') settings.set('image', settingOf('image', image.range, image.value, image.value.code.text));
  const volumes = valueAt(value, 'volumes');
  for (const item of volumes?.kind === 'list' ? volumes.items : []) {
    const [source, target] = mountOf(item);
    if (target === undefined) continue;
    const name = `mounts[${target}]`;
    settings.set(name, settingOf(name, item.range, item, source ?? ''));
  }
  const command = entryOf(value, 'command');
  for (const { name: flag, value: given, from } of command === undefined ? [] : flagsIn(command.value)) settings.set(`command[${flag}]`, settingOf(`command[${flag}]`, from.range, from, given));
  for (const [variable, range, data, given] of environmentOf(valueAt(value, 'environment'))) settings.set(`environment[${variable}]`, settingOf(`environment[${variable}]`, range, data, given));
  return settings;
}

/** Variables stand as a map, or as `NAME=value` in a list. */
function environmentOf(data: Data | undefined): (readonly [name: string, range: OffsetRange, value: Data, given: string])[] {
  if (data?.kind === 'map') return data.entries.map(({ key, range, value }) => [key, range, value, textOf(value) ?? ''] as const);
  return data?.kind !== 'list' ? [] : data.items.flatMap((item) => {
    const [, name, given] = /^(\w+)=([^]*)$/.exec(textOf(item) ?? '') ?? [];
    return name === undefined || given === undefined ? [] : [[name, item.range, item, given] as const];
  });
}

function mountOf(item: Data): readonly [source: string | undefined, target: string | undefined] {
  if (item.kind === 'map') return [textOf(valueAt(item, 'source')) ?? textOf(valueAt(item, 'type')), textOf(valueAt(item, 'target'))];
  const text = textOf(item) ?? '';
  // The mode stands behind the last colon, and a default in `${X:-y}` holds one.
  const parts = text.match(/(?:\$\{[^}]*\}|[^:])+/g) ?? [];
  return parts.length === 1 ? ['', parts[0]] : [parts[0], parts[1]];
}

function settingOf(name: string, range: OffsetRange, value: Data, constant: string | true): Setting {
  return { name, range, value: { range: value.range, source: String(constant), constant }, meaning: JSON.stringify(constant), through: [] };
}
