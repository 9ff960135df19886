import { statSync } from 'node:fs';
import path from 'node:path';
import { noPolicy, type Policy, policyPath } from '../core/policy/policy.ts';
import { decode, type Decoded, largestFileBytes, tooBig } from '../core/text/decode.ts';
import { isWritable, loadCompiled, readIfThere, replace } from './compiledCode.ts';
import { dist } from './dist.ts';
import { ObjectReader } from './notes/objectReader.ts';
import { findPlaceOfHook, type Place } from './place.ts';

/** Commits of so many work trees are known. */
const mostKept = 50;

/** A commit, and what its policy says; null where it has none. The last ones first. */
type Kept = readonly (readonly [commit: string, policy: Policy | null])[];

/**
 * The policy of a work tree's last commit, found without starting git where that is sure: an agent waits for it. Throws when it is broken, with the place. What
 * a commit's policy says is kept beside the compiled code, and nowhere else, for as long as this version reads policies.
 * @param use what the code that reads a policy is compiled for
 */
export async function policyAtHead(root: string, use: string): Promise<Policy> {
  const place = await findPlaceOfHook(root, process.env);
  if (place === undefined) return noPolicy;
  const reader = new ObjectReader(place);
  try {
    const head = reader.store?.referenced('HEAD');
    const file = keptFile();
    const kept = head === undefined ? [] : keptIn(file);
    const known = kept.find(([commit]) => commit === head);
    if (known !== undefined) return known[1] ?? noPolicy;
    const found = await policyOf(reader, use);
    if (head !== undefined && (await areAsNamed(found.objects, head, place))) {
      const all: Kept = [[head, found.policy ?? null] as const, ...kept].slice(0, mostKept);
      process.once('exit', () => { if (isWritable(path.dirname(file))) replace(file, kind, JSON.stringify(all)); }); // prettier-ignore
    }
    return found.policy ?? noPolicy;
  } finally {
    reader.close();
  }
}

const kind = 'policies-';

function keptFile(): string {
  const { size, mtimeMs } = statSync(path.join(dist, 'later', 'readPolicy.js'));
  return path.join(dist, 'compiled', `${kind}${size}-${Math.trunc(mtimeMs)}`);
}

function keptIn(file: string): Kept {
  try {
    const kept: unknown = JSON.parse(readIfThere(file)?.toString('utf8') ?? '');
    return Array.isArray(kept) ? (kept as Kept) : [];
  } catch {
    return [];
  }
}

interface ReadObject {
  readonly oid: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** @returns also all that was read of the repository for it */
async function policyOf(reader: ObjectReader, use: string): Promise<{ readonly policy: Policy | undefined; readonly objects: readonly ReadObject[] }> {
  const commit = await reader.commit('HEAD');
  const names = commit === undefined ? [] : [commit.oid, commit.tree, await oidOf(reader, commit.tree, path.dirname(policyPath))];
  const file = commit === undefined ? undefined : await reader.fileIn(commit.tree, policyPath);
  const read = await Promise.all([...names, file].flatMap((name) => (name === undefined ? [] : reader.read(name))));
  const objects = read.filter((object) => object !== undefined);
  if (file === undefined) return { policy: undefined, objects };
  const { exports, keep } = loadCompiled<typeof import('./readPolicy.ts')>('readPolicy', use);
  process.once('exit', keep);
  return { policy: exports.policyFrom(textOf(objects.find(({ oid }) => oid === file))), objects };
}

async function oidOf(reader: ObjectReader, tree: string, name: string): Promise<string | undefined> {
  return (await reader.entryIn(tree, name))?.oid;
}

function textOf(object: ReadObject | undefined): Decoded {
  if (object === undefined) return { unread: 'git does not have its content here; in a partial clone: git fetch --refetch --no-filter' };
  return object.bytes.length > largestFileBytes ? tooBig(object.bytes.length) : decode(object.bytes);
}

/**
 * Whether objects have the content that their names are the digests of, the commit among them: what is kept of a commit holds in every repository, and whoever
 * puts another content under its name in one must not bring a policy of theirs into others.
 */
async function areAsNamed(objects: readonly ReadObject[], commit: string, { objectFormat }: Place): Promise<boolean> {
  const { createHash } = await import('node:crypto');
  const isAsNamed = ({ oid, type, bytes }: ReadObject) => createHash(objectFormat).update(`${type} ${bytes.length}\0`).update(bytes).digest('hex') === oid;
  return objects.some(({ oid }) => oid === commit) && objects.every(isAsNamed);
}
