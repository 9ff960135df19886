/** A word of a text that somebody wants to know of. */
export interface Hit {
  readonly offset: number;
  /** As it is known to those who asked: in the case they gave. */
  readonly word: string;
}

/** Known words, to look for in texts. */
export interface Words {
  has(name: string): boolean;
  hits(text: string, base?: number, more?: ReadonlySet<string>): Hit[];
}

/** Words that begin alike, so many of them that they are only asked for when one stands in a text. */
export interface WordFamily {
  /** In lower case. */
  readonly start: string;
  has(word: string): boolean;
}

/** Words with their hashes, as data that is quickly read: to hash them all takes longer than to look at most texts. */
export interface WordTable {
  /** With spaces between them. */
  readonly words: string;
  readonly hashes: readonly number[];
}

export function tableOf(words: Iterable<string>): WordTable {
  const parts = [...new Set([...words].map(wordIn))];
  return { words: parts.join(' '), hashes: parts.map((part) => hashOf(part, 0, part.length)) };
}

/**
 * Finds known words in one pass over a text, whatever their number. Words are runs of letters, digits, `_` and `$`;
 * case does not count, because SQL and shells on some systems do not tell it apart.
 */
export class WordScan implements Words {
  private readonly words = new Map<number, string[]>();
  /** A bit for the end of each hash: nearly every word of a text is told by it alone to be none of these. */
  private readonly bits = new Uint32Array(bitCount >>> 5);

  constructor(
    { words, hashes }: WordTable,
    private readonly families: readonly WordFamily[] = [],
  ) {
    for (const [index, word] of words.split(' ').entries()) {
      const hash = hashes[index];
      if (hash === undefined) continue;
      const bit = hash & (bitCount - 1);
      this.bits[bit >>> 5] = (this.bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
      const known = this.words.get(hash);
      if (known === undefined) this.words.set(hash, [word]);
      else known.push(word);
    }
  }

  /** Whether a word is known by itself, and not by its family, in just this case. */
  lists(word: string): boolean {
    return this.words.get(hashOf(word, 0, word.length))?.includes(word) === true;
  }

  /** Whether a word is known, in any case; of a name with marks behind it, such as `delete!`, the word is. */
  has(name: string): boolean {
    const word = wordIn(name);
    const known = this.words.get(hashOf(word, 0, word.length));
    if (known !== undefined && (known.includes(word) || known.some((candidate) => candidate.toLowerCase() === word.toLowerCase()))) return true;
    return this.isOfFamily(word, 0, word.length);
  }

  /** The known words in a text, with `base` added to their offsets; `more` are further words, in just this case. */
  hits(text: string, base = 0, more: ReadonlySet<string> = none): Hit[] {
    const hits: Hit[] = [];
    const length = text.length;
    for (let at = 0; at < length; ) {
      if (!isWordCode(text.charCodeAt(at))) {
        at++;
        continue;
      }
      const start = at;
      let hash = seed;
      for (let code = text.charCodeAt(at); isWordCode(code); code = text.charCodeAt(++at)) hash = Math.imul(hash ^ (code | caseBit), prime);
      // `${` opens a hole in a text, and is not the function `$`.
      if (at - start === 1 && text.charCodeAt(start) === dollar && text.charCodeAt(at) === brace) continue;
      const bit = hash & (bitCount - 1);
      const known = ((this.bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0 ? undefined : this.words.get(hash);
      if (known === undefined && more.size === 0 && !this.isOfFamily(text, start, at)) continue;
      const word = text.slice(start, at);
      const isAsGiven = known?.includes(word) === true || more.has(word) || this.isOfFamily(text, start, at);
      const equal = isAsGiven ? word : known?.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
      if (equal !== undefined) hits.push({ offset: base + start, word: equal });
    }
    return hits;
  }

  /** Nearly all words are told apart by their first letter. */
  private isOfFamily(text: string, from: number, to: number): boolean {
    for (const family of this.families) {
      const { start } = family;
      if ((text.charCodeAt(from) | caseBit) !== start.charCodeAt(0) || to - from <= start.length) continue;
      const word = text.slice(from, to);
      if (word.slice(0, start.length).toLowerCase() === start && family.has(word)) return true;
    }
    return false;
  }
}

/** Those of known words that count. */
export class CountingWords implements Words {
  /** @param names tells of a name in just this case, `counts` of a word as the known ones are spelled */
  constructor(
    private readonly known: Words,
    private readonly counts: (word: string) => boolean,
    private readonly names: (name: string) => boolean,
  ) {}

  has(name: string): boolean {
    return this.names(wordIn(name)) && this.known.has(name);
  }

  hits(text: string, base = 0, more: ReadonlySet<string> = none): Hit[] {
    return this.known.hits(text, base, more).filter(({ word }) => more.has(word) || this.counts(word));
  }
}

const none: ReadonlySet<string> = new Set();

// FNV-1a over the codes with the bit set that tells the cases of ASCII letters apart. What collides is told apart by comparing.
const seed = 0x811c9dc5 | 0;
const prime = 0x01000193;
const caseBit = 0x20;
/** Some times as many as there are words. */
const bitCount = 1 << 17;
const [dollar, brace] = [36, 123];

function hashOf(text: string, from: number, to: number): number {
  let hash = seed;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (text.charCodeAt(at) | caseBit), prime);
  return hash;
}

/** The part of a name that is looked for: what stands before a mark, such as that of `delete!`. */
export function wordIn(name: string): string {
  const end = name.search(/[^\w$]/);
  return end === -1 ? name : name.slice(0, end);
}

/** NaN, which charCodeAt gives past the end, is no word either. */
function isWordCode(code: number): boolean {
  return wordCodes[code] === 1;
}

const wordCodes = Uint8Array.from({ length: 128 }, (_, code) => (/[\w$]/.test(String.fromCharCode(code)) ? 1 : 0));
