import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { StoredObject } from './objectStore.ts';

/** Loaded when first needed: most calls of a hook read nothing. */
const load = createRequire(process.execPath);

/** What zlib compressed, of which something else may follow. @param length of what comes out, when that is known */
export function inflated(bytes: Buffer, length?: number): Buffer {
  const { inflateSync } = load('node:zlib') as typeof import('node:zlib');
  const whole = length === undefined ? inflateSync(bytes, { maxOutputLength: largestObject }) : inflateSync(bytes, { chunkSize: Math.max(64, length + 1), maxOutputLength: Math.max(1, length) });
  if (length !== undefined && whole.length !== length) throw new Error('an object has not the length that it says');
  return whole;
}

/** Bytes of what deltas start from that are kept, since many objects start from the same one. */
const mostKept = 16 * 1024 * 1024;
/** A larger object is left to git. */
const largestObject = 32 * 1024 * 1024;

/** Of git's index of a pack, version 2: where its tables begin. The first tells how many names begin with each byte or a lower one. */
const tables = 8;
const names = tables + 256 * 4;
const types = ['', 'commit', 'tree', 'blob', 'tag'];
const [byOffset, byName] = [6, 7];

/** One pack of a repository, as git's `gitformat-pack` describes it. Whatever in it is not as expected is an error. */
export class PackFile {
  private readonly index: number;
  private readonly counts: Buffer;
  private pack: number | undefined;
  private readonly kept = new Map<number, StoredObject>();
  private keptBytes = 0;

  /** @param file without its ending */
  constructor(
    private readonly file: string,
    private readonly nameLength: number,
  ) {
    this.index = openSync(`${file}.idx`, 'r');
    const head = this.bytes(this.index, 0, names);
    this.counts = head.subarray(tables);
    if (head.length < names || head.readUInt32BE(0) !== 0xff744f63 || head.readUInt32BE(4) !== 2) throw new Error(`${file}.idx is of another version`);
  }

  close(): void {
    closeSync(this.index);
    if (this.pack !== undefined) closeSync(this.pack);
  }

  /** Undefined where the pack has no such object. */
  read(oid: Buffer): StoredObject | undefined {
    const offset = this.offsetOf(oid);
    return offset === undefined ? undefined : this.objectAt(offset);
  }

  private offsetOf(oid: Buffer): number | undefined {
    const first = oid[0] ?? 0;
    let [low, high] = [first === 0 ? 0 : this.counts.readUInt32BE(4 * (first - 1)), this.counts.readUInt32BE(4 * first)];
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = this.bytes(this.index, names + middle * this.nameLength, this.nameLength).compare(oid);
      if (order === 0) return this.offsetAt(middle);
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return undefined;
  }

  private offsetAt(place: number): number {
    const count = this.counts.readUInt32BE(4 * 255);
    // Behind the names stands a checksum of four bytes for each.
    const offsets = names + count * (this.nameLength + 4);
    const offset = this.bytes(this.index, offsets + 4 * place, 4).readUInt32BE(0);
    if (offset < 2 ** 31) return offset;
    return Number(this.bytes(this.index, offsets + 4 * count + 8 * (offset - 2 ** 31), 8).readBigUInt64BE(0));
  }

  private objectAt(offset: number): StoredObject {
    const known = this.kept.get(offset);
    if (known !== undefined) return known;
    this.pack ??= openSync(`${this.file}.pack`, 'r');
    const head = this.bytes(this.pack, offset, 32 + this.nameLength);
    let at = 0;
    const next = () => head.readUInt8(at++);
    let byte = next();
    const kind = (byte >> 4) & 7;
    let length = byte & 15;
    for (let scale = 16; byte >= 0x80; scale *= 128) length += ((byte = next()) & 0x7f) * scale;
    if (length > largestObject) throw new Error('an object is too large to be read here');
    let base: StoredObject | undefined;
    if (kind === byOffset) {
      let back = (byte = next()) & 0x7f;
      while (byte >= 0x80) back = (back + 1) * 128 + ((byte = next()) & 0x7f);
      base = this.objectAt(offset - back);
    } else if (kind === byName) {
      base = this.read(head.subarray(at, at + this.nameLength));
      if (base === undefined) throw new Error('what an object starts from is in another pack');
      at += this.nameLength;
    }
    // What does not get smaller gets hardly longer.
    const own = inflated(this.bytes(this.pack, offset + at, length + (length >> 8) + 64), length);
    const type = base?.type ?? types[kind] ?? '';
    if (type === '') throw new Error('an object of a pack has no known type');
    return this.keep(offset, { type, bytes: base === undefined ? own : changed(base.bytes, own) });
  }

  private keep(offset: number, object: StoredObject): StoredObject {
    this.kept.set(offset, object);
    this.keptBytes += object.bytes.length;
    for (const [oldest, { bytes }] of this.kept) {
      if (this.keptBytes <= mostKept) break;
      this.kept.delete(oldest);
      this.keptBytes -= bytes.length;
    }
    return object;
  }

  /** Fewer where the file ends. */
  private bytes(file: number, start: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, start));
  }
}

/** What a delta makes of a text: pieces of it, and new ones. */
function changed(base: Buffer, delta: Buffer): Buffer {
  let at = 0;
  const next = () => delta.readUInt8(at++);
  const size = () => {
    let [length, byte] = [0, 0x80];
    for (let scale = 1; byte >= 0x80; scale *= 128) length += ((byte = next()) & 0x7f) * scale;
    return length;
  };
  if (size() !== base.length) throw new Error('a delta is of another object');
  const length = size();
  if (length > largestObject) throw new Error('an object is too large to be read here');
  const made = Buffer.allocUnsafe(length);
  let end = 0;
  while (at < delta.length) {
    const command = next();
    if (command >= 0x80) {
      let [start, count] = [0, 0];
      for (let bit = 0; bit < 4; bit++) if ((command & (1 << bit)) !== 0) start += next() * 256 ** bit;
      for (let bit = 0; bit < 3; bit++) if ((command & (16 << bit)) !== 0) count += next() * 256 ** bit;
      if (count === 0) count = 0x10000;
      end += base.copy(made, end, start, start + count);
    } else {
      end += delta.copy(made, end, at, at + command);
      at += command;
    }
  }
  if (end !== length) throw new Error('a delta does not make what it says');
  return made;
}
