import { existsSync, promises } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../../core/text/messageOf.ts';
import type { Place } from '../place.ts';
import { CommitNotes } from './commitNotes.ts';
import { HistoryLines } from './historyLines.ts';
import { historyNamesAi } from './namedAi.ts';
import { notesRef } from './notesRef.ts';
import { takeNews } from './remoteNotes.ts';

export interface OpenHistory {
  readonly notes: CommitNotes;
  readonly history: HistoryLines;
  readonly close: () => void;
}

/** The notes of a repository as they are now, those that were fetched taken in, and the histories of files by them. Runs git until it is closed. */
export async function openHistory(place: Place): Promise<OpenHistory> {
  const fault = await takeNews(place).then(() => undefined, messageOf);
  const notes = await CommitNotes.open(place);
  if (fault !== undefined) notes.faults.push(`what was fetched of who wrote what could not be taken in, and is not known here: ${fault}`);
  const history = new HistoryLines(notes);
  notes.lookUp = (commit, file) => history.linesAt(commit, file);
  return {
    notes,
    history,
    close: () => {
      notes.close();
    },
  };
}

export async function withHistory<T>(place: Place, work: (open: OpenHistory) => Promise<T>): Promise<T> {
  const open = await openHistory(place);
  try {
    return await work(open);
  } finally {
    open.close();
  }
}

/** Whether anything tells who wrote what in a history: notes, records of Agent Trace, or commits that name an AI. */
export async function isTold(place: Place, commit: string): Promise<boolean> {
  const { root, commonDir } = place;
  // The second is where notes are fetched to; of references in tables git would have to be asked.
  const places = [notesRef, `${notesRef}-remote`, 'reftable'].map((each) => path.join(commonDir, each));
  if ([...places, path.join(root, '.agent-trace')].some((each) => existsSync(each))) return true;
  const packed = await promises.readFile(path.join(commonDir, 'packed-refs'), 'utf8').catch(() => '');
  return packed.includes(` ${notesRef}`) || historyNamesAi(place, commit);
}
