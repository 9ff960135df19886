import type { Reader } from '../reader.ts';
import { WholeTextView } from '../wholeTextView.ts';
import { sqlStatementsIn } from './statements.ts';

export const sqlReader: Reader = {
  kinds: ['statement'],
  words: [],
  open: (_language, text) => Promise.resolve(new WholeTextView(text, sqlStatementsIn)),
};
