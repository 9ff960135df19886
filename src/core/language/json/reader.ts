import { DataComparison, isComparedData } from '../config/dataComparison.ts';
import { DataText } from '../data/dataText.ts';
import { DataView } from '../data/view.ts';
import { type Reader, syntaxOf } from '../reader.ts';
import { runnerWords } from '../runners/invocation.ts';
import { jsonDocuments } from './documents.ts';

export const jsonReader: Reader = {
  kinds: ['command', 'statement', 'attributeChange', 'resourceChange'],
  compares: isComparedData,
  words: runnerWords,
  open: async (language, text, file, grammars) => new DataView(file.path, new DataText(await syntaxOf(language, text, grammars), jsonDocuments), await DataComparison.open(file, language, jsonDocuments, grammars)),
};
