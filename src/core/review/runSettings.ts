import { parse } from 'yaml';
import type { ChangedFile } from '../check/changeSet.ts';
import { looseMatcher } from '../policy/glob.ts';
import type { Decoded } from '../text/decode.ts';

interface SettingsFile {
  readonly is: (path: string) => boolean;
  readonly settingsIn: (text: string) => readonly Setting[];
  /** Those by which something else runs than what is asked for. Others, such as a registry or a store, are nobody's concern. */
  readonly names: ReadonlySet<string>;
}

type Setting = readonly [name: string, value: string];

/** What package managers read wherever they are started, as CI starts them. Sources: npm's config definitions, pnpm's settings, Yarn's yarnrc manifests. */
const files: readonly SettingsFile[] = [
  { is: looseMatcher(['.npmrc', '.yarnrc']), settingsIn: linesOf, names: new Set(['script-shell', 'shell', 'node-options', 'git', 'ignore-scripts', 'userconfig', 'globalconfig', 'prefix', 'onload-script', 'node-gyp', 'pnpmfile', 'global-pnpmfile', 'use-node-version', 'yarn-path']) },
  { is: looseMatcher(['.yarnrc.yml']), settingsIn: keysOf, names: new Set(['yarnPath', 'plugins', 'injectEnvironmentFiles']) },
  { is: looseMatcher(['pnpm-workspace.yaml']), settingsIn: keysOf, names: new Set(['scriptShell', 'nodeOptions', 'ignoreScripts', 'pnpmfile', 'globalPnpmfile', 'useNodeVersion', 'configDependencies', 'dangerouslyAllowAllBuilds']) },
];

/** Scripts that stay off are no danger. */
const isSafe = ([name, value]: Setting) => /^ignore-?scripts$/i.test(name) && value === 'true';

export function hasRunSettings(path: string): boolean {
  return files.some(({ is }) => is(path));
}

/** The paths at which a change says anew by what package managers run things: as much as a definition of CI does. */
export function pathsWithNewRunSettings({ path, pathBefore = path, before, after }: Pick<ChangedFile, 'path' | 'pathBefore' | 'before' | 'after'>): readonly string[] {
  const [was, is] = [settingsOf(pathBefore, before), settingsOf(path, after)];
  if (pathBefore !== path) return [...(was.length > 0 ? [pathBefore] : []), ...(is.some((each) => !isSafe(each)) ? [path] : [])];
  const text = (settings: readonly Setting[]) => JSON.stringify(settings);
  return text(was) === text(is) || text(was) === text(is.filter((each) => !isSafe(each))) ? [] : [path];
}

function settingsOf(path: string, side: Decoded | undefined): readonly Setting[] {
  const file = files.find(({ is }) => is(path));
  if (file === undefined || side === undefined) return [];
  // What nobody can read may say anything.
  if ('unread' in side) return [['unread', side.unread]];
  return file.settingsIn(side.text).filter(([name]) => file.names.has(name) || /[$\\"]/.test(name) || name.startsWith('--'));
}

/** `name = value`, as npm has it, and `name value`, as Yarn 1 has it. A name with escapes or variables is kept as it is written: what it stands for is not known here. */
function linesOf(text: string): readonly Setting[] {
  return text.split(/[\r\n]+/).flatMap((line): readonly Setting[] => {
    const [, name = '', value = ''] = /^\s*(?![;#])("(?:[^"\\]|\\.)*"|'[^']*'|[^\s=]+?)(?:\[\])?\s*(?:[=\s]\s*(.*?))?\s*$/.exec(line) ?? [];
    return name === '' ? [] : [[name.replace(/^(["'])([\w.-]*)\1$/, '$2'), value]];
  });
}

function keysOf(text: string): readonly Setting[] {
  try {
    const read: unknown = parse(text, { logLevel: 'silent' });
    return typeof read === 'object' && read !== null ? Object.entries(read).map(([name, value]) => [name, JSON.stringify(value)]) : [];
  } catch {
    return [['unread', text]];
  }
}
