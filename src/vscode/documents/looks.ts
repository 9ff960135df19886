import { Delay } from './delay.ts';

export interface LooksInit<Seen> {
  /** Undefined when it was given up, as it should be when it is stale: what is looked at has changed meanwhile. */
  readonly look: (isStale: () => boolean) => Promise<Seen | undefined>;
  readonly take: (seen: Seen) => void;
}

/** Looks at what changes again and again, some time after it did, one look at a time, until one has seen it as it is. */
export class Looks<Seen> {
  /** Counts whatever can make what is seen another. */
  private generation = 0;
  private lookedAt = -1;
  private looking: Promise<void> | undefined;
  private isDisposed = false;
  private readonly soon = new Delay(100, 500, () => void this.look());

  constructor(private readonly init: LooksInit<Seen>) {}

  /** Whether the last look saw it as it is. */
  get areDone(): boolean {
    return this.lookedAt === this.generation;
  }

  /** After each change. @param isNothing whether there is nothing to be seen, which takes no look */
  start(isNothing: boolean): void {
    this.generation++;
    if (isNothing) this.lookedAt = this.generation;
    else if (!this.isDisposed) this.soon.start();
  }

  /** Looks at once, until it is seen as it is. */
  async finish(): Promise<void> {
    while (!this.isDisposed && !this.areDone) {
      this.soon.cancel();
      await this.look();
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.soon.cancel();
  }

  private look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    const { generation } = this;
    const isStale = () => this.isDisposed || generation !== this.generation;
    const seen = await this.init.look(isStale);
    if (this.isDisposed) return;
    if (seen === undefined || isStale()) {
      this.soon.start();
      return;
    }
    this.lookedAt = generation;
    this.init.take(seen);
  }
}
