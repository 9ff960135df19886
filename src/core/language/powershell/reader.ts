import type { Reader } from '../reader.ts';
import { runnerWords } from '../runners/invocation.ts';
import { WholeTextView } from '../wholeTextView.ts';
import { powershellOperationsIn } from './commands.ts';
import { aliasWords } from './names.ts';

export const powershellReader: Reader = {
  kinds: ['command', 'statement'],
  words: [...runnerWords, ...aliasWords],
  open: (_language, text) => Promise.resolve(new WholeTextView(text, powershellOperationsIn)),
};
