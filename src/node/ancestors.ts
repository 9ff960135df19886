import { readFileSync } from 'node:fs';

/** A process, told from later ones that get the same number. */
export interface Process {
  readonly pid: number;
  readonly since: string;
}

/** Processes above this one, its parent first; none where the system does not tell of them in files: to start a program for it would be felt before each command. */
export function ancestors(): readonly Process[] {
  const found: Process[] = [];
  for (let pid = process.ppid; pid > 1; ) {
    const told = toldOf(pid);
    if (told === undefined) break;
    found.push({ pid, since: told.since });
    pid = told.parent;
  }
  return found;
}

export function isAlive({ pid, since }: Process): boolean {
  return toldOf(pid)?.since === since;
}

function toldOf(pid: number): { readonly parent: number; readonly since: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Behind the name, which may hold anything: state, parent, and as the 22nd field of all when it started.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), since: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
