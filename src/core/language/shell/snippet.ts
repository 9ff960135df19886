import { OffsetRange } from '../../text/offsetRange.ts';
import { DecodedText } from '../decodedText.ts';
import type { Operation, OperationBase } from '../operation.ts';
import type { CodeLanguage } from './interpreters.ts';
import type { Place } from './place.ts';
import type { Meaning } from './words.ts';

/** Code of another language that a shell hands to its interpreter: `python -c '…'`, `node <<EOF`. */
export interface Snippet extends Pick<OperationBase, 'range' | 'address' | 'loop'> {
  readonly language: CodeLanguage;
  /** In the file's offsets. */
  readonly code: DecodedText;
  /** Which of its operations count; all when it is left out. */
  readonly counts?: (operation: Operation) => boolean;
}

/** What a script hands over at a place; nothing when it holds nothing. */
export function snippetsIn(language: CodeLanguage, { pieces, text }: Meaning, place: Place): Snippet[] {
  if (text.trim() === '') return [];
  const inFile = pieces.map((piece) => {
    const range = place.toFile(piece.range);
    return { text: piece.text, range, isVerbatim: piece.isVerbatim && range.length === piece.text.length };
  });
  // PHP begins where a tag opens it, which `php -r` goes without.
  const tag = { text: '<?php ', range: OffsetRange.empty(inFile[0]?.range.start ?? 0), isVerbatim: false };
  const code = new DecodedText(language === 'php' && !text.trimStart().startsWith('<?') ? [tag, ...inFile] : inFile);
  const { address, loop } = place;
  return [{ language, code, range: code.rangeOf(new OffsetRange(0, code.text.length)), address, ...(loop !== undefined && { loop }) }];
}
