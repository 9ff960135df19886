import { OffsetRange } from '../../text/offsetRange.ts';
import type { DecodedPiece } from '../decodedText.ts';
import { hole } from '../operation.ts';
import type { WordNode, WordPart } from './unbash.ts';

/** What a word or heredoc comes to when quotes and escapes are taken off. */
export interface Meaning {
  readonly text: string;
  /** Where the text is written, in offsets of the script. */
  readonly pieces: readonly DecodedPiece[];
  /** What stands in each hole, as written where it comes from: `$HOME`, `$(pwd)`. */
  readonly holes: readonly string[];
}

/** The value of a variable at an offset of the script, when the script alone decides it. */
export type Lookup = (name: string, at: number) => Meaning | undefined;

const none: readonly string[] = [];
const needsDecoding = /[\\'"`$<>\uE000]/;

export function meaningOf(word: WordNode, lookup: Lookup): Meaning {
  if (!needsDecoding.test(word.text)) return { text: word.text, pieces: [{ text: word.text, range: OffsetRange.ofLength(word.pos, word.text.length), isVerbatim: true }], holes: none };
  const reader = new MeaningReader(lookup);
  if (word.parts === undefined) reader.addUnquoted(word.text, word.pos);
  else reader.addParts(word.parts, 'none');
  return reader.meaning();
}

/** Several in a row, as `eval` and `ssh` join their words. */
export function joined(meanings: readonly Meaning[]): Meaning {
  const pieces = meanings.flatMap(({ pieces: own }, index) => {
    if (index === 0) return own;
    return [{ text: ' ', range: OffsetRange.empty(own[0]?.range.start ?? 0), isVerbatim: false }, ...own];
  });
  return { text: meanings.map((meaning) => meaning.text).join(' '), pieces, holes: meanings.flatMap((meaning) => meaning.holes) };
}

/** The body of a heredoc: quotes are ordinary characters in it, and with a quoted delimiter everything is. */
export function meaningOfHeredoc(body: { readonly pos: number; readonly text: string; readonly parts?: readonly WordPart[] | undefined }, isQuoted: boolean, lookup: Lookup): Meaning {
  const reader = new MeaningReader(lookup);
  if (isQuoted) reader.addVerbatim(body.text, body.pos);
  else if (body.parts === undefined) reader.addEscaped(body.text, body.pos, inHeredoc);
  else reader.addParts(body.parts, 'heredoc');
  return reader.meaning();
}

/** The script in backticks that hold escaped ones. */
export function meaningOfBackticks({ text, pos }: { readonly text: string; readonly pos: number }): Meaning {
  const reader = new MeaningReader(() => undefined);
  reader.addEscaped(text.slice(1, text.length > 1 && text.endsWith('`') ? -1 : undefined), pos + 1, inBackticks);
  return reader.meaning();
}

type Quoting = 'none' | 'double' | 'heredoc';

/** What a backslash stands before when it is taken off. */
const unquoted = /\\([\s\S])/g;
const inDoubleQuotes = /\\([$`"\\\n])/g;
const inHeredoc = /\\([$`\\\n])/g;
const inBackticks = /\\([$`\\])/g;
const inAnsiQuotes = /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|c[\s\S]|[\s\S])/g;

const ansiEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', v: '\v' };

class MeaningReader {
  private readonly pieces: DecodedPiece[] = [];
  private readonly holes: string[] = [];

  constructor(private readonly lookup: Lookup) {}

  meaning(): Meaning {
    return { text: this.pieces.map((piece) => piece.text).join(''), pieces: this.pieces, holes: this.holes };
  }

  addVerbatim(text: string, start: number): void {
    if (text === '') return;
    this.pieces.push({ text, range: OffsetRange.ofLength(start, text.length), isVerbatim: true });
    for (const character of text) if (character === hole) this.holes.push(hole);
  }

  addUnquoted(text: string, start: number): void {
    this.addEscaped(text, start, unquoted);
  }

  addEscaped(text: string, start: number, escape: RegExp, decode: (escaped: string) => string = lineContinues): void {
    let from = 0;
    for (const match of text.matchAll(escape)) {
      this.addVerbatim(text.slice(from, match.index), start + from);
      from = match.index + match[0].length;
      this.pieces.push({ text: decode(match[1] ?? ''), range: new OffsetRange(start + match.index, start + from), isVerbatim: false });
    }
    this.addVerbatim(text.slice(from), start + from);
  }

  addParts(parts: readonly WordPart[], quoting: Quoting): void {
    for (const part of parts) this.addPart(part, quoting);
  }

  private addPart(part: WordPart, quoting: Quoting): void {
    switch (part.type) {
      case 'Literal':
      case 'Glob':
      case 'ExtendedGlob':
        this.addEscaped(part.text, part.pos, quoting === 'double' ? inDoubleQuotes : quoting === 'heredoc' ? inHeredoc : unquoted);
        return;
      case 'SingleQuoted':
        this.addVerbatim(part.value, part.pos + 1);
        return;
      case 'AnsiCQuoted':
        this.addEscaped(part.text.slice(2, part.text.endsWith("'") && part.text.length > 2 ? -1 : undefined), part.pos + 2, inAnsiQuotes, decodeAnsi);
        return;
      case 'DoubleQuoted':
      case 'LocaleString':
        this.addParts(part.parts, 'double');
        return;
      case 'BraceExpansion':
        if (part.parts === undefined) this.addUnquoted(part.text, part.pos);
        else this.addParts(part.parts, quoting);
        return;
      case 'SimpleExpansion':
        this.addVariable(part.text.slice(1), part);
        return;
      case 'ParameterExpansion':
        // `${X:?}` and `${X:-y}` are X as long as the script sets it.
        if (part.prefix === undefined && part.index === undefined && (part.operation === undefined || part.operation.type === 'Default')) this.addVariable(part.parameter, part);
        else this.addHole(part);
        return;
      case 'CommandExpansion':
      case 'ArithmeticExpansion':
      case 'ProcessSubstitution':
        this.addHole(part);
        return;
    }
  }

  private addVariable(name: string, part: WordPart): void {
    const value = this.lookup(name, part.pos);
    if (value === undefined) this.addHole(part);
    else {
      this.pieces.push({ text: value.text, range: new OffsetRange(part.pos, part.end), isVerbatim: false });
      this.holes.push(...value.holes);
    }
  }

  private addHole(part: WordPart): void {
    this.pieces.push({ text: hole, range: new OffsetRange(part.pos, part.end), isVerbatim: false });
    this.holes.push(part.text);
  }
}

function lineContinues(escaped: string): string {
  return escaped === '\n' ? '' : escaped;
}

function decodeAnsi(escaped: string): string {
  const digits = /^[xuU]/.test(escaped) ? Number.parseInt(escaped.slice(1), 16) : /^[0-7]/.test(escaped) ? Number.parseInt(escaped, 8) : Number.NaN;
  if (!Number.isNaN(digits)) return digits <= 0x10ffff ? String.fromCodePoint(digits) : '';
  return ansiEscapes[escaped] ?? escaped;
}

/** What stands in a word behind its option: `--execute=…`. */
export function withoutHead(meaning: Meaning, length: number): Meaning {
  let left = length;
  const pieces = meaning.pieces.flatMap((piece) => {
    const cut = Math.min(left, piece.text.length);
    left -= cut;
    if (cut === piece.text.length && cut > 0) return [];
    return [cut === 0 ? piece : { ...piece, text: piece.text.slice(cut), range: piece.isVerbatim ? new OffsetRange(piece.range.start + cut, piece.range.endExclusive) : piece.range }];
  });
  return { ...meaning, text: meaning.text.slice(length), pieces };
}
