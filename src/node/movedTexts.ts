import type { JournalEvent } from '../core/attribution/journal.ts';
import type { Departed } from '../core/attribution/moves.ts';
import { type Taken, takenFrom, type Traces, turnOf } from '../core/attribution/reconcile.ts';
import type { Elsewhere, KnownFile } from './elsewhere.ts';

/** What an agent takes away and puts elsewhere it does in the same hour; some write the text anew before they take it away. */
const longestMoveMs = 60 * 60 * 1000;
/** UTF-16 code units without blanks: less is not known again. */
const leastMoved = 20;

interface TakenFromFile extends Taken {
  readonly path: string;
}

/** What agents took away from all files that they told of. */
export class MovedTexts {
  private readonly known = new Map<string, { readonly stamp: string; readonly taken: Promise<readonly TakenFromFile[]> }>();

  constructor(
    private readonly elsewhere: Elsewhere,
    /** What is known of a file by itself. */
    private readonly tracesOf: (path: string) => Promise<Traces>,
  ) {}

  /** For the events of a file what each may have brought from other files, or from a place in this one that lost it later. */
  async broughtBy(path: string, events: readonly JournalEvent[]): Promise<((event: JournalEvent) => readonly Departed[]) | undefined> {
    const bringing = events.filter(brings);
    if (bringing.length === 0) return undefined;
    const since = bringing.reduce((least, { at }) => Math.min(least, at), Infinity) - longestMoveMs;
    const files = await this.elsewhere.toldSince(since);
    const taken = (await Promise.all(files.map((file) => this.takenFrom(file)))).flat();
    if (taken.length === 0) return undefined;
    return (event) => {
      const turn = turnOf(event);
      const near = taken.filter((each) => each.turn === turn && Math.abs(each.at - event.at) <= longestMoveMs && (each.path !== path || each.at > event.at));
      return near.sort((one, other) => Math.abs(one.at - event.at) - Math.abs(other.at - event.at));
    };
  }

  private takenFrom({ path, stamp }: KnownFile): Promise<readonly TakenFromFile[]> {
    const known = this.known.get(path);
    if (known?.stamp === stamp) return known.taken;
    const taken = this.tracesOf(path).then((traces) => (traces.events.some(takes) ? takenFrom(traces).map((each) => ({ ...each, path })) : []));
    this.known.set(path, { stamp, taken });
    return taken;
  }
}

function brings(event: JournalEvent): boolean {
  return event.by.kind === 'ai' && ('wrote' in event ? event.wrote : event.replacements.map(([, , newText]) => newText)).some((text) => text.replaceAll(/\s+/g, '').length >= leastMoved);
}

function takes(event: JournalEvent): boolean {
  return event.by.kind === 'ai' && ('wrote' in event || event.replacements.some(([, oldText]) => oldText.trim().length >= leastMoved));
}
