import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Refusal } from '../../core/report/audit.ts';
import { parseRefusal } from '../../core/report/parseRefusal.ts';

export interface StoredRefusals {
  readonly refusals: readonly Refusal[];
  readonly unreadable: readonly { readonly ref: string; readonly why: string }[];
}

/** The gate's own log: a file for each month beside the repository's objects, a line for each refusal, added in one write. */
export async function recordRefusal(commonDir: string, refusal: Refusal): Promise<void> {
  const folder = folderIn(commonDir);
  await mkdir(folder, { recursive: true });
  await appendFile(path.join(folder, `${refusal.at.slice(0, 7)}.jsonl`), `${JSON.stringify({ version: 1, ...refusal })}\n`);
}

/** Lines that cannot be read are told with the reason. */
export async function readRefusals(commonDir: string): Promise<StoredRefusals> {
  const folder = folderIn(commonDir);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jsonl')).sort();
  const refusals: Refusal[] = [];
  const unreadable: { ref: string; why: string }[] = [];
  for (const name of names) {
    const lines = (await readFile(path.join(folder, name), 'utf8')).split('\n');
    for (const [index, line] of lines.entries()) {
      if (line === '') continue;
      const read = parseRefusal(line);
      if ('why' in read) unreadable.push({ ref: `refusals/${name}:${index + 1}`, why: read.why });
      else refusals.push(read);
    }
  }
  return { refusals, unreadable };
}

function folderIn(commonDir: string): string {
  return path.join(commonDir, 'firebreak', 'refusals');
}
