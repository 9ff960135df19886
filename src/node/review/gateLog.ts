import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Pass, Refusal } from '../../core/report/audit.ts';
import { parsePass, parseRefusal } from '../../core/report/gateLog.ts';

export interface GateLog {
  readonly refusals: readonly Refusal[];
  readonly passes: readonly Pass[];
  readonly unreadable: readonly { readonly ref: string; readonly why: string }[];
}

/** The gate's own log: a file for each month beside the repository's objects, a line for each refusal, added in one write. */
export async function recordRefusal(commonDir: string, refusal: Refusal): Promise<void> {
  await record(commonDir, 'refusals', [refusal]);
}

/** What the repository that is pushed to let in, each as it was judged: where a branch moved otherwise, it moved past the gate. */
export async function recordPasses(commonDir: string, passes: readonly Pass[]): Promise<void> {
  await record(commonDir, 'passes', passes);
}

/** Lines that cannot be read are told with the reason. */
export async function readGateLog(commonDir: string): Promise<GateLog> {
  const unreadable: { ref: string; why: string }[] = [];
  const refusals = await readLines(commonDir, 'refusals', parseRefusal, unreadable);
  const passes = await readLines(commonDir, 'passes', parsePass, unreadable);
  return { refusals, passes, unreadable };
}

type Kind = 'refusals' | 'passes';

async function record(commonDir: string, kind: Kind, lines: readonly { readonly at: string }[]): Promise<void> {
  const [first] = lines;
  if (first === undefined) return;
  const folder = folderIn(commonDir, kind);
  await mkdir(folder, { recursive: true });
  await appendFile(path.join(folder, `${first.at.slice(0, 7)}.jsonl`), lines.map((line) => `${JSON.stringify({ version: 1, ...line })}\n`).join(''));
}

async function readLines<T extends object>(commonDir: string, kind: Kind, parse: (line: string) => T | { readonly why: string }, unreadable: { ref: string; why: string }[]): Promise<readonly T[]> {
  const folder = folderIn(commonDir, kind);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jsonl')).sort();
  const found: T[] = [];
  for (const name of names) {
    const lines = (await readFile(path.join(folder, name), 'utf8')).split('\n');
    for (const [index, line] of lines.entries()) {
      if (line === '') continue;
      const read = parse(line);
      if ('why' in read) unreadable.push({ ref: `${kind}/${name}:${index + 1}`, why: read.why });
      else found.push(read);
    }
  }
  return found;
}

function folderIn(commonDir: string, kind: Kind): string {
  return path.join(commonDir, 'firebreak', kind);
}
