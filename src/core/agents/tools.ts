import { isOddPatch, isPatch, parsePatch } from './applyPatch.ts';
import type { FileWrite, TextEdit } from './event.ts';
import { Fields, plainPath } from './fields.ts';

/** What a tool does, as its name and input tell. */
export interface ToolUse {
  readonly command?: string;
  readonly writes: readonly FileWrite[];
  readonly unread?: string;
}

/** Tools that write a file and do not say what they write: notebooks, edits that another model carries out, diffs. */
const writing = /write|edit|create|replace|insert|patch|notebook|save|modify/i;

/** Tools that delete a file, as they are called: what else has such a word in its name has other input. */
const deleting = /^(?:delete|remove|delete_?file|remove_?file)$/i;

const pathNames = ['file_path', 'path', 'notebook_path', 'filename', 'target_file', 'file'];
const oldNames = ['old_string', 'old_str', 'old_text', 'old'];
const newNames = ['new_string', 'new_str', 'new_text', 'insert_text', 'new'];

/**
 * Reads a tool's input by its shape: the tools of all agents are edits with an old and a new text, whole contents, patches and command lines,
 * under names that differ and change. Undefined for what writes nothing, such as reading.
 */
export function readTool(name: string, input: Fields): ToolUse | undefined {
  const command = commandIn(input) ?? commandOfTask(input.object('task'));
  const patch = [command === undefined ? undefined : patchIn(command), input.text('input'), input.text('patch'), input.text('patch_text')].find((text) => text !== undefined && isPatch(text));
  if (patch !== undefined) return { writes: parsePatch(patch), ...(isOddPatch(patch) && { unread: 'a line of the patch is of no known kind' }) };
  const path = input.name(...pathNames);
  const list = [input.list('edits'), input.list('replacements')].find((each) => each.length > 0);
  if (list !== undefined) return ofEdits(path, list.map((each) => Fields.of(each)));
  if (path !== undefined && command === 'view') return undefined;
  const blocks = path === undefined ? [] : searchBlocksIn(input.text('diff') ?? '');
  if (path !== undefined && blocks.length > 0) return { writes: [{ path: plainPath(path), edits: blocks }] };
  const edit = path === undefined ? undefined : readEdit(input);
  if (path !== undefined && edit !== undefined) return { writes: [{ path: plainPath(path), edits: [edit] }] };
  if (path !== undefined && deleting.test(name)) return { writes: [{ path: plainPath(path), isDeleted: true }] };
  if (path !== undefined && writing.test(name)) {
    const content = input.text('content', 'file_text', 'text', 'contents');
    const part = content === undefined ? input.text('new_source', 'new_code', 'code') : undefined;
    const isUntold = content === undefined && part === undefined && input.name('edit_mode') !== 'delete';
    return { writes: [{ path: plainPath(path), ...(content !== undefined && { content }), ...(part !== undefined && { part }) }], ...(isUntold && { unread: 'it does not say what is written' }) };
  }
  // With a path, one word names what an editor does to the file.
  if (command === undefined || (path !== undefined && /^\w+$/.test(command))) return undefined;
  // Beside the patch it does something more: what it does to files is all found when it ends.
  return { command, writes: isPatch(command) ? parsePatch(command) : [] };
}

/** A command line; one that is given word by word, as a shell would take it. */
export function commandIn(input: Fields): string | undefined {
  const command = input.name('command', 'command_line', 'cmd');
  if (command !== undefined) return command;
  const words = [input.list('command'), input.list('cmd')].find((each) => each.length > 0)?.map(String);
  if (words === undefined) return undefined;
  const [program = '', option = '', script] = words;
  if (script !== undefined && words.length === 3 && /^(?:.*\/)?(?:ba|da|z|k)?sh$/.test(program) && /^-[a-z]*c$/.test(option)) return script;
  return program === 'apply_patch' && words.length === 2 ? option : words.map(quoted).join(' ');
}

/** A task of VS Code: a command line, with words behind it that are taken as they are. */
function commandOfTask(task: Fields): string | undefined {
  const command = commandIn(task);
  return command === undefined ? undefined : [command, ...task.list('args').flatMap((word) => (typeof word === 'string' ? [quoted(word)] : []))].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** The patch that a command line is, or gives to `apply_patch` and does nothing else. */
function patchIn(command: string): string | undefined {
  if (/^\s*\*\*\* Begin Patch/.test(command)) return command;
  // A here-document whose mark is not quoted may run what stands in it.
  return /^\s*(?:cd [\w./-]+ && )?apply_patch <<\s*(['"])(\w+)\1\r?\n([^]*)\r?\n\2\s*$/.exec(command)?.[3];
}

/** Cline's edits: what is searched for, and what takes its place. */
function searchBlocksIn(diff: string): TextEdit[] {
  const blocks = diff.matchAll(/^(?:<{5,}|-{5,}) SEARCH>?\r?\n([^]*?)^={5,}\r?\n([^]*?)^(?:>{5,}|\+{5,}) REPLACE>?\s*$/gm);
  return [...blocks].map(([, oldText = '', newText = '']) => ({ oldText, newText }));
}

/** Each edit may name a file of its own. */
function ofEdits(path: string | undefined, list: readonly Fields[]): ToolUse {
  const byPath = new Map<string, TextEdit[]>();
  let isRead = true;
  for (const each of list) {
    const file = each.name(...pathNames) ?? path;
    const edit = readEdit(each);
    if (file !== undefined && edit !== undefined) byPath.set(file, [...(byPath.get(file) ?? []), edit]);
    else isRead = false;
  }
  return { writes: [...byPath].map(([file, edits]) => ({ path: plainPath(file), edits })), ...(!isRead && { unread: 'an edit has no file, or neither an old nor a new text' }) };
}

/** An edit with an old and a new text, of which one may be missing. */
export function readEdit(fields: Fields): TextEdit | undefined {
  const oldText = fields.text(...oldNames);
  const newText = fields.text(...newNames);
  if (oldText === undefined && newText === undefined) return undefined;
  const isForAll = fields.isTrue('replace_all', 'all') || (fields.count('expected_replacements') ?? 1) > 1;
  const start = startOf(fields.object('range'));
  return { oldText: oldText ?? '', newText: newText ?? '', ...(isForAll && { isForAll }), ...(start && { start }) };
}

/** Agents count lines and columns from 1. */
function startOf(range: Fields): TextEdit['start'] {
  const line = range.count('start_line_number');
  const column = range.count('start_column');
  return line === undefined || column === undefined || line < 1 || column < 1 ? undefined : { line: line - 1, column: column - 1 };
}
