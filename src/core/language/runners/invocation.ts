import type { ShellCommand, Word } from '../operation.ts';

/** Scripts of a project that a command runs by their names. */
export interface Invocation {
  /** The files that can hold them, by their names. */
  readonly manifests: readonly string[];
  readonly names: readonly string[];
  /** The folder it is run in, as far as its own options say. */
  readonly folder?: string | undefined;
  /** What is handed on to the script. */
  readonly args: readonly Word[];
  /** Scripts whose names begin like this one's run before and behind it. */
  readonly hasHooks: boolean;
  /** A name that is no script's is a program's. */
  readonly orProgram: boolean;
}

interface Runner {
  readonly manifests: readonly string[];
  /** Subcommands that take a script's name; without them the first word is one. */
  readonly subcommands?: readonly string[];
  /** Subcommands that are names of scripts themselves. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** The runner's own subcommands, where any other word is the name of a script or of a program. */
  readonly own?: ReadonlySet<string>;
  readonly valued?: readonly string[];
  readonly folders?: readonly string[];
  /** Several names may be given. */
  readonly takesMany?: boolean;
}

const npmFile = ['package.json'];
const packageCommands = 'add audit bin cache check config create dedupe dlx docs exec explain export fetch generate-lock-entry global help import info init install i ci link list ls licenses login logout node npm outdated owner pack patch plugin prune publish rebuild remove rm uninstall un up update upgrade set setup store tag team unlink unplug version versions why workspace workspaces x pm deploy env root';
const own: ReadonlySet<string> = new Set(packageCommands.split(' '));

const runners: Readonly<Record<string, Runner>> = {
  npm: { manifests: npmFile, subcommands: ['run', 'run-script', 'rum', 'urn'], scripts: { test: 'test', t: 'test', tst: 'test', start: 'start', stop: 'stop', restart: 'restart' }, valued: ['-w', '--workspace'], folders: ['--prefix', '-C'] },
  pnpm: { manifests: npmFile, subcommands: ['run', 'run-script'], own, valued: ['-F', '--filter'], folders: ['-C', '--dir'] },
  yarn: { manifests: npmFile, subcommands: ['run'], own, folders: ['--cwd'] },
  bun: { manifests: npmFile, subcommands: ['run'], own, valued: ['-F', '--filter'], folders: ['--cwd'] },
  'run-s': { manifests: npmFile, takesMany: true },
  'run-p': { manifests: npmFile, takesMany: true },
  'npm-run-all': { manifests: npmFile, takesMany: true },
  composer: { manifests: ['composer.json'], subcommands: ['run', 'run-script', 'exec'], folders: ['-d', '--working-dir'] },
  deno: { manifests: ['deno.json', 'deno.jsonc', 'package.json'], subcommands: ['task'], folders: ['--cwd'] },
  make: { manifests: ['Makefile', 'makefile', 'GNUmakefile'], takesMany: true, valued: ['-f', '-j', '-o', '-W', '-I'], folders: ['-C', '--directory'] },
}; // prettier-ignore

/** Words of which one stands in every text that runs a project's scripts. */
export const runnerWords: readonly string[] = [...new Set(Object.keys(runners).map((name) => name.split('-')[0] ?? name))];

/** What a command runs of its project's scripts; undefined for what runs none. */
export function invocationOf({ name, words }: ShellCommand): Invocation | undefined {
  const runner = Object.hasOwn(runners, name) ? runners[name] : undefined;
  if (runner === undefined) return undefined;
  const { operands, folder, behind } = read(words, runner);
  const [first, second] = operands;
  const base = { manifests: runner.manifests, folder, hasHooks: runner.manifests === npmFile, orProgram: false };
  if (first === undefined) return undefined;
  if (runner.takesMany === true) return { ...base, names: operands.map((word) => word.text), args: [] };
  const argsBehind = (word: Word): readonly Word[] => [...operands.slice(operands.indexOf(word) + 1), ...behind];
  if (runner.subcommands?.includes(first.text) === true) return second && { ...base, names: [second.text], args: name === 'npm' ? behind : restOf(words, second) };
  const script = runner.scripts?.[first.text];
  if (script !== undefined) return { ...base, names: [script], args: argsBehind(first) };
  if (runner.own === undefined || runner.own.has(first.text)) return undefined;
  return { ...base, names: [first.text], args: restOf(words, first), orProgram: true };
}

/** The words that are no options, until the first `--`; and the words behind that. */
function read(words: readonly Word[], { valued = [], folders = [] }: Runner): { operands: readonly Word[]; folder?: string | undefined; behind: readonly Word[] } {
  const operands: Word[] = [];
  let folder: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    if (word.text === '--') return { operands, folder, behind: words.slice(at + 1) };
    const option = folders.find((each) => word.text === each || word.text.startsWith(`${each}=`));
    if (option !== undefined) folder = word.text === option ? words[++at]?.text : word.text.slice(option.length + 1);
    else if (valued.includes(word.text)) at++;
    else if (!word.text.startsWith('-') && !/^\w+=/.test(word.text)) operands.push(word);
  }
  return { operands, folder, behind: [] };
}

function restOf(words: readonly Word[], word: Word): readonly Word[] {
  return words.slice(words.indexOf(word) + 1).filter(({ text }) => text !== '--');
}
