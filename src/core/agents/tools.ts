import { isPatch, parsePatch } from './applyPatch.ts';
import type { FileWrite, TextEdit } from './event.ts';
import { Fields, plainPath } from './fields.ts';

/** What a tool does, as its name and input tell. */
export interface ToolUse {
  readonly command?: string;
  readonly writes: readonly FileWrite[];
}

/** Tools that write a file and do not say what they write: notebooks, edits that another model carries out, diffs. */
const writing = /write|edit|create|replace|insert|patch|notebook|save|modify/i;

const pathNames = ['file_path', 'path', 'notebook_path', 'filename', 'target_file', 'file'];
const oldNames = ['old_string', 'old_str', 'old_text', 'old'];
const newNames = ['new_string', 'new_str', 'new_text', 'new'];

/**
 * Reads a tool's input by its shape: the tools of all agents are edits with an old and a new text, whole contents, patches and command lines,
 * under names that differ and change. Undefined for what writes nothing, such as reading.
 */
export function readTool(name: string, input: Fields): ToolUse | undefined {
  const patch = [input.text('command'), input.text('input'), input.text('patch'), input.text('patch_text')].find((text) => text !== undefined && isPatch(text));
  if (patch !== undefined) return { writes: parsePatch(patch) };
  const path = input.name(...pathNames);
  const list = [input.list('edits'), input.list('replacements')].find((each) => each.length > 0);
  if (list !== undefined) return ofEdits(path, list.map((each) => Fields.of(each)));
  const blocks = path === undefined ? [] : searchBlocksIn(input.text('diff') ?? '');
  if (path !== undefined && blocks.length > 0) return { writes: [{ path: plainPath(path), edits: blocks }] };
  const edit = path === undefined ? undefined : readEdit(input);
  if (path !== undefined && edit !== undefined) return { writes: [{ path: plainPath(path), edits: [edit] }] };
  if (path !== undefined && writing.test(name)) {
    const content = input.text('content', 'file_text', 'text', 'contents');
    return { writes: [{ path: plainPath(path), ...(content !== undefined && { content }) }] };
  }
  const command = input.name('command', 'command_line', 'cmd') ?? joined(input.list('command'));
  return command === undefined || path !== undefined ? undefined : { command, writes: [] };
}

function joined(words: readonly unknown[]): string | undefined {
  return words.length === 0 ? undefined : words.join(' ');
}

/** Cline's edits: what is searched for, and what takes its place. */
function searchBlocksIn(diff: string): TextEdit[] {
  const blocks = diff.matchAll(/^(?:<{5,}|-{5,}) SEARCH>?\r?\n([^]*?)^={5,}\r?\n([^]*?)^(?:>{5,}|\+{5,}) REPLACE>?\s*$/gm);
  return [...blocks].map(([, oldText = '', newText = '']) => ({ oldText, newText }));
}

/** Each edit may name a file of its own. */
function ofEdits(path: string | undefined, list: readonly Fields[]): ToolUse | undefined {
  const byPath = new Map<string, TextEdit[]>();
  for (const each of list) {
    const file = each.name(...pathNames) ?? path;
    const edit = readEdit(each);
    if (file === undefined || edit === undefined) continue;
    byPath.set(file, [...(byPath.get(file) ?? []), edit]);
  }
  return byPath.size === 0 ? undefined : { writes: [...byPath].map(([file, edits]) => ({ path: plainPath(file), edits })) };
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
