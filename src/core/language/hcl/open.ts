import type { LineText } from '../../text/lineText.ts';
import { DataText } from '../data/dataText.ts';
import type { Grammars } from '../grammars.ts';
import { json } from '../json/documents.ts';
import type { FileContext } from '../reader.ts';
import { Syntax } from '../syntax.ts';
import { moduleTextsOf } from './files.ts';
import { HclJson } from './json.ts';
import { ModuleComparison } from './moduleComparison.ts';
import { HclTree } from './view.ts';

/** The comparison of a file with its module, whose files may be written in either form. */
export async function comparisonOf(file: FileContext, text: LineText, grammars: Grammars): Promise<ModuleComparison> {
  const texts = await moduleTextsOf(file);
  const isJson = (path: string) => path.endsWith('.json');
  const paths = [...texts.before.keys(), ...texts.after.keys()];
  const makeTree = paths.every(isJson) ? undefined : await grammars.parsersFor('hcl');
  const makeJson = paths.some(isJson) ? await grammars.parsersFor('json') : undefined;
  return new ModuleComparison(file, text, texts, (path, other) => {
    const make = isJson(path) ? makeJson : makeTree;
    if (make === undefined) throw new Error(`no grammar reads ${path}`);
    return isJson(path) ? new HclJson(new DataText(make, other, json)) : new HclTree(new Syntax(make(), other));
  });
}
