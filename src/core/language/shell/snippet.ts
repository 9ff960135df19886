import type { DecodedText } from '../decodedText.ts';
import type { Operation, OperationBase } from '../operation.ts';
import type { CodeLanguage } from './interpreters.ts';

/** Code of another language that a shell hands to its interpreter: `python -c '…'`, `node <<EOF`. */
export interface Snippet extends Pick<OperationBase, 'range' | 'address' | 'loop'> {
  readonly language: CodeLanguage;
  /** In the file's offsets. */
  readonly code: DecodedText;
  /** Which of its operations count; all when it is left out. */
  readonly counts?: (operation: Operation) => boolean;
}
