import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gitText } from '../git.ts';

/** Refs of requests and decisions that were made here and that no remote is known to have: a file of that name each. */
function folderOf(commonDir: string): string {
  return path.join(commonDir, 'firebreak', 'unsent');
}

function fileOf(commonDir: string, ref: string): string {
  return path.join(folderOf(commonDir), encodeURIComponent(ref));
}

/** Call before the ref is made: whatever ends this process in between, nobody takes it for sent. */
export async function markUnsent(commonDir: string, ref: string): Promise<void> {
  await mkdir(folderOf(commonDir), { recursive: true });
  await writeFile(fileOf(commonDir, ref), '');
}

/** Call when a remote has them. */
export async function markSent(commonDir: string, refs: readonly string[]): Promise<void> {
  for (const ref of refs) await rm(fileOf(commonDir, ref), { force: true });
}

/** Those that are here still, as far as is known here. */
export async function readUnsent({ root, commonDir }: { readonly root: string; readonly commonDir: string }): Promise<readonly string[]> {
  const marked = (await readdir(folderOf(commonDir)).catch(() => [])).map(decodeURIComponent).sort();
  if (marked.length === 0) return [];
  const here = new Set((await gitText(root, ['for-each-ref', '--format=%(refname)', 'refs/firebreak/'])).split('\n'));
  return marked.filter((ref) => here.has(ref));
}
