import type { AgentEvent } from './event.ts';
import type { Fields } from './fields.ts';

/** What a hook ends with. */
export interface Answer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
}

export type Hold = (kind: 'ask' | 'deny', reason: string) => Answer;

/** One agent: how its payloads are read, what it expects as an answer, and what its hook configuration is. */
export interface Agent {
  /** What `firebreak hook` and `firebreak init --agent` take. */
  readonly id: string;
  readonly title: string;
  /** Undefined for events that concern no text. */
  readonly read: (payload: Fields) => AgentEvent | undefined;
  /** Printed on the standard output, whatever happened; an agent that needs nothing gets nothing. */
  readonly answer?: string;
  /** How it is told, before it acts, to ask its user first or not to go on. */
  readonly hold: Hold;
  /** It asks its user when it is told to; any other takes that for nothing said, or has no word for it, and is told no. */
  readonly canAsk: boolean;
  /** What stands in the payloads of events at which it takes `ask` for nothing said all the same. */
  readonly cannotAskAt?: RegExp;
  /** The agent may tell of a write before the file on disk has it. */
  readonly tellsEarly?: boolean;
  /** Undefined when whoever made the agent calls the hook. */
  readonly configuration?: Configuration;
}

/** What has to stand in the repository so that the agent calls the hook. Paths are from its root. */
export type Configuration =
  | {
      readonly kind: 'json';
      readonly file: string;
      /** Members that a fresh file has besides the hooks. */
      readonly head?: Readonly<Record<string, unknown>>;
      /** What is put at the end of which lists. */
      readonly entries: (command: string) => readonly ConfigurationEntry[];
    }
  | {
      readonly kind: 'executables';
      readonly files: readonly string[];
      readonly script: (command: string) => string;
    };

export interface ConfigurationEntry {
  /** The names that lead to the list. */
  readonly list: readonly string[];
  readonly value: Readonly<Record<string, unknown>>;
}
