import { isUlid } from './ulid.ts';

/** Where a ref would move; a name of zeros, as git gives it, is undefined here. */
export interface RefUpdate {
  readonly ref: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** What a ref is to us. */
export type RefKind = 'request' | 'decision' | 'record' | 'other';

const firebreak = /^refs\/firebreak(?:\/|$)/i;

export function kindOf(ref: string): RefKind {
  if (!firebreak.test(ref)) return 'other';
  const [kind, first = '', second, ...more] = ref.slice('refs/firebreak/'.length).split('/');
  if (!ref.startsWith('refs/firebreak/') || more.length > 0) return 'record';
  if (kind === 'requests' && isUlid(first) && second === undefined) return 'request';
  return kind === 'decisions' && /^[0-9a-f]{64}$/.test(first) && second !== undefined && isUlid(second) ? 'decision' : 'record';
}

/** Why a server does not take what a push would do to a record, whatever the record says; undefined when it may be read on. */
export function refusalOfRecord({ ref, from, to }: RefUpdate): string | undefined {
  if (from !== undefined) return to === undefined ? `${ref} is a record, and records are never deleted` : `${ref} is a record, and records are never replaced`;
  // Any other name could stand in the way of one that has to be made.
  if (kindOf(ref) === 'record') return `${ref} is no place for a record`;
  return undefined;
}

/**
 * Full names of the branches that a ref is taken for where somebody names one of them by its short name, which tags and what lies beside the branches go before, or where that branch is not there; and, of a tag, where
 * somebody names in a clone what the remote has of that branch.
 */
export function branchesShadowedBy(ref: string): readonly string[] {
  const name = ref.replace(/^refs\//, '');
  const inFull = /^(?:heads\/|tags\/|remotes\/)?refs\/heads\/(.+)$/.exec(name)?.[1];
  const short = name.startsWith('heads/') ? /^heads\/heads\/(.+)$/.exec(name)?.[1] : name.replace(/^tags\/(?:heads\/)?/, '');
  const tracked = /^tags\/(?:remotes\/)?origin\/(.+)$/.exec(name)?.[1];
  return [inFull, short, tracked].flatMap((each) => (each === undefined ? [] : [`refs/heads/${each}`]));
}

/** The refs for which `branchesShadowedBy` has a branch. */
export function shadowsOf(branch: string): readonly string[] {
  const name = branch.replace(/^refs\/heads\//, '');
  const inFull = ['', 'heads/', 'tags/', 'remotes/'].map((kind) => `refs/${kind}refs/heads/${name}`);
  return [...inFull, `refs/${name}`, `refs/tags/${name}`, `refs/tags/heads/${name}`, `refs/heads/heads/${name}`, `refs/tags/origin/${name}`, `refs/tags/remotes/origin/${name}`];
}

/** The lines that git writes to its pre-receive hook: old and new name, ref. Throws where they are none, or cut off: git calls this hook only when something is pushed. */
export function parsePreReceive(input: string): RefUpdate[] {
  const updates = linesOf(input).map((line) => {
    const [, from = '', to = '', ref = ''] = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (refs\/.+)$/.exec(line) ?? notWhole(line);
    return { ref, from: named(from), to: named(to) };
  });
  return updates.length === 0 ? notWhole('') : updates;
}

/** The lines that git writes to its pre-push hook: local ref and name, remote ref and name. There are none where nothing is pushed. Throws where they are cut off. */
export function parsePrePush(input: string): RefUpdate[] {
  return linesOf(input).map((line) => {
    const [, to = '', ref = '', from = ''] = /^\S.* ([0-9a-f]{40,64}) (refs\/\S+) ([0-9a-f]{40,64})$/.exec(line) ?? notWhole(line);
    return { ref, from: named(from), to: named(to) };
  });
}

function linesOf(input: string): string[] {
  const lines = input.split('\n');
  const last = lines.pop();
  if (last !== undefined && last !== '') notWhole(last);
  return lines;
}

function notWhole(line: string): never {
  throw new Error(`what git tells its hook did not come here whole (${line === '' ? 'nothing came' : `a line ends with ${JSON.stringify(line.slice(-60))}`}); see that the disk is not full, and push again`);
}

function named(name: string): string | undefined {
  return /^0+$/.test(name) ? undefined : name;
}
