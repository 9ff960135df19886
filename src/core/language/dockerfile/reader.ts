import type { Reader } from '../reader.ts';
import { runnerWords } from '../runners/invocation.ts';
import { ScriptFileView } from '../scriptFileView.ts';
import { WithSnippets } from '../scriptSnippets.ts';
import { HandedCode, type ReaderOf } from '../shell/handedCode.ts';
import { interpreterWords } from '../shell/interpreters.ts';
import { dockerfileScripts } from './scripts.ts';

export function dockerfileReader(readerOf: ReaderOf): Reader {
  return {
    kinds: ['command', 'statement'],
    words: [...runnerWords, ...interpreterWords],
    async open(_language, text, file, grammars) {
      const view = new WithSnippets(new ScriptFileView(text, dockerfileScripts), new HandedCode(text, file, grammars, readerOf));
      await view.prepare();
      return view;
    },
  };
}
