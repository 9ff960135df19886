import type { Reader } from '../reader.ts';
import { withScriptGuards } from '../removal/scriptView.ts';
import { mayHaveRemoved } from '../removal/view.ts';
import { runnerWords } from '../runners/invocation.ts';
import { WholeTextView } from '../wholeTextView.ts';
import { cmdOperationsIn } from './commands.ts';
import { cmdGuards } from './guards.ts';

export const cmdReader: Reader = {
  kinds: ['command', 'statement', 'removal'],
  compares: mayHaveRemoved,
  words: [...runnerWords, 'powershell', 'pwsh'],
  open: (_language, text, file) => Promise.resolve(withScriptGuards(new WholeTextView(text, cmdOperationsIn), text, file, cmdGuards)),
};
