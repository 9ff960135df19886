import { createRequire } from 'node:module';

const load = createRequire(process.execPath);

/** Lower-case hexadecimal SHA-256 of a text's UTF-8 bytes. What makes it is loaded when first needed: that takes a tenth of what Node takes to start, and most calls of a hook digest nothing. */
export function sha256Hex(text: string): string {
  const { createHash } = load('node:crypto') as typeof import('node:crypto');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The same, made once for each text. */
export function sha256HexOnce(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const digest = known.get(text) ?? sha256Hex(text);
    known.set(text, digest);
    return digest;
  };
}
