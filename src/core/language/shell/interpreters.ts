import type { EmbeddedFamily } from '../nested.ts';
import type { Word } from '../operation.ts';

/** A script among the words of a command. */
export interface ScriptWord {
  readonly index: number;
  /** How many characters of the word stand before it, as in `--command=…`. */
  readonly skip: number;
  /** In base64, as `-EncodedCommand` takes it. */
  readonly isEncoded?: boolean;
}

/** A program that runs text: where its script stands among its words, or whether it reads one from its input. */
export interface Interpreter {
  readonly language: EmbeddedFamily;
  readonly scripts: readonly ScriptWord[];
  /** Whether the words are one script, split up: `eval rm -rf "$DIR"`. */
  readonly areJoined?: boolean;
  readonly readsInput: boolean;
}

/** Database clients and the options that carry SQL. */
const sqlClients: Readonly<Record<string, readonly string[]>> = {
  psql: ['-c', '--command'],
  mysql: ['-e', '--execute'],
  mariadb: ['-e', '--execute'],
  sqlcmd: ['-Q', '-q'],
  'clickhouse-client': ['-q', '--query'],
  duckdb: ['-c', '-s'],
  snowsql: ['-q', '--query'],
  sqlite3: [],
  trino: ['--execute'],
  usql: ['-c', '--command'],
};

const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'mksh']);

/** Options of ssh that take the next word as their value. */
const sshValued = /^-[bcDEeFIiJLlmOopQRSWw]$/;

/** What a command does with text it is given; undefined for what runs none. */
export function interpreterOf(name: string, words: readonly Word[]): Interpreter | undefined {
  const texts = words.map((word) => word.text);
  if (shells.has(name)) return shellOf(texts);
  if (Object.hasOwn(sqlClients, name)) return sqlClientOf(texts, sqlClients[name] ?? [], name === 'sqlite3');
  const all = words.map((_, index) => whole(index));
  switch (name) {
    case 'eval':
      return { language: 'shell', scripts: all, areJoined: true, readsInput: false };
    case 'trap':
      return texts.length < 2 || texts[0] === '-' || texts[0]?.startsWith('-') === true ? undefined : { language: 'shell', scripts: [whole(0)], readsInput: false };
    case 'su':
    case 'runuser': {
      const option = texts.findIndex((text) => text === '-c' || text === '--command');
      return { language: 'shell', scripts: option === -1 ? [] : [whole(option + 1)], readsInput: option === -1 };
    }
    case 'ssh': {
      let at = 0;
      while (texts[at]?.startsWith('-') === true) at += sshValued.test(texts[at] ?? '') ? 2 : 1;
      const command = all.slice(at + 1);
      return { language: 'shell', scripts: command, areJoined: true, readsInput: command.length === 0 };
    }
    case 'cmd':
    case 'cmd.exe': {
      const option = texts.findIndex((text) => /^\/{1,2}[ckr]$/i.test(text));
      return { language: 'cmd', scripts: option === -1 ? [] : all.slice(option + 1), areJoined: true, readsInput: option === -1 };
    }
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

function shellOf(texts: readonly string[]): Interpreter {
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at] ?? '';
    if (!text.startsWith('-') && !text.startsWith('+')) return { language: 'shell', scripts: [], readsInput: false };
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(text)) {
      const script = texts.findIndex((other, index) => index > at && !/^[-+]/.test(other));
      return { language: 'shell', scripts: script === -1 ? [] : [whole(script)], readsInput: false };
    }
    if (/^-[a-zA-Z]*s[a-zA-Z]*$/.test(text)) break;
    if (text === '-o' || text === '+o' || text === '--rcfile' || text === '--init-file') at++;
  }
  return { language: 'shell', scripts: [], readsInput: true };
}

function sqlClientOf(texts: readonly string[], options: readonly string[], takesOperand: boolean): Interpreter {
  const scripts = texts.flatMap((text, index) => {
    const long = options.find((option) => option.startsWith('--') && text.startsWith(`${option}=`));
    if (long !== undefined) return [{ index, skip: long.length + 1 }];
    if (/\s/.test(text) && options.includes(text.slice(0, 2))) return [{ index, skip: 2 }];
    return isScriptOption(text, options) ? [whole(index + 1)] : [];
  });
  if (takesOperand) {
    const operands = texts.flatMap((text, index) => (text.startsWith('-') ? [] : [whole(index)]));
    scripts.push(...operands.slice(1));
  }
  return { language: 'sql', scripts, readsInput: scripts.length === 0 };
}

/** Short options may stand together, the one with the value last: `psql -qc "…"`. */
function isScriptOption(text: string, options: readonly string[]): boolean {
  return options.includes(text) || (/^-[a-zA-Z]{2,4}$/.test(text) && options.includes(`-${text.slice(-1)}`));
}

function whole(index: number): ScriptWord {
  return { index, skip: 0 };
}
