import { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Grammars } from '../grammars.ts';
import { familyOf, type LanguageId, languageOf } from '../language.ts';
import { unhurried } from '../pace.ts';
import { unwindStack } from '../parserRuntime.ts';
import { folderOf, noProject, type Project } from '../project.ts';
import type { FileContext } from '../reader.ts';
import { readers } from '../readers.ts';
import type { Wanted } from '../view.ts';
import { foldersAbove } from './projectScripts.ts';
import { scriptFileOf } from './scriptFiles.ts';

interface OtherFile {
  readonly path: string;
  readonly text: string;
}

/** Names of files that run others of their project, in the folders above one. */
const runners = ['package.json', 'composer.json', 'Makefile', 'makefile', 'GNUmakefile', 'Dockerfile', '.gitlab-ci.yml'];
const workflows = '.github/workflows';
const scriptFolders = ['', 'scripts', 'bin', 'ci'];

/** More of a project than so many files nobody looks through for one that has no language of its own. */
const mostOthers = 60;

/**
 * The language as which another file of the change or of the project runs a file whose name and first line say none:
 * `bash notes.txt` reads it as a script, whatever it is called.
 */
export async function languageRunAs(file: FileContext, wantedIn: (language: LanguageId) => Wanted, grammars: Grammars): Promise<LanguageId | undefined> {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const changed = file.changed.flatMap(({ path, after }): OtherFile[] => (after?.includes(name) === true ? [{ path, text: after }] : []));
  for (const other of [...changed, ...(await projectFiles(file)).filter(({ text }) => text.includes(name))]) {
    const language = await languageGivenBy(other, file.path, wantedIn, grammars);
    if (language !== undefined) return language;
  }
  return undefined;
}

async function projectFiles({ path, changed, project }: FileContext): Promise<OtherFile[]> {
  const above = foldersAbove(folderOf(path));
  const named = above.flatMap((folder) => runners.map((name) => inside(folder, name)));
  const listed = [...(await listedIn(project, workflows, /\.ya?ml$/)), ...(await Promise.all([...new Set([folderOf(path), ...scriptFolders])].map((folder) => listedIn(project, folder, /\.(?:sh|bash)$/)))).flat()];
  const known = new Set([path, ...changed.map((other) => other.path)]);
  const wanted = [...new Set([...named, ...listed])].filter((other) => !known.has(other)).slice(0, mostOthers);
  const texts = await Promise.all(wanted.map(async (other) => ({ path: other, text: await project.read(other) })));
  return texts.flatMap(({ path: other, text }) => (text === undefined ? [] : [{ path: other, text }]));
}

async function listedIn(project: Project, folder: string, ending: RegExp): Promise<string[]> {
  return (await project.list(folder)).filter((name) => ending.test(name)).map((name) => inside(folder, name));
}

async function languageGivenBy(other: OtherFile, path: string, wantedIn: (language: LanguageId) => Wanted, grammars: Grammars): Promise<LanguageId | undefined> {
  const text = LineText.fixed(other.text);
  const language = languageOf(other.path, text.line(0));
  if (language === undefined) return undefined;
  if (language === 'makefile' && includedBy(other.text).some((named) => isMeant(named, path))) return 'makefile';
  const reader = readers[familyOf(language)];
  if (!reader.kinds.includes('command') || text.length > (reader.longest ?? Infinity)) return undefined;
  const view = await reader.open(language, text, { path: other.path, changed: [], project: noProject }, grammars);
  try {
    const operations = view.operations(wantedIn(language), [new OffsetRange(0, text.length)], unhurried).next();
    const files = operations.done === true ? operations.value.flatMap((operation) => (operation.kind === 'command' ? (scriptFileOf(operation) ?? []) : [])) : [];
    return files.find((file) => isMeant(file.path, path))?.language;
  } catch {
    // What cannot be read is told of where that file itself is looked at.
    unwindStack();
    return undefined;
  } finally {
    view.dispose();
  }
}

function includedBy(makefile: string): string[] {
  return [...makefile.matchAll(/^[ ]*[-s]?include\s+(.+)$/gm)].flatMap(([, names = '']) => names.trim().split(/\s+/));
}

/** From which folder a path is written is only known when it runs. */
function isMeant(named: string, path: string): boolean {
  const written = named.replace(/^(?:\.{0,2}\/)+/, '');
  return written !== '' && (path === written || path.endsWith(`/${written}`));
}

function inside(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
