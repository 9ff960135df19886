import { OffsetEdit, type Replacement } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';

/** Mulberry32: the same seed gives the same sequence everywhere. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** 0 ≤ n < `end`. */
  below(end: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) % end;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }

  /** Few different characters, so that texts often repeat; one is a surrogate pair. */
  text(maxCharacters: number, characters: readonly [string, ...string[]] = ['a', 'b', ' ', '\n', '\r\n', '😀', '}']): string {
    return Array.from({ length: this.below(maxCharacters + 1) }, () => this.pick(characters)).join('');
  }

  /** An edit that an editor could make: no half of a surrogate pair. */
  edit(text: string, maxReplacements: number): OffsetEdit {
    const places = [0];
    for (const character of text) places.push((places.at(-1) ?? 0) + character.length);
    const replacements: Replacement[] = [];
    let from = 0;
    for (let left = 1 + this.below(maxReplacements); left > 0 && from < places.length; left--) {
      const start = from + this.below(Math.min(places.length - from, 12));
      const end = this.chance(40) ? start : Math.min(places.length - 1, start + this.below(6));
      replacements.push({ range: new OffsetRange(places[start] ?? 0, places[end] ?? 0), newText: this.chance(30) ? '' : this.text(4) });
      from = end;
    }
    return new OffsetEdit(replacements);
  }
}
