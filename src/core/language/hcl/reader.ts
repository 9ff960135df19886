import { type Reader } from '../reader.ts';
import { ScriptFileView } from '../scriptFileView.ts';
import { Syntax } from '../syntax.ts';
import { isCompared } from './files.ts';
import { comparisonOf } from './open.ts';
import { hclScripts } from './scripts.ts';
import { HclTree, HclView } from './view.ts';

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
    return new HclView(new HclTree(new Syntax(makeParser(), text)), file, await comparisonOf(file, text, grammars), scripts);
  },
};
