/** A word of a text that somebody wants to know of. */
export interface Hit {
  readonly offset: number;
  /** As it is known to those who asked: in the case they gave. */
  readonly word: string;
}

/** Known words, to look for in texts. */
export interface Words {
  has(name: string): boolean;
  hits(text: string, more?: ReadonlySet<string>): Hit[];
}

/** Words that begin alike, so many of them that they are only asked for when one stands in a text. */
export interface WordFamily {
  /** In lower case. */
  readonly start: string;
  has(word: string): boolean;
}

/** Words, and where to look for each, as text that is read as it stands: to put thousands of words into a map takes longer than to look at most texts. */
export interface WordTable {
  /** With spaces between them. */
  readonly words: string;
  /** A power of two of places. At the place of a word's hash, or behind it without one that is free between, stands the character of the word's number; a space is free. */
  readonly slots: string;
}

const free = 0x20;
/** What comes next are no characters by themselves. */
const mostWords = 0xd800 - free - 1;
/** So many times as many places as words: nearly every word of a text is told by a free place to be none of these. */
const roominess = 8;

export function tableOf(given: Iterable<string>): WordTable {
  const words = [...new Set([...given].map(wordIn))];
  if (words.length > mostWords) throw new RangeError(`${words.length} words are more than a table takes`);
  const size = 2 ** Math.ceil(Math.log2(words.length * roominess + 1));
  const slots = Array.from({ length: size }, () => free);
  for (const [index, word] of words.entries()) {
    let slot = hashOf(word) & (size - 1);
    while (slots[slot] !== free) slot = (slot + 1) & (size - 1);
    slots[slot] = free + 1 + index;
  }
  return { words: words.join(' '), slots: slots.map((code) => String.fromCharCode(code)).join('') };
}

/**
 * Finds known words in one pass over a text, whatever their number. Words are runs of letters, digits, `_` and `$`;
 * case does not count, because SQL and shells on some systems do not tell it apart.
 */
export class WordScan implements Words {
  private readonly slots: string;
  private readonly mask: number;
  private split: readonly string[] | undefined;

  constructor(
    private readonly table: WordTable,
    private readonly families: readonly WordFamily[] = [],
  ) {
    this.slots = table.slots;
    this.mask = table.slots.length - 1;
  }

  /** Whether a word is known by itself, and not by its family, in just this case. */
  lists(word: string): boolean {
    return this.knownWord(word) === word;
  }

  /** Whether a word is known, in any case; of a name with marks behind it, such as `delete!`, the word is. */
  has(name: string): boolean {
    const word = wordIn(name);
    return this.knownWord(word) !== undefined || this.isOfFamily(word, 0, word.length);
  }

  /** The known words in a text; `more` are further words, in just this case. */
  hits(text: string, more: ReadonlySet<string> = none): Hit[] {
    const hits: Hit[] = [];
    const { length } = text;
    const { slots, mask } = this;
    for (let at = 0; at < length; ) {
      let code = text.charCodeAt(at);
      if (!isWordCode(code)) {
        at++;
        continue;
      }
      const start = at;
      let hash = seed;
      do {
        hash = Math.imul(hash ^ (code | caseBit), prime);
        at++;
        if (at >= length) break;
        code = text.charCodeAt(at);
      } while (isWordCode(code));
      // `${` opens a hole in a text, and is not the function `$`.
      if (at - start === 1 && text.charCodeAt(start) === dollar && at < length && code === brace) continue;
      const known = slots.charCodeAt(hash & mask) === free ? undefined : this.known(text, start, at, hash);
      const word = known !== undefined && text.startsWith(known, start) ? known : this.isOfFamily(text, start, at) || (more.size > 0 && more.has(text.slice(start, at))) ? text.slice(start, at) : known;
      if (word !== undefined) hits.push({ offset: start, word });
    }
    return hits;
  }

  /** The word in a stretch as it is known: in just its case where that is known, else in any. */
  private known(text: string, from: number, to: number, hash: number): string | undefined {
    const words = (this.split ??= this.table.words.split(' '));
    let other: string | undefined;
    let lower: string | undefined;
    for (let slot = hash & this.mask, code = this.slots.charCodeAt(slot); code !== free; slot = (slot + 1) & this.mask, code = this.slots.charCodeAt(slot)) {
      const candidate = words[code - free - 1];
      if (candidate?.length !== to - from) continue;
      if (text.startsWith(candidate, from)) return candidate;
      if (other === undefined && candidate.toLowerCase() === (lower ??= text.slice(from, to).toLowerCase())) other = candidate;
    }
    return other;
  }

  private knownWord(word: string): string | undefined {
    return this.known(word, 0, word.length, hashOf(word));
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

  hits(text: string, more: ReadonlySet<string> = none): Hit[] {
    return this.known.hits(text, more).filter(({ word }) => more.has(word) || this.counts(word));
  }
}

const none: ReadonlySet<string> = new Set();

// FNV-1a over the codes with the bit set that tells the cases of ASCII letters apart.
const seed = 0x811c9dc5 | 0;
const prime = 0x01000193;
const caseBit = 0x20;
const [dollar, brace] = [36, 123];

function hashOf(word: string): number {
  let hash = seed;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ (word.charCodeAt(at) | caseBit), prime);
  return hash;
}

/** The part of a name that is looked for: what stands before a mark, such as that of `delete!`. */
export function wordIn(name: string): string {
  const end = name.search(/[^\w$]/);
  return end === -1 ? name : name.slice(0, end);
}

function isWordCode(code: number): boolean {
  return code < wordCodes.length && wordCodes[code] === 1;
}

const wordCodes = Uint8Array.from({ length: 128 }, (_, code) => (/[\w$]/.test(String.fromCharCode(code)) ? 1 : 0));
