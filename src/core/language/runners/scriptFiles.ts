import { hole, type ShellCommand, type Word } from '../operation.ts';
import { operandsOf, optionValue } from '../shell/options.ts';
import { isShell } from '../shell/interpreters.ts';

/** A file of the project that a command runs as a script. */
export interface ScriptFile {
  /** As the command names it, or only its last part. */
  readonly path: string;
  readonly language: 'shell' | 'sql';
}

/** Clients that run the statements of a file: by an option, or of what they read. */
const sqlOptions: Readonly<Record<string, readonly string[]>> = {
  psql: ['-f', '--file'], mysql: [], mariadb: [], sqlite3: [], sqlcmd: ['-i'], cqlsh: ['-f', '--file'], cockroach: ['-f', '--file'], 'clickhouse-client': ['--queries-file'], duckdb: ['-f'], snowsql: ['-f'], beeline: ['-f'], hive: ['-f'],
}; // prettier-ignore

const shellFile = /\.(?:sh|bash|zsh)$/;
const shellValued = ['-o', '+o', '--rcfile', '--init-file'];

/** `cat x.sh | bash`. */
const shownBy = /^cat\s+(["']?)([\w./@-]+)\1$/;

/** Of a path that begins with a folder that is only known when it runs, `"$ROOT/x.sh"`, what is written of it. */
function pathOf({ text, holes }: Word): string {
  return text.startsWith(`${hole}/`) && holes.length === 1 ? text.slice(2) : text;
}

/** What stands in every text that runs such a file. */
export const mayRunFiles = /\.(?:sh|bash|zsh)\b|\b(?:psql|mysql|mariadb|sqlite3|sqlcmd|cqlsh|cockroach|clickhouse-client|duckdb|snowsql|beeline|hive)\b[^\n]*\.sql\b/;

/** Files that a text names and may run, as written. */
export function scriptFilesIn(text: string): string[] {
  const quoted = [...text.matchAll(/(["'])([^"'\n$`]*\s[^"'\n$`]*\.(?:sh|bash|zsh|sql))\1/g)].map((match) => match[2] ?? '');
  return [...new Set([...quoted, ...[...text.matchAll(/\/?(?:[$\w@.-]+\/|[})`]"?\/)*[\w@-][\w@.-]*\.(?:sh|bash|zsh|sql)\b/g)].map(([path]) => path.replace(/^(?:\$\w+|[})`]"?)\//, ''))])];
}

/** The file that a command runs; undefined for what runs none. */
export function scriptFileOf({ name, words, reads, input = '' }: ShellCommand): ScriptFile | undefined {
  if (isShell(name) || name === 'source' || name === '.') {
    const [operand] = operandsOf(words, shellValued);
    const isLine = words.some(({ text }) => /^-[a-z]*[cn][a-z]*$/.test(text));
    const isFed = operand === undefined || words.some(({ text }) => /^-[a-z]*s[a-z]*$/.test(text));
    const path = isFed ? (reads ?? shownBy.exec(input)?.[2]) : pathOf(operand);
    return path !== undefined && !isLine && shellFile.test(path) ? { path, language: 'shell' } : undefined;
  }
  if (shellFile.test(name)) return { path: name, language: 'shell' };
  const options = Object.hasOwn(sqlOptions, name) ? sqlOptions[name] : undefined;
  const path = options === undefined ? undefined : (optionValue(words, ...options) ?? reads);
  return path?.endsWith('.sql') === true ? { path, language: 'sql' } : undefined;
}
