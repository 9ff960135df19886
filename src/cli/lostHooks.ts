import path from 'node:path';
import { type LostHook, lostHooks } from '../node/gitHooks.ts';
import { RepositoryError } from '../node/git.ts';
import type { Place } from '../node/place.ts';
import { warn } from './terminal.ts';

/** Says in one line, where somebody counts on what git's hooks do, that some of them do it no longer. */
export async function warnOfLostHooks(place: Pick<Place, 'root' | 'commonDir'>): Promise<void> {
  const lost = await lostHooks(place).catch((error: unknown) => {
    if (!(error instanceof RepositoryError)) throw error;
    warn(error.message);
    return [];
  });
  if (lost.length === 0) return;
  const ways = (['missing', 'anew', 'elsewhere'] as const).flatMap((how) => {
    const some = lost.filter((each) => each.how === how);
    return some.length === 0 ? [] : [`${[...new Set(some.map(({ file }) => path.basename(file)))].join(', ')} ${wordsOf(how, some)}`];
  });
  const remedies = [...new Set(lost.map(remedyOf))].map((option) => `firebreak init ${option}`);
  warn(`git calls Firebreak no longer from all the hooks in which it was put: ${ways.join('; ')}; so ${[...new Set(lost.map(lackOf))].join(', and ')}; put it back: ${remedies.join('; ')}`);
}

function wordsOf(how: LostHook['how'], some: readonly LostHook[]): string {
  const folders = [...new Set(some.map(({ file }) => path.dirname(file)))].join(' and ');
  if (how === 'missing') return `missing in ${folders}`;
  return how === 'anew' ? `in ${folders} without it, as after another program wrote that anew` : `in ${folders}, where git does not look (core.hooksPath)`;
}

function remedyOf({ part, file }: LostHook): string {
  if (path.basename(file) === 'pre-receive') return '--server';
  return part === 'notes' && path.basename(file) === 'pre-push' ? '--notes' : '--hook';
}

function lackOf(hook: LostHook): string {
  if (hook.part === 'gate') return 'nothing holds a push here';
  return remedyOf(hook) === '--notes' ? 'notes of who wrote what are not pushed' : 'who wrote what is not noted with commits';
}
