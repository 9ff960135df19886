import { OffsetRange } from '../../text/offsetRange.ts';
import { handedOver, type ReadWord } from '../nested.ts';
import type { Loop, Operation } from '../operation.ts';
import { programName } from '../powershell/names.ts';
import type { Meaning } from '../shell/words.ts';
import { unwrap } from '../shell/wrappers.ts';
import { readCmdWord } from './words.ts';

/** Every command that a batch file would run, also in the scripts that it hands to other shells, with the SQL that it sends. */
export function cmdOperationsIn(text: string, depth = 0): readonly Operation[] {
  const reader = new CmdReader(text, depth);
  reader.readAll();
  return reader.operations;
}

/** Brackets nest this deep before the text is given up: people stay below twenty. */
const deepestNesting = 200;

interface Place {
  readonly address: readonly string[];
  readonly loop?: Loop | undefined;
  readonly input?: string | undefined;
}

/** Commands of cmd itself take `\"` as it stands, and switches without blanks between them: `rd/s/q`. */
const own = /^(?:rd|rmdir|del|erase|format|copy|xcopy|move|md|mkdir|dir|attrib|type|echo|cd|pushd|ren|robocopy)$/i;

class CmdReader {
  readonly operations: Operation[] = [];
  private readonly variables = new Map<string, Meaning | undefined>();
  private at = 0;
  private label: readonly string[] = [];
  private nesting = 0;

  constructor(
    private readonly text: string,
    private readonly depth: number,
  ) {}

  readAll(): void {
    while (this.at < this.text.length) {
      this.readBlock({ address: [] });
      this.at++;
    }
  }

  /** Commands until a bracket closes or the text ends. */
  private readBlock(place: Place): void {
    if (++this.nesting > deepestNesting) throw new Error(`its batch code has more than ${deepestNesting} open brackets`);
    let start = this.at;
    for (let input: string | undefined; ; ) {
      this.skip(/[\s@,;=]/);
      if (this.at >= this.text.length || this.text.charAt(this.at) === ')') break;
      const before = this.at;
      this.readCommand({ ...place, address: [...place.address, ...(place.address.length === 0 ? this.label : [])], input });
      this.skip(/[ \t]/);
      const mark = /^(?:&&|\|\||&|\|)/.exec(this.text.slice(this.at, this.at + 2))?.[0] ?? '';
      input = mark === '|' ? this.text.slice(start, this.at).trim() : undefined;
      this.at += mark.length;
      if (mark !== '|') start = this.at;
      if (this.at === before) this.at++;
    }
    this.nesting--;
  }

  private skip(blank: RegExp): void {
    while (this.at < this.text.length && blank.test(this.text.charAt(this.at))) this.at++;
  }

  private skipLine(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end === -1 ? this.text.length : end;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.text.slice(this.at, this.at + 2000)) ?? undefined;
    if (match !== undefined) this.at += match[0].length;
    return match;
  }

  private readCommand(place: Place): void {
    for (;;) {
      this.skip(/[ \t@]/);
      const character = this.text.charAt(this.at);
      if (character === '(') {
        this.at++;
        this.readBlock(place);
        if (this.text.charAt(this.at) === ')') this.at++;
        return;
      }
      if (character === ':') {
        const [, name] = /^:(\w[\w-]*)/.exec(this.text.slice(this.at, this.at + 80)) ?? [];
        if (name !== undefined) this.label = [name];
        this.skipLine();
        return;
      }
      if (this.take(/^rem(?=[\s]|$)/i) !== undefined) {
        this.skipLine();
        return;
      }
      if (this.take(/^else\b/i) !== undefined || this.take(ifExists) !== undefined || this.take(ifCompares) !== undefined) continue;
      const loop = this.take(/^for\b(?:[ \t]+\/[dlrf])*(?:[ \t]+(?:"[^"\n]*"|[^\s%"]+))?[ \t]+%%?~?\w+[ \t]+in[ \t]*\(([^)]*)\)[ \t]*do\b/i);
      if (loop === undefined) break;
      const [whole, list = ''] = loop;
      this.readListCommand(list, this.at - whole.length + whole.indexOf(list), place);
      place = { ...place, loop: { over: list.trim(), range: OffsetRange.ofLength(this.at - whole.length, whole.length) } };
    }
    if (this.take(/^set\b(?=[ \t"])/i) !== undefined) this.readSet();
    else this.readWords(place);
  }

  /** `for /f %%i in ('command')` */
  private readListCommand(list: string, start: number, { address, loop }: Place): void {
    const [, before = '', command = ''] = /^(\s*['`])(.*)['`]\s*$/s.exec(list) ?? [];
    if (command === '') return;
    const meaning: Meaning = { text: command, pieces: [{ text: command, range: OffsetRange.ofLength(start + before.length, command.length), isVerbatim: true }], holes: [] };
    this.operations.push(...handedOver('cmd', [{ range: OffsetRange.ofLength(start, list.length), source: list, text: '/c', holes: [], meaning: { text: '/c', pieces: [], holes: [] } }, { range: OffsetRange.ofLength(start, list.length), source: list, text: command, holes: [], meaning }], { address, loop, depth: this.depth }));
  }

  private readSet(): void {
    const start = this.at;
    const isAsked = this.take(/^[ \t]+\/[pa]\b/i) !== undefined;
    const [, isQuoted, name = ''] = this.take(/^[ \t]*("?)([\w#$.]+)=/) ?? [];
    if (name === '') {
      this.at = start;
      this.skipLine();
      return;
    }
    const end = isQuoted === '"' ? this.text.slice(this.at).search(/"|\r?\n|$/) : -1;
    const line = isQuoted === '"' ? this.text.slice(0, this.at + end) : this.text;
    const { meaning, end: behind } = readCmdWord(line, this.at, (each) => this.valueOf(each), { escapesQuotes: false, isLine: true });
    this.at = isQuoted === '"' ? behind + 1 : behind;
    const key = name.toLowerCase();
    const known = this.variables.get(key);
    const isOther = this.variables.has(key) && known?.text !== meaning.text;
    this.variables.set(key, isAsked || isOther || meaning.text === '' ? undefined : meaning);
  }

  private valueOf(name: string): Meaning | undefined {
    return this.variables.get(name.toLowerCase());
  }

  private readWords(place: Place): void {
    const words: ReadWord[] = [];
    for (;;) {
      this.skip(/[ \t]/);
      if (this.take(/^\^\r?\n/) !== undefined) continue;
      if (this.take(/^\d?>>?[ \t]*(?:&\d|"[^"\n]*"|[^\s&|)<>]*)|^<[ \t]*\S*/) !== undefined) continue;
      if (this.at >= this.text.length || /[\r\n&|)]/.test(this.text.charAt(this.at))) break;
      const start = this.at;
      const name = words[0]?.text ?? '';
      const { meaning, end } = readCmdWord(this.text, start, (each) => this.valueOf(each), { escapesQuotes: words.length > 0 && !own.test(name) });
      this.at = Math.max(end, start + 1);
      words.push(...splitSwitches({ range: new OffsetRange(start, this.at), source: this.text.slice(start, this.at), text: meaning.text, holes: meaning.holes, meaning }, words.length === 0));
    }
    this.run(words, place);
  }

  private run(given: readonly ReadWord[], { address, loop, input }: Place): void {
    let words = given;
    let name = programName(words[0]?.text ?? '');
    for (;;) {
      const inner = name === 'call' ? words.slice(1) : name === 'start' ? behindStart(words) : unwrap(name, words.slice(1));
      if (inner === undefined || inner.length === 0) break;
      words = inner;
      name = programName(words[0]?.text ?? '');
    }
    const [first, ...rest] = words;
    if (first === undefined || name === '') return;
    const range = OffsetRange.hull(first.range, rest.at(-1)?.range ?? first.range);
    this.operations.push({ kind: 'command', name, words: rest.map(({ range: own_, source, text, holes }) => ({ range: own_, source, text, holes })), range, address, resolution: 'literal', ...(loop !== undefined && { loop }), ...(input !== undefined && { input }) });
    this.operations.push(...handedOver(name, rest, { address, loop, depth: this.depth }));
  }
}

const ifExists = /^if(?:[ \t]+\/i)?(?:[ \t]+not)?[ \t]+(?:exist|defined|errorlevel|cmdextversion)[ \t]+(?:"[^"\n]*"|[^\s(]+)/i;
const ifCompares = /^if(?:[ \t]+\/i)?(?:[ \t]+not)?[ \t]+(?:"[^"\n]*"|[^\s=]+)[ \t]*(?:==|equ|neq|lss|leq|gtr|geq)[ \t]*(?:"[^"\n]*"|[^\s(]+)/i;

/** `start "title" /wait /d "folder" program …` */
function behindStart(words: readonly ReadWord[]): readonly ReadWord[] {
  let at = 1;
  if (words[at]?.source.startsWith('"') === true) at++;
  while (words[at]?.text.startsWith('/') === true) at += /^\/d$/i.test(words[at]?.text ?? '') ? 2 : 1;
  return words.slice(at);
}

/** `rd/s/q` is `rd`, `/s` and `/q`. */
function splitSwitches(word: ReadWord, isName: boolean): ReadWord[] {
  const parts = isName ? (/^([a-z]+)((?:\/[a-z?]+(?::[^/\s]*)?)+)$/i.exec(word.text)?.slice(1, 3) ?? []) : ['', word.text];
  const [name = '', switches = ''] = parts;
  if ((isName && !own.test(name)) || !/^(?:\/[a-z?](?::[^/\s]*)?){1,}$/i.test(switches) || (!isName && switches.lastIndexOf('/') === 0)) return [word];
  const texts = [...(isName ? [name] : []), ...(switches.match(/\/[^/]+/g) ?? [])];
  return texts.map((text) => ({ ...word, text }));
}
