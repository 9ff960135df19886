import type { LineText } from '../../text/lineText.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Data } from '../data/data.ts';
import type { Platform } from '../operation.ts';
import type { ChangedText } from '../reader.ts';
import type { Declared } from './declared.ts';

/** A tool whose files are YAML or JSON, and declare what is there. */
export interface Dialect {
  readonly platform: Platform;
  /** Whether a thing is known by its name wherever it is declared, as an object of a cluster is; else its file is part of its name. */
  readonly isGlobal: boolean;
  /** Whether a text may be a file of the tool; quick, as it is asked of every file that changed. */
  mayBe(path: string, text: string): boolean;
  /** Found in the part of a text that changed when the change can concern what stands elsewhere in the file. */
  readonly reachesFar?: RegExp;
  /** Whether it is said where something went that a file no longer declares: in the file, or by the other files of the change. */
  readonly isLookedAfter?: (address: string, documents: readonly Data[], changed: readonly ChangedText[], path: string) => boolean;
  /** Whether a file is put over others: what it no longer says is as these say it, and not gone. */
  readonly isOver?: (path: string) => boolean;
  /** What a file declares that meets a part of it, in the order of the text; nothing for a file of another tool. */
  read(path: string, documents: readonly Data[], text: LineText, part: OffsetRange): Declared[];
}
