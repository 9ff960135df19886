import type { JournalEvent } from '../core/attribution/journal.ts';
import type { Departed } from '../core/attribution/moves.ts';
import { takenFrom, type Traces } from '../core/attribution/reconcile.ts';
import { brings, longestMoveMs, takes, TakenTexts } from '../core/attribution/takenTexts.ts';
import type { Elsewhere, KnownFile } from './elsewhere.ts';

/** What agents took away from all files that they told of. */
export class MovedTexts {
  private readonly taken = new TakenTexts();
  private readonly known = new Map<string, { readonly stamp: string; readonly isTaken: Promise<void> }>();

  constructor(
    private readonly elsewhere: Elsewhere,
    /** What is known of a file by itself. */
    private readonly tracesOf: (path: string) => Promise<Traces | undefined>,
  ) {}

  /** For the events of a file what each may have brought from other files, or from a place in this one that lost it later. */
  async broughtBy(events: readonly JournalEvent[]): Promise<((event: JournalEvent) => readonly Departed[]) | undefined> {
    const bringing = events.filter(brings);
    if (bringing.length === 0) return undefined;
    const since = bringing.reduce((least, { at }) => Math.min(least, at), Infinity) - longestMoveMs;
    const files = await this.elsewhere.toldSince(since);
    await Promise.all(files.map((file) => this.takenFrom(file)));
    return (event) => this.taken.broughtBy(event);
  }

  private takenFrom({ path, stamp }: KnownFile): Promise<void> {
    const known = this.known.get(path);
    if (known?.stamp === stamp) return known.isTaken;
    const isTaken = this.tracesOf(path).then((traces) => {
      this.taken.set(path, traces?.events.some(takes) === true ? takenFrom(traces) : []);
    });
    this.known.set(path, { stamp, isTaken });
    return isTaken;
  }
}
