import type { Data } from '../data/data.ts';
import { textOf, valueAt } from '../data/data.ts';
import type { LineText } from '../../text/lineText.ts';
import { settingsIn } from './dataSettings.ts';
import { type Declared, once, type Setting } from './declared.ts';
import type { Dialect } from './dialect.ts';

/** The releases of a helmfile. One that is no longer listed stays in the cluster as it is; it goes by `installed: false`. */
export const helmfile: Dialect = {
  platform: 'helm',
  isGlobal: true,
  mayBe: (path, text) => /(?:^|\/)(?:[^/]*helmfile[^/]*|helmfile\.d\/[^/]+)\.ya?ml(?:\.gotmpl)?$/.test(path) && text.includes('releases:'),
  isLookedAfter: () => true,
  read: (path, documents, text, part) =>
    documents.flatMap((document) => {
      const releases = valueAt(document, 'releases');
      return releases?.kind === 'list' ? releases.items.filter(({ range }) => range.meets(part)).flatMap((release) => releaseIn(release, path, text)) : [];
    }),
};

function releaseIn(release: Data, path: string, text: LineText): Declared[] {
  const name = textOf(valueAt(release, 'name'));
  if (name === undefined) return [];
  const namespace = textOf(valueAt(release, 'namespace'));
  const chart = textOf(valueAt(release, 'chart')) ?? '';
  const header = valueAt(release, 'name')?.range ?? release.range;
  return [
    {
      path,
      address: ['release', ...(namespace === undefined ? [] : [namespace]), name].join(' '),
      type: `module ${chart}`.trimEnd(),
      range: release.range,
      header,
      text: text.slice(release.range),
      settings: once(() => settingsOf(release)),
    },
  ];
}

/** What is not to be installed is uninstalled, and nothing else says so: `installed` is true where it is not written. */
function settingsOf(release: Data): ReadonlyMap<string, Setting> {
  const settings = settingsIn(release);
  const installed = settings.get('installed');
  if (installed?.value.constant !== false) return settings;
  return new Map([...settings, ['uninstalled', { ...installed, name: 'uninstalled', value: { ...installed.value, constant: true } }]]);
}
