import type { Reader } from '../reader.ts';
import { runnerWords } from '../runners/invocation.ts';
import { WholeTextView } from '../wholeTextView.ts';
import { cmdOperationsIn } from './commands.ts';

export const cmdReader: Reader = {
  kinds: ['command', 'statement'],
  words: runnerWords,
  open: (_language, text) => Promise.resolve(new WholeTextView(text, cmdOperationsIn)),
};
