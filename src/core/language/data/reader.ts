import { DataComparison, isComparedData } from '../config/dataComparison.ts';
import { settingWords } from '../properties/settings.ts';
import type { Reader } from '../reader.ts';
import { runnerWords } from '../runners/invocation.ts';
import { ansibleWords } from '../scripts/ansible.ts';
import { guardsOfScriptsIn } from '../scripts/guards.ts';
import { inSameBlock, withScriptGuards } from '../removal/scriptView.ts';
import { mayHaveRemoved } from '../removal/view.ts';
import type { LineText } from '../../text/lineText.ts';
import { WithSnippets } from '../scriptSnippets.ts';
import { HandedCode, type ReaderOf } from '../shell/handedCode.ts';
import { interpreterWords } from '../shell/interpreters.ts';
import { type DataLanguage, DataText } from './dataText.ts';
import { DataView } from './view.ts';

/** How files are read that hold data: YAML and JSON. */
export function dataReader(language: DataLanguage, readerOf: ReaderOf): Reader {
  return {
    kinds: ['command', 'statement', 'attributeChange', 'resourceChange', 'removal'],
    compares: (file, text) => isComparedData(file, text) || (guardsOfScriptsIn(file.path) !== undefined && mayHaveRemoved(file, text)),
    words: [...runnerWords, ...interpreterWords, ...ansibleWords, ...settingWords],
    async open(id, text, file, grammars) {
      const makeParser = await grammars.parsersFor(id);
      if (makeParser === undefined) throw new Error(`no grammar reads ${id}`);
      const read = (each: LineText) => new DataText(makeParser, each, language);
      const view = new WithSnippets(new DataView(file.path, read(text), language, DataComparison.of(file, read)), new HandedCode(text, file, grammars, readerOf));
      await view.prepare();
      const guards = guardsOfScriptsIn(file.path);
      return guards === undefined ? view : withScriptGuards(view, text, file, guards, inSameBlock);
    },
  };
}
