import { OffsetRange } from '../../text/offsetRange.ts';
import type { ReadWord } from '../nested.ts';
import type { Operation } from '../operation.ts';
import type { Meaning } from '../shell/words.ts';
import { commandName } from './names.ts';
import { blockKeywords, bracketKeywords, declarationKeywords, loopKeywords } from './keywords.ts';
import { operationOfMethod, operationsOfCommand, type Place } from './runs.ts';
import { temporaryPath, Variables } from './variables.ts';
import { WordReader } from './words.ts';

/** Every command that a PowerShell script would run, also in blocks and in the scripts it hands to others, with the SQL that it sends. */
export function powershellOperationsIn(text: string, depth = 0): readonly Operation[] {
  const reader = new PowershellReader(text, depth);
  reader.readAll();
  return reader.operations;
}

/** Brackets nest this deep before the text is given up: people stay below twenty. */
const deepestNesting = 200;

class PowershellReader {
  readonly operations: Operation[] = [];
  private readonly variables: Variables;
  private at = 0;
  private nesting = 0;

  constructor(
    private readonly text: string,
    private readonly depth: number,
  ) {
    this.variables = new Variables();
  }

  readAll(): void {
    while (this.at < this.text.length) this.readBlock(undefined, { address: [] });
  }

  /** Statements until a bracket closes; one that closes nothing is passed over at the top and ends what is open elsewhere. */
  private readBlock(close: ')' | '}' | undefined, place: Place): void {
    if (++this.nesting > deepestNesting) throw new Error(`its PowerShell code has more than ${deepestNesting} open brackets`);
    for (;;) {
      this.skip(/[\s;,]/);
      const character = this.text.charAt(this.at);
      if (character === '') break;
      if (character === ')' || character === '}') {
        if (character === close || close === undefined) this.at++;
        else if (close === '}') {
          this.at++;
          continue;
        }
        break;
      }
      const before = this.at;
      this.readStatement(place);
      if (this.at === before) this.at++;
    }
    this.nesting--;
  }

  /** Blanks, what else is named, comments, and ends of lines behind a backtick. */
  private skip(blank: RegExp): void {
    for (;;) {
      const character = this.text.charAt(this.at);
      if (character !== '' && blank.test(character)) this.at++;
      else if (character === '`' && /^`\r?\n/.test(this.text.slice(this.at, this.at + 3))) this.at += this.text.charAt(this.at + 1) === '\r' ? 3 : 2;
      else if (character === '#') this.at = this.endOfLine();
      else if (this.text.startsWith('<#', this.at)) this.at = this.endOf('#>');
      else return;
    }
  }

  /** PowerShell ends lines at a carriage return as well. */
  private endOfLine(): number {
    const length = this.text.slice(this.at).search(/[\r\n]/);
    return length === -1 ? this.text.length : this.at + length + 1;
  }

  private endOf(mark: string): number {
    const end = this.text.indexOf(mark, this.at);
    return end === -1 ? this.text.length : end + mark.length;
  }

  private readStatement(place: Place): void {
    const [, written = ''] = /^([A-Za-z]+)(?![\w.\\:/-])/.exec(this.text.slice(this.at, this.at + 20)) ?? [];
    const keyword = written.toLowerCase();
    if (bracketKeywords.test(keyword)) this.readControl(keyword, place);
    else if (blockKeywords.test(keyword) && this.blockBehind(written.length) !== undefined) this.readKeywordBlock(keyword, written.length, place);
    else if (declarationKeywords.test(keyword)) this.readDeclaration(written.length, place);
    else if (keyword === 'param') this.readControl(keyword, place);
    else if (/^(?:return|throw|exit|break|continue)$/.test(keyword)) this.at += written.length;
    else this.readPipeline(place);
  }

  /** The offset of the brace behind a keyword. */
  private blockBehind(length: number): number | undefined {
    const [blank] = /^\s*\{/.exec(this.text.slice(this.at + length, this.at + length + 200)) ?? [];
    return blank === undefined ? undefined : this.at + length + blank.length;
  }

  private readKeywordBlock(keyword: string, length: number, place: Place): void {
    const start = this.at;
    this.at = this.blockBehind(length) ?? start + length;
    this.readBlock('}', loopKeywords.test(keyword) ? { ...place, loop: { over: '', range: new OffsetRange(start, this.at) } } : place);
  }

  /** `if (…) {`, `foreach ($x in …) {`, `switch -Regex (…) {`, `catch [T] {`. */
  private readControl(keyword: string, place: Place): void {
    const start = this.at;
    this.at += keyword.length;
    const [options = ''] = /^(?:\s*(?:-\w+|\[[\w.]+\],?))*\s*/.exec(this.text.slice(this.at, this.at + 300)) ?? [];
    this.at += options.length;
    let over = '';
    if (this.text.charAt(this.at) === '(') {
      const from = ++this.at;
      if (keyword === 'foreach') this.at += /^\s*\$\w+\s+in\b/i.exec(this.text.slice(this.at, this.at + 100))?.[0].length ?? 0;
      const listed = this.at;
      this.readBlock(')', place);
      over = this.text.slice(keyword === 'foreach' ? listed : from, Math.max(from, this.at - 1)).trim();
    }
    this.skip(/\s/);
    if (this.text.charAt(this.at) !== '{' || keyword === 'param') return;
    this.at++;
    if (keyword === 'switch') this.readCases(place);
    else this.readBlock('}', loopKeywords.test(keyword) ? { ...place, loop: { over: keyword === 'foreach' ? over : `${over};`, range: new OffsetRange(start, this.at) } } : place);
  }

  /** What a value is compared with is no command; a block stands behind each. */
  private readCases(place: Place): void {
    for (;;) {
      this.skip(/[\s;,&|<>)]/);
      const character = this.text.charAt(this.at);
      if (character === '' || character === '}') {
        this.at++;
        return;
      }
      const { end } = this.wordAt(this.at, place).readWord();
      this.at = Math.max(end, this.at + 1);
    }
  }

  private readDeclaration(length: number, place: Place): void {
    this.at += length;
    const [head = '', name = ''] = /^\s+([\w:.-]+)[^({\n]*/.exec(this.text.slice(this.at, this.at + 300)) ?? [];
    this.at += head.length;
    const inside = { address: name === '' ? place.address : [...place.address, name.replace(/^\w+:/, '')] };
    if (this.text.charAt(this.at) === '(') {
      this.at++;
      this.readBlock(')', inside);
    }
    this.skip(/\s/);
    if (this.text.charAt(this.at) !== '{') return;
    this.at++;
    this.readBlock('}', inside);
  }

  private readPipeline(place: Place): void {
    let start = this.at;
    let input: string | undefined;
    for (;;) {
      this.readElement({ ...place, input });
      this.skip(/[ \t]/);
      const mark = /^(?:\|\||&&|\||&)/.exec(this.text.slice(this.at, this.at + 2))?.[0];
      if (mark === undefined) return;
      input = mark === '|' ? this.text.slice(start, this.at).trim() : undefined;
      this.at += mark.length;
      if (mark === '&') return;
      this.skip(/\s/);
      if (mark !== '|') start = this.at;
      if (/^[)};]?$/.test(this.text.charAt(this.at))) return;
    }
  }

  private readElement(place: Place): void {
    const rest = this.text.slice(this.at, this.at + 40);
    if (/^[&.][ \t]*(?=["'$({]|\s)|^&/.test(rest)) {
      this.at++;
      this.skip(/[ \t]/);
      if (this.text.charAt(this.at) === '{') {
        this.at++;
        this.readBlock('}', place);
      } else this.readCommand(place);
    } else if (/^(?:[A-Za-z_~\\/*?%.]|\d[\w.-]*[A-Za-z]\b)/.test(rest)) this.readCommand(place);
    else this.readExpression(place);
  }

  /** Until the end of the statement: only what stands in brackets is read for commands. */
  private readExpression(place: Place): void {
    const assigned = this.variables.assignmentAt(this.text, this.at);
    if (assigned !== undefined) {
      this.at = assigned.behind;
      this.skip(/\s/);
      const from = this.at;
      const literal = /["']/.test(this.text.charAt(from)) ? this.wordAt(from, place).readString() : undefined;
      if (literal === undefined) this.readStatement(place);
      else {
        this.at = literal.end;
        this.readExpression(place);
      }
      const isWhole = literal !== undefined && this.text.slice(literal.end, this.at).trim() === '';
      const source = this.text.slice(from, this.at);
      this.variables.set(assigned.name, assigned.isAdded ? undefined : isWhole ? literal.meaning : temporaryPath(source), source);
      return;
    }
    for (;;) {
      const character = this.text.charAt(this.at);
      if (character === '' || /[\n;|)}]/.test(character) || this.text.startsWith('&&', this.at)) return;
      if (/["']/.test(character) || (character === '@' && /["']/.test(this.text.charAt(this.at + 1)))) this.at = this.wordAt(this.at, place).readString().end;
      else if (character === '#' || this.text.startsWith('<#', this.at)) this.skip(/[ \t]/);
      else if (character === '@' && this.text.charAt(this.at + 1) === '{') this.readHashtable(place);
      else if (character === '[' && this.readMethod(place)) continue;
      else if (character === '(' || character === '{') {
        const isLoop = /\.foreach\s*$/i.test(this.text.slice(Math.max(0, this.at - 20), this.at));
        const start = this.at++;
        this.readBlock(character === '(' ? ')' : '}', isLoop ? { ...place, loop: { over: this.text.slice(this.text.lastIndexOf('\n', start) + 1, start).trim(), range: OffsetRange.ofLength(start, 1) } } : place);
      } else if (character === '`') this.at += 2;
      else if (/[,+]/.test(character)) {
        this.at++;
        this.skip(/\s/);
      } else this.at++;
    }
  }

  /** `[IO.Directory]::Delete($path, $true)`; false when no static method stands here. */
  private readMethod(place: Place): boolean {
    const start = this.at;
    const [head, type = '', method = ''] = /^\[([\w.]+)\]::(\w+)\(/.exec(this.text.slice(start, start + 120)) ?? [];
    if (head === undefined) return false;
    this.at += head.length;
    const words: ReadWord[] = [];
    for (;;) {
      this.skip(/[\s,]/);
      if (/^(?:\)|)$/.test(this.text.charAt(this.at))) break;
      const from = this.at;
      const reader = this.wordAt(from, place).readWord();
      this.at = Math.max(reader.end, from + 1);
      words.push(this.wordOf(reader.meaning, new OffsetRange(from, this.at)));
    }
    this.at = Math.min(this.text.length, this.at + 1);
    this.operations.push(operationOfMethod(type, method, words, new OffsetRange(start, this.at), place));
    return true;
  }

  /** Its keys are no commands. */
  private readHashtable(place: Place): void {
    for (this.at += 2; ; ) {
      this.skip(/[\s;]/);
      const character = this.text.charAt(this.at);
      if (character === '' || character === '}' || character === ')') {
        this.at++;
        return;
      }
      const key = /^[^={}\n]*=/.exec(this.text.slice(this.at, this.at + 200))?.[0];
      this.at += key?.length ?? 0;
      this.skip(/[ \t]/);
      const before = this.at;
      this.readStatement(place);
      if (this.at === before && key === undefined) this.at++;
    }
  }

  private readCommand(place: Place): void {
    const words: ReadWord[] = [];
    for (;;) {
      this.skip(/[ \t,]/);
      const character = this.text.charAt(this.at);
      if (character === '' || /[\r\n;|)}&]/.test(character)) break;
      const redirection = /^(?:[\d*]?>>?(?:&\d)?|<)[ \t]*/.exec(this.text.slice(this.at, this.at + 10))?.[0];
      if (redirection !== undefined) {
        this.at += redirection.length;
        if (!redirection.includes('&')) this.at = this.wordAt(this.at, place).readWord().end;
        continue;
      }
      const splatted = /^@(\w+)/.exec(this.text.slice(this.at, this.at + 60));
      if (splatted !== null) {
        const range = OffsetRange.ofLength(this.at, splatted[0].length);
        words.push(...this.variables.splat(splatted[1] ?? '').map((meaning) => this.wordOf({ ...meaning, pieces: [{ text: meaning.text, range, isVerbatim: false }] }, range)));
        this.at = range.endExclusive;
        continue;
      }
      if (this.text.startsWith('--%', this.at)) {
        this.at += 3;
        continue;
      }
      const start = this.at;
      const isEach = character === '{' && /^(?:foreach-object)$/.test(commandName(words[0]?.text ?? ''));
      const reader = this.wordAt(start, isEach ? { address: place.address, loop: { over: place.input ?? '', range: OffsetRange.hull(words[0]?.range ?? OffsetRange.empty(start), OffsetRange.empty(start)) } } : place).readWord();
      if (reader.end === start) {
        this.at++;
        continue;
      }
      this.at = reader.end;
      words.push(this.wordOf(reader.meaning, new OffsetRange(start, reader.end)));
    }
    this.operations.push(...operationsOfCommand(words, place, this.depth));
  }

  private wordAt(at: number, place: Place): WordReader {
    const readInside = (from: number, close: ')' | '}'): number => {
      this.at = from;
      if (close === '}' && this.text.startsWith('@{', from - 2)) {
        this.at = from - 2;
        this.readHashtable(place);
      } else this.readBlock(close, { address: place.address, loop: place.loop });
      return this.at;
    };
    return new WordReader({ text: this.text, valueOf: (name) => this.variables.valueOf(name), readInside }, at);
  }

  private wordOf(meaning: Meaning, range: OffsetRange): ReadWord {
    return { range, source: range.of(this.text), text: meaning.text, holes: meaning.holes, meaning };
  }
}
