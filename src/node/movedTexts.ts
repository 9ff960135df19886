import type { JournalEvent } from '../core/attribution/journal.ts';
import type { Departed } from '../core/attribution/departedTexts.ts';
import { takenFrom, type Traces } from '../core/attribution/reconcile.ts';
import { brings, longestMoveMs, TakenTexts } from '../core/attribution/takenTexts.ts';
import { TakingEvents } from '../core/attribution/takingEvents.ts';

interface ToldFile {
  readonly path: string;
  /** Another one when something more is known of it. */
  readonly stamp: string;
}

/** Which files agents told of. */
export interface ToldFiles {
  /** Those from which agents may have taken something since a time, and perhaps some more; the same value as long as nothing new is known. @param since milliseconds since 1970 */
  readonly takenSince: (since: number) => Promise<readonly ToldFile[]>;
}

/** What is known of files by themselves. */
export interface ToldOf {
  readonly eventsOf: (path: string) => Promise<readonly JournalEvent[]>;
  /** As far as these events are followed, at least. */
  readonly tracesOf: (path: string, events: readonly JournalEvent[]) => Promise<Traces | undefined>;
}

/** Files from one to the next that what an agent moved is followed over, at most. */
const mostHops = 4;

/** What agents took away from all files that they told of. */
export class MovedTexts {
  private readonly taking = new TakingEvents();
  private readonly taken = new TakenTexts();
  /** By path, the files that were looked at, and the events of them that were followed. */
  private readonly known = new Map<string, { readonly stamp: string; readonly isKnown: Promise<void> }>();
  private readonly followed = new Map<string, { readonly stamp: string | undefined; readonly events: Promise<ReadonlySet<string>> }>();
  private readonly traces = new Map<string, Traces>();
  /** Whether something is known that was not passed on to what came of it. */
  private isFresh = false;
  private looked: { readonly files: readonly ToldFile[]; readonly areKnown: Promise<unknown> } | undefined;

  constructor(
    private readonly files: ToldFiles,
    private readonly told: ToldOf,
  ) {}

  /** For the events of a file what each may have brought from other files, or from a place in this one that lost it later; undefined for nothing. */
  async broughtBy(events: readonly JournalEvent[]): Promise<((event: JournalEvent) => readonly Departed[]) | undefined> {
    const bringing = events.filter(brings);
    if (bringing.length === 0) return undefined;
    const since = bringing.reduce((least, { at }) => Math.min(least, at), Infinity) - longestMoveMs;
    const files = await this.files.takenSince(since);
    if (files !== this.looked?.files) this.looked = { files, areKnown: Promise.all(files.map((file) => this.look(file))) };
    await this.looked.areKnown;
    const isMoved = await this.followSources(bringing);
    if (!isMoved) return undefined;
    return (event) => {
      this.passOn();
      return this.taken.broughtBy(event);
    };
  }

  /** Those that what was brought was taken from, and those that they had it from. @returns whether there are any */
  private async followSources(bringing: readonly JournalEvent[]): Promise<boolean> {
    const sources = new Map<string, Set<JournalEvent>>();
    for (let [waiting, hops] = [bringing, 0]; waiting.length > 0 && hops < mostHops; hops++) {
      const fresh = [...this.taking.sourcesOf(waiting)].filter(([path, wanted]) => !wanted.every((event) => sources.get(path)?.has(event)));
      for (const [path, wanted] of fresh) sources.set(path, new Set([...(sources.get(path) ?? []), ...wanted]));
      await Promise.all(fresh.map(([path, wanted]) => this.follow(path, wanted)));
      waiting = fresh.flatMap(([path]) => this.traces.get(path)?.events.filter(brings) ?? []);
    }
    return sources.size > 0;
  }

  /** Of what a file had from another it is known whose it was when what was taken from that one is known. */
  private passOn(): void {
    if (!this.isFresh) return;
    this.isFresh = false;
    const broughtBy = (event: JournalEvent) => this.taken.broughtBy(event);
    const firstOf = ({ events }: Traces) => events.reduce((first, event) => (brings(event) ? Math.min(first, event.at) : first), Infinity);
    for (const [path, traces] of [...this.traces].sort(([, one], [, other]) => firstOf(one) - firstOf(other))) {
      if (traces.events.some((event) => brings(event) && broughtBy(event).length > 0)) this.taken.set(path, takenFrom({ ...traces, broughtBy }));
    }
  }

  private look({ path, stamp }: ToldFile): Promise<void> {
    const known = this.known.get(path);
    if (known?.stamp === stamp) return known.isKnown;
    const isKnown = this.told.eventsOf(path).then((events) => {
      this.taking.set(path, events);
    });
    this.known.set(path, { stamp, isKnown });
    return isKnown;
  }

  private follow(path: string, wanted: readonly JournalEvent[]): Promise<unknown> {
    const stamp = this.known.get(path)?.stamp;
    const before = this.followed.get(path);
    const events = (before?.stamp === stamp ? before?.events : undefined) ?? Promise.resolve(new Set<string>());
    const followed = { stamp, events: events.then((known) => (wanted.every((event) => known.has(keyOf(event))) ? known : this.followNow(path, wanted))) };
    this.followed.set(path, followed);
    return followed.events;
  }

  private async followNow(path: string, wanted: readonly JournalEvent[]): Promise<ReadonlySet<string>> {
    const traces = await this.told.tracesOf(path, wanted);
    this.taken.set(path, traces === undefined ? [] : takenFrom(traces));
    if (traces === undefined) this.traces.delete(path);
    else this.traces.set(path, traces);
    this.isFresh = true;
    return new Set([...wanted, ...(traces?.events ?? [])].map(keyOf));
  }
}

function keyOf({ at, after }: JournalEvent): string {
  return `${at} ${after}`;
}
