import { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { advance, advanceEach, type Read } from './advance.ts';
import { withoutApart } from './apart.ts';
import { carried, type Known, withoutCommitted } from './carried.ts';
import { withoutSettledMarks } from './deletions.ts';
import { EditedText } from './editedText.ts';
import { editOf, type JournalClaim, type JournalEdit, type JournalEvent } from './journal.ts';
import type { Departed } from './departedTexts.ts';
import { arrivalsIn, departuresOf, withArrivals } from './moves.ts';
import type { Origin } from './origin.ts';
import { recalled } from './recalled.ts';
import { refine } from './refine.ts';
import { type AiRegion, type Author, nobody } from './region.ts';
import { overlay } from './regionList.ts';
import { reordered } from './reordered.ts';
import type { StoredRegions } from './storedRegions.ts';

/** What is known of a file besides its text. */
export interface Traces {
  readonly stored?: StoredRegions | undefined;
  /** In any order, and perhaps twice. */
  readonly events: readonly JournalEvent[];
  /** What the file held in the last commit. */
  readonly committed?: string | undefined;
  /** What it holds in the commits that git is bringing in, where a merge or the like stopped, or that one was made of. */
  readonly incoming?: readonly string[];
  /** Texts that stood elsewhere, with their authors, and that an agent may have brought with a write to this file. */
  readonly broughtBy?: ((event: JournalEvent) => readonly Departed[]) | undefined;
  /** The digest that saved regions and the journal use. */
  readonly digestOf: (text: string) => string;
}

/** What an agent took away. */
export interface Taken extends Departed {
  /** The agent, at one session of its work. */
  readonly turn: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Texts that were put aside and are looked for what came back of them, at most. */
const mostEnds = 8;

/** A text of the file at some time, by its digest. */
interface State {
  readonly regions: readonly AiRegion[];
  readonly text: string | EditedText | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** It was committed, and nobody told how it came about: it counts as known where nothing else is. */
  readonly isAssumed?: true;
  /** An edit leads to the text, and nobody has looked yet whether it has the digest that was told. */
  readonly isUnproven?: true;
}

/**
 * Who wrote what in a text, by what agents told and what was saved. A chain of digests that leads to the text is exact;
 * else what changed since the last known text is told apart by comparing. Undefined when nothing is known of the file.
 */
export function reconcile(text: string, traces: Traces): readonly AiRegion[] | undefined {
  const { stored, events, committed, digestOf } = traces;
  if (events.length === 0 && stored === undefined) return undefined;
  const states = follow(traces);
  const exact = states.get(digestOf(text));
  if (exact !== undefined && exact.isAssumed !== true) return exact.regions;
  return states.since(text, Infinity) ?? (committed === undefined ? undefined : []);
}

/** The same where what agents told leads to just this text; undefined for any other. */
export function regionsLedTo(text: string, traces: Traces): readonly AiRegion[] | undefined {
  const digest = traces.digestOf(text);
  return traces.events.some(({ after }) => after === digest) ? follow(traces).get(digest)?.regions : undefined;
}

/** A text of a file that is known, with its regions. */
export interface KnownText extends Known {
  readonly digest: string;
}

/** All that is known of a file's texts: the regions by digest, and the texts that are at hand, the last one first. */
export interface KnownTexts {
  readonly regionsAt: (digest: string) => readonly AiRegion[] | undefined;
  readonly texts: readonly KnownText[];
}

/** The texts are made when somebody asks for one: mostly the regions of a single one are wanted. */
export function knownTexts(traces: Traces): KnownTexts {
  const states = follow(traces);
  let texts: readonly KnownText[] | undefined;
  return { regionsAt: (digest) => states.get(digest)?.regions, get texts() { return (texts ??= states.withText()); } }; // prettier-ignore
}

/** What agents took away from a file, in no order. */
export function takenFrom(traces: Traces): readonly Taken[] {
  return follow(traces).taken;
}

/** Whether edits that were told lead from one text to another without a gap. */
export function isLedFrom(from: string, to: string, events: readonly JournalEvent[]): boolean {
  const reached = new Set([from]);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const event of events) if ('before' in event && reached.has(event.before)) reached.add(event.after);
  }
  return from !== to && reached.has(to);
}

/** Digests are most of the work, so that only the ends of chains are held against theirs; where one does not fit, each step is. */
function follow(traces: Traces): States {
  const states = followed(traces, 'ends');
  return states.isProven() ? states : followed(traces, 'steps');
}

function followed(traces: Traces, proves: 'ends' | 'steps'): States {
  const states = new States(traces, proves);
  const waiting = [...traces.events].sort((a, b) => a.at - b.at);
  while (waiting.length > 0) {
    const [event] = waiting.splice(nextOf(waiting, states), 1);
    if (event !== undefined) states.take(event);
  }
  return states;
}

/**
 * The first event whose text before is known; else the first that waits for no other, since they may be told in any order. Of a text that one before it
 * led to as well, what is known may be of a later time: it stands there again.
 */
function nextOf(waiting: readonly JournalEvent[], states: States): number {
  const known = waiting.findIndex((event, index) => 'before' in event && states.isKnown(event.before) && !waiting.slice(0, index).some(({ after }) => after === event.before));
  if (known !== -1) return known;
  const awaited = new Set(waiting.map(({ after }) => after));
  return Math.max(0, waiting.findIndex((event) => !('before' in event) || !awaited.has(event.before)));
}

class States {
  readonly taken: Taken[] = [];
  private readonly byDigest = new Map<string, State>();
  /** The regions of texts from which events start and of which nothing else is known. */
  private readonly starts = new Map<string, readonly AiRegion[]>();
  /** Steps that were taken already: two configurations may tell of one write. */
  private readonly done = new Set<string>();
  private isContradicted = false;

  constructor(
    private readonly traces: Traces,
    private readonly proves: 'ends' | 'steps',
  ) {
    const { stored, committed, digestOf } = traces;
    for (const { digest, regions, savedAt, text } of [...(stored?.texts ?? [])].reverse()) this.byDigest.set(digest, { regions, text, at: savedAt });
    if (committed !== undefined) {
      const digest = digestOf(committed);
      this.byDigest.set(digest, { ...(this.byDigest.get(digest) ?? { regions: [], at: 0, isAssumed: true }), text: committed });
    }
  }

  isKnown(digest: string): boolean {
    const state = this.byDigest.get(digest);
    return state !== undefined && state.isAssumed !== true;
  }

  get(digest: string): State | undefined {
    return this.byDigest.get(digest);
  }

  /** A step can be undone from where it leads, so that the end of a chain speaks for all of it. */
  isProven(): boolean {
    if (this.isContradicted) return false;
    return [...this.byDigest].every(([digest, { text, isUnproven }]) => isUnproven !== true || this.isTextOf(digest, readable(text)));
  }

  private isTextOf(digest: string, text: string | undefined): boolean {
    return text !== undefined && this.traces.digestOf(text) === digest;
  }

  withText(): KnownText[] {
    const known = [...this.byDigest].sort(([, a], [, b]) => b.at - a.at);
    // The oldest first: each is made of the one before.
    for (const [, { text }] of known.toReversed()) readable(text);
    return known.flatMap(([digest, { text, regions, at }]) => {
      const read = readable(text);
      return read === undefined ? [] : [{ digest, text: read, regions, at }];
    });
  }

  lastKnown(before: number): Known | undefined {
    let last: State | undefined;
    for (const state of this.byDigest.values()) if (state.text !== undefined && state.at <= before && state.at >= (last?.at ?? 0)) last = state;
    const text = readable(last?.text);
    return last === undefined || text === undefined ? undefined : { regions: last.regions, text, at: last.at };
  }

  /** The text of the last commit, where that may have been made in the second of an event and not long before: nobody knows more of its time than the second. */
  private committedBefore(at: number): Known | undefined {
    const { committed, digestOf } = this.traces;
    const state = committed === undefined ? undefined : this.byDigest.get(digestOf(committed));
    return committed === undefined || state === undefined || state.at <= at || state.at - at >= 1000 ? undefined : { regions: state.regions, text: committed, at: state.at };
  }

  /** The texts that no edit led on from, which may have been put aside; the last ones first. */
  ends(before: number): Known[] {
    const led = new Set(this.traces.events.flatMap((event) => ('before' in event ? [event.before] : [])));
    const ends = [...this.byDigest].filter(([digest, { text, at, regions }]) => !led.has(digest) && text !== undefined && at <= before && regions.length > 0);
    const last = ends.map(([, state]) => state).sort((one, other) => other.at - one.at).slice(0, mostEnds);
    return last.map(({ text, regions, at }) => ({ text: readable(text) ?? '', regions, at }));
  }

  /** The regions of a text that nobody told of, by the last one before that is known; undefined where there is none. */
  since(now: string, before: number): readonly AiRegion[] | undefined {
    const { committed, incoming = [] } = this.traces;
    const last = this.lastKnown(before);
    if (last === undefined) return undefined;
    // What git brought is explained; what it brought the text may still hold, or hold again.
    const brought = committed === undefined ? incoming : [committed, ...incoming];
    const after = brought.includes(now) ? carried(last, now, 'explained') : withoutCommitted(carried(last, now, 'unexplained'), last, now, brought);
    return recalled(withoutApart(after, last, now, committed), last, now, { others: () => this.ends(before), brought });
  }

  take(event: JournalEvent): void {
    const key = `${'before' in event ? event.before : ''} ${event.after}`;
    if (this.done.has(key)) return;
    this.done.add(key);
    const made = 'before' in event ? this.edited(event) : this.claimed(event);
    if (made === undefined) return;
    const saved = this.byDigest.get(event.after);
    const regions = saved === undefined ? made.regions : overlay(saved.regions, made.regions.map(({ range }) => range), made.regions);
    const isKnown = saved?.text !== undefined && saved.isUnproven !== true;
    if (isKnown && made.text !== undefined && readable(made.text) !== readable(saved.text)) this.isContradicted = true;
    this.byDigest.set(event.after, { regions, text: made.text ?? saved?.text, at: Math.max(event.at, saved?.at ?? 0), ...(made.isUnproven === true && !isKnown && { isUnproven: true }) });
  }

  private edited(event: JournalEdit): State | undefined {
    const { replacements } = event;
    const base = this.baseOf(event);
    const text = base.text === undefined ? undefined : new EditedText(base.text, replacements);
    // What does not lead where it says was not written by a hook of ours.
    if (text !== undefined && this.proves === 'steps' && !this.isTextOf(event.after, text.text)) return undefined;
    const read = (range: OffsetRange) => {
      const [start, oldText] = replacements.find(([at, old]) => at <= range.start && range.endExclusive <= at + old.length) ?? [0, ''];
      return range.shift(-start).of(oldText);
    };
    const before = this.byDigest.get(event.before);
    if (before?.isUnproven === true) this.byDigest.set(event.before, { regions: before.regions, text: before.text, at: before.at });
    const isUnproven = text !== undefined && this.proves === 'ends';
    const whole = editOf(replacements);
    const edit = refine(whole, read, 'phrases');
    const made = this.moved(event, edit, { ...base, read });
    const after = withArrivals(advance(made.standing, edit, authorOf(event), read), edit, made.arrivals);
    const unknown = (): Author => ({ insertionId: `${toldId(event)}-moved`, origin: { kind: 'unknown' }, evidence: 'inferred', insertedAt: event.at });
    return { regions: withArrivals(after, whole, reordered(whole, base.regions, read, unknown)), text, at: event.at, ...(isUnproven && { isUnproven }) };
  }

  /** What an agent puts back or only moves stays whose it was: in one write, in several of one session, and from other files. */
  private moved(event: JournalEvent, edit: OffsetEdit, { regions, text, read }: Pick<State, 'regions' | 'text'> & { readonly read: Read }) {
    if (event.by.kind !== 'ai') return { standing: regions, arrivals: [] };
    const turn = turnOf(event);
    const left = departuresOf(edit, regions, read);
    const before = this.taken.filter((each) => each.turn === turn).reverse();
    const arrivals = arrivalsIn(edit, [...left, ...before, ...(this.traces.broughtBy?.(event) ?? [])], 'moved');
    this.taken.push(...left.map((each) => ({ ...each, turn, at: event.at })));
    const whole = arrivals.every((each) => each.length === 0) ? undefined : readable(text);
    // What is put back is no longer missing.
    return { standing: whole === undefined ? regions : withoutSettledMarks(regions, edit, (range) => range.of(whole), true), arrivals };
  }

  private baseOf(event: JournalEdit): State {
    const known = this.byDigest.get(event.before);
    const text = known?.text ?? event.text;
    if (known !== undefined && known.isAssumed !== true) return { ...known, text };
    const now = readable(text);
    const regions = this.starts.get(event.before) ?? (now === undefined ? undefined : this.since(now, event.at)) ?? [];
    // What an event starts from is known by it, also when another starts there again: what was told between them stands on another branch.
    if (known !== undefined) this.byDigest.set(event.before, { regions, text, at: known.at });
    else if (now !== undefined) this.starts.set(event.before, regions);
    return { regions, text, at: event.at };
  }

  private claimed(event: JournalClaim): State | undefined {
    const { text, wrote } = event;
    if (text === undefined || this.traces.digestOf(text) !== event.after) return undefined;
    const author = authorOf(event);
    const unclaimed: Author = { ...author, insertionId: `${author.insertionId}-around`, origin: { kind: 'unknown' }, evidence: 'inferred' };
    const base = this.committedBefore(event.at) ?? this.lastKnown(event.at);
    const { text: before, regions: known } = base ?? { text: '', regions: [] };
    const read = (range: OffsetRange) => range.of(before);
    const edit = refine(OffsetEdit.replace(new OffsetRange(0, before.length), text), read, 'lines');
    const isClaimed = (newText: string) => (base === undefined ? wrote.includes(newText) : newText === '' || wrote.some((each) => each.includes(newText.trim())));
    const claims = edit.replacements.map(({ newText }) => isClaimed(newText));
    const { standing, arrivals } = this.moved(event, edit, { regions: known, text: before, read });
    const regions = advanceEach(standing, edit, (index) => (claims[index] === true ? author : unclaimed), read);
    return { regions: withArrivals(regions, edit, arrivals.map((each, index) => (claims[index] === true ? each : []))), text, at: event.at };
  }
}

function readable(text: State['text']): string | undefined {
  return text instanceof EditedText ? text.text : text;
}

/** All that one agent does in one session: journals do not tell its turns apart. */
export function turnOf({ by }: { readonly by: Origin }): string {
  return by.kind === 'ai' ? JSON.stringify([by.tool, by.session]) : '';
}

function authorOf(event: JournalEvent): Author {
  return event.by.kind === 'human' ? nobody : { insertionId: toldId(event), origin: event.by, evidence: 'reported', insertedAt: event.at };
}

function toldId({ after, at }: JournalEvent): string {
  return `told-${after.slice(0, 16)}-${at}`;
}
