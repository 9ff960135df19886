import type { JournalEvent } from '../core/attribution/journal.ts';
import type { Departed } from '../core/attribution/moves.ts';
import { takenFrom, type Traces } from '../core/attribution/reconcile.ts';
import { brings, longestMoveMs, takes, TakenTexts } from '../core/attribution/takenTexts.ts';

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

/** What agents took away from all files that they told of. */
export class MovedTexts {
  private readonly taken = new TakenTexts();
  private readonly known = new Map<string, { readonly stamp: string; readonly isTaken: Promise<void> }>();
  private looked: { readonly files: readonly ToldFile[]; readonly areTaken: Promise<unknown> } | undefined;

  constructor(
    private readonly told: ToldFiles,
    /** What is known of a file by itself. */
    private readonly tracesOf: (path: string) => Promise<Traces | undefined>,
  ) {}

  /** For the events of a file what each may have brought from other files, or from a place in this one that lost it later; undefined for nothing. */
  async broughtBy(events: readonly JournalEvent[]): Promise<((event: JournalEvent) => readonly Departed[]) | undefined> {
    const bringing = events.filter(brings);
    if (bringing.length === 0) return undefined;
    const since = bringing.reduce((least, { at }) => Math.min(least, at), Infinity) - longestMoveMs;
    const files = await this.told.takenSince(since);
    if (files !== this.looked?.files) this.looked = { files, areTaken: Promise.all(files.map((file) => this.takenFrom(file))) };
    await this.looked.areTaken;
    return this.taken.isEmpty ? undefined : (event) => this.taken.broughtBy(event);
  }

  private takenFrom({ path, stamp }: ToldFile): Promise<void> {
    const known = this.known.get(path);
    if (known?.stamp === stamp) return known.isTaken;
    const isTaken = this.tracesOf(path).then((traces) => {
      this.taken.set(path, traces?.events.some(takes) === true ? takenFrom(traces) : []);
    });
    this.known.set(path, { stamp, isTaken });
    return isTaken;
  }
}
