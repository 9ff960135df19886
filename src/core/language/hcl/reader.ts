import { LineText } from '../../text/lineText.ts';
import type { Grammars } from '../grammars.ts';
import { type Reader, syntaxOf } from '../reader.ts';
import type { Syntax } from '../syntax.ts';
import { isCompared, moduleTextsOf } from './files.ts';
import { HclView } from './view.ts';

export const hclReader: Reader = {
  kinds: ['attributeChange', 'resourceChange'],
  words: [],
  compares: isCompared,
  open: async (language, text, file, grammars) => {
    const own = await syntaxOf(language, text, grammars);
    if (!isCompared(file)) return new HclView(own, undefined);
    const { folder, before, after } = await moduleTextsOf(file);
    const [syntaxesBefore, syntaxesAfter] = [await syntaxesOf(before, grammars), await syntaxesOf(after, grammars)];
    return new HclView(own, { path: file.path, folder, before: syntaxesBefore, after: syntaxesAfter, changed: file.changed });
  },
};

async function syntaxesOf(texts: ReadonlyMap<string, string>, grammars: Grammars): Promise<Map<string, Syntax>> {
  const syntaxes = new Map<string, Syntax>();
  for (const [path, text] of texts) syntaxes.set(path, await syntaxOf('hcl', new LineText(text), grammars));
  return syntaxes;
}
