import { type Reader, syntaxOf } from '../reader.ts';
import { sinkWords } from './sinks.ts';
import { JavascriptView } from './view.ts';

export const javascriptReader: Reader = {
  kinds: ['call', 'command', 'statement'],
  words: sinkWords,
  open: async (language, text, _file, grammars) => new JavascriptView(await syntaxOf(language, text, grammars)),
};
