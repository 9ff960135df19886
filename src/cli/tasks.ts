import { type ChangedFile, isChanged, type Look, textsOf } from '../core/check/changeSet.ts';
import { filesToCheck } from '../core/check/movedFile.ts';
import { folderOf } from '../core/language/project.ts';
import type { ChangedText } from '../core/language/reader.ts';
import { readTextNow } from '../node/workFile.ts';
import type { Selection } from './selection.ts';

/** A file on disk that whoever looks at it reads. */
export interface FileToRead {
  readonly path: string;
  readonly folder: string;
  /** From that folder. */
  readonly inside: string;
  /** Its text is that of the text before; else there is none before. */
  readonly isSame: boolean;
}

/** Files to look at together, and what else the change holds. */
export interface Task {
  readonly files: readonly (ChangedFile | FileToRead)[];
  readonly others: readonly ChangedText[];
}

/** A file and what looking at it came to. */
export interface Looked {
  readonly file: ChangedFile;
  readonly look: Look;
}

/** Files that are taken at once. */
const filesPerTask = 32;

/** The same of files that whoever looks at them reads: some of them are a hundred times as long as others. */
const filesPerReading = 8;

/** Towards the end a task has no more than this part of what is left, so that no thread waits long for another. */
const lastParts = 32;

/** A change with more text than this is not sent whole with each task; in characters. */
const mostText = 4_000_000;

/** What is selected, in parts: the files of the change with what else it holds, then the others. */
export async function* tasksOf({ changed, unchanged, isChosen = () => true }: Pick<Selection, 'changed' | 'unchanged' | 'isChosen'>, isLeftOut: (path: string) => boolean): AsyncGenerator<Task> {
  const ofChange = (await changed()).flatMap((file) => filesToCheck(file, isLeftOut));
  const texts = ofChange.map(textsOf).filter(isChanged);
  const size = texts.reduce((sum, { before = '', after = '' }) => sum + before.length + after.length, 0);
  for (const files of inParts(ofChange.filter(({ path, pathBefore = path }) => isChosen(path) || isChosen(pathBefore)))) {
    const own = new Set(files.map((file) => file.path));
    const folders = new Set(files.map((file) => folderOf(file.path)));
    // Of a very large change a file is compared with what lies beside it.
    yield { files, others: texts.filter((text) => !own.has(text.path) && (size < mostText || folders.has(folderOf(text.path)))) };
  }
  for await (const batch of unchanged) {
    const files = batch.filter((file) => !isLeftOut(file.path));
    if (files.length > 0) yield { files, others: [] };
  }
}

export function* inParts<T>(items: readonly T[], most = filesPerTask): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += most) yield items.slice(at, at + most);
}

/** Files that whoever looks at them reads, in tasks. */
export function* inReadings<T>(files: readonly T[]): Generator<readonly T[]> {
  for (let at = 0, size = 0; at < files.length; at += size) {
    size = Math.max(1, Math.min(filesPerReading, Math.floor((files.length - at) / lastParts)));
    yield files.slice(at, at + size);
  }
}

export function readNow(file: ChangedFile | FileToRead): ChangedFile {
  if (!('inside' in file)) return file;
  const { path, folder, inside, isSame } = file;
  const text = readTextNow(folder, inside);
  return { path, ...(text !== undefined && { after: text, ...(isSame && { before: text }) }) };
}
