import { DataComparison, isComparedData } from '../config/dataComparison.ts';
import { settingWords } from '../properties/settings.ts';
import { json } from '../json/documents.ts';
import { languageOf } from '../language.ts';
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
import { yaml } from '../yaml/documents.ts';
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
      const other = id === 'yaml' ? 'json' : 'yaml';
      // What a JSON file declared may stand in a YAML file now.
      const makeOther = file.changed.some(({ path }) => languageOf(path) === other) ? await grammars.parsersFor(other) : undefined;
      const open = (each: LineText, path: string) => (makeOther === undefined || languageOf(path) !== other ? new DataText(makeParser, each, language) : new DataText(makeOther, each, other === 'yaml' ? yaml : json));
      const view = new WithSnippets(new DataView(file.path, new DataText(makeParser, text, language), language, DataComparison.of(file, open)), new HandedCode(text, file, grammars, readerOf));
      await view.prepare();
      const guards = guardsOfScriptsIn(file.path);
      return guards === undefined ? view : withScriptGuards(view, text, file, guards, inSameBlock);
    },
  };
}
