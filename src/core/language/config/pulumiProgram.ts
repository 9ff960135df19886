import { type Data, type DataEntry, textOf, valueAt } from '../data/data.ts';
import type { LineText } from '../../text/lineText.ts';
import { settingsIn } from './dataSettings.ts';
import { type Declared, once } from './declared.ts';
import type { Dialect } from './dialect.ts';

/** A program of Pulumi written as YAML or JSON: its resources, with what their options say of them. */
export const pulumiProgram: Dialect = {
  platform: 'pulumi',
  isGlobal: false,
  mayBe: (path, text) => /(?:^|\/)(?:Pulumi|Main)\.(?:ya?ml|json)$/.test(path) && text.includes('resources'),
  isLookedAfter: (address, documents) => documents.some((document) => resourcesOf(document).some(({ value }) => aliasesOf(value).includes(address))),
  read: (path, documents, text, part) =>
    documents.flatMap((document) => resourcesOf(document).filter(({ range }) => range.meets(part)).flatMap((entry) => resourceIn(entry, path, text))),
};

function resourcesOf(document: Data): readonly DataEntry[] {
  const resources = valueAt(document, 'resources');
  return resources?.kind === 'map' ? resources.entries : [];
}

function resourceIn({ key, keyRange, range, value }: DataEntry, path: string, text: LineText): Declared[] {
  const type = textOf(valueAt(value, 'type'));
  if (type === undefined) return [];
  const settings = () => new Map([...settingsIn(valueAt(value, 'properties')), ...settingsIn(valueAt(value, 'options'))]);
  return [{ path, address: key, type: typeOf(type), range, header: keyRange, text: text.slice(range), settings: once(settings) }];
}

/** `aws:s3/bucket:Bucket` and `aws:s3:Bucket` are what programs call `aws.s3.Bucket`; objects of a cluster go by their kind. */
function typeOf(token: string): string {
  const [provider = '', module = '', name = ''] = token.split(':');
  return provider === 'kubernetes' ? `kubernetes ${name}` : [provider.replace(/[-_]/g, ''), ...module.split('/').slice(0, 1), name].filter((part) => part !== '' && part !== 'index').join('.');
}

/** The names that a resource went by: of `urn:pulumi:prod::shop::aws:s3/bucket:Bucket::orders` the last part. */
function aliasesOf(resource: Data): readonly string[] {
  const aliases = valueAt(resource, 'options', 'aliases');
  return aliases?.kind === 'list' ? aliases.items.flatMap((alias) => textOf(alias)?.split('::').at(-1) ?? textOf(valueAt(alias, 'name')) ?? []) : [];
}
