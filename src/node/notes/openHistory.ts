import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Place } from '../place.ts';
import { CommitNotes } from './commitNotes.ts';
import { HistoryLines } from './historyLines.ts';
import { notesRef } from './notesRef.ts';

export interface OpenHistory {
  readonly notes: CommitNotes;
  readonly history: HistoryLines;
  readonly close: () => void;
}

/** The notes of a repository as they are now, and the histories of files by them. Runs git until it is closed. */
export async function openHistory(place: Place): Promise<OpenHistory> {
  const notes = await CommitNotes.open(place);
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

/** Whether there is anything to read: notes, or records of Agent Trace. */
export async function hasNotes({ root, commonDir }: Place): Promise<boolean> {
  const packed = await readFile(path.join(commonDir, 'packed-refs'), 'utf8').catch(() => '');
  return packed.includes(notesRef) || [path.join(commonDir, notesRef), path.join(root, '.agent-trace')].some((each) => existsSync(each));
}
