import type { Reader } from '../reader.ts';
import { runnerWords } from '../runners/invocation.ts';
import { type CodeLanguage, interpreterWords } from './interpreters.ts';
import { ShellView } from './view.ts';

/** `readerOf` gives the readers of other languages, for code that a script hands to their interpreters. */
export function shellReader(readerOf: (language: CodeLanguage) => Reader): Reader {
  return {
    kinds: ['command', 'statement'],
    words: [...runnerWords, ...interpreterWords],
    async open(_language, text, file, grammars) {
      const view = new ShellView(text, (language, code) => readerOf(language).open(language, code, { path: file.path, changed: [], project: file.project }, grammars));
      await view.prepare();
      return view;
    },
  };
}
