import { hole } from '../language/operation.ts';

/** What a path is to whoever deletes it, least bad first. */
const pathKinds = ['scratch', 'relative', 'dynamic', 'absolute', 'unbounded', 'here', 'system', 'root'] as const;
export type PathKind = (typeof pathKinds)[number];

/**
 * scratch: temporary, or made again by a build. relative: some place below here. dynamic: known at run time.
 * absolute: one that is spelled out. unbounded: empty variables make it the root. here: all of this directory or more.
 * system: what the machine needs. root: the machine or a home. A repository's own folder is as much as what it keeps.
 */
export function pathKindOf(path: string, holes: readonly string[] = []): PathKind {
  const [first = ''] = holes;
  const behind = path.startsWith(hole) ? path.slice(1) : undefined;
  if (behind !== undefined && isHome(first)) return kindInHome(behind);
  if (behind !== undefined && isHere(first)) return pathKindOf(`.${behind}`, holes.slice(1));
  if (/^~[\w-]*(?=\/|$)/.test(path)) return kindInHome(path.replace(/^~[\w-]*/, ''));
  if (isRootByDefault(path, holes)) return 'root';
  if (behind !== undefined) return kindBehindHole(first, behind);
  const clean = resolved(path);
  if (/^[A-Za-z]:[\\/]*\*?$/.test(path) || /^\/+\*?$/.test(clean)) return 'root';
  if (clean.startsWith('/')) return kindOfAbsolute(clean);
  if (/^(?:\.|\.\.(?:\/\.\.)*)?\/?(?:\*|\.\*)?$/.test(clean) || history.test(clean)) return 'here';
  if (isRebuildable(clean.split('/'), true)) return 'scratch';
  return clean.startsWith('..') ? 'absolute' : 'relative';
}

/** Whether a path of a shell is the machine or a home where nothing is given: `${1:-/}`, `${DIR:=$HOME}/*`. */
export function isRootByDefault(path: string, holes: readonly string[]): boolean {
  if (!path.startsWith(hole)) return false;
  const [, written] = /^\$\{\w+:?[-=]([\s\S]*)\}$/.exec(holes[0] ?? '') ?? [];
  // A tilde in quotes is a name like any other.
  if (written === undefined || written.startsWith('~')) return false;
  const behind = path.slice(1);
  const [, variable, rest = ''] = /^(\$\w+|\$\{.*\})([^{}$]*)$/.exec(written.replace(/["']/g, '')) ?? [];
  return (variable === undefined ? pathKindOf(`${written.replace(/["']/g, '')}${behind}`) : pathKindOf(`${hole}${rest}${behind}`, [variable])) === 'root';
}

/** What git keeps of here: commits and branches that are nowhere else go with it. */
const history = /^\.git(?:\/(?:\*|objects|refs|packed-refs|logs))?(?:\/\*)?$/;

/** The worst of several. */
export function worstOf(kinds: readonly PathKind[]): PathKind {
  return pathKinds[Math.max(0, ...kinds.map((kind) => pathKinds.indexOf(kind)))] ?? 'scratch';
}

const temporary = /(?:^|[^a-z])(?:te?mp|tmp_?dir|temp_?dir|temp_?files?|mktemp|scratch|runner_temp)(?![a-z])|tmpdir|tempdir|mkdtemp/i;
const temporaryInCamelCase = /(?:tmp|temp|Tmp|Temp)(?=[A-Z]|\b)/;
const generated = /(?:^|[^a-z])(?:cache|build|dist|out|output|outdir|coverage|target(?=[-_])|artifacts?|generated)(?![a-z])/i;
const generatedInCamelCase = /(?:cache|build|dist|out|output|coverage|Cache|Build|Dist|Out|Output|Coverage)(?=[A-Z]|\b)/;

/** Whether the name of a variable or function says that it holds something temporary. */
export function isTemporaryName(name: string): boolean {
  return temporary.test(name) || temporaryInCamelCase.test(name);
}

/** The same, or something that a build makes again. */
export function isScratchName(name: string): boolean {
  return isTemporaryName(name) || generated.test(name) || generatedInCamelCase.test(name);
}

/** Whether a name says that it holds only what tools make or fetch again. */
export function isRebuiltName(name: string): boolean {
  return rebuiltAnywhere.test(name) || /(?:^|[-_.])(?:node[-_]?modules|caches?|te?mp|v?env|gems|bundle|npm|yarn|pnpm(?:[-_]store)?|cargo|m2|maven|gradle|go[-_]?mod|site[-_]packages|vendor)$/i.test(name);
}

/** What tools make again: anywhere, and where a path is relative to a project. */
const rebuiltAnywhere = /^(?:node_modules|bower_components|__pycache__|\.cache|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.gradle|\.next|\.nuxt|\.turbo|\.parcel-cache|\.nyc_output|\.svelte-kit|\.terraform|\.tox|\.venv|.*\.egg-info|DerivedData|\.DS_Store|.*\.(?:pyc|pyo|o|obj|class|tmp|part|partial|swp|tsbuildinfo))$/;
const rebuiltHere = /^(?:dist|_?build|_?out|output|target|coverage(?:\.\w+)?|\.coverage|htmlcov|cache|tmp|temp|bin|obj|venv|artifacts|_site|\.vs|Pods|storybook-static|test-results|playwright-report|cmake-build-\w+|CMakeFiles|CMakeCache\.txt|build-\w+|dist-\w+|.*[.-]te?mp|te?mp[._-].*|conf(?:te)?st(?:\*|\.(?!py$).*))$/i;

function isRebuildable(segments: readonly string[], isRelative: boolean): boolean {
  return segments.some((segment) => rebuiltAnywhere.test(segment) || (isRelative && rebuiltHere.test(segment)));
}

function kindInHome(below: string): PathKind {
  const segments = below.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.length === 0 || /^(?:\*|\.\*|\.\.)$/.test(segments[0] ?? '')) return 'root';
  return isRebuildable(segments, false) || segments.includes('.npm') ? 'scratch' : 'absolute';
}

function kindBehindHole(held: string, behind: string): PathKind {
  const isWide = /^\/+(?:\*|\.\*|\.|\.\/\*)?$/.test(behind);
  if (isTemporaryName(held)) return 'scratch';
  // `${X:?}` stops the script when X is empty.
  if (isWide && /^\$(?:\w|\{\w+(?::?-(?:""|'')?)?\})/.test(held)) return 'unbounded';
  return isScratchName(held) || isRebuildable(behind.split('/'), behind.startsWith('/')) ? 'scratch' : 'dynamic';
}

function kindOfAbsolute(path: string): PathKind {
  if (/^\/(?:tmp|var\/tmp|private\/tmp|private\/var\/folders|dev\/shm|run|var\/run)(?:\/|$)/.test(path) || /^\/var\/(?:cache|lib\/apt\/lists)\/./.test(path)) return 'scratch';
  const segments = path.split('/').slice(1).filter((segment) => segment !== '*');
  if (segments[0]?.startsWith(hole) === true) return 'unbounded';
  if (isRebuildable(segments, false)) return 'scratch';
  if (segments.length === 1 && /^(?:home|Users)$/.test(segments[0] ?? '')) return 'root';
  return segments.length === 1 ? (topOfSystem.has(segments[0] ?? '') ? 'system' : 'absolute') : segments.length === 2 && topOfSystem.has(segments[0] ?? '') && systemBelow.has(segments[1] ?? '') ? 'system' : 'absolute';
}

const topOfSystem = new Set(['bin', 'boot', 'dev', 'etc', 'lib', 'lib64', 'opt', 'proc', 'root', 'sbin', 'srv', 'sys', 'usr', 'var', 'mnt', 'data', 'media', 'System', 'Library', 'Applications']);
const systemBelow = new Set(['bin', 'lib', 'lib64', 'local', 'sbin', 'share', 'log', 'lib', 'backups', 'postgresql', 'mysql', 'docker', 'ssl', 'kubernetes']);

const homesInCode =
  /^(?:\w+\.)?(?:homedir\(\)|home_dir\(\)(?:\.unwrap\(\)|\?)?|UserHomeDir\(\)|[gG]etenv\(["']HOME["']\)|getProperty\(["']user\.home["']\)|Path\.home\(\)|expanduser\(["']~["']\)|environ\[["']HOME["']\])$|^(?:Dir\.home|ENV(?:\[|\.fetch\()["']HOME["'][\])]|process\.env\.HOME|Path\.home\(\)|os\.path\.expanduser\(["']~["']\)|\$_(?:SERVER|ENV)\[["']HOME["']\]|Environment\.GetFolderPath\(Environment\.SpecialFolder\.UserProfile\))$/;

/** Whether an expression of a shell or a programming language gives the home directory. */
export function isHome(held: string): boolean {
  return /^(?:\$HOME|\$\{HOME\b[^}]*\}|\$\(echo ~\)|\$USERPROFILE)$/.test(held) || homesInCode.test(held);
}

/** Whether one gives the folder that everything relative is in, or one above it. */
export function isHere(held: string): boolean {
  return /^(?:\$PWD|\$\{PWD(?::[?-][^}]*)?\}|(?:\$\(|`)\s*(?:pwd(?:\s+-[LP])?|git\s+rev-parse\s+--show-toplevel|dirname\s+"?\$PWD"?)\s*[)`]|\(Get-Location\)(?:\.Path)?)$/i.test(held) || hereInCode.test(held);
}

const hereInCode = /^(?:(?:os\.)?getcwd\(\)|(?:Path|pathlib\.Path)\.cwd\(\)|process\.cwd\(\)|Dir\.(?:pwd|getwd)|Deno\.cwd\(\))$/;

/** `.` and `..` taken out: `/tmp/../etc` is `/etc`. */
function resolved(path: string): string {
  const isAbsolute = path.startsWith('/');
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (segment !== '..' || !isAbsolute) kept.push(segment);
  }
  return (isAbsolute ? '/' : '') + kept.join('/');
}
