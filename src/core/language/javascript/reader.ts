import { type Reader, syntaxOf } from '../reader.ts';
import { mayHaveRemoved, withRemovals } from '../removal/view.ts';
import { sinkWords } from './sinks.ts';
import { JavascriptView } from './view.ts';

export const javascriptReader: Reader = {
  kinds: ['call', 'command', 'statement', 'removal'],
  words: sinkWords,
  compares: mayHaveRemoved,
  open: async (language, text, file, grammars) => {
    const syntax = await syntaxOf(language, text, grammars);
    return withRemovals(new JavascriptView(syntax), syntax, file, (before) => syntaxOf(language, before, grammars));
  },
};
