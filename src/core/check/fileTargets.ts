import type { Clue } from './clues.ts';
import { hole, type Loop, type Operation, type OperationBase, type Value } from '../language/operation.ts';
import type { Factor, Scope } from './blastRadius.ts';
import { loopFactors, productionFactors, quoted } from './factors.ts';
import { isHere, isHome, isScratchName, isTemporaryName, type PathKind, pathKindOf, worstOf } from './paths.ts';
import type { Judgement } from './rule.ts';

/** What a delete of files acts on. */
export interface FileTarget {
  readonly kind: PathKind;
  /** For people: the path, or the expression that gives it. */
  readonly name: string;
  /** What makes it worse than its kind says. */
  readonly why?: string;
  /** Where the path comes from, when the name does not say it. */
  readonly from?: string;
  /** It is that only where nothing is given. */
  readonly isByDefault?: true;
}

const scopeOf: Readonly<Record<PathKind, Scope>> = {
  scratch: 'object',
  relative: 'set',
  dynamic: 'set',
  absolute: 'collection',
  unbounded: 'collection',
  here: 'collection',
  system: 'service',
  root: 'environment',
};

const whyWorse: Readonly<Partial<Record<PathKind, (name: string) => string>>> = {
  unbounded: (name) => `should the variable in ${name} be empty, it starts at the root of the disk`,
  here: (name) => `${name} is everything from here on`,
  system: (name) => `the machine and its services live in ${name}`,
  root: (name) => `${name} is the whole disk or home`,
};

/** The path that an argument gives, as far as the code tells. */
export function targetOfValue({ constant, holes, source: name, standsFor: source = name }: Value): FileTarget {
  if (typeof constant === 'string') {
    // What the name says is believed where the path says nothing.
    if (constant.includes(hole) && /^[\w$.]+$/.test(name) && isTemporaryName(name)) return { kind: 'scratch', name };
    const held = [...(holes ?? [...source.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1] ?? ''))];
    return { kind: pathKindOf(withSlashes(constant), held), name: constant.replaceAll(hole, () => `\${${held.shift() ?? '…'}}`) };
  }
  return isHome(source) ? { kind: 'root', name } : isHere(source) ? { kind: 'here', name } : { ...targetWritten(source, name), from: source };
}

/** What an expression comes to of which only the writing is known: what is called temporary is, and spelled parts of a path tell too. */
function targetWritten(source: string, name: string): FileTarget {
  const spelled = [...source.matchAll(/(['"])(.*?)\1/g)].map((match) => match[2] ?? '');
  const isScratch = isTemporaryName(name) || isTemporaryName(source) || isScratchName(headOfExpression(source)) || (spelled.length === 0 ? isScratchName(name) || isScratchName(source) : spelled.some((path) => pathKindOf(path.replace(/^\//, '')) === 'scratch' || isScratchName(headOf(path))));
  return { kind: isScratch ? 'scratch' : 'dynamic', name };
}

/** The variable, of the program or its environment, that an expression for a path begins with: `outDir` of `join(outDir, "gen")`, `OUT_DIR` of `Path::new(&env::var("OUT_DIR")?)`. */
function headOfExpression(source: string): string {
  const [, head = '', environment] = /^(?:new\s+)?(?:(?:[\w.:]+[.:])?(?:[jJ]oin|Combine|resolve|new|from|File|Path|PathBuf|of|get)\s*\(\s*)*&?(?:(?:[\w.]*environ(?:\.get)?|process\.env|(?:[\w:]*::)?var(?:_os)?|\w+\.[gG]etenv|getenv|ENV(?:\.fetch)?)\s*(?:[[(]\s*["'](\w+)["']|\.\w+)|([a-zA-Z_]\w*(?:[oO]ut|OUT|[dD]ir|DIR|[bB]uild|BUILD|[dD]ist|DIST)\w*)\s*[,)/])/.exec(source) ?? [];
  return head === '' ? (environment ?? '') : head;
}

/** The name that a path begins with whose value is put in: `cacheDir` of `{$this->cacheDir}/*`. */
function headOf(path: string): string {
  const [, braced, bare] = /^(?:[$#]?\{([^{}]*)\}|\$(\w+))/.exec(path) ?? [];
  return braced ?? bare ?? '';
}

/** `C:\srv` as `/srv`. */
function withSlashes(path: string): string {
  return /^[A-Za-z]:[\\/]|^[^/]+\\/.test(path) ? path.replace(/^[A-Za-z]:(?=[\\/])/, '').replaceAll('\\', '/') : path;
}

/** Calls that list files: what each is deleted of is deleted as a whole. */
const listings =
  /\b(?:walk|rglob|i?glob|globSync|Glob|iterdir|listdir|scandir|listFiles|GetFiles|EnumerateFiles|GetDirectories|EnumerateDirectories|GetFileSystemInfos|EnumerateFileSystemInfos|readdir|readdirSync|readDir|ReadDir|read_dir|newDirectoryStream|walkTopDown|walkBottomUp|WalkDir)\s*\(|\bDir\s*(?:\[|$|\.(?:children|entries|each_child|glob))|^filepath$/;

/** Without one of these in a text nothing in it lists files. */
export const listingClue: Clue = { text: new RegExp(listings.source.replaceAll(/\$|\^/g, '\\b')) };

/** Part of the path is not written there: `root.rglob("*")`, `join(root, "*")`, `root / "*"`, `"${root}/*"`. */
const beginsUnknown = /[jJ]oin\(|Combine\(|resolve\(|\w\s*\/\s*['"]|\$|[#{]\{|\{\w|^(?!glob\.|fs\.|Dir\.)[\w.]+\.r?glob\(/;

/** What a loop over files is over, for a delete in it; undefined for other loops. */
export function targetOfListing(loop: Loop | undefined): FileTarget | undefined {
  const source = [loop?.over, loop?.standsFor].find((written) => written !== undefined && listings.test(written));
  if (source === undefined) return undefined;
  const spelled = [...source.matchAll(/(['"`])(.*?)\1/g)].map((match) => match[2] ?? '');
  const pattern = spelled.length === 0 ? undefined : spelled.join('/');
  const [, argument = ''] = /\(\s*([^()'"`]+?)\s*[,)]/.exec(source) ?? [];
  if (pattern === undefined || !/^[/~.\w*]/.test(pattern) || beginsUnknown.test(source)) return targetWritten(pattern === undefined ? source : `${source} `, argument === '' ? source : argument);
  const kind = pathKindOf(pattern.replace(/\/?(?:\*\*\/)*\*{1,2}(?:\.\*)?$/, '/*').replace(/^\/\*$/, '*'));
  // What a pattern selects is less than all.
  return { kind: /(?:^|\/)\*$/.test(pattern) || kind === 'scratch' || !pattern.includes('*') ? kind : 'relative', name: pattern };
}

/** What a delete of some paths and all below them comes to; undefined when all of them are scratch. */
export function judgeTargets(targets: readonly FileTarget[], operation: Pick<OperationBase, 'loop'> & Partial<Pick<Operation, 'address' | 'kind' | 'ranBy'>>, effectOn = removed): Judgement | undefined {
  const lasting = targets.filter((target) => target.kind !== 'scratch');
  const kind = worstOf(lasting.map((target) => target.kind));
  const worst = lasting.find((target) => target.kind === kind);
  if (worst === undefined) return undefined;
  const name = quoted(worst.name);
  const isByDefault = worst.isByDefault === true;
  const why = worst.why ?? (isByDefault ? `${name} is the whole disk or home where nothing is given` : whyWorse[kind]?.(name));
  return {
    scope: scopeOf[kind],
    effect: effectOn([...new Set(lasting.map((target) => quoted(target.name)))]),
    target: worst.name,
    ...(isByDefault && { confidence: 'medium' as const }),
    factors: [...(why === undefined ? [] : [{ text: why, weight: 0 } as const]), ...productionFactors(lasting.map((target) => target.name)), ...requestFactors(lasting), ...cleanFactors(kind, operation), ...loopFactors(operation)],
  };
}

/** Paths that whoever sends a request, or starts the program, gives. */
const requested = /\$_(?:GET|POST|REQUEST|COOKIE)\b|\b(?:req|request|ctx)(?:\.request)?\.(?:body|query|params|args|form|json|GET|POST|values|data|path_params|query_params)\b|\bparams\[|\b(?:r|req)\.(?:FormValue|URL\.Query)\(|\brequest\.getParameter\(|\bphp:\/\/input/;
const started = /^(?:sys\.argv|process\.argv|os\.Args|ARGV)\[/;

function requestFactors(targets: readonly FileTarget[]): Factor[] {
  for (const { name, from = name } of targets) {
    const isRequested = requested.test(from);
    if (isRequested || started.test(from.replace(/^\$?\{(.*)\}$/, '$1'))) return [{ text: `${quoted(name)} is whatever ${isRequested ? 'a request says' : 'the program is started with'}`, weight: 1 }];
  }
  return [];
}

const clean = /^(?:mostly|dist|very|real|maintainer-?)?clean(?:[-:_]?(?:all|build|dist|deps|tests?|pyc|docs?|cache|artifacts|up))?$|^clobber$/i;

/** A target or script of that name is for what a build makes; what is spelled out from the root is judged as it stands, and so is what a function deletes: its name says little. */
function cleanFactors(kind: PathKind, operation: Partial<Pick<Operation, 'address' | 'kind' | 'ranBy'>>): Factor[] {
  const name = operation.kind === 'call' || operation.ranBy !== undefined ? '' : (operation.address?.at(-1) ?? '');
  return clean.test(name) && (kind === 'relative' || kind === 'dynamic') ? [{ text: `${quoted(name)} is for what a build makes`, weight: -1 }] : [];
}

export function removed(names: readonly string[]): string {
  return `removes ${listed(names)} and everything below ${names.length === 1 ? 'it' : 'them'}`;
}

export function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
