import { hole, type ShellCommand } from '../operation.ts';
import { readShell } from './commands.ts';
import { sedChange } from './sedChange.ts';

/** What a command line does to files that it names, as far as its words alone say so. */
export interface ShellChange {
  /** As written, and from which folder, of those that the line goes to; patterns of names among it. */
  readonly path: string;
  readonly folder: string;
  /** With all that lies in it. */
  readonly isTree: boolean;
  /** What is left of a text; undefined when the file goes. */
  readonly change: (before: string) => string | undefined;
}

/** The texts it writes, the files it removes, and what simple commands of `sed` make of a file; in their order. Nothing of a line that cannot be read. */
export function shellChangesIn(line: string): ShellChange[] {
  const { operations, written } = readOrNothing(line);
  const found: (ShellChange & { readonly at: number })[] = [];
  const commands = operations.filter((operation) => operation.kind === 'command');
  const folderAt = (at: number) => commands.filter(({ name, range }) => name === 'cd' && range.start < at).map(({ words: [to] }) => to?.text ?? '').filter((to) => to !== '' && to !== '-' && !to.includes(hole)).reduce((from, to) => (/^(?:\/|[A-Za-z]:)/.test(to) || from === '' ? to : `${from}/${to}`), '');
  for (const command of commands) {
    const at = command.range.start;
    for (const each of changesOf(command)) found.push({ ...each, folder: folderAt(at), at });
  }
  for (const { path, text, isAppended, at } of written) found.push({ path, folder: folderAt(at), isTree: false, at, change: (before) => (isAppended ? before + text : text) });
  return found.sort((one, other) => one.at - other.at).map(({ at: _at, ...change }) => change);
}

function readOrNothing(line: string): Pick<ReturnType<typeof readShell>, 'operations' | 'written'> {
  try {
    return readShell(line);
  } catch {
    // The check of the line itself says that it could not be read.
    return { operations: [], written: [] };
  }
}

function changesOf({ name, words }: ShellCommand): Omit<ShellChange, 'folder'>[] {
  const texts = words.map(({ text }) => text);
  const named = (from: readonly string[]) => from.filter((text) => !text.startsWith('-') && !text.includes(hole));
  if (name === 'sed') {
    const sed = sedChange(texts);
    return sed === undefined ? [] : named(sed.files).map((path) => ({ path, isTree: false, change: sed.change }));
  }
  const isGit = name === 'git' && texts[0] === 'rm' && !texts.includes('--cached');
  if (!isGit && name !== 'rm' && name !== 'unlink') return [];
  const isTree = texts.some((text) => /^-[a-zA-Z]*[rR]|^--recursive$/.test(text));
  return named(isGit ? texts.slice(1) : texts).map((path) => ({ path, isTree, change: () => undefined }));
}
