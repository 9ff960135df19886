import type { Reader } from '../reader.ts';
import { withScriptGuards } from '../removal/scriptView.ts';
import { mayHaveRemoved } from '../removal/view.ts';
import { runnerWords } from '../runners/invocation.ts';
import { shellGuards } from './guards.ts';
import { type CodeLanguage, interpreterWords } from './interpreters.ts';
import { ShellView } from './view.ts';

/** `readerOf` gives the readers of other languages, for code that a script hands to their interpreters. */
export function shellReader(readerOf: (language: CodeLanguage) => Reader): Reader {
  return {
    kinds: ['command', 'statement', 'removal'],
    words: [...runnerWords, ...interpreterWords],
    compares: mayHaveRemoved,
    async open(_language, text, file, grammars) {
      const view = new ShellView(text, (language, code) => readerOf(language).open(language, code, { path: file.path, changed: [], project: file.project }, grammars));
      await view.prepare();
      return withScriptGuards(view, text, file, shellGuards);
    },
  };
}
