import type { Tokens } from './tokens.ts';

/** A text whose words are looked up. */
interface Listed {
  readonly tokens: Tokens;
}

/** What starts where: so many words in a row, by their hash. A place counts the words of all sources. */
export class WordPlaces {
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  private readonly hashes: Int32Array;

  constructor(sources: readonly Listed[], wordCount: number) {
    const size = sources.reduce((sum, { tokens }) => sum + tokens.words.length, 0);
    this.heads = new Int32Array(2 ** Math.ceil(Math.log2(size + 16))).fill(-1);
    this.next = new Int32Array(size);
    this.hashes = new Int32Array(size);
    let start = size;
    for (let index = sources.length - 1; index >= 0; index--) {
      const tokens = sources[index]?.tokens;
      if (tokens === undefined) continue;
      start -= tokens.words.length;
      for (let first = tokens.words.length - wordCount; first >= 0; first--) this.put(start + first, tokens.hashOfWords(first, wordCount));
    }
  }

  /** The first place of this hash that lies behind `after`; -1 for none. */
  find(hash: number, after = -1): number {
    let place = after === -1 ? (this.heads[hash & (this.heads.length - 1)] ?? -1) : (this.next[after] ?? -1);
    while (place !== -1 && this.hashes[place] !== hash) place = this.next[place] ?? -1;
    return place;
  }

  private put(place: number, hash: number): void {
    const head = hash & (this.heads.length - 1);
    this.hashes[place] = hash;
    this.next[place] = this.heads[head] ?? -1;
    this.heads[head] = place;
  }
}
