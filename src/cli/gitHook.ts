import { readFileSync } from 'node:fs';
import { settleCommands } from '../node/endedCommands.ts';
import { inTheWay } from '../node/inTheWay.ts';
import { noteCommit, noteMerge, noteRewritten, pickedHead, type Rewritten, takePicked } from '../node/notes/gitEvents.ts';
import { notesRef } from '../node/notes/notesRef.ts';
import { syncNotes, takeFetched } from '../node/notes/remoteNotes.ts';
import { findPlaceOfHook, type Place } from '../node/place.ts';
import { warn } from './terminal.ts';
import { messageOf } from '../core/text/messageOf.ts';

/** What git calls at its events, by the names of its hooks. */
const hooks: Readonly<Record<string, (place: Place, args: readonly string[]) => Promise<void>>> = {
  'post-commit': (place) => noteCommit(place, 'HEAD', pickedHead(place)),
  // Where a rebase put commits together, the launcher took down which came of which while it went on.
  'post-rewrite': (place) => noteRewritten(place, [...takePicked(place), ...readPairs()]),
  'post-merge': async (place, [isSquash]) => {
    await takeFetched(place);
    await noteMerge(place, isSquash === '1');
  },
  'post-checkout': (place) => takeFetched(place),
  'pre-push': async (place, [remote = '']) => {
    // Where the notes are what is being pushed, they would be there before it.
    if (!readFileSync(0, 'utf8').includes(` ${notesRef} `)) await syncNotes(place, remote);
  },
};

/** `firebreak git-hook NAME`: keeps who wrote what along with git's history. Whatever happens, what git does goes on: the exit code is 0. */
export async function gitHook(name: string | undefined, args: readonly string[]): Promise<void> {
  try {
    const run = hooks[name ?? ''];
    if (run === undefined) throw new Error(`there is no hook ${JSON.stringify(name ?? '')}; there are ${Object.keys(hooks).join(', ')}`);
    const place = await findPlaceOfHook(process.cwd(), process.env);
    if (place === undefined) return;
    (await settleCommands(place.gitDir)).forEach(warn);
    await run(place, args);
  } catch (error) {
    warn(`${name ?? 'git-hook'}: who wrote what was not noted: ${messageOf(inTheWay(error)).replaceAll(/\s*\n\s*/g, ' ')}`);
  }
}

/** `old new` in each line, as git tells a rewrite. */
function readPairs(): Rewritten[] {
  return readFileSync(0, 'utf8').split('\n').flatMap((line): Rewritten[] => {
    const [old, now] = line.split(' ');
    return old === undefined || now === undefined ? [] : [[old, now]];
  });
}
