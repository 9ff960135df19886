import { parentPort, workerData } from 'node:worker_threads';
import type { ProjectPlace } from '../node/project.ts';
import { hereLooker, type Task } from './lookers.ts';

/** What a thread of `threadedLooker` does: it answers tasks, one after the other. */
export function answerTasks(): void {
  const { project } = workerData as { project: ProjectPlace | undefined };
  const looker = hereLooker(project);
  let last: Promise<void> = Promise.resolve();
  parentPort?.on('message', (task: Task) => {
    last = last.then(async () => {
      try {
        parentPort?.postMessage({ looks: await looker.look(task) });
      } catch (error) {
        parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) });
      }
    });
  });
}
