import { type Reader } from '../reader.ts';
import { Syntax } from '../syntax.ts';
import { isCompared, moduleTextsOf } from './files.ts';
import { HclView } from './view.ts';

export const hclReader: Reader = {
  kinds: ['attributeChange', 'resourceChange'],
  words: [],
  // Nothing else is read of it, so that it is not opened before it changed.
  compares: isCompared,
  open: async (language, text, file, grammars) => {
    const makeParser = await grammars.parsersFor(language);
    if (makeParser === undefined) throw new Error(`no grammar reads ${language}`);
    return new HclView(new Syntax(makeParser(), text), file, await moduleTextsOf(file), (other) => new Syntax(makeParser(), other));
  },
};
