import { comparedCode, isComparedCode } from '../config/codeComparison.ts';
import { isCalledInPlace } from '../names.ts';
import { type Reader, syntaxOf } from '../reader.ts';
import { mayHaveRemoved, withRemovals } from '../removal/view.ts';
import { computesCalls } from './computed.ts';
import { graphqlWords } from './graphql.ts';
import { shellModules, sinkWords, sqlWords } from './sinks.ts';
import { JavascriptView } from './view.ts';

export const javascriptReader: Reader = {
  kinds: ['call', 'command', 'statement', 'removal', 'attributeChange', 'resourceChange'],
  words: [...sinkWords, ...graphqlWords],
  embeds: [
    { kinds: ['command'], by: shellModules },
    { kinds: ['statement'], by: sqlWords, isByName: true },
    { kinds: [], words: ['mutation'], by: graphqlWords },
  ],
  comments: '//',
  marksCalls: true,
  isCalledAt: isCalledInPlace,
  holdsCode: (text) => computesCalls(text.toString()),
  compares: (file, text) => mayHaveRemoved(file, text) || isComparedCode(file, text),
  open: async (language, text, file, grammars) => {
    const syntax = await syntaxOf(language, text, grammars);
    const view = await withRemovals(new JavascriptView(syntax), syntax, file, (before) => syntaxOf(language, before, grammars));
    return comparedCode(view, language, text, file, grammars, (other) => new JavascriptView(other));
  },
};
