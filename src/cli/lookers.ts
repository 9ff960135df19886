import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ChangedFile } from '../core/check/changeSet.ts';
import { Checker } from '../core/check/checker.ts';
import { Grammars } from '../core/language/grammars.ts';
import { rules } from '../core/rules/index.ts';
import { sha256Hex } from '../node/digest.ts';
import { dist } from '../node/dist.ts';
import { readGrammarFrom } from '../node/ports.ts';
import { type ProjectPlace, projectAt } from '../node/project.ts';
import { revivedLook } from './revivedLook.ts';
import type { Selection } from './selection.ts';
import { type Looked, readNow, type Task } from './tasks.ts';

/** Looks at files, here or elsewhere. */
export interface Looker {
  look(tasks: AsyncIterable<Task>): AsyncIterable<readonly Looked[]>;
  close(): Promise<void>;
}

/** Looks at the files of one task. */
export type LookAt = (task: Task) => Promise<readonly Looked[]>;

/** What a thread is started with. */
export interface ThreadData {
  readonly project: ProjectPlace | undefined;
  /** Also those of files without findings. */
  readonly needsTexts: boolean;
}

/** What a thread answers a task with. */
export type Answer = { readonly looked: readonly Looked[] } | { readonly error: string };

/** A file that takes longer counts as unread. What people write is read far sooner, however busy the machine is. */
const fileLimitMs = 10_000;

/** Nobody waits for more than a second for what is so long that no one wrote it. */
const longFileLimitMs = 900;
const longFileCharacters = 900_000;

/** Fewer files are looked at before another thread has started. */
const fewestForThreads = 150;

/** A thread has this many tasks, so that it need not wait for the next one. */
const tasksPerThread = 2;

/** @param threads as many as there are cores when it is not given */
export function lookerFor({ size, project }: Pick<Selection, 'size' | 'project'>, needsTexts: boolean, threads = Math.min(availableParallelism(), 8)): Looker {
  const others = size < fewestForThreads ? [] : Array.from({ length: threads - 1 }, () => new LookingThread({ project, needsTexts }));
  const lookHere = lookingHere(project);
  return {
    look: (tasks) => lookAtAll(tasks, lookHere, others),
    close: async () => {
      await Promise.all(others.map((thread) => thread.close()));
    },
  };
}

export function createChecker(): Checker {
  return new Checker(rules, { grammars: new Grammars(readGrammarFrom(path.join(dist, 'grammars'))), digest: sha256Hex });
}

/** How long the next file may take. */
export function startFile(): { readonly isOver: () => boolean } {
  return endingIn(fileLimitMs);
}

function endingIn(milliseconds: number): { readonly isOver: () => boolean } {
  const end = performance.now() + milliseconds;
  return { isOver: () => performance.now() > end };
}

function startFileOf({ after }: ChangedFile): { readonly isOver: () => boolean } {
  const isLong = after !== undefined && 'text' in after && after.text.length > longFileCharacters;
  return isLong ? endingIn(longFileLimitMs) : startFile();
}

export function lookingHere(project: ProjectPlace | undefined): LookAt {
  const checker = createChecker();
  const inProject = projectAt(project);
  return async ({ files, others }) => {
    const read = files.map(readNow);
    const looks = await checker.check({ files: read, others, project: inProject }, startFileOf);
    return read.flatMap((file, index) => {
      const look = looks[index];
      return look === undefined ? [] : [{ file, look }];
    });
  };
}

/** This thread takes a task whenever the others have enough to do. */
async function* lookAtAll(tasks: AsyncIterable<Task>, lookHere: LookAt, others: readonly LookingThread[]): AsyncGenerator<readonly Looked[]> {
  const done: (readonly Looked[])[] = [];
  const underWay = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  for await (const task of tasks) {
    const idle = others.find(({ waiting }) => waiting < tasksPerThread);
    if (idle === undefined) {
      yield await lookHere(task);
      // What the others found is told between two tasks only.
      await nextTurn();
    } else {
      const answer: Promise<void> = idle.look(task).then(
        (looked) => void done.push(looked),
        (error: unknown) => void (failure ??= { error }),
      ).finally(() => underWay.delete(answer)); // prettier-ignore
      underWay.add(answer);
    }
    yield* done.splice(0);
    if (failure !== undefined) throw failure.error;
  }
  await Promise.all(underWay);
  yield* done;
  if (failure !== undefined) throw failure.error;
}

/** This program again, in a thread of its own; see `answerTasks`. */
class LookingThread {
  private readonly worker: Worker;
  private readonly asked: { readonly resolve: (looked: readonly Looked[]) => void; readonly reject: (error: Error) => void }[] = [];

  constructor(data: ThreadData) {
    this.worker = new Worker(path.join(dist, 'cli.js'), { workerData: data });
    this.worker.on('message', (answer: Answer) => {
      const first = this.asked.shift();
      if ('looked' in answer) first?.resolve(answer.looked.map(({ file, look }) => ({ file, look: revivedLook(look) })));
      else first?.reject(new Error(answer.error));
    });
    this.worker.on('error', (error) => {
      for (const { reject } of this.asked.splice(0)) reject(error instanceof Error ? error : new Error(String(error)));
    });
  }

  get waiting(): number {
    return this.asked.length;
  }

  look(task: Task): Promise<readonly Looked[]> {
    return new Promise((resolve, reject) => {
      this.asked.push({ resolve, reject });
      this.worker.postMessage(task);
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
