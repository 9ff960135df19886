import type { Reader } from '../reader.ts';
import { runnerWords } from '../runners/invocation.ts';
import { WholeTextView } from '../wholeTextView.ts';
import { shellOperationsIn } from './commands.ts';

export const shellReader: Reader = {
  kinds: ['command', 'statement'],
  words: runnerWords,
  open: (_language, text) => Promise.resolve(new WholeTextView(text, shellOperationsIn)),
};
