import { randomBytes } from 'node:crypto';
import { promises } from 'node:fs';
import path from 'node:path';
import { serializeRegions, type StoredRegions, type StoredText } from '../core/attribution/storedRegions.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { sha256Hex } from './digest.ts';
import { inTheWay } from './inTheWay.ts';
import { withLock } from './lock.ts';

/** What a file of saved regions came to: an error value says why one that is there was set aside. */
export interface Loaded {
  readonly stored?: StoredRegions;
  /** Texts that windows hold and nobody has saved, the newest first: a window that was killed finds them again. */
  readonly unsaved?: readonly StoredText[];
  readonly setAside?: string;
}

/** What nobody asked for in so many milliseconds is forgotten: unsaved texts, and what killed processes left half written. */
const forgottenMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Saved regions, one file for each path, below the work tree's own git folder: linked work trees hold other texts at the same paths.
 * Files are replaced whole, so a reader never sees half of one, and under a lock, so that windows lose nothing of one another.
 * One that cannot be read is set aside and told, never overwritten. What is not saved yet has a file for each window.
 */
export class RegionStore {
  private readonly folder: string;
  private readonly unsavedFolder: string;
  /** The last work on each file, so that one save does not read what another is about to write. */
  private readonly last = new Map<string, Promise<unknown>>();

  constructor(gitDir: string) {
    this.folder = path.join(gitDir, 'firebreak', 'regions');
    this.unsavedFolder = path.join(gitDir, 'firebreak', 'unsaved');
  }

  load(relative: string): Promise<Loaded> {
    return this.inTurn(relative, async () => {
      const [{ stored, setAside }, unsaved] = [await this.read(this.fileOf(relative), relative), await this.readUnsaved(relative)];
      const told = [setAside, ...unsaved.setAside].filter((each) => each !== undefined);
      return {
        ...(stored !== undefined && { stored }),
        ...(unsaved.texts.length > 0 && { unsaved: unsaved.texts }),
        ...(told.length > 0 && { setAside: told.join('; ') }),
      };
    });
  }

  /** Merges into what is saved: `update` gets it as it is on disk now. */
  save(relative: string, update: (stored: StoredRegions | undefined) => StoredRegions): Promise<Pick<Loaded, 'setAside'>> {
    return this.inTurn(relative, async () => {
      await promises.mkdir(this.folder, { recursive: true });
      const file = this.fileOf(relative);
      return withLock(lockOf(file), async () => {
        const { stored, setAside } = await this.readLocked(file, relative);
        const updated = update(stored);
        if (updated !== stored) await replaceFile(file, serializeRegions(updated));
        return setAside === undefined ? {} : { setAside };
      });
    });
  }

  /** What a window holds of a path and nobody has saved; undefined when it holds nothing any more. @param window unlike all others */
  keepUnsaved(relative: string, window: string, text: StoredText | undefined): Promise<void> {
    return this.inTurn(relative, async () => {
      const file = path.join(this.unsavedFolder, `${sha256Hex(relative)}.${window}.json`);
      if (text === undefined) {
        await promises.rm(file, { force: true });
        return;
      }
      await promises.mkdir(this.unsavedFolder, { recursive: true });
      await replaceFile(file, serializeRegions({ path: relative, texts: [text] }));
    });
  }

  /** The paths with a region in one of their texts, in no order, and why others are not known. */
  async paths(): Promise<{ readonly paths: readonly string[]; readonly unread: readonly string[] }> {
    const paths: string[] = [];
    const unread: string[] = [];
    for (const name of await namesIn(this.folder)) {
      const file = path.join(this.folder, name);
      if (!name.endsWith('.json')) {
        if (name.endsWith('.new')) await forgetOld(file);
        continue;
      }
      const read = await this.read(file, undefined).catch((error: unknown) => ({ stored: undefined, setAside: `${file} could not be read: ${messageOf(error)}` }));
      if (read.setAside !== undefined) unread.push(read.setAside);
      if (read.stored?.texts.some(({ regions }) => regions.length > 0)) paths.push(read.stored.path);
    }
    for (const name of await namesIn(this.unsavedFolder)) await forgetOld(path.join(this.unsavedFolder, name));
    return { paths, unread };
  }

  private async readUnsaved(relative: string): Promise<{ readonly texts: readonly StoredText[]; readonly setAside: readonly string[] }> {
    const start = `${sha256Hex(relative)}.`;
    const texts: StoredText[] = [];
    const setAside: string[] = [];
    for (const name of await namesIn(this.unsavedFolder)) {
      if (!name.startsWith(start) || !name.endsWith('.json')) continue;
      const read = await this.read(path.join(this.unsavedFolder, name), relative);
      if (read.setAside !== undefined) setAside.push(read.setAside);
      texts.push(...(read.stored?.texts ?? []));
    }
    return { texts: texts.sort((a, b) => b.savedAt - a.savedAt), setAside };
  }

  /** @param relative what the file has to be about; undefined when that is told by its name alone */
  private async read(file: string, relative: string | undefined): Promise<{ readonly stored?: StoredRegions; readonly setAside?: string }> {
    const found = await this.parse(file, relative);
    // It may have been replaced meanwhile by one that is good.
    return found === undefined ? {} : 'error' in found ? withLock(lockOf(file), () => this.readLocked(file, relative)) : { stored: found };
  }

  private async readLocked(file: string, relative: string | undefined): Promise<{ readonly stored?: StoredRegions; readonly setAside?: string }> {
    const found = await this.parse(file, relative);
    if (found === undefined) return {};
    if (!('error' in found)) return { stored: found };
    const aside = `${file}.unreadable-${Date.now()}`;
    await promises.rename(file, aside);
    return { setAside: `The saved regions of ${relative ?? 'a file'} could not be read (${found.error}); they were set aside as ${aside}` };
  }

  /** Undefined for no file. */
  private async parse(file: string, relative: string | undefined): Promise<StoredRegions | { readonly error: string } | undefined> {
    let text: string;
    try {
      text = await promises.readFile(file, 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return undefined;
      if (code !== 'EISDIR') throw error;
      return { error: 'it is a folder' };
    }
    const parsed = await parseText(text);
    if ('error' in parsed) return parsed;
    const isAbout = relative === undefined ? file === this.fileOf(parsed.path) : parsed.path === relative;
    return isAbout ? parsed : { error: `it is about ${JSON.stringify(parsed.path)}` };
  }

  private fileOf(relative: string): string {
    return path.join(this.folder, `${sha256Hex(relative)}.json`);
  }

  private inTurn<T>(relative: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.last.get(relative) ?? Promise.resolve()).then(work, work).catch((error: unknown) => {
      throw inTheWay(error);
    });
    this.last.set(relative, turn);
    const forget = () => {
      if (this.last.get(relative) === turn) this.last.delete(relative);
    };
    turn.then(forget, forget);
    return turn;
  }
}

function lockOf(file: string): string {
  return `${file}.lock`;
}

async function replaceFile(file: string, text: string): Promise<void> {
  const fresh = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    const handle = await promises.open(fresh, 'wx');
    try {
      await handle.writeFile(text);
      // Without it a power cut can leave an empty file under the new name.
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await promises.rename(fresh, file);
  } catch (error) {
    await promises.rm(fresh, { force: true });
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await promises.readdir(folder).catch(nothingIfAbsent)) ?? [];
}

async function forgetOld(file: string): Promise<void> {
  const found = await promises.stat(file).catch(nothingIfAbsent);
  if (found !== undefined && Date.now() - found.mtimeMs > forgottenMs) await promises.rm(file, { force: true });
}

function nothingIfAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

async function parseText(text: string): Promise<StoredRegions | { readonly error: string }> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: 'it is not JSON' };
  }
  // With a library for schemas, which most starts of a hook need not load.
  const { parseStoredRegions } = await import('../core/attribution/parseStoredRegions.ts');
  return parseStoredRegions(value);
}
