import { readFileSync } from 'node:fs';
import { noting, settleCommands } from '../node/endedCommands.ts';
import { inTheWay } from '../node/inTheWay.ts';
import { tellCommitted } from '../node/notes/committedByCommand.ts';
import { noteCommit, noteMerge, noteRewritten, noteUnnoted, pickedHead, type Rewritten, takePicked } from '../node/notes/gitEvents.ts';
import { notesRef } from '../node/notes/notesRef.ts';
import { isRemote, syncNotes, takeFetched } from '../node/notes/remoteNotes.ts';
import { findPlaceOfHook, type Place } from '../node/place.ts';
import { kindOf, parsePrePush } from '../core/review/pushedRefs.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { warn } from './terminal.ts';

/** What git calls at its events, by the names of its hooks. */
const hooks: Readonly<Record<string, (place: Place, args: readonly string[]) => Promise<void>>> = {
  'post-commit': async (place) => {
    const picked = pickedHead(place);
    if (picked === undefined) await tellCommitted(place);
    await noteCommit(place, 'HEAD', picked);
  },
  // Where a rebase put commits together, the launcher took down which came of which while it went on.
  'post-rewrite': (place) => noteRewritten(place, [...takePicked(place), ...readPairs()]),
  'post-merge': async (place, [isSquash]) => {
    await takeFetched(place);
    await noteMerge(place, isSquash === '1');
  },
  'post-checkout': (place) => takeFetched(place),
  'pre-push': async (place, [remote = '']) => {
    const input = readFileSync(0, 'utf8');
    // Where the notes are what is being pushed, they would be there before it.
    if (input.includes(` ${notesRef} `) || !(await isRemote(place, remote))) return;
    const updates = parsePrePush(input).filter(({ ref, to }) => to !== undefined && kindOf(ref) === 'other');
    const left = await noteUnnoted(place, remote, { to: updates.flatMap(({ to }) => to ?? []), from: updates.flatMap(({ from }) => from ?? []) });
    if (left !== undefined) warn(left);
    await syncNotes(place, remote);
  },
};

/** Called by ourselves: commits of a command of an agent that has ended. */
const noteAnew = async (place: Place, commits: readonly string[]): Promise<void> => {
  for (const commit of commits) await noteCommit(place, commit);
};

/** `firebreak git-hook NAME`: keeps who wrote what along with git's history. Whatever happens, what git does goes on: the exit code is 0. */
export async function gitHook(name: string | undefined, args: readonly string[]): Promise<void> {
  try {
    const run = name === noting ? noteAnew : hooks[name ?? ''];
    if (run === undefined) throw new Error(`there is no hook ${JSON.stringify(name ?? '')}; there are ${Object.keys(hooks).join(', ')}`);
    const place = await findPlaceOfHook(process.cwd(), process.env);
    if (place === undefined) return;
    // The one that has ended waits for this.
    if (name !== noting) (await settleCommands(place.gitDir)).forEach(warn);
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
