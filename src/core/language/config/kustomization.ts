import { OffsetRange } from '../../text/offsetRange.ts';
import type { LineText } from '../../text/lineText.ts';
import { type Data, textOf, valueAt } from '../data/data.ts';
import { folderOf } from '../project.ts';
import type { ChangedText } from '../reader.ts';
import { settingsIn } from './dataSettings.ts';
import { type Declared, once } from './declared.ts';
import type { Dialect } from './dialect.ts';

/** Lists of what a kustomization takes in. */
const taken = ['resources', 'bases', 'components', 'crds', 'helmCharts'];
/** What is put into the name of every object. */
const naming = ['namespace', 'namePrefix', 'nameSuffix'];

/**
 * What a kustomization takes in, by its path from the root of the project, and what it puts into the names of all of it.
 * A file that goes itself is told by what it declared.
 */
export const kustomization: Dialect = {
  platform: 'kubernetes',
  isGlobal: true,
  mayBe: (path, text) => /(?:^|\/)kustomization\.ya?ml$|(?:^|\/)Kustomization$/.test(path) || /^kind:\s*(?:Kustomization|Component)\b/m.test(text),
  isLookedAfter: (address, documents, changed, path) => changed.some((other) => (isGone(other) && isIn(other.path, address)) || (other.pathBefore !== undefined && isIn(other.pathBefore, address) && isTakenIn(other.path, documents, path))),
  read: (path, documents, text, part) => documents.filter((document) => valueAt(document, 'spec') === undefined).flatMap((document) => [...takenBy(document, path, text, part), ...namesOf(document, path, text, part)]),
};

function takenBy(document: Data, path: string, text: LineText, part: OffsetRange): Declared[] {
  return taken.flatMap((key) => {
    const list = valueAt(document, key);
    const items = list?.kind === 'list' ? list.items.filter(({ range }) => range.meets(part)) : [];
    return items.flatMap((item) => {
      const name = textOf(item) ?? textOf(valueAt(item, 'name'));
      if (name === undefined) return [];
      const address = /^[a-z]+:\/\/|^[\w.-]+@|^[\w-]+\.[a-z]+\//.test(name) ? name : key === 'helmCharts' ? `chart ${name}` : resolved(folderOf(path), name);
      return [{ path, address, type: `module ${address}`, range: item.range, header: item.range, text: text.slice(item.range), settings: once(() => settingsIn(item)) }];
    });
  });
}

function namesOf(document: Data, path: string, text: LineText, part: OffsetRange): Declared[] {
  const entries = document.kind === 'map' ? document.entries.filter(({ key }) => naming.includes(key)) : [];
  const [first] = entries;
  if (first === undefined || !entries.some(({ range }) => range.meets(part))) return [];
  const range = new OffsetRange(first.range.start, Math.max(...entries.map((entry) => entry.range.endExclusive)));
  const settings = () => new Map(entries.flatMap(({ key, range: own, value }) => [...settingsIn(value, undefined, key)].map(([name, setting]) => [name, { ...setting, range: own }] as const)));
  return [{ path, address: `kustomization ${path}`, type: 'kubernetes overlay', range, header: first.keyRange, text: text.slice(range), settings: once(settings) }];
}

/** `../../base` of `overlays/prod` is `base`. */
function resolved(folder: string, name: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of name.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** Whether what a kustomization takes in holds a file. */
function isTakenIn(file: string, documents: readonly Data[], path: string): boolean {
  return documents.some((document) => taken.some((key) => {
    const list = valueAt(document, key);
    return list?.kind === 'list' && list.items.some((item) => isIn(file, resolved(folderOf(path), textOf(item) ?? textOf(valueAt(item, 'name')) ?? '')));
  }));
}

function isGone({ before, after }: ChangedText): boolean {
  return before !== undefined && after === undefined;
}

function isIn(path: string, address: string): boolean {
  return path === address || path.startsWith(`${address}/`);
}
