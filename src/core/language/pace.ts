/**
 * Long work is a generator that yields when its slice of time is over. The same work runs through in one go on the
 * command line, and in slices on the thread that an editor shares with every other extension.
 */
export type Paced<T> = Generator<undefined, T, undefined>;

export interface Pace {
  /** Whether the current slice is used up. */
  readonly isOver: () => boolean;
  /** Lets others run, and starts the next slice. */
  readonly next: () => Promise<void>;
}

/** The pace of work that nobody waits beside. */
export const unhurried: Pick<Pace, 'isOver'> = { isOver: () => false };

export function runThrough<T>(work: Paced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Runs in slices; gives undefined when `isStale` says between two slices that nobody waits for the result any more. */
export async function runInSlices<T>(work: Paced<T>, pace: Pace, isStale: () => boolean): Promise<T | undefined> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await pace.next();
    if (isStale()) {
      work.return(undefined as never);
      return undefined;
    }
  }
}
