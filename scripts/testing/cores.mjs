// Lets as much run at once as the machine has cores, the longest first, so that no core waits for the last to end.
import os from 'node:os';

export class Cores {
  #free;
  #waiting = [];

  constructor(count = os.availableParallelism()) {
    this.#free = count;
    this.count = count;
  }

  /**
   * @param share how much of a core the action keeps busy; one that mostly waits for others takes half of one
   * @param seconds how long it takes, as far as is known
   */
  async run({ share = 1, seconds = 0 }, action) {
    const taken = Math.min(share, this.count);
    await new Promise((start) => {
      this.#waiting.push({ taken, seconds, start });
      // Not at once: of what is asked for in one go the longest is first.
      setImmediate(() => this.#startNext());
    });
    try {
      return await action();
    } finally {
      this.#free += taken;
      this.#startNext();
    }
  }

  #startNext() {
    this.#waiting.sort((one, other) => (one.seconds === other.seconds ? 0 : other.seconds - one.seconds));
    for (const each of [...this.#waiting]) {
      if (each.taken > this.#free) continue;
      this.#free -= each.taken;
      this.#waiting.splice(this.#waiting.indexOf(each), 1);
      each.start();
    }
  }
}
