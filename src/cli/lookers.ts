import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { dist } from '../node/dist.ts';
import { type ProjectPlace, projectAt } from '../node/project.ts';
import { lookingHere } from './lookHere.ts';
import type { LookAt } from './lookWith.ts';
import { takeTime } from './readGrammar.ts';
import { revivedLook } from './revivedLook.ts';
import type { Selection } from './selection.ts';
import type { Looked, Task } from './tasks.ts';

/** Looks at files, here or elsewhere. */
export interface Looker {
  look(tasks: AsyncIterable<Task>): AsyncIterable<readonly Looked[]>;
  close(): Promise<void>;
}

/** What a thread is started with. */
export interface ThreadData {
  readonly project: ProjectPlace | undefined;
  /** Also those of files without findings. */
  readonly needsTexts: boolean;
}

/** What a thread answers a task with. */
export type Answer = { readonly looked: readonly Looked[] } | { readonly error: string };

/** Fewer files are looked at before another thread has started. */
const fewestForThreads = 150;

/** A thread that is yet to start has this many tasks: until it answers, this one may be done with all. */
const firstTasks = 2;
/** Then so many, so that it need not wait for the next one while this thread is at a file that takes a hundred times as long as others. */
const tasksPerThread = 16;

/** @param threads as many as there are cores when it is not given */
export function lookerFor({ size, project }: Pick<Selection, 'size' | 'project'>, needsTexts: boolean, threads = Math.min(availableParallelism(), 8)): Looker {
  const areMany = size >= fewestForThreads;
  if (areMany) takeTime();
  const others = !areMany ? [] : Array.from({ length: threads - 1 }, () => new LookingThread({ project, needsTexts }));
  const lookHere = lookingHere(projectAt(project));
  return {
    look: (tasks) => lookAtAll(tasks, lookHere, others),
    close: async () => {
      await Promise.all(others.map((thread) => thread.close()));
    },
  };
}

/** This thread takes a task whenever the others have enough to do. */
async function* lookAtAll(tasks: AsyncIterable<Task>, lookHere: LookAt, others: readonly LookingThread[]): AsyncGenerator<readonly Looked[]> {
  const done: (readonly Looked[])[] = [];
  const underWay = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  for await (const task of tasks) {
    const idle = others.find((thread) => thread.wantsTasks);
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
  private hasStarted = false;
  private readonly asked: { readonly resolve: (looked: readonly Looked[]) => void; readonly reject: (error: Error) => void }[] = [];

  constructor(data: ThreadData) {
    // By its command it finds what V8 compiled for that before.
    this.worker = new Worker(path.join(dist, 'cli.js'), { workerData: data, argv: process.argv.slice(2) });
    this.worker.on('message', (answer: Answer) => {
      this.hasStarted = true;
      const first = this.asked.shift();
      if ('looked' in answer) first?.resolve(answer.looked.map(({ file, look }) => ({ file, look: revivedLook(look) })));
      else first?.reject(new Error(answer.error));
    });
    this.worker.on('error', (error) => {
      for (const { reject } of this.asked.splice(0)) reject(error instanceof Error ? error : new Error(String(error)));
    });
  }

  get wantsTasks(): boolean {
    return this.asked.length < (this.hasStarted ? tasksPerThread : firstTasks);
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
