import { OffsetRange } from '../../text/offsetRange.ts';
import { LineText } from '../../text/lineText.ts';
import { type LanguageId, languageOf } from '../language.ts';
import { Nodes } from '../nodes.ts';
import { unhurried } from '../pace.ts';
import { folderOf, joined } from '../project.ts';
import type { FileContext } from '../reader.ts';
import type { Syntax } from '../syntax.ts';
import { readTopLevel } from './bindings.ts';
import { argumentsOf, writtenImport } from './calls.ts';
import { ownRunnersIn, shellCalls } from './ownRunners.ts';
import { Scopes } from './scopes.ts';
import { isShellImport, shellModules } from './sinks.ts';

/** At which places a function of another file takes the command line or the program that it runs, and the list of a program's words. */
export interface ImportedRunner {
  readonly program: number;
  readonly list?: number;
}

/** By module and name, as calls name what they call: `./shell#run`. */
export type ImportedRunners = ReadonlyMap<string, ImportedRunner>;

export const noRunners: ImportedRunners = new Map();

/** What such functions are called: without one of these names in a text no other file is looked at. */
export const runnerNames: readonly string[] = [
  'sh', 'shell', 'bash', 'run', 'runSync', 'runAsync', 'runCommand', 'runCommandSync', 'runCmd', 'runShell', 'runScript', 'execSync', 'execAsync', 'execPromise', 'execCommand', 'execCmd', 'execShell', 'executeCommand',
  'spawn', 'spawnSync', 'spawnAsync', 'shellExec', 'system',
]; // prettier-ignore

/** More files nobody imports such functions from. */
const mostFiles = 4;
/** Names begin and end with no blank, so that a long row of blanks is passed over once. */
const ownImports = /(?:\bimport\s+(?<imported>[^\s'"`;](?:[^'"`;]{0,5000}[^\s'"`;])?)\s*\bfrom\s*|\b(?:const|let|var)\s+(?<required>[^\s'"`;=](?:[^'"`;=]{0,5000}[^\s'"`;=])?)\s*=\s*(?:await\s+)?(?:require|import)\(\s*)(?<quote>["'])(?<module>\.{1,2}\/[^"'\n]+)\k<quote>/g;
const anyName = runnerNames.join('|');
const namesRunner = new RegExp(`\\b(?:${anyName})\\b`);
const memberRunner = new RegExp(`(?<![\\w$.])([\\w$]+)\\.(?:${anyName})\\(`, 'g');
const endings = ['', '.ts', '.js', '.mjs', '.cjs', '.tsx', '.mts', '/index.ts', '/index.js'];
const runsCommands = new RegExp(`\\b(?:${shellModules.join('|')})\\b`);
const exportsOne = /\bexport\s+default\s+(?:async\s+)?(?:function\s+)?([\w$]+)|\bmodule\.exports\s*=\s*([\w$]+)\s*(?:;|$)/m;

/** The functions that hand what they are given to a shell, of the files of the project that a file imports from. */
export async function importedRunnersOf({ path, changed, project }: FileContext, text: string, parse: (language: LanguageId, text: LineText) => Promise<Syntax>): Promise<ImportedRunners> {
  const runners = new Map<string, ImportedRunner>();
  for (const module of modulesIn(text)) {
    const named = joined(folderOf(path), module);
    for (const file of [...new Set([named, named.replace(/\.([cm]?)js$/, '.$1ts')])].flatMap((each) => endings.map((ending) => each + ending))) {
      const language = languageOf(file);
      const held = language === undefined ? undefined : (changed.find((other) => other.path === file)?.after ?? (await project.read(file)));
      if (language === undefined || held === undefined) continue;
      if (runsCommands.test(held)) for (const [name, runner] of await runnersIn(held, (own) => parse(language, own))) runners.set(`${module}#${name}`, runner);
      break;
    }
  }
  return runners;
}

/** The files that a text imports such a function from by its name, or calls one of. */
function modulesIn(text: string): string[] {
  let owners: ReadonlySet<string> | undefined;
  const modules = [...text.matchAll(ownImports)].flatMap(({ groups = {} }) => {
    const { imported, required, module = '' } = groups as Readonly<Record<string, string | undefined>>;
    const names = imported ?? required ?? '';
    const [, whole] = /^(?:\*\s*as\s+)?([\w$]+)$/.exec(names) ?? [];
    return namesRunner.test(names) || (whole !== undefined && (owners ??= ownersIn(text)).has(whole)) ? [module] : [];
  });
  return [...new Set(modules)].slice(0, mostFiles);
}

/** What such functions are called as members of. */
function ownersIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(memberRunner)].map(([, owner = '']) => owner));
}

/** Whether a text may do so at all. */
export const importsRunner = { test: (text: string): boolean => modulesIn(text).length > 0 };

async function runnersIn(text: string, parse: (text: LineText) => Promise<Syntax>): Promise<ReadonlyMap<string, ImportedRunner>> {
  const lines = LineText.fixed(text);
  const syntax = await parse(lines);
  const runners = new Map<string, ImportedRunner>();
  try {
    const read = syntax.root(unhurried).next();
    if (read.done !== true) return runners;
    const topLevel = readTopLevel(read.value, lines);
    const scopes = new Scopes(new Nodes(lines), topLevel);
    // `export const run = promisify(exec)`
    for (const [name, binding] of topLevel.imports) if (isShellImport(writtenImport(binding))) runners.set(name, { program: 0, list: 1 });
    const places = [...text.matchAll(shellCalls)].map(({ 0: name, index }) => OffsetRange.ofLength(index, name.length));
    for (const [name, { sink, parameters }] of ownRunnersIn(places, read.value, scopes)) {
      const [program, list] = argumentsOf(sink).map((argument) => parameters.indexOf(scopes.nodes.written(argument)));
      if (program !== undefined && program >= 0) runners.set(name, { program, ...(list !== undefined && list >= 0 && { list }) });
    }
    const [, byDefault, whole] = exportsOne.exec(text) ?? [];
    const runner = runners.get(byDefault ?? whole ?? '');
    if (runner !== undefined) runners.set('default', runner);
  } finally {
    syntax.dispose();
  }
  return runners;
}
