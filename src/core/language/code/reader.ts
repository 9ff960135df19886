import { type Reader, syntaxOf } from '../reader.ts';
import type { Dialect } from './dialect.ts';
import { CodeView } from './view.ts';

/** How files of a programming language are read. */
export function codeReader(dialect: Dialect): Reader {
  const { shell, sql, sqlTypes = [], builders = [] } = dialect.sinks;
  const shellNames = [...shell].map((callee) => callee.slice(Math.max(callee.lastIndexOf('#'), callee.lastIndexOf('.')) + 1));
  return {
    kinds: ['call', 'command', 'statement'],
    words: [...new Set([...shellNames, ...sql, ...sqlTypes, ...builders])],
    open: async (language, text, _file, grammars) => new CodeView(await syntaxOf(language, text, grammars), dialect),
  };
}
