/** Runs work at once, and again no sooner than a second after its last end. */
export class Spaced {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isWorking = false;
  private isWanted = false;

  constructor(private readonly work: (done: () => void) => void) {}

  start(): void {
    this.isWanted = true;
    if (!this.isWorking && this.timer === undefined) this.run();
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.isWanted = false;
  }

  private run(): void {
    this.isWanted = false;
    this.isWorking = true;
    this.work(() => {
      this.isWorking = false;
      this.timer = setTimeout(() => {
        this.timer = undefined;
        if (this.isWanted) this.run();
      }, 1000);
    });
  }
}
