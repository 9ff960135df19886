import type { LineText } from '../../text/lineText.ts';
import { type Data, entryOf, textOf, valueAt } from '../data/data.ts';
import { type Declared, once } from './declared.ts';
import { settingsIn } from './dataSettings.ts';
import type { Dialect } from './dialect.ts';

/** Objects of a cluster, whichever file they stand in. */
export const kubernetes: Dialect = {
  platform: 'kubernetes',
  isGlobal: true,
  mayBe: (_path, text) => text.includes('apiVersion') && text.includes('kind'),
  read: (path, documents, text, part) =>
    documents
      .filter(({ range }) => range.meets(part))
      .flatMap((document) => (textOf(valueAt(document, 'kind')) === 'List' ? itemsOf(document) : [document]))
      .flatMap((object) => objectIn(object, path, text)),
};

function itemsOf(list: Data): readonly Data[] {
  const items = valueAt(list, 'items');
  return items?.kind === 'list' ? items.items : [];
}

function objectIn(object: Data, path: string, text: LineText): Declared[] {
  const kind = textOf(valueAt(object, 'kind'));
  const name = textOf(valueAt(object, 'metadata', 'name'));
  if (kind === undefined || name === undefined || valueAt(object, 'apiVersion') === undefined) return [];
  const namespace = textOf(valueAt(object, 'metadata', 'namespace'));
  const header = entryOf(valueAt(object, 'metadata'), 'name')?.range ?? object.range;
  return [
    {
      path,
      address: [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/'),
      type: `kubernetes ${kind}`,
      range: object.range,
      header,
      text: text.slice(object.range),
      settings: once(() => settingsIn(holdsTexts.has(kind) ? valueAt(object, 'metadata') : object, undefined, holdsTexts.has(kind) ? 'metadata' : '')),
    },
  ];
}

/** What these hold are texts for others: a name in them that is like that of a setting is none of the cluster's. */
const holdsTexts = new Set(['ConfigMap', 'Secret']);
