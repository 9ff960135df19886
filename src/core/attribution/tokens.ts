/** Words, and signs of one character each; blanks are none. A word is a run of letters, digits, '_' and '$' of any script. Offsets in UTF-16 code units. */
export class Tokens {
  readonly count: number;
  /** Of all of them in order: that of what reads the same but for its blanks. */
  readonly hash: number;
  /** The places of the words among the tokens, in order. */
  readonly words: readonly number[];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly hashes: number[] = [];

  constructor(readonly text: string) {
    const room = text.length;
    const words: number[] = [];
    for (let at = 0; at < room; ) {
      const kind = kindAt(text, at);
      if (kind === blank) {
        at += sizeAt(text, at);
        continue;
      }
      if (kind === word) words.push(this.starts.length);
      this.starts.push(at);
      let hash = hashStart;
      do {
        const code = text.charCodeAt(at);
        hash = Math.imul(hash ^ code, hashFactor);
        if (code >= 128 && sizeAt(text, at) > 1) hash = Math.imul(hash ^ text.charCodeAt(++at), hashFactor);
        at++;
      } while (kind === word && at < room && kindAt(text, at) === word);
      this.ends.push(at);
      this.hashes.push(hash >> 2);
    }
    this.words = words;
    this.count = this.starts.length;
    this.hash = this.hashOf(0, this.count);
  }

  startOf(token: number): number {
    return this.starts[token] ?? this.text.length;
  }

  endOf(token: number): number {
    return this.ends[token] ?? this.text.length;
  }

  /** Whether two tokens read the same; false where there is none. */
  isSame(token: number, other: Tokens, otherToken: number): boolean {
    if (token < 0 || token >= this.count || otherToken < 0 || otherToken >= other.count || this.hashes[token] !== other.hashes[otherToken]) return false;
    const [start, otherStart] = [this.startOf(token), other.startOf(otherToken)];
    const length = this.endOf(token) - start;
    if (length !== other.endOf(otherToken) - otherStart) return false;
    for (let index = 0; index < length; index++) if (this.text.charCodeAt(start + index) !== other.text.charCodeAt(otherStart + index)) return false;
    return true;
  }

  /** Of so many words in a row from one on, with the signs between them; there must be so many. @param first counts words */
  hashOfWords(first: number, count: number): number {
    return this.hashOf(this.words[first] ?? 0, (this.words[first + count - 1] ?? -1) + 1);
  }

  private hashOf(from: number, to: number): number {
    let hash = hashStart;
    for (let token = from; token < to; token++) hash = Math.imul(hash ^ (this.hashes[token] ?? 0), hashFactor);
    return hash;
  }

  /** UTF-16 code units of words. */
  inkOf(fromWord: number, toWord: number): number {
    let ink = 0;
    for (let index = fromWord; index < toWord; index++) {
      const token = this.words[index] ?? 0;
      ink += this.endOf(token) - this.startOf(token);
    }
    return ink;
  }
}

/** FNV-1a; hashes have 30 bits, which V8 keeps in an array as they are. */
export const hashStart = 0x811c9dc5 | 0;
export const hashFactor = 0x01000193;

export const blank = 0;
export const sign = 1;
export const word = 2;

/** What `kindOf` says, without the expressions for all scripts: to compile these takes what a hook takes for a file. */
const ofAscii = Uint8Array.from({ length: 128 }, (_, code) => (/[\w$]/.test(String.fromCharCode(code)) ? word : /\s/.test(String.fromCharCode(code)) ? blank : sign));

/** What the character at an offset is: a blank, a sign or a part of a word. */
export function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (ofAscii[code] ?? sign) : kindOf(String.fromCodePoint(text.codePointAt(at) ?? code));
}

function kindOf(character: string): number {
  return /[\p{L}\p{N}_$]/u.test(character) ? word : /\s/u.test(character) ? blank : sign;
}

/** Both halves of a surrogate pair are one character. */
export function sizeAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code < 0xdc00 && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
