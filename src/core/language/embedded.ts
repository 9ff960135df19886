import type { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { type DecodedPiece, DecodedText } from './decodedText.ts';
import { type EmbeddedFamily, operationsIn } from './nested.ts';
import { hole, type Loop, type Operation, type OperationBase, type Word } from './operation.ts';
import type { CodeLanguage } from './shell/interpreters.ts';

/** Code of another language that a file holds and runs. */
export interface Embedded {
  readonly family: EmbeddedFamily;
  readonly code: DecodedText;
  /** A program and its arguments stand apart; the operation is then all that holds them. */
  readonly isArgv: boolean;
  /** Where it is put together from several places: those of which an operation stands in one; any other is all that holds them, too. */
  readonly parts?: readonly OffsetRange[];
}

/** A script that stands in a file for a tool to run. */
export interface Script extends Omit<Embedded, 'family'> {
  readonly family: EmbeddedFamily | CodeLanguage;
  readonly range: OffsetRange;
  readonly loop?: Loop | undefined;
}

/** What surrounds embedded code: the call that runs it, or the entry of a file that tools run. */
export type Host = Pick<OperationBase, 'range' | 'address' | 'resolution' | 'loop' | 'ranBy' | 'inTest'>;

/** The operations of embedded code. The same code is asked for at each keystroke beside it, so it is parsed once. */
export class EmbeddedOperations {
  private parsed = new Map<string, readonly Operation[]>();
  private parsedBefore: ReadonlyMap<string, readonly Operation[]> = new Map();

  constructor(private readonly file: LineText) {}

  /** In the file's offsets and with the host's surroundings. */
  of(embedded: Embedded, host: Host): Operation[] {
    return this.parse(embedded).map((operation) => relocated(operation, embedded, host, this.file));
  }

  /** Keeps what this look used for the next one, and nothing older. */
  forgetUnused(): void {
    this.parsedBefore = this.parsed;
    this.parsed = new Map();
  }

  private parse({ family, code: { text } }: Embedded): readonly Operation[] {
    const key = `${family} ${text}`;
    const known = this.parsed.get(key) ?? this.parsedBefore.get(key) ?? operationsIn(family, text);
    this.parsed.set(key, known);
    return known;
  }
}

/** An operation of embedded code in the offsets and surroundings of the file that holds it. */
export function relocated<T extends Operation>(operation: T, { code, isArgv, parts }: Embedded, host: Host, file: LineText): T {
  const toFile = (range: OffsetRange) => code.rangeOf(range);
  const own = toFile(operation.range);
  const loop = operation.loop === undefined ? host.loop : { over: operation.loop.over, range: toFile(operation.loop.range) };
  const moved = {
    range: isArgv || parts?.some((part) => part.encloses(own)) === false ? host.range : own,
    address: [...host.address, ...operation.address],
    resolution: host.resolution,
    ...(loop !== undefined && { loop }),
    ...(host.ranBy !== undefined && { ranBy: host.ranBy }),
    ...(host.inTest === true && { inTest: true }),
    ...(operation.kind === 'call' && { args: operation.args.map((value) => ({ ...value, range: toFile(value.range) })) }),
    ...(operation.kind === 'command' && { words: operation.words.map((word) => relocatedWord(word, code, file)) }),
  };
  // A call reads on from its tree when it is asked, so it is not copied.
  return operation.kind === 'call' ? (Object.create(operation, Object.getOwnPropertyDescriptors(moved)) as T) : { ...operation, ...moved };
}

/** What stands in a hole is known here, as it is written in the file. */
function relocatedWord(word: Word, code: DecodedText, file: LineText): Word {
  const range = code.rangeOf(word.range);
  if (!word.source.includes(hole)) return { ...word, range };
  const written = [...word.source.matchAll(new RegExp(hole, 'g'))].map(({ index }) => file.slice(code.rangeOf(OffsetRange.ofLength(word.range.start + index, 1))));
  let next = 0;
  return { ...word, range, source: file.slice(range), holes: word.holes.map((held) => (held === hole ? (written[next++] ?? held) : held)) };
}

/** A program and its arguments as words that a shell reads as just those: they are not split or expanded. Of one without a text only the place is known. */
export function argvOf(words: readonly { readonly text: string | undefined; readonly range: OffsetRange }[]): Embedded {
  return { family: 'shell', code: new DecodedText(words.flatMap(({ text = hole, range }) => quotedWord(text, range))), isArgv: true };
}

function quotedWord(word: string, range: OffsetRange): DecodedPiece[] {
  const isPlain = /^[\w./:=@%+,-]+$/.test(word);
  const written = isPlain || word === hole ? word : `'${word.replaceAll("'", `'\\''`)}'`;
  return [
    { text: written, range, isVerbatim: false },
    { text: ' ', range: OffsetRange.empty(range.endExclusive), isVerbatim: false },
  ];
}

/** A call as the host of what it runs. Most run nothing of interest, and finding out where they stand costs: it is asked only then. */
export function runBy(call: Omit<Host, 'ranBy'>): Host {
  return {
    range: call.range,
    ranBy: call.range,
    get address() {
      return call.address;
    },
    get resolution() {
      return call.resolution;
    },
    get loop() {
      return call.loop;
    },
    get inTest() {
      return call.inTest === true;
    },
  };
}
