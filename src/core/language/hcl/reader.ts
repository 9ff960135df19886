import { LineText } from '../../text/lineText.ts';
import { languageOf } from '../language.ts';
import { folderOf } from '../project.ts';
import { type FileContext, type Reader, syntaxOf } from '../reader.ts';
import { HclView } from './view.ts';

export const hclReader: Reader = {
  kinds: ['attributeChange'],
  words: [],
  textsBefore,
  open: async (language, text, file, grammars) => {
    const before = textsBefore(file);
    return new HclView(await syntaxOf(language, text, grammars), before.length === 0 ? undefined : await syntaxOf(language, new LineText(before.join('\n')), grammars));
  },
};

/** Terraform reads a folder as one: a block that moved to another file of it is the same block, so the other changed files' texts before count too. */
function textsBefore({ path, before, changed }: FileContext): string[] {
  const others = changed.filter((other) => languageOf(other.path) === 'hcl' && folderOf(other.path) === folderOf(path));
  return [...others.map((other) => other.before), before].filter((text) => text !== undefined);
}
