import type { Reader } from '../reader.ts';
import { withScriptGuards } from '../removal/scriptView.ts';
import { mayHaveRemoved } from '../removal/view.ts';
import { WholeTextView } from '../wholeTextView.ts';
import { sqlGuards } from './guards.ts';
import { sqlStatementsIn } from './statements.ts';

export const sqlReader: Reader = {
  kinds: ['statement', 'removal'],
  words: [],
  longest: 2_500_000,
  compares: mayHaveRemoved,
  open: (_language, text, file) => Promise.resolve(withScriptGuards(new WholeTextView(text, sqlStatementsIn), text, file, sqlGuards)),
};
