/** `murmur3:` and eight hexadecimal digits, of lines joined by '\n': MurmurHash3 for 32 bits with seed 0, over UTF-8. */
export function contentHash(lines: readonly string[]): string {
  return `murmur3:${murmur3(new TextEncoder().encode(lines.join('\n'))).toString(16).padStart(8, '0')}`;
}

/** After Austin Appleby's public domain MurmurHash3_x86_32. */
function murmur3(bytes: Uint8Array): number {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const body = bytes.length - (bytes.length % 4);
  let hash = 0;
  for (let at = 0; at < body; at += 4) hash = (Math.imul(rotated(hash ^ mixed(words.getUint32(at, true)), 13), 5) + 0xe6546b64) | 0;
  let tail = 0;
  for (let at = bytes.length - 1; at >= body; at--) tail = (tail << 8) | (bytes[at] ?? 0);
  if (body < bytes.length) hash ^= mixed(tail);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixed(word: number): number {
  return Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
