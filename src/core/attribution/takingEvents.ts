import type { OffsetRange } from '../text/offsetRange.ts';
import { editOf, type JournalEvent, type JournalReplacement } from './journal.ts';
import { leastWords } from './departedTexts.ts';
import { turnOf } from './reconcile.ts';
import { refine, textLimit } from './refine.ts';
import { isEnough, isNear, rowsOf, takes, writtenBy } from './takenTexts.ts';
import { Tokens } from './tokens.ts';

interface Taking {
  readonly path: string;
  readonly event: JournalEvent;
  readonly turn: string;
  /** Of the texts that went, and of parts of them; undefined where that takes following what the file held. */
  readonly rows: readonly number[] | undefined;
}

/**
 * Which events may have taken away what others brought, by the words in a row of what stood where they wrote: mostly none did, and then nobody has to follow what
 * the files held. May name too many, and never too few for `TakenTexts.broughtBy`.
 */
export class TakingEvents {
  private readonly byPath = new Map<string, readonly Taking[]>();
  private readonly byTurn = new Map<string, Turn>();

  /** In place of what was known of the file. */
  set(path: string, events: readonly JournalEvent[]): void {
    for (const taking of this.byPath.get(path) ?? []) this.byTurn.get(taking.turn)?.delete(taking);
    const all = events.filter(takes).map((event): Taking => ({ path, event, turn: turnOf(event), rows: rowsTaken(event) }));
    for (const taking of all) {
      const turn = this.byTurn.get(taking.turn) ?? new Turn();
      this.byTurn.set(taking.turn, turn);
      turn.add(taking);
    }
    this.byPath.set(path, all);
  }

  /** What may have taken away what these brought, or what that had been brought by before; by path. */
  sourcesOf(bringing: readonly JournalEvent[]): ReadonlyMap<string, readonly JournalEvent[]> {
    const sources = new Map<string, JournalEvent[]>();
    for (const turn of new Set(bringing.map((event) => turnOf(event)))) {
      const found = this.byTurn.get(turn)?.sourcesOf(bringing.filter((event) => turnOf(event) === turn)) ?? [];
      for (const { path, event } of found) {
        const events = sources.get(path);
        if (events === undefined) sources.set(path, [event]);
        else events.push(event);
      }
    }
    return sources;
  }
}

/** Where more events than that may be the ones, all of the turn are taken for it: to tell them apart would cost more than it saves. */
const mostFound = 100;

/** What was taken away in one turn. */
class Turn {
  private readonly all = new Set<Taking>();
  private readonly byRow = new Map<number, Set<Taking>>();

  add(taking: Taking): void {
    this.all.add(taking);
    for (const row of taking.rows ?? [anyRow]) this.byRow.set(row, (this.byRow.get(row) ?? new Set()).add(taking));
  }

  delete(taking: Taking): void {
    this.all.delete(taking);
    for (const row of taking.rows ?? [anyRow]) this.byRow.get(row)?.delete(taking);
  }

  sourcesOf(bringing: readonly JournalEvent[]): Iterable<Taking> {
    const found = new Set<Taking>();
    for (const event of bringing) {
      const shorts = this.hasNear(event) ? shortTexts(event) : [];
      if (shorts === undefined) return this.all;
      for (const taking of [...this.takingFor(event), ...this.withWords(shorts)]) found.add(taking);
      if (found.size > mostFound) return this.all;
    }
    const waiting = [...found].sort(byTime);
    // The last one first: where it has looked, those before it find nothing more, but what is of its own file.
    const lookedFor = new Map<number, string | undefined>();
    for (let taking = waiting.pop(); taking !== undefined; taking = waiting.pop()) {
      const { path, event, rows } = taking;
      if (rows === undefined) return this.all;
      const fresh: Taking[] = [];
      for (const row of [anyRow, ...rows]) {
        const by = lookedFor.get(row);
        if (lookedFor.has(row) && (by === undefined || by === path)) continue;
        lookedFor.set(row, lookedFor.has(row) ? undefined : path);
        for (const earlier of this.byRow.get(row) ?? []) if (earlier.path !== path && earlier.event.at < event.at && !found.has(earlier)) fresh.push(earlier);
      }
      if (fresh.length === 0) continue;
      for (const each of fresh) found.add(each);
      if (found.size > mostFound) return this.all;
      waiting.push(...new Set(fresh));
      waiting.sort(byTime);
    }
    return found;
  }

  private hasNear(event: JournalEvent): boolean {
    for (const taking of this.all) if (isNearTo(taking, event)) return true;
    return false;
  }

  /** What may have come from elsewhere as a whole stood there with all of its words. */
  private withWords(shorts: readonly (readonly string[])[]): Taking[] {
    const stoodIn = ({ event }: Taking) => !('replacements' in event) || shorts.some((words) => event.replacements.some(([, oldText]) => words.every((word) => oldText.includes(word))));
    return shorts.length === 0 ? [] : [...this.all].filter(stoodIn);
  }

  private takingFor(event: JournalEvent): readonly Taking[] {
    const rows = writtenBy(event).flatMap((text) => (isEnough(text) ? rowsOf(text) : []));
    return [anyRow, ...rows].flatMap((row) => [...(this.byRow.get(row) ?? [])].filter((taking) => isNearTo(taking, event)));
  }
}

function isNearTo({ path, event: { at } }: Taking, event: JournalEvent): boolean {
  return isNear({ path, at }, event);
}

function byTime(one: Taking, other: Taking): number {
  return one.event.at - other.event.at;
}

/** Stands for the rows of what is not known without following what the file held. */
const anyRow = NaN;

function rowsTaken(event: JournalEvent): readonly number[] | undefined {
  if (!('replacements' in event)) return undefined;
  if (isLong(event.replacements)) return undefined;
  const rows = event.replacements.flatMap(([, oldText]) => (isEnough(oldText) ? rowsOf(oldText) : []));
  return [...new Set(rows)].filter((row) => !Number.isNaN(row));
}

/** Of a very long replacement only the ends are found that both sides have in common, and these may cut a word. */
function isLong(replacements: readonly JournalReplacement[]): boolean {
  return replacements.some(([, oldText, newText]) => oldText.length + newText.length > textLimit.phrases);
}

/** The words of texts that an event puts in and that are too short for a row, but may still have come from elsewhere as a whole; undefined where that takes following the file. */
function shortTexts(event: JournalEvent): (readonly string[])[] | undefined {
  if (!('replacements' in event) || isLong(event.replacements)) return undefined;
  const { replacements } = event;
  const read = (range: OffsetRange) => {
    const [start, oldText] = replacements.find(([at, old]) => at <= range.start && range.endExclusive <= at + old.length) ?? [0, ''];
    return range.shift(-start).of(oldText);
  };
  return refine(editOf(replacements), read, 'phrases').replacements.flatMap(({ newText }) => {
    const words = isEnough(newText) ? wordsOf(newText) : [];
    return words.length > 0 && words.length < leastWords ? [words] : [];
  });
}

function wordsOf(text: string): readonly string[] {
  const tokens = new Tokens(text);
  return tokens.words.map((word) => text.slice(tokens.startOf(word), tokens.endOf(word)));
}
