const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values: ReadonlyMap<string, number> = new Map(Array.from(digits, (digit, value) => [digit, value]));

/**
 * The bytes of a base64 text (RFC 4648, section 4), or undefined. Whitespace is passed over, as OpenSSH does; padding has to be there and unused
 * bits have to be 0, so that the same bytes have one text only.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const written = text.replaceAll(/[ \t\r\n\v\f]/g, '');
  const [, body = '', padding = ''] = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(written) ?? [];
  if (body.length + padding.length !== written.length || written.length % 4 !== 0) return undefined;
  const bytes = new Uint8Array(Math.floor((body.length * 3) / 4));
  let [buffer, bits, at] = [0, 0, 0];
  for (const digit of body) {
    buffer = ((buffer << 6) | (values.get(digit) ?? 0)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (buffer >> bits) & 0xff;
  }
  return (buffer & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [one = 0, two = 0, three = 0] = bytes.subarray(at, at + 3);
    const group = (one << 16) | (two << 8) | three;
    for (const shift of [18, 12, 6, 0]) text += digits[(group >> shift) & 63] ?? '';
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return text.slice(0, text.length - missing) + '='.repeat(missing);
}
