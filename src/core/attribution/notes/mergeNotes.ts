import { type LineRange, uniteRanges } from './lineRanges.ts';
import { isObject, type Json, type JsonObject, type Note, type NoteEntry, type NoteFile, serializeNote } from './note.ts';

/**
 * What two notes of one commit say together. Laws: it does not matter which comes first, merging with itself changes nothing, and no line,
 * key or value of either is lost but where both give one key another plain value: then the one that sorts last stays, on every machine.
 */
export function mergeNotes(one: Note, other: Note): Note {
  const merged: Note = { files: mergeFiles(one.files, other.files), metadata: mergeObjects(one.metadata, other.metadata) };
  // A note that says it all stays as it was written.
  return [one, other].find((note) => isSame(note, merged)) ?? merged;
}

function isSame(note: Note, merged: Note): boolean {
  const { metadataText: _text, ...plain } = note;
  return canonical(plain) === canonical(merged);
}

function canonical({ files, metadata }: Note): string {
  const sorted = mergeFiles(files, []);
  return serializeNote({ files: sorted, metadata: mergeObjects(metadata, {}) });
}

function mergeFiles(some: readonly NoteFile[], others: readonly NoteFile[]): NoteFile[] {
  const byPath = new Map<string, Map<string, LineRange[]>>();
  for (const { path, entries } of [...some, ...others]) {
    const byKey = byPath.get(path) ?? new Map<string, LineRange[]>();
    byPath.set(path, byKey);
    for (const { key, ranges } of entries) byKey.set(key, [...(byKey.get(key) ?? []), ...ranges]);
  }
  return [...byPath].sort(byKeyText).map(([path, byKey]) => ({ path, entries: [...byKey].sort(byKeyText).map(([key, ranges]): NoteEntry => ({ key, ranges: uniteRanges(ranges) })) }));
}

function byKeyText([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function mergeObjects(one: JsonObject, other: JsonObject): JsonObject {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(keys.map((key): [string, Json] => [key, mergeValues(own(one, key), own(other, key))]));
}

function mergeValues(one: Json | undefined, other: Json | undefined): Json {
  if (one === undefined || other === undefined) return normal(one ?? other ?? null);
  if (isObject(one) && isObject(other)) return mergeObjects(one, other);
  const [a, b] = [normal(one), normal(other)];
  return JSON.stringify(a) < JSON.stringify(b) ? b : a;
}

/** With keys in their order, so that equal values are written alike. */
function normal(value: Json): Json {
  if (isObject(value)) return mergeObjects(value, {});
  return value;
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
