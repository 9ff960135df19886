import { once } from './declared.ts';
import { settingsIn } from './dataSettings.ts';
import type { Dialect } from './dialect.ts';

/** The values of a Helm chart, as one thing. */
export const helmValues: Dialect = {
  platform: 'helm',
  isGlobal: false,
  mayBe: (path) => /(?:^|\/)(?:[^/]*[._-])?values(?:[._-][^/]*)?\.ya?ml$/.test(path),
  read: (path, documents, text) => {
    const [root] = documents;
    if (root?.kind !== 'map') return [];
    const [first] = root.entries;
    return [{ path, address: 'values', type: 'helm values', range: root.range, header: first?.keyRange ?? root.range, text: text.slice(root.range), settings: once(() => settingsIn(root)) }];
  },
};
