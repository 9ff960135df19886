import { formatRanges, type LineRange, parseRanges, uniteRanges } from './lineRanges.ts';
import { isObject, type Json, type JsonObject, type Note, type NoteEntry, type NoteFile, objectAt, serializeNote } from './note.ts';
import { deletionsKey, evidenceKey } from './sessions.ts';

/**
 * What two notes of one commit say together. Laws: it does not matter which comes first, merging with itself changes nothing, and no line,
 * key or value of either is lost but where both give one key another plain value: then the one that sorts last stays, on every machine.
 */
export function mergeNotes(one: Note, other: Note): Note {
  const merged: Note = { files: mergeFiles(one.files, other.files), metadata: mergeMetadata(one.metadata, other.metadata) };
  // A note that says it all stays as it was written.
  return [one, other].find((note) => isSame(note, merged)) ?? merged;
}

function isSame(note: Note, merged: Note): boolean {
  const { metadataText: _text, ...plain } = note;
  return canonical(plain) === canonical(merged);
}

function canonical({ files, metadata }: Note): string {
  const sorted = mergeFiles(files, []);
  return serializeNote({ files: sorted, metadata: mergeMetadata(metadata, {}) });
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

/** What is ours says by lines what is not known of a file: a line that neither note leaves out of it would be a person's. */
function mergeMetadata(one: JsonObject, other: JsonObject): JsonObject {
  const merged = mergeObjects(one, other);
  const [some, others] = [objectAt(objectAt(one, 'firebreak'), 'files'), objectAt(objectAt(other, 'firebreak'), 'files')];
  const shared = Object.keys(some).filter((path) => Object.hasOwn(others, path));
  if (shared.length === 0) return merged;
  const ours = objectAt(merged, 'firebreak');
  const files = Object.fromEntries(shared.map((path): [string, Json] => [path, mergeRecords(objectAt(some, path), objectAt(others, path))]));
  return mergeObjects({ ...merged, firebreak: { ...ours, files: { ...objectAt(ours, 'files'), ...files } } }, {});
}

function mergeRecords(one: JsonObject, other: JsonObject): JsonObject {
  const [entries, others] = [objectAt(one, 'entries'), objectAt(other, 'entries')];
  return { ...mergeObjects(one, other), ...uniteSame(one, other), ...(Object.keys({ ...entries, ...others }).length > 0 && { entries: { ...mergeObjects(entries, others), ...uniteSame(entries, others) } }) };
}

/** The lines of both, where both name some. */
function uniteSame(one: JsonObject, other: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.keys(one).flatMap((key) => {
      const ranges = [own(one, key), own(other, key)].map((value) => (typeof value === 'string' ? parseRanges(value) : undefined));
      return key === 'blob' || key === 'deleted' || ranges.includes(undefined) ? [] : [[key, formatRanges(uniteRanges(ranges.flatMap((each) => each ?? [])))]];
    }),
  );
}

function mergeObjects(one: JsonObject, other: JsonObject): JsonObject {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(keys.map((key): [string, Json] => [key, mergeValues(key, own(one, key), own(other, key))]));
}

function mergeValues(key: string, one: Json | undefined, other: Json | undefined): Json {
  if (key === deletionsKey || key === evidenceKey) {
    const lists = [one, other].flatMap((value) => (value === undefined ? [] : [listIn(key, value)]));
    if (!lists.includes(undefined)) return joinList(key, lists.flatMap((list) => list ?? []));
  }
  if (one === undefined || other === undefined) return normal(one ?? other ?? null);
  if (isObject(one) && isObject(other)) return mergeObjects(one, other);
  const [a, b] = [normal(one), normal(other)];
  return JSON.stringify(a) < JSON.stringify(b) ? b : a;
}

/** The items of what is ours and stands as a list in one text; undefined where it is no such list. */
function listIn(key: string, value: Json): readonly string[] | undefined {
  if (typeof value !== 'string') return undefined;
  if (key === evidenceKey) return value.split(' ').filter((word) => word !== '');
  try {
    const list = JSON.parse(value) as Json;
    return Array.isArray(list) ? list.map((item) => JSON.stringify(item)) : undefined;
  } catch {
    return undefined;
  }
}

function joinList(key: string, items: readonly string[]): string {
  const all = [...new Set(items)].sort();
  return key === evidenceKey ? all.join(' ') : `[${all.join(',')}]`;
}

/** With keys in their order, so that equal values are written alike. */
function normal(value: Json): Json {
  if (isObject(value)) return mergeObjects(value, {});
  return value;
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
