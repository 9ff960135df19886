import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { lastTold } from './journal.ts';

/** So long what was looked up holds: a check asks for many files one after the other. */
const freshMs = 1000;

interface Seen {
  /** Changes when the file does. */
  readonly stamp: string;
  readonly path: string | undefined;
  readonly digests: readonly string[];
}

/**
 * Under which path a text was known: a file that somebody renamed or copied while nobody looked has the text that it had. Each file of what is kept
 * is read again only when it is another.
 */
export class Elsewhere {
  private seen = new Map<string, Seen>();
  private byDigest: ReadonlyMap<string, string> = new Map();
  private lookedAt = -Infinity;
  private looking: Promise<void> | undefined;

  constructor(private readonly gitDir: string) {}

  async pathOf(digest: string): Promise<string | undefined> {
    if (performance.now() - this.lookedAt > freshMs) {
      this.looking ??= this.look().finally(() => {
        this.looking = undefined;
      });
      await this.looking;
    }
    return this.byDigest.get(digest);
  }

  private async look(): Promise<void> {
    const seen = new Map<string, Seen>();
    const byDigest = new Map<string, string>();
    for (const [folder, read] of [['journal', lastTold], ['regions', savedTexts]] as const) {
      const directory = path.join(this.gitDir, 'firebreak', folder);
      for (const name of await readdir(directory).catch(() => [])) {
        const file = path.join(directory, name);
        const found = await this.readNew(file, read);
        if (found === undefined) continue;
        seen.set(file, found);
        if (found.path !== undefined) for (const digest of found.digests) byDigest.set(digest, found.path);
      }
    }
    this.seen = seen;
    this.byDigest = byDigest;
    this.lookedAt = performance.now();
  }

  private async readNew(file: string, read: (file: string) => Promise<Omit<Seen, 'stamp'>>): Promise<Seen | undefined> {
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() !== true) return undefined;
    const stamp = `${found.ino} ${found.size} ${found.mtimeMs}`;
    const before = this.seen.get(file);
    return before?.stamp === stamp ? before : { stamp, ...(await read(file)) };
  }
}

/** The texts in which an AI or somebody unknown wrote. What cannot be read is told where its path is asked for. */
async function savedTexts(file: string): Promise<Omit<Seen, 'stamp'>> {
  const nothing = { path: undefined, digests: [] };
  if (!file.endsWith('.json')) return nothing;
  try {
    const { parseStoredRegions } = await import('../core/attribution/parseStoredRegions.ts');
    const parsed = parseStoredRegions(JSON.parse(await readFile(file, 'utf8')));
    return 'error' in parsed ? nothing : { path: parsed.path, digests: parsed.texts.flatMap(({ digest, regions }) => (regions.length > 0 ? [digest] : [])) };
  } catch {
    return nothing;
  }
}
