import { languageOf, type LanguageId } from '../language.ts';
import { hole, type ShellCommand, type Word } from '../operation.ts';
import { runnerWords } from './invocation.ts';
import { operandsOf, optionValue } from '../shell/options.ts';
import { isShell } from '../shell/interpreters.ts';
import { languageGivenTo } from '../shell/wrappers.ts';

/** A file of the project that a command runs as a script. */
export interface ScriptFile {
  /** As the command names it, or only its last part. */
  readonly path: string;
  readonly language: LanguageId;
}

/** Clients that run the statements of a file: by an option, or of what they read. */
const sqlOptions: Readonly<Record<string, readonly string[]>> = {
  psql: ['-f', '--file'], mysql: [], mariadb: [], sqlite3: [], sqlcmd: ['-i'], cqlsh: ['-f', '--file'], cockroach: ['-f', '--file'], 'clickhouse-client': ['--queries-file'], duckdb: ['-f'], snowsql: ['-f'], beeline: ['-f'], hive: ['-f'],
}; // prettier-ignore

const shellEndings: readonly string[] = ['sh', 'bash', 'zsh'];

/** In a program of another language one of these stands in each command that runs a script of the project: what runs it, or the ending of its name. */
export const scriptWords: readonly string[] = [...new Set([...runnerWords, ...shellEndings, ...Object.keys(sqlOptions).map((name) => name.split('-')[0] ?? name)])];

/** Tells by the beginning of its line whether a word, in lower case, can be one of a command where it stands: behind a dot only the ending of a name can. */
export function mayNameCommand(word: string, before: string): boolean {
  return !before.endsWith('.') || shellEndings.includes(word);
}

/** By its ending a script of the shell. What a shell is given is one whatever it is called. */
const shellFile = /\.(?:sh|bash|zsh)$/;
const shellValued = ['-o', '+o', '--rcfile', '--init-file'];

/** `cat x.sh | bash`, and what a command around it reads: `ssh host bash -s < x.sh`. */
const shownBy = /^(?:cat\s+)?(["']?)([\w./@-]+)\1$/;

/** A program of another language. What only tests is no part of what a command does. */
const program = /(?<!\.(?:test|spec)|\.d)\.(?:py|[cm]?[jt]s|[jt]sx|rb|php)$/;

/** Those that name the program behind their own subcommand; of all others the program is what is run, as `node` and `python` are looked through. */
const runsProgram: Readonly<Record<string, RegExp>> = { bun: /^(?:run)$/, deno: /^(?:run)$/ };

/** Of a path that begins with a folder that is only known when it runs, `"$ROOT/x.sh"`, what is written of it. */
function pathOf({ text, holes }: Word): string {
  return text.startsWith(`${hole}/`) && holes.length === 1 ? text.slice(2) : text;
}

/** What stands in every text that runs such a file. */
export const mayRunFiles = /\.(?:sh|bash|zsh)\b|\b(?:psql|mysql|mariadb|sqlite3|sqlcmd|cqlsh|cockroach|clickhouse-client|duckdb|snowsql|beeline|hive)\b[^\n]*\.sql\b|\.sql["']?\s*\|/;

/** The same of a file whose name does not say what it is. */
export function mayRunAnyFile(text: string): boolean {
  return text.search(anyFile) !== -1;
}

/** The same of programs of other languages. */
export const mayRunPrograms = /\.(?:py|[cm]?[jt]sx?|rb|php)\b/;

/** What runs a file whatever it is called, with the file: `bash notes.txt`, `psql -f x.txt`, `mysql < x.txt`. */
const anyFile = /(?<![\w./-])(?:(?:(?:ba|z|k|da|a)?sh|source|\.|(?<program>python[\d.]*|node|ruby|php|tsx|ts-node))\s+|(?<client>psql|mysql|mariadb|sqlite3|sqlcmd|cqlsh|cockroach|clickhouse-client|duckdb|snowsql|beeline|hive)\b[^\n;|&<]*?(?:\s(?:-f|--file|-i|--queries-file)[ =]?|<)\s*)(?:(?<!\S)-[\w-]+\s+)*(?<quote>["']?)(?<path>[\w@./-]*\w)\k<quote>(?![\w(=:])/g;

/** A file that a text may run, as it names it, and the language of the interpreter that it is given to. */
export interface NamedFile {
  readonly name: string;
  readonly language?: LanguageId;
}

/** Files that a text gives to an interpreter, and whose names do not say what they are. */
function filesByInterpreter(text: string, withPrograms: boolean): NamedFile[] {
  return [...text.matchAll(anyFile)].flatMap(({ groups = {} }): NamedFile[] => {
    const { program, client, path = '' } = groups as Readonly<Record<string, string | undefined>>;
    const language = program === undefined ? (client === undefined ? 'shell' : 'sql') : languageGivenTo(program, []);
    if (language === undefined || languageOf(path) !== undefined || (program !== undefined && !(withPrograms && /[./]/.test(path)))) return [];
    return [{ name: path.replace(/^\.\//, ''), language }];
  });
}

/** Files that a text names and may run: those by whose names it is told what they are come first. */
export function scriptFilesIn(text: string, withPrograms: boolean): NamedFile[] {
  return [...filesByEnding(text, withPrograms).map((name) => ({ name })), ...filesByInterpreter(text, withPrograms)];
}

function filesByEnding(text: string, withPrograms: boolean): string[] {
  const endings = withPrograms ? String.raw`(?:sh|bash|zsh|sql|py|[cm]?[jt]s|[jt]sx|rb|php)` : '(?:sh|bash|zsh|sql)';
  const quoted = [...text.matchAll(new RegExp(String.raw`(["'])(?=[^\s"'$\`]*\s)([^"'\n$\`]*(?:\n[^"'\n$\`]*)?\.${endings})\1`, 'g'))].map((match) => match[2] ?? '');
  const name = String.raw`[\w@-][\w@.-]*\.${endings}\b`;
  const folder = String.raw`[$\w@.-]+\/|[})\`]"?\/`;
  // Only from where a path can begin, behind none of what it is made of: else one that is long is looked at anew from each of its places.
  const plain = text.matchAll(new RegExp(String.raw`(?:(?<![$\w@.})\`-]|[})\`]")\/|(?<![$\w@./-])[$\w@.-]+\/|(?<!\/)[})\`]"?\/)(?:${folder})*${name}|(?<![\w@-])(?<=(?<![\w@.-])\.*)${name}`, 'g'));
  return [...new Set([...quoted, ...[...plain].map(([path]) => path.replace(/^(?:\$\w+|[})`]"?)\//, ''))])];
}

/** The file that a command runs; undefined for what runs none. */
export function scriptFileOf({ name, words, reads, input = '', interpretedAs }: ShellCommand): ScriptFile | undefined {
  if (isShell(name) || name === 'source' || name === '.') {
    const [operand] = operandsOf(words, shellValued);
    const isLine = words.some(({ text }) => /^-[a-z]*[cn][a-z]*$/.test(text));
    const isFed = operand === undefined || words.some(({ text }) => /^-[a-z]*s[a-z]*$/.test(text));
    const path = isFed ? (reads ?? shownBy.exec(input)?.[2]) : pathOf(operand);
    return path !== undefined && !isLine ? { path, language: 'shell' } : undefined;
  }
  if (shellFile.test(name)) return { path: name, language: 'shell' };
  const named = program.test(name) ? name : Object.hasOwn(runsProgram, name) ? programAmong(words, runsProgram[name]) : undefined;
  if (named !== undefined) return ofLanguage(named);
  if (interpretedAs !== undefined && languageOf(name) === undefined) return { path: name, language: interpretedAs };
  const options = Object.hasOwn(sqlOptions, name) ? sqlOptions[name] : undefined;
  const path = options === undefined ? undefined : (optionValue(words, ...options) ?? reads ?? shownBy.exec(input)?.[2]);
  return path !== undefined ? { path, language: 'sql' } : undefined;
}

function programAmong(words: readonly Word[], subcommand: RegExp | undefined): string | undefined {
  const [first, ...rest] = words.filter(({ text }) => !text.startsWith('-'));
  const named = first !== undefined && subcommand?.test(first.text) === true ? rest[0] : first;
  return named !== undefined && program.test(named.text) ? pathOf(named) : undefined;
}

function ofLanguage(path: string): ScriptFile | undefined {
  const language = languageOf(path);
  return language === undefined ? undefined : { path, language };
}
