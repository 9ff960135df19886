import { makefileScripts } from '../makefile/scripts.ts';
import { languageOf, type LanguageId } from '../language.ts';
import type { NamedScript } from '../operation.ts';
import { folderOf, joined } from '../project.ts';
import type { FileContext } from '../reader.ts';
import type { Invocation } from './invocation.ts';
import { mayRunAnyFile, mayRunFiles, mayRunPrograms, scriptFilesIn } from './scriptFiles.ts';

/** The scripts in the files of one project that can be run by name from one file. */
export class ProjectScripts {
  private readonly byFile = new Map<string, ReadonlyMap<string, string>>();
  /** Files that are scripts themselves, by path. */
  private readonly files = new Map<string, string>();
  /** Those of them whose names do not say what they are, and the language of what they are given to. */
  private readonly languages = new Map<string, LanguageId>();

  private constructor(private readonly from: string) {}

  /** Reads the manifests in the folder of a file, in those above it, and in the folders that its text goes to; and the scripts that it names. */
  static async for({ path, changed, project }: FileContext, text: string, withPrograms: boolean): Promise<ProjectScripts> {
    const scripts = new ProjectScripts(folderOf(path));
    const textAt = async (file: string) => (file === path ? undefined : (changed.find((other) => other.path === file)?.after ?? (await project.read(withoutSlash(file)))));
    const goneTo = foldersIn(text).flatMap((each) => (each.startsWith('/') ? [each] : [joined(folderOf(path), each), each]));
    for (const folder of new Set([...foldersAbove(folderOf(path)), ...goneTo])) {
      for (const [name, read] of Object.entries(manifests)) {
        if (!read.words.test(text)) continue;
        const file = joined(folder, name);
        // What a file holds itself is found there.
        const held = await textAt(file);
        if (held !== undefined) scripts.byFile.set(file, read.scriptsOf(held));
      }
    }
    // What a script of a manifest runs is named there.
    const named = withPrograms ? [text, ...[...scripts.byFile.values()].flatMap((held) => [...held].flatMap(([name, body]) => (text.includes(name) ? [body] : [])))].join('\n') : text;
    for (const { name, language } of mayRunFiles.test(named) || (withPrograms && mayRunPrograms.test(named)) || mayRunAnyFile(named) ? scriptFilesIn(named, withPrograms).slice(0, mostFiles) : []) {
      // Where a text goes to a folder, it is there that it is looked for first; what a whole path names is looked for elsewhere where it is not there.
      for (const file of new Set([...(name.startsWith('/') ? [joined('/', name)] : []), ...[...goneTo, folderOf(path), ''].map((folder) => joined(folder, name))])) {
        const held = await textAt(file);
        if (held !== undefined) scripts.files.set(file, held);
        if (held !== undefined && language !== undefined) scripts.languages.set(file, language);
        if (held !== undefined && file.startsWith('/')) break;
      }
    }
    return scripts;
  }

  /** All files that were found, by path. */
  get found(): ReadonlyMap<string, string> {
    return this.files;
  }

  /** What a file that was found is written in. */
  languageOf(file: string): LanguageId | undefined {
    return languageOf(file) ?? this.languages.get(file);
  }

  /** The files that a path may be: of that path from one of the folders that the text speaks of. Which of them it is when it runs is not known. */
  filesAt(path: string): NamedScript[] {
    const written = joined('', path);
    return [...this.files].filter(([known]) => withoutSlash(known) === written || known.endsWith(`/${written}`)).map(([file, text]) => ({ name: path, file, text }));
  }

  /** The scripts of these names, with those that run before and behind them. */
  of({ manifests: names, names: scripts, folder, hasHooks }: Invocation): NamedScript[] {
    const files = this.filesFor(names, folder);
    return scripts.flatMap((script) => {
      for (const file of files) {
        const known = this.byFile.get(file);
        const run = [...(known?.keys() ?? [])].filter((name) => isCalled(name, script)).flatMap((name) => (hasHooks ? [`pre${name}`, name, `post${name}`] : [name]));
        if (run.length > 0) return run.flatMap((name) => (known?.has(name) === true ? [{ name, file, text: known.get(name) ?? '' }] : []));
      }
      return [];
    });
  }

  /** The likeliest first: what the command names, then the nearest above, then what the text names elsewhere. */
  private filesFor(names: readonly string[], folder: string | undefined): string[] {
    const likely = [...(folder === undefined ? [] : [joined(this.from, folder), joined('', folder)]), ...foldersAbove(this.from)].flatMap((each) => names.map((name) => joined(each, name)));
    const files = [...this.byFile.keys()].filter((file) => names.includes(file.slice(file.lastIndexOf('/') + 1)));
    return [...new Set([...likely.filter((file) => files.includes(file)), ...files])];
  }
}

interface Manifest {
  /** Without one of them in a text nothing of the manifest is run by it. */
  readonly words: RegExp;
  readonly scriptsOf: (text: string) => ReadonlyMap<string, string>;
}

const node = /\b(?:npm|pnpm|yarn|bun|run-[sp])\b/;
const makefile: Manifest = { words: /\bmake\b/, scriptsOf: recipesOf };

const manifests: Readonly<Record<string, Manifest>> = {
  'package.json': { words: node, scriptsOf: (text) => scriptsIn(text, 'scripts') },
  'composer.json': { words: /\bcomposer\b/, scriptsOf: (text) => scriptsIn(text, 'scripts') },
  'deno.json': { words: /\bdeno\b/, scriptsOf: (text) => scriptsIn(text, 'tasks') },
  Makefile: makefile,
  makefile,
  GNUmakefile: makefile,
};

function recipesOf(text: string): ReadonlyMap<string, string> {
  const recipes = new Map<string, string>();
  for (const { address: [target], code } of makefileScripts(text)) if (target !== undefined) recipes.set(target, [recipes.get(target), code.text].filter((line) => line !== undefined).join('\n'));
  return recipes;
}

/** A file that is no JSON, or holds something else there, has no scripts. */
function scriptsIn(text: string, key: string): ReadonlyMap<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new Map();
  }
  const scripts = member(value, key);
  if (typeof scripts !== 'object' || scripts === null) return new Map();
  return new Map(
    Object.entries(scripts).flatMap(([name, script]: [string, unknown]): [string, string][] => {
      const given: unknown = typeof script === 'object' && !Array.isArray(script) ? member(script, 'command') : script;
      const lines = (Array.isArray(given) ? given : [given]).filter((line) => typeof line === 'string');
      return lines.length === 0 ? [] : [[name, lines.join('\n')]];
    }),
  );
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** `db:*` names all that begin so. */
function isCalled(name: string, called: string): boolean {
  const star = called.indexOf('*');
  return star === -1 ? name === called : name.startsWith(called.slice(0, star));
}

export function foldersAbove(folder: string): string[] {
  const folders = [folder];
  for (let at = folder; at !== ''; folders.push(at)) at = folderOf(at);
  return folders;
}

/** A text names no more files that it runs. */
const mostFiles = 8;
const mostFolders = 8;
const goesTo = /(?:\bcd|\bpushd|--prefix|--cwd|--dir|--directory|-C|working-directory:|working_directory:|workingDirectory:|WORKDIR)[ =\t]+(?:(["'])([^"'\n$`]+)\1|(\/?[\w.][\w./-]*))/g;

function foldersIn(text: string): string[] {
  return [...new Set([...text.matchAll(goesTo)].map((match) => joined(match[2] ?? match[3] ?? '', '')))].slice(0, mostFolders);
}

function withoutSlash(path: string): string {
  return path.replace(/^\//, '');
}
