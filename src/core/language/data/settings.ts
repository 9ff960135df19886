import type { LineText } from '../../text/lineText.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Call } from '../operation.ts';
import { settingOf } from '../properties/settings.ts';
import { type Data, textOf } from './data.ts';

/** The files that Spring reads its settings from. */
const springs = /(?:^|\/)(?:application|bootstrap)[\w-]*\.ya?ml$/;

/** Aliases can make a few lines gigabytes. */
const mostSettings = 2000;

/** What Spring's YAML sets, by the dotted names that the same settings have elsewhere. */
export function springSettings(path: string, documents: readonly Data[], text: LineText, focus: readonly OffsetRange[]): Call[] {
  if (!springs.test(path)) return [];
  const preceding = text.toString();
  const found: Call[] = [];
  let left = mostSettings;
  const visit = (data: Data, prefix: string) => {
    if (data.kind !== 'map') return;
    for (const { key, range, value } of data.entries) {
      if (left-- <= 0) return;
      const name = `${prefix}${key}`;
      const constant = textOf(value);
      if (constant === undefined) visit(value, `${name}.`);
      else if (focus.some((each) => each.meets(range))) found.push(settingOf({ language: 'yaml', key: name, value: constant, range, preceding }));
    }
  };
  for (const document of documents) visit(document, '');
  return found;
}
