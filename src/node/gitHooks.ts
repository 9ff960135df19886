import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gitFields, RepositoryError } from './git.ts';
import { splitOnce } from './objects.ts';
import type { Place } from './place.ts';
import { readTextIfAny } from './readTextIfAny.ts';

/** One thing that a hook of git does for us, beside whatever else stands there. */
export interface HookPart {
  /** git's name of the hook. */
  readonly hook: string;
  /** Ours, for the marks around it. */
  readonly part: string;
  /** What of Firebreak is called with the hook's name and arguments. */
  readonly command: 'git-hook' | 'gate-hook';
  /** Whether it reads what git writes to the hook; others get it all the same. */
  readonly readsInput?: boolean;
  /** A part that may stop what git does: its exit code counts. `required` stops it too where Firebreak is gone. */
  readonly mayStop?: true | 'required';
}

/** Who wrote what goes along with each commit, and with what becomes of it. */
export const noteParts: readonly HookPart[] = [
  { hook: 'post-commit', part: 'notes', command: 'git-hook' },
  { hook: 'post-rewrite', part: 'notes', command: 'git-hook', readsInput: true },
  { hook: 'post-merge', part: 'notes', command: 'git-hook' },
  { hook: 'post-checkout', part: 'notes', command: 'git-hook' },
];

/** And is pushed with the commits. */
export const exchangeParts: readonly HookPart[] = [{ hook: 'pre-push', part: 'notes', command: 'git-hook', readsInput: true }];

/** A push that lacks an approval is held before it leaves the clone. */
export const holdingParts: readonly HookPart[] = [{ hook: 'pre-push', part: 'gate', command: 'gate-hook', readsInput: true, mayStop: true }];

/** And where it arrives, by the one gate that nobody passes by. */
export const serverParts: readonly HookPart[] = [{ hook: 'pre-receive', part: 'gate', command: 'gate-hook', readsInput: true, mayStop: 'required' }];

/** Puts parts into the hooks of a repository, or takes out just what was put in. @returns what was done, in words */
export async function setHooks(place: Pick<Place, 'root' | 'commonDir'>, parts: readonly HookPart[], isWanted: boolean): Promise<string[]> {
  const { folder, manager, configured, isShared } = await hooksFolder(place);
  const told = `${folder} is where git looks for the hooks of all your repositories (core.hooksPath, which is not set in this one)`;
  if (isShared && isWanted && parts.some(({ mayStop }) => mayStop === 'required')) throw new RepositoryError(`${told}, and the gate is for this one alone: it would close the others; give this one hooks of its own, and run this again: git config --local core.hooksPath ${path.join(place.commonDir, 'hooks')}`);
  const done = parts.map((part) => setHook(folder, part, { isWanted, manager }));
  remember(place, folder, parts, isWanted);
  // Git looks below the folder that husky has people write to, and only husky's script there calls what stands in it.
  const calls = path.join(folder, '_');
  if (isWanted && manager === 'husky' && calls === configured && !existsSync(path.join(calls, 'h'))) done.push(`git calls none of these yet: ${calls} lacks husky's own script h, as before husky was set up here; set it up: npx husky`);
  if (!isShared) return done;
  return [...done, isWanted ? `${told}: what was put there does nothing in those in which this was not run` : `${told}, so what was taken out is gone from those too; run this again in each that should keep it: firebreak init --hook`];
}

/** Which hooks call us, one a line: mark and file, from the folder that all work trees share. */
const ofHook = /^(?:notes|gate) [^\0]*[\w-]$/;
const listIn = (commonDir: string) => path.join(commonDir, 'firebreak', 'hooks');

function remember({ commonDir }: Pick<Place, 'commonDir'>, folder: string, parts: readonly HookPart[], isWanted: boolean): void {
  const lines = parts.map((part) => `${part.part} ${path.relative(commonDir, path.join(folder, part.hook))}`);
  // One that git found elsewhere before is found here by now.
  const isOfParts = (line: string) => parts.some(({ part, hook }) => line.startsWith(`${part} `) && path.basename(line) === hook);
  const others = (readTextIfAny(listIn(commonDir)) ?? '').split('\n').filter((line) => ofHook.test(line) && !isOfParts(line));
  mkdirSync(path.dirname(listIn(commonDir)), { recursive: true });
  writeFileSync(listIn(commonDir), [...others, ...(isWanted ? lines : [])].map((line) => `${line}\n`).join(''));
}

/** A hook in which git calls us no longer. */
export interface LostHook {
  readonly file: string;
  /** As `HookPart` has it. */
  readonly part: string;
  /** The file is gone, has nothing of ours, or stands where git looks no longer. */
  readonly how: 'missing' | 'anew' | 'elsewhere';
}

/** Where what `setHooks` had put is no longer. @throws RepositoryError where what it remembers cannot be read */
export async function lostHooks(place: Pick<Place, 'root' | 'commonDir'>): Promise<readonly LostHook[]> {
  const { commonDir } = place;
  const lines = (readTextIfAny(listIn(commonDir)) ?? '').split('\n').filter((line) => line !== '');
  if (lines.length === 0) return [];
  if (!lines.every((line) => ofHook.test(line))) throw new RepositoryError(`${listIn(commonDir)}, which says from which hooks git calls Firebreak, is damaged; write it anew: firebreak init --hook`);
  const { folder } = await hooksFolder(place);
  return lines.flatMap((line): LostHook[] => {
    const [part, named] = splitOnce(line, ' ');
    const file = path.resolve(commonDir, named);
    const hasOurs = (text: string | undefined) => text?.includes(marksOf({ part })[0]) === true;
    if (hasOurs(readTextIfAny(path.join(folder, path.basename(file))))) return [];
    const text = readTextIfAny(file);
    return [{ file, part, how: text === undefined ? 'missing' : hasOurs(text) ? 'elsewhere' : 'anew' }];
  });
}

interface HooksFolder {
  readonly folder: string;
  /** The folder that git itself looks in. */
  readonly configured: string;
  readonly manager: 'husky' | 'lefthook' | undefined;
  /** Whether other repositories have theirs there too. */
  readonly isShared: boolean;
}

/** Where git, or the hook manager that it calls, looks for hooks. */
async function hooksFolder({ root, commonDir }: Pick<Place, 'root' | 'commonDir'>): Promise<HooksFolder> {
  // The last one is our own, which switches hooks off for what we ask of git.
  const [scope, configured] = (await gitFields(root, ['config', '-z', '--show-scope', '--get-all', 'core.hooksPath'], { answers: [1] })).slice(0, -2).slice(-2);
  const isShared = scope === 'global' || scope === 'system';
  if (configured === undefined || configured === '') {
    const isLefthook = ['lefthook', '.lefthook'].some((name) => ['yml', 'yaml', 'toml', 'json'].some((ending) => existsSync(path.join(root, `${name}.${ending}`))));
    const folder = path.join(commonDir, 'hooks');
    return { folder, configured: folder, manager: isLefthook ? 'lefthook' : undefined, isShared: false };
  }
  const folder = path.resolve(root, configured.replace(/^~(?=\/)/, process.env.HOME ?? '~'));
  // Husky runs those of the folder above.
  if (path.basename(folder) === '_' && path.basename(path.dirname(folder)) === '.husky') return { folder: path.dirname(folder), configured: folder, manager: 'husky', isShared };
  return { folder, configured: folder, manager: path.basename(folder) === '.husky' ? 'husky' : undefined, isShared };
}

function setHook(folder: string, part: HookPart, { isWanted, manager }: { isWanted: boolean; manager: HooksFolder['manager'] }): string {
  const file = path.join(folder, part.hook);
  const before = readTextIfAny(file);
  const set = before === undefined ? undefined : withoutBlock(before, part);
  const own = set === undefined || isBare(set);
  if (!isWanted) {
    if (before === undefined || set === before) return `${part.hook} has nothing of ours`;
    const kept = `${file}${asideEnding}`;
    if (own) {
      rmSync(file);
      if (existsSync(kept)) renameSync(kept, file);
      return existsSync(file) ? `${part.hook} is as it was` : `removed ${part.hook}`;
    }
    write(file, set);
    return `took ours out of ${part.hook}`;
  }
  mkdirSync(folder, { recursive: true });
  if (before !== undefined && before === set && mustStandAside(file, before, manager)) {
    renameSync(file, `${file}${asideEnding}`);
    write(file, `${head}${blockOf(part)}${callAside}`);
    const isOff = !isExecutable(`${file}${asideEnding}`);
    const fails = before.includes('\r\n') ? `; sh fails on that one, for it has the line ends of Windows: give it others, as with dos2unix ${file}${asideEnding}` : '';
    return `wrote ${part.hook}, ${isOff ? 'and the one that was there stays switched off, for it may not be executed' : `which calls the one that was there${fails}`}`;
  }
  const after = withBlock(set ?? head, part);
  if (after === before) return `${part.hook} is as it should be`;
  write(file, after);
  const later = manager === 'lefthook' ? '; run this again after lefthook install' : '';
  return `${before === undefined ? `wrote ${part.hook}` : `added ours to ${part.hook}`}${later}`;
}

const head = '#!/bin/sh\n';
const asideEnding = '.before-firebreak';
const callAside = `[ ! -x "$0${asideEnding}" ] || exec "$0${asideEnding}" "$@"\n`;

/** There is no place for ours in what is no shell script, or one that fails; and what is switched off must not begin to run with it. Husky runs files that may not be executed. */
function mustStandAside(file: string, text: string, manager: HooksFolder['manager']): boolean {
  return !isShell(text) || text.includes('\r\n') || (manager !== 'husky' && !isExecutable(file));
}

/** Windows knows no such right, and git runs all hooks there. */
function isExecutable(file: string): boolean {
  return process.platform === 'win32' || (statSync(file).mode & 0o111) !== 0;
}

function isShell(text: string): boolean {
  const [first = ''] = text.split('\n');
  return !first.includes('\0') && (!first.startsWith('#!') || /\b(?:sh|bash|dash|zsh|ksh|ash)\b/.test(first));
}

/** Whether nothing is left but what we started the file with. */
function isBare(text: string): boolean {
  return text.replace(head, '').replace(callAside, '').trim() === '';
}

/** Right behind the first line: what follows may end the script. */
function withBlock(text: string, part: HookPart): string {
  const headEnd = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
  const first = headEnd === 0 && text.startsWith('#!') ? `${text}\n` : text.slice(0, headEnd);
  return `${first}${blockOf(part)}${headEnd === 0 && text.startsWith('#!') ? '' : text.slice(headEnd)}`;
}

function withoutBlock(text: string, part: HookPart): string {
  const [begin, end] = marksOf(part);
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  return from === -1 || to === -1 ? text : text.slice(0, from) + text.slice(to + end.length);
}

function marksOf({ part }: Pick<HookPart, 'part'>): readonly [begin: string, end: string] {
  return [`# firebreak ${part}: begin\n`, `# firebreak ${part}: end\n`];
}

/** git need not be asked in an ordinary repository. */
const whereabouts = [
  'firebreak="${GIT_DIR:-.git}"',
  'if [ ! -d "$firebreak" ] || [ -f "$firebreak/commondir" ]; then firebreak="$(git rev-parse --git-common-dir)"; fi',
  'firebreak="$firebreak/firebreak/bin/firebreak"',
];

function blockOf(part: HookPart): string {
  const { hook, command, readsInput = false, mayStop } = part;
  const [begin, end] = marksOf(part);
  const run = `"$firebreak" ${command} ${hook} "$@"`;
  const orStop = mayStop === undefined ? '|| :' : readsInput ? '|| { rm -f "$firebreak_input"; exit 1; }' : '|| exit 1';
  const orClosed = mayStop === 'required' ? ['else', '  echo "firebreak: the gate is not where it was put, so it is closed; set it up again in the repository: firebreak init --server" >&2', '  exit 1'] : [];
  // An input that is not whole, on a disk that is full, would say that nothing is pushed; and whatever stands behind this in the hook would read it too.
  const orUnheard = `|| { echo "firebreak: what git tells this hook could not be kept in \${TMPDIR:-/tmp}, so ${mayStop === undefined ? 'nothing was noted' : 'the gate is closed'}; make room there, and do it again" >&2; rm -f "$firebreak_input"; exit 1; }`;
  const commands = readsInput
    ? [`{ firebreak_input="$(mktemp)" && cat > "$firebreak_input"; } ${orUnheard}`, `${run} < "$firebreak_input" ${orStop}`, 'exec < "$firebreak_input" || exit 1; rm -f "$firebreak_input"']
    : [`${run} < /dev/null ${orStop}`];
  const lines = [...whereabouts, 'if [ -x "$firebreak" ]; then', ...commands.map((line) => `  ${line}`), ...orClosed, 'fi'];
  return `${begin}${lines.join('\n')}\n${end}`;
}

/** A file that is there keeps who may do what with it. */
function write(file: string, text: string): void {
  const isNew = !existsSync(file);
  writeFileSync(file, text);
  if (isNew) chmodSync(file, 0o755);
}
