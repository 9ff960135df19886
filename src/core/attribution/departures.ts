import type { Departed } from './departedTexts.ts';

interface Kept extends Departed {
  /** Of an AI that took it away: the turn of its work; undefined for a person. */
  readonly turn: string | undefined;
}

/** Of the texts that left last. */
const countLimit = 64;
/** UTF-16 code units of all of them, and of one. */
const textLimit = 1_000_000;
/** Shorter ones could be anything. */
const leastLength = 4;

/**
 * What was cut, deleted or copied in this session, in any document: where it comes again, its authors are known.
 */
export class Departures {
  private kept: Kept[] = [];
  private size = 0;
  private copies: readonly Departed[] = [];

  /** @param turn of an AI's work; undefined for a person's */
  note(departures: readonly Departed[], turn?: string): void {
    for (const { text, regions } of departures) {
      if (text.length < leastLength || text.length > textLimit) continue;
      this.kept.push({ text, regions, turn });
      this.size += text.length;
    }
    while (this.kept.length > countLimit || this.size > textLimit) this.size -= this.kept.shift()?.text.length ?? 0;
  }

  /** What the clipboard holds now. */
  noteCopies(copies: readonly Departed[]): void {
    this.copies = copies;
  }

  /** What may arrive where a person or a program puts text, the newest first. */
  get all(): readonly Departed[] {
    return [...this.copies, ...this.kept.toReversed()];
  }

  /** What may arrive where an AI puts text: only what it took away in the same turn. What a person deleted and it writes anew is its own. */
  ofTurn(turn: string | undefined): readonly Departed[] {
    return turn === undefined ? [] : this.kept.filter((each) => each.turn === turn).toReversed();
  }
}
