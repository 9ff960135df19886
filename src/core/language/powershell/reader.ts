import type { Reader } from '../reader.ts';
import { withScriptGuards } from '../removal/scriptView.ts';
import { mayHaveRemoved } from '../removal/view.ts';
import { runnerWords } from '../runners/invocation.ts';
import { WholeTextView } from '../wholeTextView.ts';
import { powershellOperationsIn } from './commands.ts';
import { powershellGuards } from './guards.ts';
import { aliasWords } from './names.ts';

export const powershellReader: Reader = {
  kinds: ['command', 'statement', 'removal'],
  compares: mayHaveRemoved,
  words: [...runnerWords, ...aliasWords, 'powershell', 'pwsh'],
  open: (_language, text, file) => Promise.resolve(withScriptGuards(new WholeTextView(text, powershellOperationsIn), text, file, powershellGuards)),
};
