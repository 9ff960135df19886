import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import type { Place } from './place.ts';
import { headCommit } from './objects.ts';

/** A commit touches several files; one look is enough for all. */
const quietMs = 150;

/** What git writes when the last commit becomes another one; some of it at other times too. */
const telling = new Set(['HEAD', 'index', 'logs', 'packed-refs', 'ORIG_HEAD']);

/** Calls back when HEAD is another commit than before. Where the system cannot watch files it never calls. */
export function watchHead(place: Place, changed: () => void): { dispose: () => void } {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  const head = () => headCommit(place.root).catch(() => undefined);
  let known = head();

  const look = async (): Promise<void> => {
    // The log's folder may be new: the first commit makes it.
    follow(path.join(place.gitDir, 'logs'), (name) => name === 'HEAD');
    const [before, now] = await Promise.all([known, head()]);
    if (isDisposed || now === before) return;
    known = Promise.resolve(now);
    changed();
  };

  const follow = (folder: string, isTelling: (name: string | null) => boolean): void => {
    if (isDisposed || watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (!isTelling(name)) return;
        clearTimeout(timer);
        timer = setTimeout(() => void look(), quietMs).unref();
      });
      watcher.on('error', () => {
        watcher.close();
        watchers.delete(folder);
      });
      watchers.set(folder, watcher);
    } catch {
      // A folder that is not there yet is followed at the next look.
    }
  };

  follow(place.gitDir, (name) => name === null || telling.has(name));
  follow(path.join(place.gitDir, 'logs'), (name) => name === null || name === 'HEAD');
  return {
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}
