import type { Reader } from '../reader.ts';
import { WholeTextView } from '../wholeTextView.ts';
import { graphqlMutationsIn } from './mutations.ts';

export const graphqlReader: Reader = {
  kinds: ['call'],
  words: [],
  open: (_language, text) => Promise.resolve(new WholeTextView(text, graphqlMutationsIn)),
};
