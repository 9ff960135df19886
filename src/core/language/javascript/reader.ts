import { comparedCode, isComparedCode } from '../config/codeComparison.ts';
import { isCalledInPlace } from '../names.ts';
import type { LineText } from '../../text/lineText.ts';
import type { Grammars } from '../grammars.ts';
import type { LanguageId } from '../language.ts';
import { holdsBlocks } from '../markup/blocks.ts';
import { BlocksView } from '../markup/view.ts';
import { type FileContext, type Reader, syntaxOf } from '../reader.ts';
import type { View } from '../view.ts';
import { mayHaveRemoved, withRemovals } from '../removal/view.ts';
import { computesCalls } from './computed.ts';
import { graphqlWords } from './graphql.ts';
import { importedRunnersOf, importsRunner, runnerNames } from './importedRunners.ts';
import { knownStatement } from './knownText.ts';
import { noDatabase, shellModules, sinkWords, sqlWords } from './sinks.ts';
import { mayNameCommand, scriptWords } from '../runners/scriptFiles.ts';
import { mayBegin } from '../sql/begins.ts';
import { JavascriptView } from './view.ts';

/** Templates that end, strings and no other backslash or slash but that of a comment. */
const linesOfTemplates = /^(?:[^`'"/\\\r\n]|'[^'\\\r\n]*'|"[^"\\\r\n]*"|`(?:[^`\\$\r\n]|\$(?!\{)|\$\{[^`'"{}\r\n]*\})*`)*(?:\/\/(?!.*\*\/).*)?\r?\n?$/;

export const javascriptReader: Reader = {
  kinds: ['call', 'command', 'statement', 'removal', 'attributeChange', 'resourceChange'],
  words: [...sinkWords, ...graphqlWords],
  embeds: [
    { kinds: ['command'], words: scriptWords, by: shellModules, behind: mayNameCommand },
    // Functions of other files that run commands.
    { kinds: ['command'], words: scriptWords, by: runnerNames, isByName: true, text: importsRunner, behind: mayNameCommand },
    { kinds: ['statement'], by: sqlWords, isByName: true, notOn: noDatabase, given: knownStatement, behind: mayBegin },
    { kinds: [], words: ['mutation'], by: graphqlWords },
  ],
  comments: { mark: '//', opens: /`|\\\r?$/m, closed: linesOfTemplates, markup: /<\/|\/>/ },
  marksCalls: true,
  isCalledAt: isCalledInPlace,
  holdsCode: (text, isWanted) => computesCalls(text.toString(), isWanted),
  compares: (file, text) => mayHaveRemoved(file, text) || isComparedCode(file, text),
  open: async (language, text, file, grammars) => {
    if (!holdsBlocks(file.path)) return openProgram(language, text, file, grammars);
    const view = new BlocksView(text, file, (blocks, inner) => openProgram(language, blocks, inner, grammars));
    await view.prepare();
    return view;
  },
};

async function openProgram(language: LanguageId, text: LineText, file: FileContext, grammars: Grammars): Promise<View> {
  const syntax = await syntaxOf(language, text, grammars);
  const imported = await importedRunnersOf(file, text.toString(), (id, other) => syntaxOf(id, other, grammars));
  const view = await withRemovals(new JavascriptView(syntax, imported), syntax, file, (before) => syntaxOf(language, before, grammars));
  return comparedCode(view, language, text, file, grammars, (other) => new JavascriptView(other));
}
