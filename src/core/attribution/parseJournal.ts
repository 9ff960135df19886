import * as z from 'zod/mini';
import type { JournalEvent } from './journal.ts';

const name = z.string().check(z.minLength(1));
const count = z.number().check(z.int(), z.nonnegative());

const told = {
  v: z.literal(1),
  path: name,
  at: count,
  by: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ai'), tool: name, model: z.exactOptional(name), session: z.exactOptional(name) }),
    z.strictObject({ kind: z.literal('human') }),
  ]),
  toolUse: z.exactOptional(name),
  after: name,
  text: z.exactOptional(z.string()),
};

const event = z.union([
  z.strictObject({ ...told, before: name, replacements: z.array(z.tuple([count, z.string(), z.string()])), from: z.exactOptional(name) }),
  z.strictObject({ ...told, wrote: z.array(z.string()) }),
]);

/** The events of a journal, in its order, and the lines that are none. */
export interface ReadJournal {
  readonly events: readonly JournalEvent[];
  readonly unreadable: readonly string[];
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

function parseEvent(line: string): JournalEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = z.safeParse(event, value);
  if (!parsed.success || !isSorted(parsed.data)) return undefined;
  const { v: _v, ...rest } = parsed.data;
  return rest;
}

/** The replacements must make an edit. */
function isSorted(found: z.infer<typeof event>): boolean {
  let end = 0;
  for (const [start, oldText] of 'replacements' in found ? found.replacements : []) {
    if (start < end) return false;
    end = start + oldText.length;
  }
  return true;
}
