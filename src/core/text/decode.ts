/** A text as it came from bytes, or why there is none. */
export type Decoded = { readonly text: string } | { readonly unread: string };

/** The largest file that is looked at. Beyond it a file is data, and checking it would cost more than it tells. */
export const largestFileBytes = 5 * 1024 * 1024;

/** As far as git looks for a NUL before it calls a file binary. */
const binaryProbeBytes = 8000;

/**
 * Reads bytes as an editor does: UTF-8 with or without a mark, UTF-16 with one. The mark is left out. Bytes that are
 * not UTF-8 become U+FFFD and the rest is still looked at: an old encoding in a comment must not hide the code beside it.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > largestFileBytes) return tooBig(bytes.length);
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
  if (wide !== undefined) return isWide(bytes) ? { text: new TextDecoder(wide).decode(bytes) } : { unread: 'it is marked as UTF-16 and is not' };
  const nul = bytes.subarray(0, binaryProbeBytes).indexOf(0);
  if (nul !== -1) return { unread: `it is binary (a NUL at byte ${nul})` };
  return { text: new TextDecoder('utf-8').decode(bytes) };
}

/** What is said instead of the text of a file with so many bytes. */
export function tooBig(bytes: number): { readonly unread: string } {
  return { unread: `it has ${(bytes / 1024 / 1024).toFixed(1)} MB, and files over ${largestFileBytes / 1024 / 1024} MB are not read` };
}

/**
 * Code in UTF-16 is half NULs. A mark in front of other text would hide it: a shell passes over the mark and runs the rest.
 */
function isWide(bytes: Uint8Array): boolean {
  const probe = bytes.subarray(2, binaryProbeBytes);
  const nuls = probe.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  return bytes.length % 2 === 0 && nuls >= probe.length / 4;
}
