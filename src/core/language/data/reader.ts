import { DataComparison, isComparedData } from '../config/dataComparison.ts';
import { settingWords } from '../properties/settings.ts';
import { type Reader, syntaxOf } from '../reader.ts';
import { runnerWords } from '../runners/invocation.ts';
import { ansibleWords } from '../scripts/ansible.ts';
import { WithSnippets } from '../scriptSnippets.ts';
import { HandedCode, type ReaderOf } from '../shell/handedCode.ts';
import { interpreterWords } from '../shell/interpreters.ts';
import { DataText, type ReadDocuments } from './dataText.ts';
import { DataView } from './view.ts';

/** How files are read that hold data: YAML and JSON. */
export function dataReader(read: ReadDocuments, readerOf: ReaderOf): Reader {
  return {
    kinds: ['command', 'statement', 'attributeChange', 'resourceChange'],
    compares: isComparedData,
    words: [...runnerWords, ...interpreterWords, ...ansibleWords, ...settingWords],
    async open(language, text, file, grammars) {
      const data = new DataText(await syntaxOf(language, text, grammars), read);
      const view = new WithSnippets(new DataView(file.path, data, await DataComparison.open(file, language, read, grammars)), new HandedCode(text, file, grammars, readerOf));
      await view.prepare();
      return view;
    },
  };
}
