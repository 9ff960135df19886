import { parametersOf } from '../language/powershell/parameters.ts';
import { hole, type ShellCommand, type Word } from '../language/operation.ts';
import { quoted } from './factors.ts';
import type { FileTarget } from './fileTargets.ts';
import { type PathKind, pathKindOf } from './paths.ts';

/** What a command of Windows deletes, with everything below it or by a pattern; empty when that is a single file. */
export function windowsTargetsOf(operation: ShellCommand): FileTarget[] {
  const isCmdlet = operation.name === 'remove-item';
  const paths = isCmdlet ? pathsOfCmdlet(operation) : pathsOfCmd(operation);
  return paths.map(({ text, holes, source }) => {
    const name = text.includes(hole) ? source.replace(/^(["'])(.*)\1$/, '$2') : text;
    const kind = windowsPathKindOf(text, holes);
    // Package managers link with junctions, and older versions of the cmdlet delete what those lead to.
    if (isCmdlet && kind === 'scratch' && /(?:^|[\\/])node_modules[\\/]?$/i.test(text)) return { kind: 'relative', name, why: `it may go through the junctions in ${quoted(name)} to what they lead to` };
    return { kind, name };
  });
}

type Path = Pick<Word, 'text' | 'holes' | 'source'>;

function pathsOfCmdlet({ words, input }: ShellCommand): Path[] {
  const parameters = parametersOf(words);
  if (parameters.has('whatif')) return [];
  const isRecursive = parameters.has('recurse') || words.some(({ text }) => /^\/s$/i.test(text));
  const named = [parameters.get('path', 'literalpath'), ...parameters.operands].filter((word) => word !== undefined && !/^\/[a-z]$/i.test(word.text)) as Word[];
  if (named.length > 0) return named.filter(({ text }) => isRecursive || takesAll(text));
  return input === undefined ? [] : listedBy(input, isRecursive);
}

/** `rd` takes a directory with `/s` only, `del` goes below with it. */
function pathsOfCmd({ name, words }: ShellCommand): Path[] {
  const isWhole = words.some(({ text }) => /^\/s$/i.test(text));
  const paths = words.filter(({ text }) => !/^\/[a-z?](?::.*)?$/i.test(text));
  return name.startsWith('r') ? (isWhole ? paths : []) : paths.filter(({ text }) => isWhole || takesAll(text));
}

function takesAll(path: string): boolean {
  return /(?:^|[\\/:])\*(?:\.\*)?$/.test(path);
}

const lister = /^\s*(?:get-childitem|gci|ls|dir)\b((?:\s+(?:-(?:path|literalpath)\s+)?(?:"[^"]*"|'[^']*'|[^\s|-][^\s|]*))?)/i;

/** What another command lists is as wide as where it looks, and less than all when it selects. */
function listedBy(input: string, isRecursive: boolean): Path[] {
  const [all, written = ''] = lister.exec(input) ?? [];
  if (all === undefined) return [{ text: hole, holes: [input], source: input }];
  const path = written.trim().replace(/^-\w+\s+/, '').replace(/^(["'])(.*)\1$/, '$2');
  const isSelected = /\s-(?:include|filter|exclude)\b|\|\s*(?:where-object|where|\?|select-object|select|sort-object)\b|\*\.(?!\*)\w+/i.test(input);
  const variable = /^\$(?:\w+:)?\w+/.exec(path)?.[0];
  const text = variable === undefined ? path : hole + path.slice(variable.length);
  const holes = variable === undefined ? [] : [variable];
  if (!isSelected) return [{ text: text === '' ? '.' : text, holes, source: path === '' ? '.' : path }];
  // A pattern in one folder selects files that are named by it.
  if (!isRecursive && !/\s-r(?:ec\w*)?\b/i.test(input)) return [];
  return windowsPathKindOf(text, holes) === 'scratch' ? [] : [{ text: hole, holes: [input], source: input }];
}

const systemFolder = /^(?:windows|winnt|program files|program files \(x86\)|programdata|system32|inetpub|recovery|boot|windows\/system32)$/i;

/** The kind of a path as Windows writes it: drives, backslashes, `%VAR%` and `$env:VAR`, keys of the registry. */
export function windowsPathKindOf(written: string, writtenHoles: readonly string[] = []): PathKind {
  const path = written.replaceAll('\\', '/').replace(/\*\.\*$/, '*');
  const holes = writtenHoles.map((held) => held.replace(/^\$\{?env:(\w+)\}?$/i, '$$$1').replace(/^%(\w+)%$/, '$$$1').toUpperCase().replace(/^\$HOME$/, '$USERPROFILE').replace(/^\$CD$/, '$PWD'));
  if (/^(?:registry::)?hk(?:lm|cu|cr|u|ey_\w+)(?::|\/)/i.test(path)) return 'absolute';
  if (/(?:^|[/:])(?:temp|tmp)(?:\/|$)/i.test(path)) return 'scratch';
  if (path.startsWith(hole) && /^\$(?:SYSTEMDRIVE|HOMEDRIVE)$/.test(holes[0] ?? '')) return windowsPathKindOf(`C:${path.slice(1)}`, holes.slice(1));
  if (path.startsWith(hole) && /^\$(?:SYSTEMROOT|WINDIR|PROGRAMFILES|PROGRAMDATA)$/.test(holes[0] ?? '')) return 'system';
  const below = /^[A-Za-z]:\/*(.*)$/.exec(path)?.[1];
  if (below === undefined) return pathKindOf(path, holes);
  const folder = below.replace(/\/?\*?$/, '');
  if (folder === '' || /^users(?:\/[^/]+)?$/i.test(folder)) return 'root';
  if (systemFolder.test(folder)) return 'system';
  const kind = pathKindOf(`/${below}`, holes);
  return kind === 'system' || kind === 'root' ? 'absolute' : kind;
}
