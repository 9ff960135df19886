import { OffsetRange } from '../../text/offsetRange.ts';
import type { Command } from './unbash.ts';
import { type Lookup, type Meaning, meaningOf } from './words.ts';

type Decode = (text: string) => string | undefined;

/** What a command makes of its input when it makes readable again what was made unreadable: `base64 -d`, `xxd -r -p`, `rev`. */
export function decoderOf(command: Command, lookup: Lookup): Decode | undefined {
  const words = command.suffix.filter((item) => item.type === 'Word').map((word) => meaningOf(word, lookup).text);
  const options = words.filter((word) => /^-./.test(word));
  // With a file's name it reads that.
  const isFed = words.every((word) => word.startsWith('-'));
  switch (command.name?.text) {
    case 'base64':
    case 'gbase64':
      return isFed && options.some((option) => /^(?:-[a-z]*[dD]|--decode)$/.test(option)) ? fromBase64 : undefined;
    case 'openssl':
      return /^(?:base64|enc)$/.test(words[0] ?? '') && words.slice(1).every((word) => /^-(?:d|A|a|base64)$/.test(word)) && options.includes('-d') ? fromBase64 : undefined;
    case 'xxd':
      return isFed && /^(?=.*r)(?=.*p)/.test(options.join('')) ? fromHex : undefined;
    case 'rev':
      return words.length === 0 ? reversed : undefined;
    default:
      return undefined;
  }
}

/** What it makes of a text that is written down; undefined when that is not all known, or comes to no text. */
export function decodedMeaning({ text, pieces, holes }: Meaning, decode: Decode): Meaning | undefined {
  const [first, last] = [pieces[0], pieces.at(-1)];
  const decoded = holes.length > 0 || first === undefined || last === undefined ? undefined : decode(text);
  return decoded === undefined || first === undefined || last === undefined ? undefined : { text: decoded, pieces: [{ text: decoded, range: OffsetRange.hull(first.range, last.range), isVerbatim: false }], holes: [] };
}

function fromBase64(text: string): string | undefined {
  const digits = text.replace(/\s|\\n/g, '').replace(/=+$/, '');
  return /^[A-Za-z0-9+/]+$/.test(digits) && digits.length % 4 !== 1 ? asText(Uint8Array.from(atob(digits), (character) => character.charCodeAt(0))) : undefined;
}

function fromHex(text: string): string | undefined {
  const digits = text.replace(/\s|\\n/g, '');
  return /^(?:[0-9a-f]{2})+$/i.test(digits) ? asText(Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))) : undefined;
}

function reversed(text: string): string {
  return text.split('\n').map((line) => Array.from(line).reverse().join('')).join('\n');
}

function asText(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes);
  return /[\uFFFD\0]/.test(text) ? undefined : text;
}
