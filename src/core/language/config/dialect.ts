import type { LineText } from '../../text/lineText.ts';
import type { Data } from '../data/data.ts';
import type { Platform } from '../operation.ts';
import type { Declared } from './declared.ts';

/** A tool whose files are YAML or JSON, and declare what is there. */
export interface Dialect {
  readonly platform: Platform;
  /** Whether a thing is known by its name wherever it is declared, as an object of a cluster is; else its file is part of its name. */
  readonly isGlobal: boolean;
  /** Whether a text may be a file of the tool; quick, as it is asked of every file that changed. */
  mayBe(path: string, text: string): boolean;
  /** What a file declares, in the order of the text; undefined for a file of another tool. */
  read(path: string, documents: readonly Data[], text: LineText): Declared[] | undefined;
}
