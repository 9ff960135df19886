const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const nothing = new Uint8Array();

/**
 * Reads SSH's binary format (RFC 4251, section 5). It never throws: what is missing or malformed reads as empty, and `isWhole` is false from then on,
 * so that a reader of many fields asks once, at the end.
 */
export class WireReader {
  private at = 0;
  private isBroken = false;

  constructor(private readonly source: Uint8Array) {}

  /** Whether all fields were there and nothing is left. */
  get isWhole(): boolean {
    return !this.isBroken && this.at === this.source.length;
  }

  bytes(length: number): Uint8Array {
    if (this.isBroken || length > this.source.length - this.at) return this.broken(nothing);
    this.at += length;
    return this.source.subarray(this.at - length, this.at);
  }

  byte(): number {
    return this.bytes(1)[0] ?? 0;
  }

  uint32(): number {
    return this.bytes(4).reduce((value, byte) => value * 256 + byte, 0);
  }

  string(): Uint8Array {
    return this.bytes(this.uint32());
  }

  /** A string that is UTF-8 without a NUL, where OpenSSH would stop reading. */
  text(): string {
    try {
      const text = utf8.decode(this.string());
      return text.includes('\0') ? this.broken('') : text;
    } catch {
      return this.broken('');
    }
  }

  /** An `mpint` that is not negative, without the zeros before it. */
  natural(): Uint8Array {
    const bytes = this.string();
    if ((bytes[0] ?? 0) >= 0x80) return this.broken(nothing);
    const start = bytes.findIndex((byte) => byte !== 0);
    return start === -1 ? nothing : bytes.subarray(start);
  }

  private broken<T>(value: T): T {
    this.isBroken = true;
    return value;
  }
}

export function wireUint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

export function wireString(value: Uint8Array | string): Uint8Array {
  const bytes = toBytes(value);
  return join([wireUint32(bytes.length), bytes]);
}

/** Of a number without zeros before it. */
export function wireNatural(bytes: Uint8Array): Uint8Array {
  return wireString((bytes[0] ?? 0) >= 0x80 ? join([Uint8Array.of(0), bytes]) : bytes);
}

export function toBytes(value: Uint8Array | string): Uint8Array {
  return typeof value === 'string' ? new TextEncoder().encode(value) : value;
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
