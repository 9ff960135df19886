// A plugin of esbuild that has a bundle run each of its modules when something of it is first used.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * For programs that somebody waits for and that need a part of what they hold: to run all of it takes longer than most of what they do.
 * Imports become `require` where what they bring is used, which esbuild answers with the module that it ran before or runs now.
 * @param prepared what is made of a file's text before
 */
export function whenAsked(prepared) {
  return {
    name: 'modules when asked',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, ({ path: file }) => {
        const contents = tables(usedInPlace(asCommonJs(prepared(readFileSync(file, 'utf8'), file), file)), file);
        return { contents, loader: 'js' };
      });
    },
  };
}

function asCommonJs(source, fileName) {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023, esModuleInterop: true };
  return ts.transpileModule(source, { fileName, compilerOptions }).outputText;
}

/** TypeScript writes `const file_ts_1 = require("./file.ts")`, and what is used of it as `file_ts_1.name`. Node's own modules stay: each use would ask Node for them. */
function usedInPlace(source) {
  const from = new Map();
  const rest = source.replace(/^(?:const|var) (\w+_\d+) = (?:__import(?:Default|Star)\((?=require\("\.))?(require\("(?!node:).+"\))\)?;$/gm, (_line, name, required) => {
    from.set(name, required);
    return '';
  });
  return rest.replace(/\b(new )?(\w+_\d+)\.(\w+)/g, (use, isMade, name, member) => {
    const required = from.get(name);
    if (required === undefined) return use;
    return isMade === undefined ? `${required}.${member}` : `new (${required}.${member})`;
  });
}

/** Two tables name all rules, and all that reads a language: their entries are asked for one by one. */
function tables(source, file) {
  switch (path.relative(path.resolve(import.meta.dirname, '../src/core'), file).split(path.sep).join('/')) {
    case 'rules/index.ts':
      return `${ruleWhenAsked}\n${source.replace(/require\("\.\/(.+)\.ts"\)\.default/g, "new RuleWhenAsked('$1', () => $&)")}`;
    case 'language/readers.ts':
      return source.replace(/^ {4}(\w+): (.*require.*),$/gm, "    get $1() { const reader = $2; Object.defineProperty(this, '$1', { value: reader }); return reader; },");
    default:
      return source;
  }
}

const ruleMembers = ['title', 'why', 'instead', 'blindTo', 'blastRadius', 'weighsTests', 'matches', 'judge', 'safer'];
const ruleWhenAsked = `class RuleWhenAsked {
  #loaded; #load;
  constructor(id, load) { this.id = id; this.#load = load; }
  get #rule() { return (this.#loaded ??= this.#load()); }
  ${ruleMembers.map((member) => `get ${member}() { return this.#rule.${member}; }`).join('\n  ')}
}`;
