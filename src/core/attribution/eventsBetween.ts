import { EditedText } from './editedText.ts';
import { endOfEvent, type JournalEdit } from './journal.ts';
import { parseEvent } from './parseJournal.ts';

/** UTF-16 code units of a line that may be known again, and lines that are looked for at most. */
const leastTelling = 8;
const mostTelling = 50;

/**
 * The events of a journal that lead from one text of a file to another, where no other event has to do with a text on the way: nothing that was told before or
 * beside them bears on what they say. Undefined where one may, where a step is missing, or where the steps lead elsewhere. Only the lines of these events are parsed.
 * @param journal as it is kept, of this file alone
 */
export function eventsBetween(journal: string, path: string, texts: { readonly from: string; readonly to: string }, digestOf: (text: string) => string): readonly JournalEdit[] | undefined {
  const [from, to] = [digestOf(texts.from), digestOf(texts.to)];
  if (from === to) return undefined;
  const events: JournalEdit[] = [];
  const others: string[] = [];
  for (let [wanted, rest] = [to, journal.length]; wanted !== from; ) {
    const end = endOfEvent(wanted);
    const at = journal.lastIndexOf(end, rest - end.length);
    if (at === -1 || rest < end.length) return undefined;
    const start = journal.lastIndexOf('\n', at) + 1;
    const event = parseEvent(journal.slice(start, at + end.length - 1));
    if (event === undefined || !('before' in event) || event.path !== path) return undefined;
    others.push(journal.slice(at + end.length, rest));
    events.push(event);
    [wanted, rest] = [event.before, start];
    if (wanted === from) others.push(journal.slice(0, start));
  }
  const between = events.slice(1).map(({ after }) => after);
  const isApart = others.every((other) => !between.some((digest) => other.includes(digest)) && isOnly(from, endOfEvent(from), other) && isOnly(to, `"before":"${to}"`, other));
  events.reverse();
  return isApart && !mayBring(events, others) && leadsTo(texts.to, texts.from, events) ? events : undefined;
}

/** Whether what these wrote may have been taken away before or after, as an agent does that moves something in two steps. */
function mayBring(events: readonly JournalEdit[], others: readonly string[]): boolean {
  const written = events.flatMap(({ replacements }) => replacements.flatMap(([, , newText]) => newText.split('\n')));
  const telling = new Set(written.map((line) => line.trim()).filter((line) => line.length >= leastTelling));
  return [...telling].slice(0, mostTelling).some((line) => others.some((other) => other.includes(JSON.stringify(line).slice(1, -1))));
}

/** Whether a digest is spoken of in this way alone. */
function isOnly(digest: string, way: string, text: string): boolean {
  return countOf(digest, text) === countOf(way, text);
}

function countOf(part: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) count++;
  return count;
}

function leadsTo(to: string, from: string, events: readonly JournalEdit[]): boolean {
  const end = events.reduce<string | EditedText>((text, { replacements }) => new EditedText(text, replacements), from);
  return (typeof end === 'string' ? end : end.text) === to;
}
