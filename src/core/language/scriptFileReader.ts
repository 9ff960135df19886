import type { Reader } from './reader.ts';
import { inSameBlock, type Reach, type ScriptGuards, withScriptGuards } from './removal/scriptView.ts';
import { mayHaveRemoved } from './removal/view.ts';
import { runnerWords } from './runners/invocation.ts';
import { mayRunAnyFile } from './runners/scriptFiles.ts';
import { type FileScript, ScriptFileView } from './scriptFileView.ts';
import { WithSnippets } from './scriptSnippets.ts';
import { shellGuards } from './shell/guards.ts';
import { HandedCode, type ReaderOf } from './shell/handedCode.ts';
import { interpreterWords } from './shell/interpreters.ts';

/** How files are read of which some parts are lines of a shell. */
export function scriptFileReader(scriptsIn: (text: string, path: string) => readonly FileScript[], readerOf: ReaderOf, guards: ScriptGuards = shellGuards, reaches: Reach = inSameBlock): Reader {
  return {
    kinds: ['command', 'statement', 'removal'],
    compares: mayHaveRemoved,
    words: [...runnerWords, ...interpreterWords],
    holdsCode: (text) => mayRunAnyFile(text.toString()),
    async open(_language, text, file, grammars) {
      const view = new WithSnippets(new ScriptFileView(text, (whole) => scriptsIn(whole, file.path)), new HandedCode(text, file, grammars, readerOf));
      await view.prepare();
      return withScriptGuards(view, text, file, guards, reaches);
    },
  };
}
