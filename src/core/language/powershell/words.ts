import { OffsetRange } from '../../text/offsetRange.ts';
import type { DecodedPiece } from '../decodedText.ts';
import { hole } from '../operation.ts';
import type { Meaning } from '../shell/words.ts';

export const variable = /\$(?:\{[^}]*\}|(?:\w+:)?\w+|[?^$])/y;
const member = /(?:\.\w+|\[[^\]\n]*\])+/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', a: '\x07', b: '\b', f: '\f', v: '\v', '\n': '', '\r': '' };

/** What the words of a script need of whoever reads it. */
export interface Surrounding {
  readonly text: string;
  /** The value of a variable at this place, when the script alone decides it. */
  readonly valueOf: (name: string) => Meaning | undefined;
  /** Reads the statements from an offset behind a bracket on, to behind the one that closes it. */
  readonly readInside: (at: number, close: ')' | '}') => number;
}

/** Collects one word of a command, from left to right. */
export class WordReader {
  private readonly pieces: DecodedPiece[] = [];
  private readonly holes: string[] = [];

  constructor(
    private readonly around: Surrounding,
    private at: number,
  ) {}

  get end(): number {
    return this.at;
  }

  get meaning(): Meaning {
    return { text: this.pieces.map((piece) => piece.text).join(''), pieces: this.pieces, holes: this.holes };
  }

  /** Reads on while it is one word; at once over when no word begins here. */
  readWord(): this {
    const { text } = this.around;
    for (;;) {
      const character = text.charAt(this.at);
      if (character === '' || /[\s;|)},&<>]/.test(character) || (character === '(' && this.pieces.length > 0)) return this;
      if (character === '{' || character === '(') {
        this.addHole(this.around.readInside(this.at + 1, character === '(' ? ')' : '}'));
        // `(Get-Item x).FullName`
        this.skipMembers();
      } else this.readPart(character);
    }
  }

  /** A string in quotes that begins here. */
  readString(): this {
    this.readPart(this.around.text.charAt(this.at));
    return this;
  }

  private readPart(character: string): void {
    const { text } = this.around;
    const next = text.charAt(this.at + 1);
    if (/['"\u2018\u2019\u201c\u201d]/.test(character)) this.readQuoted(character === '"' || character === '\u201c' || character === '\u201d');
    else if (character === '@' && /^["'][ \t]*\r?\n/.test(text.slice(this.at + 1, this.at + 40))) this.readHereString(next);
    else if (character === '@' && (next === '(' || next === '{')) this.addHole(this.around.readInside(this.at + 2, next === '(' ? ')' : '}'));
    else if (character === '$') this.readDollar(true);
    else if (character === '`') this.readEscape();
    else this.readBare();
  }

  private readBare(): void {
    const start = this.at++;
    while (/[^\s;|(){},&<>'"`$@\u2018\u2019\u201c\u201d]/.test(this.around.text.charAt(this.at))) this.at++;
    this.add(start, this.at);
  }

  private readEscape(): void {
    const start = this.at;
    const escaped = this.around.text.charAt(this.at + 1);
    this.at = Math.min(this.around.text.length, this.at + 2);
    this.pieces.push({ text: escapes[escaped] ?? escaped, range: new OffsetRange(start, this.at), isVerbatim: false });
  }

  private readDollar(takesMembers: boolean): void {
    const { text } = this.around;
    if (text.charAt(this.at + 1) === '(') {
      this.addHole(this.around.readInside(this.at + 2, ')'));
      return;
    }
    variable.lastIndex = this.at;
    const [written] = variable.exec(text) ?? [];
    if (written === undefined) {
      this.add(this.at, ++this.at);
      return;
    }
    const start = this.at;
    this.at += written.length;
    member.lastIndex = this.at;
    const value = takesMembers && member.test(text) ? undefined : this.around.valueOf(written.slice(1).replace(/^\{(.*)\}$/, '$1'));
    if (value === undefined) {
      const end = this.at;
      this.at = start;
      this.addHole(end);
      if (takesMembers) this.skipMembers();
    } else {
      this.pieces.push({ text: value.text, range: new OffsetRange(start, this.at), isVerbatim: false });
      this.holes.push(...value.holes);
    }
  }

  /** Members and the arguments of calls belong to the expression before them. */
  private skipMembers(): void {
    const { text } = this.around;
    for (;;) {
      member.lastIndex = this.at;
      const [written = ''] = member.exec(text) ?? [];
      const isCall = written !== '' && text.charAt(this.at + written.length) === '(';
      if (written === '') return;
      this.at = isCall ? this.around.readInside(this.at + written.length + 1, ')') : this.at + written.length;
      const last = this.pieces.at(-1);
      if (last === undefined) return;
      this.pieces[this.pieces.length - 1] = { ...last, range: new OffsetRange(last.range.start, this.at) };
      this.holes[this.holes.length - 1] = text.slice(last.range.start, this.at);
    }
  }

  private readQuoted(expands: boolean): void {
    const { text } = this.around;
    const quote = expands ? /["\u201c\u201d]/ : /['\u2018\u2019]/;
    const opened = this.at++;
    let from = this.at;
    while (this.at < text.length) {
      const character = text.charAt(this.at);
      if (quote.test(character)) {
        this.add(from, this.at);
        if (!quote.test(text.charAt(this.at + 1))) break;
        // A doubled quote is one.
        this.pieces.push({ text: character, range: OffsetRange.ofLength(this.at, 2), isVerbatim: false });
        this.at += 2;
        from = this.at;
      } else if (expands && (character === '`' || character === '$')) {
        this.add(from, this.at);
        if (character === '`') this.readEscape();
        else this.readDollar(false);
        from = this.at;
      } else this.at++;
    }
    if (this.at >= text.length) this.add(from, text.length);
    this.at = Math.min(text.length, this.at + 1);
    // An empty string is a word too.
    if (this.pieces.length === 0) this.pieces.push({ text: '', range: new OffsetRange(opened, this.at), isVerbatim: false });
  }

  private readHereString(quote: string): void {
    const { text } = this.around;
    const start = text.indexOf('\n', this.at) + 1;
    const close = text.indexOf(`\n${quote}@`, start - 1);
    const end = close === -1 ? text.length : close;
    this.at = start;
    if (quote === "'") this.add(start, end);
    else {
      let from = start;
      while (this.at < end) {
        const character = text.charAt(this.at);
        if (character === '$' || character === '`') {
          this.add(from, this.at);
          if (character === '$') this.readDollar(false);
          else this.readEscape();
          from = this.at;
        } else this.at++;
      }
      this.add(from, end);
    }
    this.at = close === -1 ? text.length : close + 3;
  }

  private add(from: number, until: number): void {
    if (until <= from) return;
    const written = this.around.text.slice(from, until);
    this.pieces.push({ text: written, range: new OffsetRange(from, until), isVerbatim: true });
    for (const character of written) if (character === hole) this.holes.push(hole);
  }

  private addHole(end: number): void {
    this.pieces.push({ text: hole, range: new OffsetRange(this.at, end), isVerbatim: false });
    this.holes.push(this.around.text.slice(this.at, end));
    this.at = end;
  }
}
