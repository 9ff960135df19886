import type { LineText } from '../../text/lineText.ts';
import { comparedCode, isComparedCode } from '../config/codeComparison.ts';
import { type Reader, syntaxOf } from '../reader.ts';
import { mayHaveRemoved, withRemovals } from '../removal/view.ts';
import { mayNameCommand, scriptWords } from '../runners/scriptFiles.ts';
import { mayBegin } from '../sql/begins.ts';
import type { Dialect } from './dialect.ts';
import { graphqlWords } from './graphql.ts';
import { CodeView } from './view.ts';

/** How files of a programming language are read. */
export function codeReader(dialect: Dialect): Reader {
  const { shell, sql, sqlTypes = [], builders = [] } = dialect.sinks;
  const shellNames = [...shell].map((callee) => callee.slice(Math.max(callee.lastIndexOf('#'), callee.lastIndexOf('.')) + 1));
  return {
    kinds: ['call', 'command', 'statement', 'removal', 'attributeChange', 'resourceChange'],
    words: [...new Set([...shellNames, ...sql, ...sqlTypes, ...builders, ...graphqlWords])],
    embeds: [
      // A literal of a shell needs no call, so that there any command counts by itself.
      { kinds: dialect.shellLiterals === undefined ? ['command'] : [], words: scriptWords, by: [...shellNames, ...builders], behind: mayNameCommand },
      { kinds: ['statement'], by: [...sql, ...sqlTypes], behind: mayBegin },
      { kinds: [], words: ['mutation'], by: graphqlWords },
    ],
    comments: dialect.comments,
    marksCalls: dialect.callsUnmarked !== true,
    ...(dialect.computed !== undefined && { holdsCode: (text: LineText) => dialect.computed?.mayStandIn(text.toString()) === true }),
    compares: (file, text) => mayHaveRemoved(file, text) || isComparedCode(file, text),
    open: async (language, text, file, grammars) => {
      const syntax = await syntaxOf(language, text, grammars);
      const view = await withRemovals(new CodeView(syntax, dialect), syntax, file, (before) => syntaxOf(language, before, grammars));
      return comparedCode(view, language, text, file, grammars, (other) => new CodeView(other, dialect));
    },
  };
}
