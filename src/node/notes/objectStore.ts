import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Place } from '../place.ts';
import { readTextIfAny } from '../readTextIfAny.ts';
import { inflated, PackFile } from './packFile.ts';

export interface StoredObject {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Variables that have git look for objects elsewhere. */
const elsewhere = ['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES'];

/**
 * A repository's objects and references, read without starting git: that is the most of what a hook took. Whatever is not found or not as expected here is
 * for git to answer: a partial clone lacks objects, and a repository can be kept in other ways.
 */
export class ObjectStore {
  private packs: readonly PackFile[] | undefined;

  private constructor(
    private readonly place: Place,
    readonly objects: string,
  ) {}

  /** Undefined where objects may lie elsewhere, or have other names. */
  static of(place: Place, env: NodeJS.ProcessEnv = process.env): ObjectStore | undefined {
    const objects = path.join(place.commonDir, 'objects');
    const isOrdinary = place.objectFormat === 'sha1' && elsewhere.every((name) => env[name] === undefined) && existsSync(objects);
    return isOrdinary ? new ObjectStore(place, objects) : undefined;
  }

  close(): void {
    for (const pack of this.packs ?? []) pack.close();
    this.packs = undefined;
  }

  /** What a name such as HEAD, a reference's whole name or an object's stands for; with `^{commit}` a commit. Undefined where git has to be asked. */
  read(name: string): (StoredObject & { readonly oid: string }) | undefined {
    const [, named = '', suffix] = /^([\w./-]+)(\^\{commit\})?$/.exec(name) ?? [];
    try {
      const oid = isOid(named) ? named : this.referenced(named);
      const object = oid === undefined ? undefined : this.objectOf(oid);
      return oid === undefined || object === undefined || (suffix !== undefined && object.type !== 'commit') ? undefined : { oid, ...object };
    } catch {
      return undefined;
    }
  }

  /** The object that a reference names; undefined where there is none, or git has to be asked. */
  referenced(name: string): string | undefined {
    const { gitDir, commonDir } = this.place;
    if (existsSync(path.join(commonDir, 'reftable'))) return undefined;
    if (name === 'HEAD' || name === 'ORIG_HEAD') {
      const text = readTextIfAny(path.join(gitDir, name))?.trim() ?? '';
      const branch = /^ref: (refs\/heads\/.+)$/.exec(text)?.[1];
      return branch === undefined ? asOid(text) : this.referenced(branch);
    }
    // Others can belong to one work tree alone.
    if (!/^refs\/(?:heads|notes)\//.test(name) || name.includes('..')) return undefined;
    const loose = readTextIfAny(path.join(commonDir, name))?.trim();
    return loose === undefined ? packedIn(readTextIfAny(path.join(commonDir, 'packed-refs')) ?? '', name) : asOid(loose);
  }

  private objectOf(oid: string): StoredObject | undefined {
    const loose = this.looseOf(oid);
    if (loose !== undefined) return loose;
    const bytes = Buffer.from(oid, 'hex');
    this.packs ??= packsIn(path.join(this.objects, 'pack'), bytes.length);
    for (const pack of this.packs) {
      const object = pack.read(bytes);
      if (object !== undefined) return object;
    }
    return undefined;
  }

  private looseOf(oid: string): StoredObject | undefined {
    const file = path.join(this.objects, oid.slice(0, 2), oid.slice(2));
    // To look is cheaper than to fail: most objects of a large repository lie in packs.
    if (!existsSync(file)) return undefined;
    const whole = inflated(readFileSync(file));
    const start = whole.indexOf(0) + 1;
    const [, type, length] = /^(\w+) (\d+)\0$/.exec(whole.toString('latin1', 0, start)) ?? [];
    return type === undefined || start + Number(length) !== whole.length ? undefined : { type, bytes: whole.subarray(start) };
  }
}

function packsIn(folder: string, nameLength: number): PackFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith('.idx')).map((name) => new PackFile(path.join(folder, name.slice(0, -'.idx'.length)), nameLength));
}

/** The object that a reference names by the file that holds many of them. */
function packedIn(packed: string, name: string): string | undefined {
  const end = packed.indexOf(` ${name}\n`);
  return end === -1 ? undefined : asOid(packed.slice(packed.lastIndexOf('\n', end) + 1, end));
}

function asOid(text: string): string | undefined {
  return isOid(text) ? text : undefined;
}

function isOid(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}
