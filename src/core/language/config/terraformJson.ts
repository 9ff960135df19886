import { isModuleJson, isOverride } from '../hcl/files.ts';
import { type Data, textOf, valueAt } from '../data/data.ts';
import { type Declared, once } from './declared.ts';
import { settingsIn } from './dataSettings.ts';
import type { Dialect } from './dialect.ts';

/** Terraform written as JSON: resources and modules, each file for itself. */
export const terraformJson: Dialect = {
  platform: 'terraform',
  isGlobal: true,
  mayBe: isModuleJson,
  isOver: isOverride,
  isLookedAfter: (address, documents) =>
    documents.some((document) => listed(valueAt(document, 'moved')).some((move) => isFrom(move, address)) || listed(valueAt(document, 'removed')).some((each) => isFrom(each, address) && keepsWhatIsThere(each))),
  read: (path, documents, text, part) =>
    documents.flatMap((document) => {
      const declared = (kind: 'resource' | 'module', data: Data | undefined, prefix: string, type: (entry: Data) => string): Declared[] =>
        data?.kind !== 'map'
          ? []
          : data.entries
              .filter(({ range }) => range.meets(part))
              .map(({ key, keyRange, range, value }) => ({ path, address: `${prefix}${key}`, type: type(value), range, header: keyRange, text: `${kind} ${text.slice(range)}`, settings: once(() => settingsIn(value)) }));
      const types = valueAt(document, 'resource');
      return [
        ...(types?.kind === 'map' ? types.entries.flatMap(({ key, value }) => declared('resource', value, `${key}.`, () => key)) : []),
        ...declared('module', valueAt(document, 'module'), 'module.', (value) => `module ${textOf(valueAt(value, 'source')) ?? ''}`.trimEnd()),
      ];
    }),
};

/** A block may be written as one, or as a list of them. */
function listed(data: Data | undefined): readonly Data[] {
  return data === undefined ? [] : data.kind === 'list' ? data.items : [data];
}

function isFrom(block: Data, address: string): boolean {
  return textOf(valueAt(block, 'from'))?.replace(/\[[^\]]*\]/g, '') === address;
}

function keepsWhatIsThere(block: Data): boolean {
  return listed(valueAt(block, 'lifecycle')).some((lifecycle) => textOf(valueAt(lifecycle, 'destroy')) === 'false');
}
