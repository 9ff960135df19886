import { OffsetRange } from '../../text/offsetRange.ts';
import type { DecodedPiece } from '../decodedText.ts';
import { hole } from '../operation.ts';
import type { Meaning } from '../shell/words.ts';

/** `%VAR%`, `%VAR:~0,3%`, `!VAR!`, `%~dp0`, `%1`, `%*`, `%%i`. */
const expansion = /%%~?\w+|%~?[a-z]*\d|%\*|%([\w()#$.]+)(:[^%\n]*)?%|!([\w#$.]+)(:[^!\n]*)?!/iy;

/** One word from an offset on: until a blank or an operator outside quotes. `escapesQuotes` says that `\"` is a quote in quotes, as most programs have it. */
export function readCmdWord(text: string, start: number, valueOf: (name: string) => Meaning | undefined, { escapesQuotes, isLine = false }: { escapesQuotes: boolean; isLine?: boolean }): { meaning: Meaning; end: number } {
  const pieces: DecodedPiece[] = [];
  const holes: string[] = [];
  let at = start;
  let from = start;
  let isQuoted = false;
  const flush = (): void => {
    if (at > from) pieces.push({ text: text.slice(from, at), range: new OffsetRange(from, at), isVerbatim: true });
  };
  const skip = (length: number, meaning = ''): void => {
    flush();
    pieces.push({ text: meaning, range: new OffsetRange(at, Math.min(text.length, at + length)), isVerbatim: false });
    at = Math.min(text.length, at + length);
    from = at;
  };
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '\n' || (character === '\r' && text.charAt(at + 1) === '\n')) break;
    expansion.lastIndex = at;
    const match = expansion.exec(text);
    if (match !== null) {
      const name = match[1] ?? match[3];
      const value = name === undefined || (match[2] ?? match[4]) !== undefined ? undefined : valueOf(name);
      holes.push(...(value?.holes ?? [match[0]]));
      skip(match[0].length, value?.text ?? hole);
    } else if (character === '\\' && escapesQuotes && isQuoted && text.charAt(at + 1) === '"') skip(2, '"');
    else if (character === '"') {
      skip(1);
      isQuoted = !isQuoted;
    } else if (isQuoted) at++;
    else if (character === '^') skip(/^\^\r?\n/.exec(text.slice(at, at + 3))?.[0].length ?? 2, /[\r\n]/.test(text.charAt(at + 1)) ? '' : text.charAt(at + 1));
    else if (/[&|<>)]/.test(character) || (!isLine && /[\s(]/.test(character) && !(character === '(' && at > start))) break;
    else at++;
  }
  flush();
  return { meaning: { text: pieces.map((piece) => piece.text).join(''), pieces, holes }, end: at };
}
