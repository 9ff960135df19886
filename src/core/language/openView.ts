import { LineText } from '../text/lineText.ts';
import type { Grammars } from './grammars.ts';
import { HclView } from './hcl/view.ts';
import { sinkWords } from './javascript/sinks.ts';
import { JavascriptView } from './javascript/view.ts';
import { type Family, familyOf, type LanguageId } from './language.ts';
import { shellOperationsIn } from './shell/commands.ts';
import { sqlStatementsIn } from './sql/statements.ts';
import { Syntax } from './syntax.ts';
import type { View } from './view.ts';
import { WholeTextView } from './wholeTextView.ts';

/** Words beside the rules' own by which a family's operations are found. */
export const ownWords: Readonly<Record<Family, readonly string[]>> = { javascript: sinkWords, shell: [], sql: [], hcl: [] };

/** The kinds of operation that a family of languages can hold, in the file or in its strings. */
export const kindsOf = {
  javascript: ['call', 'command', 'statement'],
  shell: ['command', 'statement'],
  sql: ['statement'],
  hcl: ['attributeChange'],
} as const;

/** Opens a text as a view of its language; `before` is what it held before, for languages whose changes count. */
export async function openView(language: LanguageId, text: LineText, before: string | undefined, grammars: Grammars): Promise<View> {
  switch (familyOf(language)) {
    case 'shell':
      return new WholeTextView(text, shellOperationsIn);
    case 'sql':
      return new WholeTextView(text, sqlStatementsIn);
    case 'hcl': {
      const after = await syntaxOf(language, text, grammars);
      return new HclView(after, before === undefined ? undefined : await syntaxOf(language, new LineText(before), grammars));
    }
    case 'javascript':
      return new JavascriptView(await syntaxOf(language, text, grammars));
  }
}

async function syntaxOf(language: LanguageId, text: LineText, grammars: Grammars): Promise<Syntax> {
  const parser = await grammars.parserFor(language);
  if (parser === undefined) throw new Error(`no grammar reads ${language}`);
  return new Syntax(parser, text);
}
