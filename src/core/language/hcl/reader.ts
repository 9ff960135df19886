import { type Reader } from '../reader.ts';
import { ScriptFileView } from '../scriptFileView.ts';
import { Syntax } from '../syntax.ts';
import { isCompared, moduleTextsOf } from './files.ts';
import { hclScripts } from './scripts.ts';
import { HclView } from './view.ts';

export const hclReader: Reader = {
  kinds: ['attributeChange', 'resourceChange', 'command', 'statement'],
  words: [],
  compares: isCompared,
  open: async (language, text, file, grammars) => {
    const scripts = new ScriptFileView(text, hclScripts);
    // What has no text before, and nothing beside it that changed, is compared with nothing: its scripts need no grammar.
    if (file.before === undefined && !isCompared(file, text)) return scripts;
    const makeParser = await grammars.parsersFor(language);
    if (makeParser === undefined) throw new Error(`no grammar reads ${language}`);
    return new HclView(new Syntax(makeParser(), text), file, await moduleTextsOf(file), (other) => new Syntax(makeParser(), other), scripts);
  },
};
