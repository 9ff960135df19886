/** Runs work when calls have stopped for a while, but no later than some time after the first. */
export class Delay {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private latest = 0;

  constructor(
    private readonly quietMs: number,
    private readonly longestMs: number,
    private readonly work: () => void,
  ) {}

  start(): void {
    const now = performance.now();
    if (this.timer === undefined) this.latest = now + this.longestMs;
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.work();
      },
      Math.max(0, Math.min(this.quietMs, this.latest - now)),
    );
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
