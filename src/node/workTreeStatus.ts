import { createRequire } from 'node:module';
import { decode } from '../core/text/decode.ts';
import { environmentForOthers } from './environmentForOthers.ts';

/** What starts git takes a while to load, and a hook that is told of a write needs none. */
const load = createRequire(process.execPath);

/** What the last commit has at a path that differs from it: nothing, an object, or more than one can say, as amid a merge. */
export type InCommit = { readonly is: 'absent' } | { readonly is: 'object'; readonly id: string } | { readonly is: 'unclear' };

export interface WorkTreeStatus {
  readonly head: string;
  /** By path from the root. Folders and repositories of their own are left out. */
  readonly changed: ReadonlyMap<string, InCommit>;
}

/** The one question that an agent's command costs. What git would add for a person is left out: renames, how far upstream is, what submodules hold. */
const question = ['status', '--porcelain=v2', '--branch', '--no-ahead-behind', '-z', '--untracked-files=all', '--no-renames', '--ignore-submodules=all'];

/** git begins at once, so that it works while the caller does something else. */
export async function statusOf(root: string): Promise<WorkTreeStatus> {
  const answer = (await ask(root, question)).toString('utf8');
  let head = '';
  const changed = new Map<string, InCommit>();
  for (const entry of answer.split('\0')) {
    const [kind, ...fields] = entry.split(' ');
    if (kind === '#' && fields[0] === 'branch.oid') head = fields[1] ?? '';
    else if (kind === '?') note(fields.join(' '), { is: 'absent' });
    // XY, submodule, three modes, the objects of the last commit and the index, the path.
    else if (kind === '1') note(fields.slice(7).join(' '), /^0+$/.test(fields[5] ?? '') ? { is: 'absent' } : { is: 'object', id: fields[5] ?? '' });
    // XY, submodule, four modes, three objects, the path.
    else if (kind === 'u') note(fields.slice(9).join(' '), { is: 'unclear' });
  }
  return { head, changed };

  /** What was only taken out of the index is told of twice: first as the last commit has it. */
  function note(path: string, inCommit: InCommit): void {
    if (!path.endsWith('/') && !changed.has(path)) changed.set(path, inCommit);
  }
}

/**
 * What a commit has at the paths that commits since then changed; undefined where one of these is older than a time, since that was brought from elsewhere.
 * @param since seconds since 1970
 */
export async function changedByCommits(root: string, { from, to, since }: { readonly from: string; readonly to: string; readonly since: number }): Promise<ReadonlyMap<string, InCommit> | undefined> {
  // Before the first commit there is none to compare with.
  if (![from, to].every((commit) => /^[0-9a-f]{40,64}$/.test(commit))) return undefined;
  const [times, answer] = await Promise.all([ask(root, ['log', '--format=%ct', `${from}..${to}`, '--']), ask(root, ['diff-tree', '-r', '-z', '--no-renames', '--raw', from, to])]);
  if (times.toString('utf8').split('\n').some((time) => time !== '' && Number(time) < since)) return undefined;
  const changed = new Map<string, InCommit>();
  const fields = answer.toString('utf8').split('\0');
  // `:mode mode object object letter`, then the path.
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode, , id = ''] = (fields[at] ?? '').slice(1).split(' ');
    changed.set(fields[at + 1] ?? '', oldMode === '000000' ? { is: 'absent' } : { is: 'object', id });
  }
  return changed;
}

/** The texts that the last commit has at paths, as a checkout writes them; without those that are no text. */
export async function committedTexts(root: string, objects: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  // git takes one path a line.
  const asked = [...objects].filter(([path]) => !path.includes('\n'));
  if (asked.length === 0) return texts;
  const answer = await ask(root, ['cat-file', '--batch', '--filters'], asked.map(([path, id]) => `${id} ${path}\n`).join(''));
  let at = 0;
  for (const [path] of asked) {
    const end = answer.indexOf('\n', at);
    const [, kind, size] = answer.toString('utf8', at, end).split(' ');
    if (kind !== 'blob') {
      at = end + 1;
      continue;
    }
    const decoded = decode(answer.subarray(end + 1, end + 1 + Number(size)));
    if ('text' in decoded) texts.set(path, decoded.text);
    at = end + 1 + Number(size) + 1;
  }
  return texts;
}

/** Of the files at some paths, those that hold what a file of a commit holds, under whatever name. */
export async function copiesOf(root: string, commit: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  // git takes one path a line, and one that begins with a quote for a quoted one.
  const asked = paths.filter((path) => !path.includes('\n') && !path.startsWith('"'));
  if (asked.length === 0 || !/^[0-9a-f]{40,64}$/.test(commit)) return new Set();
  const [ids, tree] = await Promise.all([ask(root, ['hash-object', '--stdin-paths'], asked.map((path) => `${path}\n`).join('')), ask(root, ['ls-tree', '-r', '-z', commit])]);
  const known = new Set(tree.toString('latin1').match(/(?<= )[0-9a-f]{40,64}(?=\t)/g));
  const idOf = ids.toString('latin1').split('\n');
  return new Set(asked.filter((_, at) => known.has(idOf[at] ?? '')));
}

/** In milliseconds. An agent waits for it. */
const longestWait = 20_000;

function ask(root: string, args: readonly string[], input = ''): Promise<Buffer> {
  const { spawn } = load('node:child_process') as typeof import('node:child_process');
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd: root, env: { ...environmentForOthers(), GIT_OPTIONAL_LOCKS: '0' }, timeout: longestWait, windowsHide: true });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (data: Buffer) => stdout.push(data));
    child.stderr.on('data', (data: Buffer) => stderr.push(data));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(stdout));
      else reject(new Error(`git ${args[0] ?? ''} failed: ${Buffer.concat(stderr).toString('utf8').trim().split('\n').at(-1) ?? ''}`));
    });
  });
}
