import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import { argvOf, type Embedded } from '../embedded.ts';
import type { Call } from '../operation.ts';
import { rangeOf } from '../syntax.ts';
import { unwrapped } from './bindings.ts';
import { argumentsOf } from './calls.ts';
import { decodeString, type Resolve } from './strings.ts';

/** Functions that hand a line to a shell, or run a program with the arguments of an array. */
const shellSinks: Readonly<Record<string, readonly string[]>> = {
  'node:child_process': ['exec', 'execSync', 'execFile', 'execFileSync', 'spawn', 'spawnSync'],
  execa: ['execa', 'execaSync', 'execaCommand', 'execaCommandSync', '$'],
  zx: ['$'],
  bun: ['$'],
  shelljs: ['exec'],
  'cross-spawn': ['default', 'sync', 'spawn'],
};

export const shellNames: ReadonlySet<string> = new Set(Object.values(shellSinks).flat());
const shellImports = new Set(Object.entries(shellSinks).flatMap(([module, names]) => names.map((name) => `${module}#${name}`)));

/** Methods that send SQL to a database, by name: clients are too many and too often handed around to be told by import. */
const sqlSinks = new Set([
  'query', 'execute', 'exec', 'executeSql', 'executeQuery', 'raw', 'run', 'all', 'get', 'prepare', 'unsafe', 'batch', 'sql', 'any', 'none', 'one', 'oneOrNone', 'multi',
  'executeMultiple', 'execAsync', 'runAsync', 'queryArray', 'queryObject', 'rawQuery', '$executeRaw', '$executeRawUnsafe', '$queryRaw', '$queryRawUnsafe',
]); // prettier-ignore

const otherOwner = /(?<![\w$])(?:\w*log(?:ger)?|console|\w*search(?:Index|Client|Engine)?|router|app|axios|http|fetch|cache|i18n|\$|jQuery)(?:\([^()]*\))?$/i;
const promiseOrPattern = /(?<![\w$.])Promise$|\/[dgimsuvy]*$/;

/** What has methods of the same names and is no database: how a text ends that names it. */
export const noDatabase: Pick<RegExp, 'test'> = { test: (owner) => otherOwner.test(owner) || promiseOrPattern.test(owner) };

const sqlModules = /sql|postgres|neon|\bpg\b|slonik|database|prisma|drizzle|knex/i;

/** Methods that take their SQL in an object, and a name of something else as a string. */
const sqlObjectSinks = new Set(['command', 'createQueryJob']);

/** The words by which sinks are found. */
export const sqlWords: readonly string[] = [...sqlSinks, ...sqlObjectSinks];
export const sinkWords: readonly string[] = [...new Set([...Object.values(shellSinks).flat(), 'shelljs', 'spawn', 'Command', ...sqlWords])].filter((name) => name !== 'default');

/** Objects of a runtime that run programs without an import. */
const runtimes = ['Bun', 'Deno'];

/** Words of what runs commands, of which one stands in every file that does. */
export const shellModules: readonly string[] = [...Object.keys(shellSinks).map((module) => /\w+$/.exec(module)?.[0] ?? module), ...runtimes];

export function isShellImport(imported: string): boolean {
  return shellImports.has(imported);
}

/** The code that a call runs, when it is a sink and the code is known; `name` is the callee's as it is written. */
export function embeddedIn(node: Node, name: string, call: Call, text: LineText, resolve: Resolve): Embedded | undefined {
  const ofRuntime = runtimes.includes(call.receiver ?? '') ? runtimeProgram(node, call, text, resolve) : undefined;
  if (ofRuntime !== undefined) return ofRuntime;
  // Finding out where a method comes from costs much, and most that take a string are called otherwise: only a field may hold one under another name.
  const mayRunShell = shellNames.has(name) || call.receiver === undefined || (call.receiver === 'this' && call.modules.some((module) => module in shellSinks));
  const runsShell = mayRunShell && call.imported !== undefined && shellImports.has(call.imported);
  if (!runsShell && (call.constructed || !(sqlSinks.has(name) || sqlObjectSinks.has(name)))) return undefined;
  const [first, second] = argumentsOf(node);
  if (first === undefined) return undefined;
  if (runsShell) return shellCode(first, second, text, resolve);
  if (call.receiver !== undefined && noDatabase.test(call.receiver)) return undefined;
  // A function of the file's own may be called so that only makes a statement.
  if (name === 'sql' && call.receiver === undefined && call.imported === undefined && first.type !== 'template_string' && !call.modules.some((module) => sqlModules.test(module))) return undefined;
  const inObject = sqlOf(first, text);
  if (inObject === undefined && sqlObjectSinks.has(name)) return undefined;
  const code = decodeString(inObject ?? first, text, resolve);
  return code === undefined ? undefined : { family: 'sql', code, isArgv: false };
}

/** Clients also take an object whose `sql` or `text` holds the statement, or a template tagged for the purpose. */
function sqlOf(argument: Node, text: LineText): Node | undefined {
  const node = unwrapped(argument);
  if (node?.type === 'object') {
    const pair = node.namedChildren.find((child) => child.type === 'pair' && ['sql', 'text', 'statement', 'query', 'sqlText'].includes(text.slice(rangeOf(child.childForFieldName('key') ?? child))));
    return pair?.childForFieldName('value') ?? undefined;
  }
  const template = node?.type === 'call_expression' ? node.childForFieldName('arguments') : null;
  return template?.type === 'template_string' ? template : undefined;
}

/** `Bun.spawn(['rm', …])`, `Bun.spawn({ cmd: […] })`, `new Deno.Command('rm', { args: […] })`, `Deno.run({ cmd: […] })`. */
function runtimeProgram(node: Node, { receiver, name, constructed }: Call, text: LineText, resolve: Resolve): Embedded | undefined {
  const isBun = receiver === 'Bun' && (name === 'spawn' || name === 'spawnSync');
  const isDeno = receiver === 'Deno' && (constructed ? name === 'Command' : name === 'run');
  if (!isBun && !isDeno) return undefined;
  const [first, second] = argumentsOf(node);
  const list = first === undefined ? undefined : arrayOf(propertyOf(first, 'cmd', text) ?? first, resolve);
  const args = second === undefined ? undefined : propertyOf(second, 'args', text);
  const more = args === undefined ? undefined : arrayOf(args, resolve);
  const words = list?.namedChildren ?? (first === undefined || name !== 'Command' ? [] : [first, ...(more?.namedChildren ?? [])]);
  return words.length === 0 ? undefined : argvOf(words.map((word) => ({ text: decodeString(word, text, resolve)?.text, range: rangeOf(word) })));
}

function propertyOf(argument: Node, name: string, text: LineText): Node | undefined {
  const node = unwrapped(argument);
  const pair = node?.type === 'object' ? node.namedChildren.find((child) => child.type === 'pair' && text.slice(rangeOf(child.childForFieldName('key') ?? child)) === name) : undefined;
  return pair?.childForFieldName('value') ?? undefined;
}

/** A line for a shell, or a program and the words of a list. */
export function shellCode(program: Node, list: Node | undefined, text: LineText, resolve: Resolve): Embedded | undefined {
  const line = decodeString(program, text, resolve);
  if (line === undefined) return undefined;
  const array = list === undefined ? undefined : arrayOf(list, resolve);
  if (array === undefined) return { family: 'shell', code: line, isArgv: false };
  return argvOf([program, ...array.namedChildren].map((word) => ({ text: decodeString(word, text, resolve)?.text, range: rangeOf(word) })));
}

function arrayOf(node: Node, resolve: Resolve): Node | undefined {
  const written = unwrapped(node);
  if (written?.type === 'array') return written;
  const binding = written?.type === 'identifier' ? resolve(written) : undefined;
  return binding?.kind === 'value' && binding.node.type === 'array' ? binding.node : undefined;
}
