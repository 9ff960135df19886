import type { ChangedFile } from '../core/check/changeSet.ts';
import type { Checker } from '../core/check/checker.ts';
import type { Project } from '../core/language/project.ts';
import { type Looked, readNow, type Task } from './tasks.ts';

/** Looks at the files of one task. */
export type LookAt = (task: Task) => Promise<readonly Looked[]>;

/** A file that takes longer counts as unread. What people write is read far sooner, however busy the machine is. */
const fileLimitMs = 10_000;

/** Nobody waits for more than a second for what is so long that no one wrote it. */
const longFileLimitMs = 900;
const longFileCharacters = 900_000;

export function lookWith(checker: Checker, project: Project): LookAt {
  return async ({ files, others }) => {
    const read = files.map(readNow);
    const looks = await checker.check({ files: read, others, project }, startFileOf);
    return read.flatMap((file, index) => {
      const look = looks[index];
      return look === undefined ? [] : [{ file, look }];
    });
  };
}

/** How long the next file may take. */
export function startFile(): { readonly isOver: () => boolean } {
  return endingIn(fileLimitMs);
}

function startFileOf({ after }: ChangedFile): { readonly isOver: () => boolean } {
  const isLong = after !== undefined && 'text' in after && after.text.length > longFileCharacters;
  return isLong ? endingIn(longFileLimitMs) : startFile();
}

/** By a clock for which nothing has to be loaded: that of `performance` takes Node a millisecond. */
function endingIn(milliseconds: number): { readonly isOver: () => boolean } {
  const end = process.uptime() + milliseconds / 1000;
  return { isOver: () => process.uptime() > end };
}
