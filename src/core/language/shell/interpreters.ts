import type { EmbeddedFamily } from '../nested.ts';
import type { Word } from '../operation.ts';
import { isScratchDatabase } from './scratchDatabase.ts';
import { unversioned } from './wrappers.ts';

/** A script among the words of a command. */
export interface ScriptWord {
  readonly index: number;
  /** How many characters of the word stand before it, as in `--command=…`. */
  readonly skip: number;
  /** In base64, as `-EncodedCommand` takes it. */
  readonly isEncoded?: boolean;
}

/** Languages that a shell hands code to beside its own and SQL. */
export type CodeLanguage = 'javascript' | 'python' | 'ruby' | 'php';

/** A program that runs text: where its script stands among its words, or whether it reads one from its input. */
export interface Interpreter {
  readonly language: EmbeddedFamily | 'perl' | CodeLanguage;
  readonly scripts: readonly ScriptWord[];
  /** Whether the words are one script, split up: `eval rm -rf "$DIR"`. */
  readonly areJoined?: boolean;
  readonly readsInput: boolean;
}

/** Database clients: the options that carry SQL, the subcommand before them, whether it may stand behind the database's name, and the option with which nothing is done. */
interface SqlClient {
  readonly options: string;
  readonly subcommand?: string;
  readonly takesOperand?: true;
  readonly idle?: string;
}

const sqlClients: Readonly<Record<string, SqlClient>> = {
  psql: { options: '-c --command' },
  pgcli: { options: '' },
  cockroach: { options: '-e --execute', subcommand: 'sql' },
  mysql: { options: '-e --execute' },
  mariadb: { options: '-e --execute' },
  mycli: { options: '-e --execute' },
  mysqlsh: { options: '-e --execute' },
  sqlcmd: { options: '-Q -q' },
  'clickhouse-client': { options: '-q --query' },
  clickhouse: { options: '-q --query', subcommand: 'client' },
  cqlsh: { options: '-e --execute' },
  duckdb: { options: '-c -s' },
  snowsql: { options: '-q --query' },
  snow: { options: '-q --query', subcommand: 'sql' },
  sqlite3: { options: '', takesOperand: true },
  trino: { options: '--execute' },
  presto: { options: '--execute' },
  hive: { options: '-e' },
  beeline: { options: '-e' },
  'spark-sql': { options: '-e' },
  'impala-shell': { options: '-q --query' },
  vsql: { options: '-c' },
  usql: { options: '-c --command' },
  influx: { options: '-execute' },
  dolt: { options: '-q --query', subcommand: 'sql' },
  bq: { options: '', subcommand: 'query', takesOperand: true, idle: '--dry_run' },
  wrangler: { options: '--command', subcommand: 'd1' },
  heroku: { options: '-c --command', subcommand: 'pg:psql' },
  turso: { options: '', subcommand: 'db', takesOperand: true },
  wp: { options: '', subcommand: 'db', takesOperand: true },
  drush: { options: '', subcommand: 'sql:query', takesOperand: true },
  console: { options: '', subcommand: 'dbal:run-sql', takesOperand: true },
  sqlplus: { options: '' },
  ysqlsh: { options: '-c --command' },
  ycqlsh: { options: '-e --execute' },
  cbq: { options: '-s -e --script' },
  mclient: { options: '-s --statement' },
  db2: { options: '', takesOperand: true },
};

/** A document of GraphQL, or the body of a request that holds one. */
const isMutation = /^\s*(?:mutation\b|\{\s*"(?:query|mutation)"\s*:\s*"\s*mutation\b)/;

/** Whether a command of that name runs a script of the shell. */
export function isShell(name: string): boolean {
  return shells.has(name);
}

const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'mksh', 'fish', 'rbash']);

/** Options whose value is a line for a shell, and the word that has to stand before it. */
const shellOptions: Readonly<Record<string, { readonly options: string; readonly behind?: string }>> = {
  script: { options: '-c --command' },
  flock: { options: '-c --command' },
  sg: { options: '-c' },
  'nix-shell': { options: '--run --command' },
  npx: { options: '-c --call' },
  npm: { options: '-c --call' },
  doppler: { options: '--command' },
  infisical: { options: '--command' },
  vagrant: { options: '-c --command', behind: 'ssh' },
  gcloud: { options: '--command', behind: 'ssh' },
  fly: { options: '-C --command', behind: 'ssh' },
  flyctl: { options: '-C --command', behind: 'ssh' },
  az: { options: '--scripts', behind: 'run-command' },
  ansible: { options: '-a --args' },
  watchexec: { options: '--' },
};

/** Interpreters of other languages and the options that carry code. */
const codeOptions: Readonly<Record<string, { readonly language: CodeLanguage | 'perl'; readonly options: string }>> = {
  python: { language: 'python', options: '-c' },
  pypy: { language: 'python', options: '-c' },
  node: { language: 'javascript', options: '-e --eval -p --print -pe' },
  bun: { language: 'javascript', options: '-e --eval -p --print' },
  tsx: { language: 'javascript', options: '-e --eval -p --print' },
  deno: { language: 'javascript', options: 'eval' },
  ruby: { language: 'ruby', options: '-e' },
  rails: { language: 'ruby', options: 'runner' },
  php: { language: 'php', options: '-r' },
  artisan: { language: 'php', options: '--execute' },
  wp: { language: 'php', options: 'eval' },
  perl: { language: 'perl', options: '-e -E' },
  'manage.py': { language: 'python', options: '-c --command' },
};

/** Words of which one stands in every script that hands over code of another language. */
export const interpreterWords: readonly string[] = [...Object.keys(codeOptions).map((name) => name.split('.')[0] ?? name), 'python2', 'python3', 'powershell', 'pwsh'];

/** Options of ssh that take the next word as their value. */
const sshValued = /^-[bcDEeFIiJLlmOopQRSWw]$/;

/** What a command does with text it is given; undefined for what runs none. */
export function interpreterOf(name: string, words: readonly Word[]): Interpreter | undefined {
  const texts = words.map((word) => word.text);
  if (shells.has(name)) return shellOf(texts);
  const client = Object.hasOwn(sqlClients, name) ? sqlClients[name] : undefined;
  if (client !== undefined && isScratchDatabase(name, words)) return undefined;
  if (client !== undefined && (client.subcommand === undefined || texts.includes(client.subcommand))) return sqlClientOf(texts, client);
  const key = unversioned(name);
  if (Object.hasOwn(codeOptions, key)) return codeOf(texts, codeOptions[key]);
  if (Object.hasOwn(shellOptions, name)) return shellOptionOf(texts, shellOptions[name]);
  const all = words.map((_, index) => whole(index));
  switch (name) {
    case 'eval':
      return { language: 'shell', scripts: all, areJoined: true, readsInput: false };
    case 'env': {
      const at = texts.findIndex((text) => text === '-S' || text === '--split-string');
      return at === -1 ? undefined : { language: 'shell', scripts: all.slice(at + 1), areJoined: true, readsInput: false };
    }
    case 'watch': {
      const at = firstOperand(texts, /^-(?:n|q|-interval|-equexit)$/);
      return { language: 'shell', scripts: all.slice(at), areJoined: true, readsInput: false };
    }
    case 'concurrently':
      return { language: 'shell', scripts: all.filter((_, index) => /\s/.test(texts[index] ?? '')), readsInput: false };
    case 'salt': {
      const at = texts.indexOf('cmd.run');
      return at === -1 ? undefined : { language: 'shell', scripts: all.slice(at + 1, at + 2), readsInput: false };
    }
    case 'fab': {
      const end = texts.indexOf('--');
      return end === -1 ? undefined : { language: 'shell', scripts: all.slice(end + 1), areJoined: true, readsInput: false };
    }
    case 'expect': {
      const [, spawned = ''] = /\bspawn\s+([^\n;]+)/.exec(texts[texts.indexOf('-c') + 1] ?? '') ?? [];
      const index = texts.indexOf('-c') + 1;
      return spawned === '' || index === 0 ? undefined : { language: 'shell', scripts: [{ index, skip: (texts[index] ?? '').indexOf(spawned) }], readsInput: false };
    }
    case 'pssh':
    case 'parallel-ssh':
      return { language: 'shell', scripts: all.slice(firstOperand(texts, /^-(?:h|H|l|p|o|e|t|O|-hosts|-host|-user|-par|-outdir|-errdir|-timeout|-option)$/)), areJoined: true, readsInput: false };
    case 'screen': {
      const at = firstOperand(texts, /^-(?:[cehpsStT]|dmS|Logfile)$/);
      return { language: 'shell', scripts: all.slice(at), areJoined: true, readsInput: false };
    }
    case 'tmux': {
      const verb = texts.findIndex((text) => /^(?:new(?:-session|-window)?|neww|split-window|splitw|respawn-(?:pane|window)|run(?:-shell)?|popup|display-popup)$/.test(text));
      const at = verb + 1 + firstOperand(texts.slice(verb + 1), /^-[nstcxyeFlpT]$/);
      return verb === -1 ? undefined : { language: 'shell', scripts: all.slice(at), areJoined: true, readsInput: false };
    }
    case 'pdsh':
    case 'clush':
    case 'dsh': {
      const at = firstOperand(texts, /^-[wgxlRtu]$/);
      return { language: 'shell', scripts: all.slice(at), areJoined: true, readsInput: false };
    }
    case 'at':
    case 'batch':
      return { language: 'shell', scripts: [], readsInput: true };
    case 'trap':
      return texts.length < 2 || texts[0] === '-' || texts[0]?.startsWith('-') === true ? undefined : { language: 'shell', scripts: [whole(0)], readsInput: false };
    case 'su':
    case 'runuser': {
      const option = texts.findIndex((text) => text === '-c' || text === '--command');
      return { language: 'shell', scripts: option === -1 ? [] : [whole(option + 1)], readsInput: option === -1 };
    }
    case 'ssh':
    case 'autossh': {
      const command = all.slice(firstOperand(texts, sshValued) + 1);
      return { language: 'shell', scripts: command, areJoined: true, readsInput: command.length === 0 };
    }
    case 'cmd':
    case 'cmd.exe': {
      const option = texts.findIndex((text) => /^\/{1,2}[ckr]$/i.test(text));
      return { language: 'cmd', scripts: option === -1 ? [] : all.slice(option + 1), areJoined: true, readsInput: option === -1 };
    }
    case 'curl':
      return { language: 'graphql', scripts: texts.flatMap((text, index) => (isMutation.test(text) && /^(?:-d|--data(?:-raw|-binary|-ascii)?|--json)$/.test(texts[index - 1] ?? '') ? [whole(index)] : [])), readsInput: false };
    case 'gh':
      return { language: 'graphql', scripts: texts.flatMap((text, index) => (/^query=\s*mutation\b/.test(text) ? [{ index, skip: 'query='.length }] : [])), readsInput: false };
    case 'powershell':
    case 'powershell.exe':
    case 'pwsh':
    case 'pwsh.exe':
      return powershellOf(texts, !name.startsWith('pwsh'));
    default:
      return undefined;
  }
}

/** Its options may be shortened. What is no option is a command for Windows' own PowerShell, and a file for the newer one. */
function powershellOf(texts: readonly string[], takesCommand: boolean): Interpreter {
  const scripts = (from: number): Interpreter => ({ language: 'powershell', scripts: texts.slice(from).map((_, index) => whole(from + index)), areJoined: true, readsInput: false });
  for (let at = 0; at < texts.length; at++) {
    const text = (texts[at] ?? '').toLowerCase();
    if (/^[-/](?:c|co\w*)$/.test(text)) return texts[at + 1] === '-' ? { ...scripts(texts.length), readsInput: true } : scripts(at + 1);
    if (/^[-/](?:e|ec|en\w*)$/.test(text)) return { language: 'powershell', scripts: [{ ...whole(at + 1), isEncoded: true }], readsInput: false };
    if (/^[-/](?:f|fi\w*)$/.test(text)) break;
    if (/^[-/](?:ex\w*|ep|w|wi\w*|in\w*|o|out\w*|ps\w*|ver\w*|wo\w*|wd|configurationname|settingsfile|cus\w*)$/.test(text)) at++;
    else if (!/^[-/]/.test(text)) return takesCommand ? scripts(at) : { ...scripts(texts.length) };
  }
  return { ...scripts(texts.length), readsInput: !texts.some((text) => /^[-/](?:f|fi\w*)$/i.test(text)) };
}

function firstOperand(texts: readonly string[], valued: RegExp): number {
  let at = 0;
  while (texts[at]?.startsWith('-') === true) at += valued.test(texts[at] ?? '') ? 2 : 1;
  return at;
}

function shellOf(texts: readonly string[]): Interpreter {
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at] ?? '';
    if (!text.startsWith('-') && !text.startsWith('+')) return { language: 'shell', scripts: [], readsInput: text === '/dev/stdin' };
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(text)) {
      const script = texts.findIndex((other, index) => index > at && !/^[-+]/.test(other));
      return { language: 'shell', scripts: script === -1 ? [] : [whole(script)], readsInput: false };
    }
    if (/^-[a-zA-Z]*s[a-zA-Z]*$/.test(text)) break;
    if (text === '-o' || text === '+o' || text === '--rcfile' || text === '--init-file') at++;
  }
  return { language: 'shell', scripts: [], readsInput: true };
}

function shellOptionOf(texts: readonly string[], known: (typeof shellOptions)[string] | undefined): Interpreter | undefined {
  if (known === undefined || (known.behind !== undefined && !texts.includes(known.behind))) return undefined;
  const scripts = optionScripts(texts, known.options.split(' '));
  return scripts.length === 0 ? undefined : { language: 'shell', scripts, readsInput: false };
}

/** Code behind an option; without a script's name the code comes in through a pipe or heredoc. */
function codeOf(texts: readonly string[], known: (typeof codeOptions)[string] | undefined): Interpreter | undefined {
  if (known === undefined) return undefined;
  const { language, options } = known;
  const names = options.split(' ');
  const at = texts.findIndex((text) => names.includes(text) || (names[0]?.length === 2 && language !== 'javascript' && new RegExp(`^-[a-zA-Z]*${names[0].slice(1)}$`).test(text)));
  if (at !== -1) return { language, scripts: [whole(at + 1)], readsInput: false };
  const joined = optionScripts(texts, names.filter((name) => name.startsWith('--')));
  if (joined.length > 0) return { language, scripts: joined, readsInput: false };
  const isFed = names[0]?.startsWith('-') === true && texts.every((text) => text.startsWith('-'));
  return isFed ? { language, scripts: [], readsInput: true } : undefined;
}

function sqlClientOf(texts: readonly string[], { options, subcommand, takesOperand, idle }: SqlClient): Interpreter {
  if (idle !== undefined && (texts.includes(idle) || texts.includes(`${idle}=true`))) return { language: 'sql', scripts: [], readsInput: false };
  const scripts = optionScripts(texts, options.split(' ').filter((option) => option !== ''));
  if (takesOperand === true) {
    const operands = texts.flatMap((text, index) => (text.startsWith('-') || text === subcommand ? [] : [whole(index)]));
    scripts.push(...operands.filter(({ index }) => subcommand === undefined ? index !== operands[0]?.index : /\s/.test(texts[index] ?? '')));
  }
  const [only] = scripts;
  // Somebody who forgot the quotes meant the rest as well: `psql -c DROP TABLE orders`.
  if (scripts.length === 1 && only !== undefined && /^(?:drop|delete|truncate|update|alter)$/i.test(texts[only.index] ?? '')) {
    return { language: 'sql', scripts: texts.slice(only.index).map((_, index) => whole(only.index + index)), areJoined: true, readsInput: false };
  }
  return { language: 'sql', scripts, readsInput: scripts.length === 0 };
}

/** The values of options: behind them, or in the same word. */
function optionScripts(texts: readonly string[], options: readonly string[]): ScriptWord[] {
  return texts.flatMap((text, index) => {
    const long = options.find((option) => option.startsWith('--') && text.startsWith(`${option}=`));
    if (long !== undefined) return [{ index, skip: long.length + 1 }];
    if (/\s/.test(text) && options.includes(text.slice(0, 2))) return [{ index, skip: 2 }];
    return isScriptOption(text, options) ? [whole(index + 1)] : [];
  });
}

/** Short options may stand together, the one with the value last: `psql -qc "…"`. */
function isScriptOption(text: string, options: readonly string[]): boolean {
  return options.includes(text) || (/^-[a-zA-Z]{2,4}$/.test(text) && options.includes(`-${text.slice(-1)}`));
}

function whole(index: number): ScriptWord {
  return { index, skip: 0 };
}
