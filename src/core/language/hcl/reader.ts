import { type Reader } from '../reader.ts';
import { Syntax } from '../syntax.ts';
import { isCompared, moduleTextsOf } from './files.ts';
import { HclView } from './view.ts';

export const hclReader: Reader = {
  kinds: ['attributeChange', 'resourceChange'],
  words: [],
  compares: isCompared,
  open: async (language, text, file, grammars) => {
    const makeParser = await grammars.parsersFor(language);
    if (makeParser === undefined) throw new Error(`no grammar reads ${language}`);
    const texts = isCompared(file) ? await moduleTextsOf(file) : undefined;
    return new HclView(new Syntax(makeParser(), text), file, texts, (other) => new Syntax(makeParser(), other));
  },
};
