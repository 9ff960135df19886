import { formatRanges, type LineRange, parseRanges } from './lineRanges.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * A note of `refs/notes/ai` on one commit, in git-ai's format (authorship/3.0.0): which lines of the commit's files an AI wrote. What is
 * not understood stays as it came.
 */
export interface Note {
  readonly files: readonly NoteFile[];
  readonly metadata: JsonObject;
  /** The text of the metadata as it was read, as long as nobody changed it. */
  readonly metadataText?: string;
}

export interface NoteFile {
  readonly path: string;
  readonly entries: readonly NoteEntry[];
}

/** `key` names a session (`s_…::t_…`), a human (`h_…`), a prompt (bare hexadecimal digits), or something that is not known here. */
export interface NoteEntry {
  readonly key: string;
  readonly ranges: readonly LineRange[];
}

/** What is wrong with a note, and in which of its lines; from 1. */
export interface NoteFault {
  readonly line: number;
  readonly why: string;
}

export const noteSchema = 'authorship/3.0.0';

/** A note nobody wrote is larger. */
const mostCharacters = 16 * 1024 * 1024;

export function parseNote(text: string): { readonly note: Note } | { readonly fault: NoteFault } {
  const fault = (line: number, why: string) => ({ fault: { line, why } });
  if (text.length > mostCharacters) return fault(1, `it has ${text.length} characters, more than any honest note`);
  const lines = text.split('\n');
  const divider = lines.indexOf('---');
  if (divider === -1) return fault(lines.length, 'no line is ---, which parts the lines from the metadata');
  const files: { path: string; entries: NoteEntry[] }[] = [];
  for (const [index, line] of lines.slice(0, divider).entries()) {
    if (line.startsWith('  ')) {
      const entry = parseEntry(line);
      if (typeof entry === 'string') return fault(index + 1, entry);
      const file = files.at(-1);
      if (file === undefined) return fault(index + 1, 'an entry stands before the first file');
      file.entries.push(entry);
      continue;
    }
    const path = parsePath(line);
    if (path === undefined) return fault(index + 1, 'neither a path nor an entry');
    if (files.some((file) => file.path === path)) return fault(index + 1, `the file ${JSON.stringify(path)} stands there twice`);
    files.push({ path, entries: [] });
  }
  const metadataText = lines.slice(divider + 1).join('\n');
  const metadata = parseMetadata(metadataText);
  return 'why' in metadata ? fault(divider + 1 + metadata.line, metadata.why) : { note: { files, metadata: metadata.value, metadataText } };
}

export function serializeNote({ files, metadata, metadataText }: Note): string {
  const lines = files.flatMap(({ path, entries }) => [quoted(path), ...entries.map(({ key, ranges }) => `  ${key} ${formatRanges(ranges)}`)]);
  return [...lines, '---', metadataText ?? JSON.stringify(metadata, undefined, 2)].join('\n');
}

/** Whether the format can hold a path: it has no escapes. */
export function isWritablePath(path: string): boolean {
  return path !== '' && path !== '---' && !/["\n\r]/.test(path);
}

function quoted(path: string): string {
  return /[ \t]/.test(path) ? `"${path}"` : path;
}

function parsePath(line: string): string | undefined {
  const [, inner] = /^"([^"]+)"$/.exec(line) ?? [];
  if (inner !== undefined) return inner;
  return line === '' || /^\s|"/.test(line) ? undefined : line;
}

function parseEntry(line: string): NoteEntry | string {
  const [, key, written] = /^ {2}(\S+) (\S+)$/.exec(line) ?? [];
  if (key === undefined || written === undefined) return 'an entry is two blanks, a key, a blank and ranges of lines';
  const ranges = parseRanges(written);
  return ranges === undefined ? `${JSON.stringify(written)} are no ranges of lines, such as 3,7-9` : { key, ranges };
}

type ParsedMetadata = { readonly value: JsonObject } | { readonly line: number; readonly why: string };

/** `line` counts from 1 within the metadata. */
function parseMetadata(text: string): ParsedMetadata {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message)?.[1];
    const line = position === undefined ? text.trimEnd().split('\n').length : text.slice(0, Number(position)).split('\n').length;
    return { line, why: 'the metadata is not JSON' };
  }
  if (!isObject(value)) return { line: 1, why: 'the metadata is no object' };
  const lineOf = (key: string) => Math.max(0, text.split('\n').findIndex((line) => line.includes(JSON.stringify(key)))) + 1;
  const { schema_version: schema, base_commit_sha: base, prompts } = value;
  if (typeof schema !== 'string' || !schema.startsWith('authorship/3.')) return { line: lineOf('schema_version'), why: `schema_version is ${JSON.stringify(schema ?? null)}, and not ${noteSchema}` };
  if (typeof base !== 'string') return { line: lineOf('base_commit_sha'), why: 'base_commit_sha is no text' };
  if (!isObject(prompts)) return { line: lineOf('prompts'), why: 'prompts is no object' };
  const wrong = ['sessions', 'humans'].find((key) => value[key] !== undefined && !isObject(value[key]));
  return wrong === undefined ? { value } : { line: lineOf(wrong), why: `${wrong} is no object` };
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(value: Json | undefined, key: string): JsonObject {
  const inner = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isObject(inner) ? inner : {};
}

export function textAt(value: Json | undefined, key: string): string | undefined {
  const inner = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof inner === 'string' ? inner : undefined;
}
