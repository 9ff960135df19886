import { largestFileBytes } from '../../core/text/decode.ts';

/** As far as git looks for a NUL before it calls a file binary. */
const binaryProbe = 8000;

/** Why a document is not looked at; undefined when it is. The same words and limits as for files. */
export function whyUnread(text: string): string | undefined {
  if (text.length > largestFileBytes) {
    return `it has ${(text.length / 1024 / 1024).toFixed(1)} MB, and files over ${largestFileBytes / 1024 / 1024} MB are not read`;
  }
  const nul = text.slice(0, binaryProbe).indexOf('\0');
  return nul === -1 ? undefined : `it is binary (a NUL at character ${nul})`;
}
