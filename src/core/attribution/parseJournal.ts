import type { JournalEvent, JournalReplacement } from './journal.ts';

/** The events of a journal, in its order, and the lines that are none. */
export interface ReadJournal {
  readonly events: readonly JournalEvent[];
  readonly unreadable: readonly string[];
  /** There is a journal, which is never made without an event, and nothing in it. */
  readonly isEmptied?: true;
}

export function parseJournal(text: string): ReadJournal {
  const events: JournalEvent[] = [];
  const unreadable: string[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const parsed = parseEvent(line);
    if (parsed === undefined) unreadable.push(line);
    else events.push(parsed);
  }
  return { events, unreadable };
}

/**
 * What a line says; undefined when it is no event. By hand, and as strict as a schema would be: git waits for it after each commit, a journal has hundreds of
 * lines, and a library for schemas takes twenty times as long in a process that just started.
 */
export function parseEvent(line: string): JournalEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { v, path, at, by, toolUse, after, text, ...rest } = value;
  const author = originOf(by);
  if (v !== 1 || !isName(path) || !isCount(at) || author === undefined || !isOptional(toolUse, isName) || !isName(after) || !isOptional(text, isText)) return undefined;
  const told = { path, at, by: author, ...(toolUse !== undefined && { toolUse }), after, ...(text !== undefined && { text }) };
  if ('wrote' in rest) {
    const { wrote, ...others } = rest;
    return Array.isArray(wrote) && wrote.every(isText) && isEmpty(others) ? { ...told, wrote } : undefined;
  }
  const { before, replacements, from, ...others } = rest;
  if (!isName(before) || !Array.isArray(replacements) || !replacements.every(isReplacement) || !isSorted(replacements) || !isOptional(from, isName) || !isEmpty(others)) return undefined;
  return { ...told, before, replacements, ...(from !== undefined && { from }) };
}

function originOf(value: unknown): JournalEvent['by'] | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, tool, model, session, ...others } = value;
  if (!isEmpty(others)) return undefined;
  if (kind === 'human') return tool === undefined && model === undefined && session === undefined ? { kind } : undefined;
  if (kind !== 'ai' || !isName(tool) || !isOptional(model, isName) || !isOptional(session, isName)) return undefined;
  return { kind, tool, ...(model !== undefined && { model }), ...(session !== undefined && { session }) };
}

/** The replacements must make an edit. */
function isSorted(replacements: readonly JournalReplacement[]): boolean {
  let end = 0;
  for (const [start, oldText] of replacements) {
    if (start < end) return false;
    end = start + oldText.length;
  }
  return true;
}

function isReplacement(value: unknown): value is JournalReplacement {
  if (!Array.isArray(value)) return false;
  const [start, oldText, newText] = value as unknown[];
  return value.length === 3 && isCount(start) && isText(oldText) && isText(newText);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isOptional<T>(value: unknown, is: (value: unknown) => value is T): value is T | undefined {
  return value === undefined || is(value);
}
