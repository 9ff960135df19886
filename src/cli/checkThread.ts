import { parentPort, workerData } from 'node:worker_threads';
import { projectAt } from '../node/project.ts';
import type { Answer, ThreadData } from './lookers.ts';
import { lookingHere } from './lookHere.ts';
import type { Looked, Task } from './tasks.ts';
import { messageOf } from '../core/text/messageOf.ts';

/** What a `LookingThread` does: it answers tasks, one after the other. */
export function answerTasks(): void {
  const { project, needsTexts } = workerData as ThreadData;
  const look = lookingHere(projectAt(project));
  // Sending all texts back would take as long as reading them.
  const withoutText = ({ file, look: found }: Looked): Looked => ({ look: found, file: found.kind === 'findings' && found.findings.length > 0 ? file : { path: file.path } });
  let last: Promise<void> = Promise.resolve();
  const answer = (written: Answer) => parentPort?.postMessage(written);
  parentPort?.on('message', (task: Task) => {
    last = last.then(async () => {
      try {
        const looked = await look(task);
        answer({ looked: needsTexts ? looked : looked.map(withoutText) });
      } catch (error) {
        answer({ error: messageOf(error) });
      }
    });
  });
}
