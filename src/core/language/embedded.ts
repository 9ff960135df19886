import type { DecodedText } from './decodedText.ts';
import type { Operation } from './operation.ts';
import { shellOperationsIn } from './shell/commands.ts';
import { sqlStatementsIn } from './sql/statements.ts';

/** Code of another language that a call runs: only what reaches such a call is more than a string. */
export interface Embedded {
  readonly family: 'shell' | 'sql';
  readonly code: DecodedText;
  /** A program and its arguments stand apart; the operation is then the call itself. */
  readonly isArgv: boolean;
}

const parsers = { shell: shellOperationsIn, sql: sqlStatementsIn } as const;

/** The operations in embedded texts; the same texts are asked for at each keystroke beside them. */
export class EmbeddedOperations {
  private known = new Map<string, readonly Operation[]>();
  private before: ReadonlyMap<string, readonly Operation[]> = new Map();

  /** The operations of a text, in the offsets and surroundings of the file; `around` is the call that runs it. */
  of(embedded: Embedded, around: Operation): Operation[] {
    return this.parsed(embedded).map((operation) => relocated(operation, embedded, around));
  }

  /** Keeps what this look used for the next one, and nothing older. */
  forgetUnused(): void {
    this.before = this.known;
    this.known = new Map();
  }

  private parsed({ family, code }: Embedded): readonly Operation[] {
    const key = `${family} ${code.text}`;
    const known = this.known.get(key) ?? this.before.get(key) ?? parsers[family](code.text);
    this.known.set(key, known);
    return known;
  }
}

function relocated<T extends Operation>(operation: T, { code, isArgv }: Embedded, around: Operation): T {
  const loop = operation.loop === undefined ? around.loop : { over: operation.loop.over, range: code.rangeOf(operation.loop.range) };
  return {
    ...operation,
    range: isArgv ? around.range : code.rangeOf(operation.range),
    ranBy: around.range,
    address: around.address,
    resolution: around.resolution,
    ...(loop !== undefined && { loop }),
    ...(operation.kind === 'command' && { words: operation.words.map((word) => ({ ...word, range: code.rangeOf(word.range) })) }),
  };
}
