// Builds the extension and the command line into dist/, with the grammars as files beside them.
// Usage: node esbuild.mjs [--watch]
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';
import * as esbuild from 'esbuild';
import { whenAsked } from './scripts/whenAsked.mjs';

const root = import.meta.dirname;
const at = (...parts) => path.join(root, ...parts);

/** What ships beside the bundles: the parser's runtime and one file per grammar. */
export const grammarFiles = [
  'web-tree-sitter/web-tree-sitter.wasm',
  '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
  '@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm',
  '@tree-sitter-grammars/tree-sitter-yaml/tree-sitter-yaml.wasm',
  'tree-sitter-c-sharp/tree-sitter-c_sharp.wasm',
  'tree-sitter-go/tree-sitter-go.wasm',
  'tree-sitter-java/tree-sitter-java.wasm',
  'tree-sitter-javascript/tree-sitter-javascript.wasm',
  'tree-sitter-json/tree-sitter-json.wasm',
  'tree-sitter-php/tree-sitter-php.wasm',
  'tree-sitter-python/tree-sitter-python.wasm',
  'tree-sitter-ruby/tree-sitter-ruby.wasm',
  'tree-sitter-rust/tree-sitter-rust.wasm',
  'tree-sitter-typescript/tree-sitter-tsx.wasm',
  'tree-sitter-typescript/tree-sitter-typescript.wasm',
];

/** Each is a rule, but for the index. */
const ruleFile = /[/\\]src[/\\]core[/\\]rules[/\\][^/\\]+\.ts$/;

/** Options that every bundle of this project shares; tests and benchmarks use them too. */
export const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  alias: {
    // The ES module of web-tree-sitter finds its files by import.meta.url, which a CommonJS bundle does not have.
    'web-tree-sitter': at('node_modules/web-tree-sitter/web-tree-sitter.cjs'),
    // The other form of jsonc-parser asks for its own files in a way that no bundler follows.
    'jsonc-parser': at('node_modules/jsonc-parser/lib/esm/main.js'),
  },
  logLevel: 'warning',
};

/** What `loadCompiled` runs is the function that it calls: to put so long a text between two others is to copy it. */
const loadedCompiled = { banner: { js: '(function (exports, require, module, __filename, __dirname) {' }, footer: { js: '})' } };

export async function build({ watch = false } = {}) {
  rmSync(at('dist'), { recursive: true, force: true });
  mkdirSync(at('dist/grammars'), { recursive: true });
  for (const file of grammarFiles) cpSync(at('node_modules', file), at('dist/grammars', path.basename(file)));
  // As import() Node would read all of a CommonJS file once more to find out what it exports.
  const options = { ...common, outdir: at('dist'), minify: !watch, sourcemap: watch, supported: { 'dynamic-import': false }, plugins: [examplesWhenAsked] };
  const bundles = [
    { ...options, entryPoints: { cli: at('src/cli/cli.ts') } },
    // A language model's server is loaded for no other command.
    { ...options, ...loadedCompiled, entryPoints: { 'later/commandLine': at('src/cli/commandLine.ts') }, plugins: [examplesWhenAsked, laterParts(options, { isLater: /\/mcp\.ts$/, beside: '.' })] },
    { ...options, entryPoints: { hook: at('src/cli/hookMain.ts'), gitHook: at('src/cli/gitHookMain.ts') } },
    { ...options, ...loadedCompiled, entryPoints: { 'later/hook': at('src/cli/hook.ts'), 'later/gitHook': at('src/cli/gitHook.ts'), 'later/readPolicy': at('src/node/readPolicy.ts') } },
    { ...options, ...loadedCompiled, entryPoints: { 'later/guard': at('src/cli/guard.ts') }, plugins: [whenAsked((source, file) => withExamplesAs(noExamples, source, file))] },
    { ...options, entryPoints: { extension: at('src/vscode/extension.ts') }, plugins: [examplesWhenAsked, laterParts(options)] },
  ];
  if (watch) {
    for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
    console.log('watching src/');
    return;
  }
  await Promise.all([...bundles.map((bundle) => esbuild.build(bundle)), makeWords()]);
}

/** Works out of all rules what the first look at a text asks, which no process of a user's has to do then. */
async function makeWords() {
  const contents = `
    export { rules } from './rules/index.ts';
    export { readers } from './language/readers.ts';
    export { familyWordsOf, ruleWordsOf } from './check/ruleWords.ts';`;
  const { outputFiles } = await esbuild.build({ ...common, stdin: { contents, resolveDir: at('src/core'), loader: 'ts' }, write: false, plugins: [examplesAs(noExamples)] });
  const module = { exports: {} };
  new Script(`(function (module, exports, require) {${outputFiles[0].text}\n})`).runInThisContext()(module, module.exports, createRequire(import.meta.url));
  const { rules, readers, ruleWordsOf, familyWordsOf } = module.exports;
  const keep = (name, words) => { writeFileSync(at('dist/words', `${name}.json`), JSON.stringify(words)); };
  mkdirSync(at('dist/words'));
  keep('rules', ruleWordsOf(rules));
  for (const [family, reader] of Object.entries(readers)) keep(family, familyWordsOf(rules, family, reader));
}

/** Makes the examples of the rules' pages when somebody asks for them: they are the half of what the rules hold, and no check looks at them. */
export const examplesWhenAsked = examplesAs('get examples() { return $1; }');

/** What an agent waits for explains no rule. */
const noExamples = "get examples() { throw new Error('this bundle has no examples of rules'); }";

function examplesAs(member) {
  return {
    name: 'examples of rules',
    setup({ onLoad }) {
      onLoad({ filter: ruleFile }, ({ path: file }) => ({ contents: withExamplesAs(member, readFileSync(file, 'utf8'), file), loader: 'ts' }));
    },
  };
}

/** @param member takes the place of a rule's examples; `$1` in it stands for them */
function withExamplesAs(member, source, file) {
  if (!ruleFile.test(file)) return source;
  const contents = source.replace(/^ {2}examples: (\{$.*^ {2}\}),\n\}\);$/ms, `  ${member},\n});`);
  if (contents === source && path.basename(file) !== 'index.ts') throw new Error(`${file}: no examples were found where they stand in every rule`);
  return contents;
}

/**
 * Puts what a bundle imports with `import()`, and `isLater`, into files of its own under dist/later/, which is `beside` it: VS Code waits for all of an
 * extension's main file to be compiled, and esbuild splits ES modules only.
 */
function laterParts(options, { isLater = /./, beside = './later' } = {}) {
  return {
    name: 'later parts',
    setup({ onResolve, onEnd }) {
      const parts = new Set();
      onResolve({ filter: /^\./ }, ({ kind, resolveDir, path: file }) => {
        if (kind !== 'dynamic-import' || !isLater.test(file)) return undefined;
        const part = path.resolve(resolveDir, file);
        parts.add(part);
        return { path: `${beside}/${path.basename(part, '.ts')}.js`, external: true };
      });
      onEnd(async () => {
        await esbuild.build({ ...options, outdir: at('dist/later'), entryNames: '[name]', entryPoints: [...parts] });
      });
    },
  };
}

if (process.argv[1] === import.meta.filename) await build({ watch: process.argv.includes('--watch') });
