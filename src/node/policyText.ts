import { policyPath } from '../core/policy/policy.ts';
import { decode, type Decoded, largestFileBytes, tooBig } from '../core/text/decode.ts';
import { ObjectReader } from './notes/objectReader.ts';
import { findPlaceOfHook } from './place.ts';

/** The policy of a work tree's last commit, found without starting git where that is sure: an agent waits for it. Undefined where there is none. */
export async function policyTextAtHead(root: string): Promise<Decoded | undefined> {
  const place = await findPlaceOfHook(root, process.env);
  if (place === undefined) return undefined;
  const reader = new ObjectReader(place);
  try {
    const commit = await reader.commit('HEAD');
    const file = commit === undefined ? undefined : await reader.fileIn(commit.tree, policyPath);
    return file === undefined ? undefined : await textOf(file, reader);
  } finally {
    reader.close();
  }
}

async function textOf(file: string, reader: ObjectReader): Promise<Decoded> {
  const object = await reader.read(file);
  if (object === undefined) return { unread: 'git does not have its content here; in a partial clone: git fetch --refetch' };
  return object.bytes.length > largestFileBytes ? tooBig(object.bytes.length) : decode(object.bytes);
}
