import { hole } from '../operation.ts';

/** A token of SQL, of any of the usual dialects. Comments and what only a client reads are left out. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'body' | 'number' | 'mark' | 'end';
  /** Of a word in lower case and with a hole for each part that a template fills in, else as written. `end` is a statement's end: `;`, `GO`, `\gexec`, a delimiter of one's own. */
  readonly text: string;
  readonly start: number;
  readonly endExclusive: number;
  readonly beginsLine: boolean;
  /** Of a comment such as `-- +goose Down` that stands somewhere before: the part of the file that this belongs to. */
  readonly section?: 'up' | 'down';
}

const blank = /\s+/y;
// The private-use character is the hole of a decoded string.
// A name of Doctrine's DQL holds the namespace of its class.
const word = /[\p{L}_@#\uE000](?:[\p{L}\p{N}_$@#\uE000]|\\(?=\p{Lu}))*/uy;
const wordRest = /(?:[\p{L}\p{N}_$@#\uE000]|\\(?=\p{Lu}))+/uy;
// What a template engine or a client fills in: Jinja and mustache, EJS and ERB, shells and Flyway, sqlcmd.
const template = /\{\{[\s\S]{0,500}?\}\}\}?|<%=[\s\S]{0,500}?%>|\$\{[^{}\n]{0,200}\}|\$\(\w{1,80}\)/y;
const templateTag = /\{%[\s\S]{0,500}?%\}|\{#[\s\S]{0,2000}?#\}|<%[^=][\s\S]{0,500}?%>/y;
const number = /(?:0x[0-9a-f]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)/iy;
const dollarTag = /\$(?:[A-Za-z_]\w*)?\$/y;
const prefixedString = /(?:[eEnNbBxX]|[uU]&|_[a-z0-9]+)'/y;
const oracleString = /n?q'(?:\[[\s\S]{0,1000}?\]'|\{[\s\S]{0,1000}?\}'|<[\s\S]{0,1000}?>'|\([\s\S]{0,1000}?\)'|([^\s\w[{<(])[\s\S]{0,1000}?\1')/iy;
const bracketed = /\[(?:[^\]\n]|\]\]){0,200}\]/y;
const batchEnd = /(?:GO(?:[ \t]+\d+)?|\/)[ \t]*(?=\r?$)/imy;
const delimiterLine = /DELIMITER[ \t]+(\S+)[^\n]*/iy;
const copyData = /^\\\.\r?$/gm;
const section = /^--\s*(?:(?:\+\w+\s+|migrat\w*:\s*|@|-*\s*!)(ups?|downs?)\b|[=*-]*\s*(ups?|downs?|\/\/@undo|rollback|undo|revert)(?:\s+(?:migration|script))?\s*:?\s*[=*-]*\s*$)/i;
const lineEnd = /[\r\n]/g;
const mark = /::|:=|<>|!=|<=|>=|\|\||<<|>>|[\s\S]/uy;

export function tokensOf(text: string): readonly Token[] {
  return new Tokenizer(text).read();
}

/** For MySQL two dashes open a comment only before a blank: before what looks like an operand they may be two signs. */
const signs = /--(?:\d|[('"`]|@?\p{L}[\p{L}\p{N}_$.]*[ \t]*[;),*+=<>/])/uy;
const mayHoldSigns = new RegExp(signs.source, 'u');

/** The text as MySQL reads it, with a sign where others see a comment within a statement; undefined where it is read as by all. Offsets stay. */
export function readByMysql(text: string): string | undefined {
  if (!mayHoldSigns.test(text)) return undefined;
  const dashes: number[] = [];
  new Tokenizer(text, dashes).read();
  if (dashes.length === 0) return undefined;
  return dashes.map((at, index) => `${text.slice(index === 0 ? 0 : (dashes[index - 1] ?? 0) + 2, at)}+ `).join('') + text.slice((dashes.at(-1) ?? 0) + 2);
}

class Tokenizer {
  private readonly tokens: Token[] = [];
  private at = 0;
  private delimiter: string | undefined;
  private section: 'up' | 'down' | undefined;
  /** Whether nothing but blanks stands between the last line end and here. */
  private beginsLine = true;
  private headOfStatement = 0;

  constructor(
    private readonly text: string,
    /** Given for a reading as by MySQL: takes where two dashes are two signs. */
    private readonly dashes?: number[],
  ) {}

  read(): readonly Token[] {
    while (this.at < this.text.length) {
      const before = this.at;
      if (!this.skip()) this.readToken();
      if (this.at <= before) this.at = before + 1;
    }
    return this.tokens;
  }

  /** Blanks, comments, commands of the client. */
  private skip(): boolean {
    const { text, at } = this;
    const blanks = this.match(blank);
    if (blanks !== undefined) {
      this.at += blanks.length;
      if (/[\r\n]/.test(blanks)) this.beginsLine = true;
      return true;
    }
    if (text.startsWith('--', at)) {
      if (this.dashes !== undefined && (this.tokens.at(-1)?.kind ?? 'end') !== 'end' && this.match(signs) !== undefined) {
        this.dashes.push(at);
        this.at += 2;
        return true;
      }
      const comment = this.restOfLine();
      const named = section.exec(comment);
      if (named !== null) this.section = /^up/i.test(named[1] ?? named[2] ?? '') ? 'up' : 'down';
      this.at += comment.length;
      return true;
    }
    if (/^(?:\/\*M?!|\*\/)/.test(text.slice(at, at + 4))) {
      // MySQL runs what stands in `/*!40000 … */`, MariaDB also `/*M! … */`.
      this.at += /^(?:\/\*M?!\d*|\*\/)/.exec(text.slice(at, at + 12))?.[0].length ?? 2;
      return true;
    }
    const tag = this.match(templateTag);
    if (tag !== undefined) {
      this.at += tag.length;
      return true;
    }
    if (text.startsWith('/*', at)) {
      this.at = this.endOfComment();
      return true;
    }
    if (text[at] === '#' && (this.beginsLine || /^#(?:\s|$)/.test(text.slice(at, at + 2)))) {
      this.at += this.restOfLine().length;
      return true;
    }
    if (text[at] === '\\') {
      const line = this.restOfLine();
      // `\g` and its kin of psql send what was typed so far.
      if (line.startsWith('\\g')) this.add('end', at, at + (line.startsWith('\\gexec') ? '\\gexec' : '\\g').length);
      this.at += line.length;
      return true;
    }
    return false;
  }

  private readToken(): void {
    const { text, at } = this;
    const character = text[at] ?? '';
    if (this.beginsLine) {
      const line = this.match(delimiterLine);
      if (line !== undefined) {
        const chosen = /(?<!\S)\S+\s+(\S+)/.exec(line)?.[1];
        this.delimiter = chosen === ';' ? undefined : chosen;
        this.add('end', at, at + line.length);
        return;
      }
      const batch = this.match(batchEnd);
      if (batch !== undefined && batch.trim() !== '') {
        this.add('end', at, at + batch.trimEnd().length);
        return;
      }
    }
    if (this.delimiter !== undefined && text.startsWith(this.delimiter, at)) this.add('end', at, at + this.delimiter.length);
    else if (character === ';') this.endStatement();
    else if (character === "'") this.add('string', at, this.endOfQuoted(at + 1, "'"));
    else if (character === '"' || character === '`') this.add('quoted', at, this.endOfQuoted(at + 1, character));
    else this.readRest(character);
  }

  private readRest(character: string): void {
    const { text, at } = this;
    const dollars = character === '$' ? this.match(dollarTag) : undefined;
    if (dollars !== undefined) {
      const close = text.indexOf(dollars, at + dollars.length);
      this.add('body', at, close === -1 ? text.length : close + dollars.length);
      return;
    }
    const oracle = this.match(oracleString);
    const prefix = oracle === undefined ? this.match(prefixedString) : undefined;
    if (oracle !== undefined) this.add('string', at, at + oracle.length);
    else if (prefix !== undefined) this.add('string', at, this.endOfQuoted(at + prefix.length, "'", /^e/i.test(prefix)));
    else if (character === '[' && !/[\w\])]/.test(text[at - 1] ?? '') && this.match(bracketed) !== undefined) this.add('quoted', at, at + (this.match(bracketed)?.length ?? 1));
    else this.readPlain();
  }

  private readPlain(): void {
    const { at } = this;
    const name = this.readName();
    const digits = name === undefined ? this.match(number) : undefined;
    if (name !== undefined) this.add('word', at, this.at, name);
    else if (digits !== undefined) this.add('number', at, at + digits.length);
    else this.add('mark', at, at + (this.match(mark)?.length ?? 1));
  }

  /** A word, or one that is put together of parts and what a template fills in. */
  private readName(): string | undefined {
    let name = '';
    for (;;) {
      const filledIn = this.match(template);
      const written = filledIn === undefined ? this.match(name === '' ? word : wordRest) : undefined;
      if (filledIn === undefined && written === undefined) return name === '' ? undefined : name;
      this.at += (filledIn ?? written ?? '').length;
      name += filledIn === undefined ? (written ?? '').toLowerCase() : hole;
    }
  }

  private endStatement(): void {
    const head = this.tokens[this.headOfStatement]?.text;
    const readsData = head === 'copy' && this.tokens.slice(this.headOfStatement).some((token) => token.text === 'stdin');
    this.add('end', this.at, this.at + 1);
    this.headOfStatement = this.tokens.length;
    if (!readsData) return;
    // The lines of data after `COPY … FROM stdin;` end with `\.`.
    copyData.lastIndex = this.at;
    const close = copyData.exec(this.text);
    this.at = close === null ? this.text.length : close.index + close[0].length;
  }

  private add(kind: Token['kind'], start: number, endExclusive: number, text = this.text.slice(start, endExclusive)): void {
    const { section: inSection, beginsLine } = this;
    this.tokens.push({ kind, text, start, endExclusive, beginsLine, ...(inSection !== undefined && { section: inSection }) });
    this.at = endExclusive;
    this.beginsLine = false;
  }

  /**
   * Quotes are doubled in a string. Before a quote a backslash is MySQL's escape or, in the standard, a character like
   * any other: `'C:\'`. What follows the quote tells the two apart.
   */
  private endOfQuoted(from: number, quote: string, hasEscapes = false): number {
    const { text } = this;
    for (let at = from; at < text.length; at++) {
      const character = text[at];
      if (character === '\\' && (hasEscapes || text[at + 1] === '\\' || (text[at + 1] === quote && !/^(?:[\s,;):|]|$)/.test(text.slice(at + 2, at + 3))))) at++;
      else if (character === quote) {
        if (text[at + 1] !== quote) return at + 1;
        at++;
      }
    }
    return text.length;
  }

  private endOfComment(): number {
    let depth = 0;
    const edge = /\/\*|\*\//g;
    edge.lastIndex = this.at;
    for (let match = edge.exec(this.text); match !== null; match = edge.exec(this.text)) {
      depth += match[0] === '/*' ? 1 : -1;
      if (depth === 0) return edge.lastIndex;
    }
    return this.text.length;
  }

  /** PostgreSQL ends lines at a carriage return as well. */
  private restOfLine(): string {
    lineEnd.lastIndex = this.at;
    return this.text.slice(this.at, lineEnd.exec(this.text)?.index);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }
}
