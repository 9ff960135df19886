import type { Reader } from '../reader.ts';
import { withScriptGuards } from '../removal/scriptView.ts';
import { mayHaveRemoved } from '../removal/view.ts';
import { runnerWords } from '../runners/invocation.ts';
import { mayRunAnyFile } from '../runners/scriptFiles.ts';
import { bareWords } from './bareClient.ts';
import { shellGuards } from './guards.ts';
import { HandedCode, type ReaderOf } from './handedCode.ts';
import { interpreterWords } from './interpreters.ts';
import { ShellView } from './view.ts';

export function shellReader(readerOf: ReaderOf): Reader {
  return {
    kinds: ['command', 'statement', 'removal'],
    // What a program that is run by itself is called ends so.
    words: [...runnerWords, ...interpreterWords, ...bareWords, 'IFS', 'py', 'rb', 'ts'],
    longest: 1_100_000,
    // A file whose name does not say what it is has no word to be found by either.
    holdsCode: (text) => mayRunAnyFile(text.toString()),
    // A fork bomb has no word to be found by.
    compares: (file, text) => mayHaveRemoved(file, text) || /:\s*\(\s*\)\s*\{/.test(text.line(0)),
    async open(_language, text, file, grammars) {
      const view = new ShellView(text, new HandedCode(text, file, grammars, readerOf));
      await view.prepare();
      return withScriptGuards(view, text, file, shellGuards);
    },
  };
}
