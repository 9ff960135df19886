import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseStoredRegions, serializeRegions, type StoredRegions } from '../core/attribution/storedRegions.ts';
import { sha256Hex } from './digest.ts';

/** What a file of saved regions came to: an error value says why one that is there was set aside. */
export interface Loaded {
  readonly stored?: StoredRegions;
  readonly setAside?: string;
}

/**
 * Saved regions, one file for each path, below the work tree's own git folder: linked work trees hold other texts at the same paths.
 * Files are replaced whole, so a reader never sees half of one. One that cannot be read is set aside and told, never overwritten.
 */
export class RegionStore {
  private readonly folder: string;
  /** The last work on each file, so that one save does not read what another is about to write. */
  private readonly last = new Map<string, Promise<unknown>>();

  constructor(gitDir: string) {
    this.folder = path.join(gitDir, 'firebreak', 'regions');
  }

  load(relative: string): Promise<Loaded> {
    return this.inTurn(relative, () => this.read(relative));
  }

  /** Merges into what is saved: `update` gets it as it is on disk now. */
  save(relative: string, update: (stored: StoredRegions | undefined) => StoredRegions): Promise<void> {
    return this.inTurn(relative, async () => {
      const { stored } = await this.read(relative);
      await this.write(relative, serializeRegions(update(stored)));
    });
  }

  /** The paths with a region in one of their texts, in no order. Files that cannot be read are left to `load`. */
  async paths(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    const paths: string[] = [];
    for (const name of names) {
      if (!name.endsWith('.json')) continue;
      const parsed = parse(await readFile(path.join(this.folder, name), 'utf8').catch(() => ''));
      if (!('error' in parsed) && parsed.texts.some(({ regions }) => regions.length > 0)) paths.push(parsed.path);
    }
    return paths;
  }

  private async read(relative: string): Promise<Loaded> {
    const file = this.fileOf(relative);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
    const parsed = parse(text);
    const why = 'error' in parsed ? parsed.error : parsed.path === relative ? undefined : `it is about ${JSON.stringify(parsed.path)}`;
    if (why === undefined && !('error' in parsed)) return { stored: parsed };
    const aside = `${file}.unreadable-${Date.now()}`;
    await rename(file, aside).catch((error: unknown) => {
      // Somebody else set it aside first.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
    return { setAside: `The saved regions of ${relative} could not be read (${why ?? ''}); they were set aside as ${aside}` };
  }

  private async write(relative: string, text: string): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const file = this.fileOf(relative);
    const fresh = `${file}.${randomBytes(6).toString('hex')}.new`;
    try {
      const handle = await open(fresh, 'wx');
      try {
        await handle.writeFile(text);
        // Without it a power cut can leave an empty file under the new name.
        await handle.datasync();
      } finally {
        await handle.close();
      }
      await rename(fresh, file);
    } catch (error) {
      await rm(fresh, { force: true });
      throw error;
    }
  }

  private fileOf(relative: string): string {
    return path.join(this.folder, `${sha256Hex(relative)}.json`);
  }

  private inTurn<T>(relative: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.last.get(relative) ?? Promise.resolve()).then(work, work);
    this.last.set(relative, turn);
    const forget = () => {
      if (this.last.get(relative) === turn) this.last.delete(relative);
    };
    turn.then(forget, forget);
    return turn;
  }
}

function parse(text: string): StoredRegions | { readonly error: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: 'it is not JSON' };
  }
  return parseStoredRegions(value);
}
