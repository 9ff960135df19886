import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ChangedFile, Look } from '../core/check/changeSet.ts';
import { Checker } from '../core/check/checker.ts';
import { Grammars } from '../core/language/grammars.ts';
import type { ChangedText } from '../core/language/reader.ts';
import { rules } from '../core/rules/index.ts';
import { sha256Hex } from '../node/digest.ts';
import { readGrammarFrom } from '../node/ports.ts';
import { type ProjectPlace, projectAt } from '../node/project.ts';
import { revivedLook } from './revivedLook.ts';
import type { Selection } from './selection.ts';

/** Files to look at, and what else the change holds. */
export interface Task {
  readonly files: readonly ChangedFile[];
  readonly others: readonly ChangedText[];
}

/** Looks at files, here or elsewhere. */
export interface Looker {
  /** So many tasks can be under way at once. */
  readonly width: number;
  look(task: Task): Promise<readonly Look[]>;
  close(): Promise<void>;
}

/** A file that takes longer counts as unread. */
const fileLimitMs = 10_000;

/** Fewer files are looked at before another thread has started. */
const fewestForThreads = 150;

/** @param threads as many as there are cores when it is not given */
export function lookerFor({ size, project }: Pick<Selection, 'size' | 'project'>, threads = Math.min(availableParallelism(), 8)): Looker {
  return size < fewestForThreads || threads < 2 ? hereLooker(project) : threadedLooker(threads, project);
}

export function hereLooker(project: ProjectPlace | undefined): Looker {
  const checker = new Checker(rules, { grammars: new Grammars(readGrammarFrom(path.join(__dirname, 'grammars'))), digest: sha256Hex });
  const files = projectAt(project);
  const startFile = () => {
    const end = performance.now() + fileLimitMs;
    return { isOver: () => performance.now() > end };
  };
  return { width: 1, look: ({ files: some, others }) => checker.check({ files: some, others, project: files }, startFile), close: () => Promise.resolve() };
}

interface Waiting {
  readonly resolve: (looks: readonly Look[]) => void;
  readonly reject: (error: Error) => void;
}

/** This program again, in threads of its own; see `lookInThread`. */
function threadedLooker(count: number, project: ProjectPlace | undefined): Looker {
  const threads = Array.from({ length: count }, () => {
    const worker = new Worker(__filename, { workerData: { project } });
    const waiting: Waiting[] = [];
    worker.on('message', (answer: { looks: readonly Look[] } | { error: string }) => {
      const first = waiting.shift();
      if ('looks' in answer) first?.resolve(answer.looks.map(revivedLook));
      else first?.reject(new Error(answer.error));
    });
    worker.on('error', (error) => {
      for (const { reject } of waiting.splice(0)) reject(error instanceof Error ? error : new Error(String(error)));
    });
    return { worker, waiting };
  });
  return {
    // One task more than there are threads, so that none waits for the next.
    width: count + 1,
    look: (task) =>
      new Promise((resolve, reject) => {
        const idlest = threads.reduce((one, other) => (other.waiting.length < one.waiting.length ? other : one));
        idlest.waiting.push({ resolve, reject });
        idlest.worker.postMessage(task);
      }),
    close: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
