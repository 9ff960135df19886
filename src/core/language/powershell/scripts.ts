import type { EmbeddedFamily, ReadWord } from '../nested.ts';
import { joined, type Meaning } from '../shell/words.ts';
import { parametersOf } from './parameters.ts';

/** Cmdlets that send SQL, with the parameter that holds it. */
const sqlCmdlets = new Set(['invoke-sqlcmd', 'invoke-sqlcmd2', 'invoke-dbaquery', 'invoke-sqlquery', 'invoke-mysqlquery', 'invoke-sqlitequery', 'invoke-snowsql']);

/** The scripts that cmdlets take as text. */
export function scriptWordsOf(name: string, words: readonly ReadWord[]): { readonly family: EmbeddedFamily; readonly meaning: Meaning }[] {
  const meaningOf = (word: { readonly range: unknown } | undefined): Meaning[] => words.filter((each) => each === word).map((each) => each.meaning);
  if (sqlCmdlets.has(name)) return meaningOf(parametersOf(words).get('query')).map((meaning) => ({ family: 'sql', meaning }));
  switch (name) {
    case 'invoke-expression': {
      const parameters = parametersOf(words);
      return meaningOf(parameters.get('command') ?? parameters.operands[0]).map((meaning) => ({ family: 'powershell', meaning }));
    }
    case 'start-process': {
      // Program and arguments come as texts that a program on Windows splits itself.
      const parameters = parametersOf(words);
      const program = parameters.get('filepath') ?? parameters.operands[0];
      const args = words.filter((word) => parameters.isArgument(word) && word !== program);
      const [first] = meaningOf(program);
      return first === undefined ? [] : [{ family: 'cmd', meaning: joined([first, ...args.map((word) => word.meaning)]) }];
    }
    default:
      return [];
  }
}
