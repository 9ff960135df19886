import { DataComparison, isComparedData } from '../config/dataComparison.ts';
import { settingWords } from '../properties/settings.ts';
import { json } from '../json/documents.ts';
import { languageOf } from '../language.ts';
import type { Grammars } from '../grammars.ts';
import { isModuleJson, isOverride } from '../hcl/files.ts';
import { documentOfJson } from '../hcl/json.ts';
import { comparisonOf } from '../hcl/open.ts';
import type { FileContext, Reader } from '../reader.ts';
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
import { type Comparison, DataView } from './view.ts';

/** How files are read that hold data: YAML and JSON. */
export function dataReader(language: DataLanguage, readerOf: ReaderOf): Reader {
  return {
    kinds: ['command', 'statement', 'attributeChange', 'resourceChange', 'removal'],
    compares: (file, text) => isComparedData(file, text) || isOverridden(file, text) || (guardsOfScriptsIn(file.path) !== undefined && mayHaveRemoved(file, text)),
    words: [...runnerWords, ...interpreterWords, ...ansibleWords, ...settingWords],
    async open(id, text, file, grammars) {
      const makeParser = await grammars.parsersFor(id);
      if (makeParser === undefined) throw new Error(`no grammar reads ${id}`);
      const other = id === 'yaml' ? 'json' : 'yaml';
      // What a JSON file declared may stand in a YAML file now.
      const makeOther = file.changed.some(({ path }) => languageOf(path) === other) ? await grammars.parsersFor(other) : undefined;
      const open = (each: LineText, path: string) => (makeOther === undefined || languageOf(path) !== other ? new DataText(makeParser, each, language) : new DataText(makeOther, each, other === 'yaml' ? yaml : json));
      const view = new WithSnippets(new DataView(file.path, new DataText(makeParser, text, language), language, (await overrideOf(file, text, grammars)) ?? DataComparison.of(file, open)), new HandedCode(text, file, grammars, readerOf));
      await view.prepare();
      const guards = guardsOfScriptsIn(file.path);
      return guards === undefined ? view : withScriptGuards(view, text, file, guards, inSameBlock);
    },
  };
}

function isOverridden({ path, before }: FileContext, text: LineText): boolean {
  return isModuleJson(path) && isOverride(path) && before !== text.toString();
}

/** An override of Terraform in JSON, where what it is put over is there to be compared with. */
async function overrideOf(file: FileContext, text: LineText, grammars: Grammars): Promise<Comparison | undefined> {
  if (!isModuleJson(file.path) || !isOverride(file.path)) return undefined;
  const comparison = await comparisonOf(file, text, grammars);
  if (!comparison.hasBase) return undefined;
  return {
    *operations(now, pace) {
      return isOverridden(file, text) ? yield* comparison.operations(documentOfJson(file.path, now), pace) : [];
    },
    dispose: () => undefined,
  };
}
