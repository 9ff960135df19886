import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { FileWrite } from '../core/agents/event.ts';
import { cellsOf, codeOfCell } from '../core/agents/notebook.ts';
import { appliedLoosely, withReturns } from '../core/agents/placedEdits.ts';
import { shellChangesIn } from '../core/language/shell/shellChanges.ts';
import type { ChangedFile } from '../core/check/changeSet.ts';
import { textOf } from '../node/commandTrace.ts';

/** Where an agent works. */
interface Where {
  /** Of the repository. */
  readonly root: string;
  /** From which it names files. */
  readonly folder: string;
}

/** What a write comes to, and the texts of its edits that nobody knows the place of. */
interface Written {
  readonly files: readonly ChangedFile[];
  readonly unplaced: readonly { readonly path: string; readonly text: string }[];
}

/** A file as the agent would leave it; none when the agent does not say how. */
export function changesBy(write: FileWrite, { root, folder }: Where): Written {
  const file = path.resolve(folder, write.path);
  const before = textBefore(file);
  const name = inside(root, file);
  const at = { path: name, ...(before !== undefined && before !== '' && { before: { text: before } }) };
  if (write.isDeleted === true) return { files: before === undefined || before === '' ? [] : [at], unplaced: [] };
  if (name.endsWith('.ipynb')) return { files: codeIn(write, before ?? '').map(({ ending, text }) => ({ path: `${name}${ending}`, after: { text } })), unplaced: [] };
  const { after, unplaced = [] } = textAfter(write, before ?? '');
  // A shell passes over them.
  return { files: after === undefined ? [] : [{ ...at, after: { text: after.replaceAll('\0', '') } }], unplaced: unplaced.map(({ oldText, newText }) => ({ path: name, text: `${oldText}\n${newText}` })) };
}

/** What is no file can be written to, and is judged as if nothing stood there. */
function textBefore(file: string): string | undefined {
  try {
    return textOf(file);
  } catch {
    return undefined;
  }
}

/** The code that a write brings into a notebook, by the ending of files of its language. */
function codeIn(write: FileWrite, before: string): { readonly ending: string; readonly text: string }[] {
  if (write.part !== undefined) return codeOfCell(write.part);
  const { after } = textAfter(write, before);
  if (after === undefined) return [];
  const stood = new Set(cellsOf(before));
  return codeOfCell(cellsOf(after).filter((cell) => !stood.has(cell)).join('\n'));
}

function textAfter({ content, edits, part }: FileWrite, before: string): Partial<ReturnType<typeof appliedLoosely>> {
  if (content !== undefined) return { after: before.includes('\r\n') ? withReturns(content) : content };
  if (part !== undefined) return { after: `${before}\n${part}` };
  return edits === undefined || edits.length === 0 ? {} : appliedLoosely(before, edits);
}

/** The files of the repository that a command line writes or removes, and those elsewhere that it writes, as it would leave them. */
export function changesByShell(line: string, { root, folder }: Where): ChangedFile[] {
  const changed = new Map<string, { readonly before: string; readonly after: string | undefined }>();
  for (const { path: named, folder: from, isTree, change } of shellChangesIn(line)) {
    for (const file of filesNamed(path.resolve(folder, from, named), root, isTree)) {
      const known = changed.get(file);
      const before = known?.before ?? textBefore(file) ?? '';
      const after = change(known?.after ?? (known === undefined ? before : ''));
      if (after !== undefined || isWithin(root, file)) changed.set(file, { before, after });
    }
  }
  return [...changed].flatMap(([file, { before, after }]) => {
    const at = { path: inside(root, file), ...(before !== '' && { before: { text: before } }) };
    return before === (after ?? '') ? [] : [{ ...at, ...(after !== undefined && { after: { text: after } }) }];
  });
}

/** So many files are looked at of a folder that is removed, so deep. */
const mostOfTree = 64;
const deepest = 4;

/** What lasts is described in such files; other code that goes with its folder is as easily brought back as it was made. */
const describing = /\.(?:tf|tofu|hcl|ya?ml|json|bicep)$/;
/** What tools make, and make again. */
const made = /^(?:node_modules|dist|build|out|target|coverage|vendor|tmp|temp|cdk\.out|\..*)$/;

function filesNamed(file: string, root: string, isTree: boolean): string[] {
  const name = path.basename(file);
  if (name.includes('*')) {
    const pattern = new RegExp(`^${name.split('*').map((part) => part.replaceAll(/[^\w-]/g, String.raw`\$&`)).join('.*')}$`);
    return entriesOf(path.dirname(file)).filter((entry) => pattern.test(entry.name)).slice(0, mostOfTree).flatMap((entry) => (entry.isFile() ? [path.join(path.dirname(file), entry.name)] : []));
  }
  return isTree && isWithin(root, file) && !made.test(name) ? [file, ...filesIn(file, deepest)].slice(0, mostOfTree) : [file];
}

function filesIn(folder: string, depth: number): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return depth > 0 && !made.test(entry.name) ? filesIn(file, depth - 1) : [];
    return entry.isFile() && describing.test(entry.name) ? [file] : [];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isWithin(root: string, file: string): boolean {
  return file.startsWith(root + path.sep);
}

export function inside(root: string, file: string): string {
  const relative = path.relative(root, file);
  return (relative.startsWith('..') || path.isAbsolute(relative) ? path.basename(file) : relative).split(path.sep).join('/');
}
