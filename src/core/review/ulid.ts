/** Crockford's base 32: no I, L, O and U. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * A ULID (https://github.com/ulid/spec): 48 bits of time in milliseconds since 1970, then 80 random bits, as 26 characters that sort by time.
 * `randomBytes` gives at least 10 bytes.
 */
export function ulid(timeMs: number, randomBytes: Uint8Array): string {
  if (!(timeMs >= 0 && timeMs < 2 ** 48)) throw new RangeError(`a ULID cannot hold the time ${timeMs}`);
  if (randomBytes.length < 10) throw new RangeError(`a ULID takes 10 random bytes and got ${randomBytes.length}`);
  let value = BigInt(Math.trunc(timeMs));
  for (const byte of randomBytes.subarray(0, 10)) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (let digit = 0; digit < 26; digit++, value >>= 5n) text = (digits[Number(value & 31n)] ?? '') + text;
  return text;
}

export function isUlid(text: string): boolean {
  return ulidPattern.test(text);
}

/** The time that a ULID holds, in milliseconds since 1970. */
export function timeOf(id: string): number {
  return Array.from(id.slice(0, 10)).reduce((time, digit) => time * 32 + digits.indexOf(digit), 0);
}
