import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { lastTold } from './journal.ts';
import type { ToldFiles } from './movedTexts.ts';

/** So long what was looked up holds: a check asks for many files one after the other. */
const freshMs = 1000;

/** What a file of the journal or of saved regions is about. */
interface About {
  readonly path: string | undefined;
  readonly digests: readonly string[];
}

interface Kept {
  readonly file: string;
  /** Another one when the file is. */
  readonly stamp: string;
  readonly mtimeMs: number;
}

/** A file of which something is known. */
export interface KnownFile {
  readonly path: string;
  /** Another one when something more is known of it. */
  readonly stamp: string;
  /** When an agent told of it last, or its regions were saved: milliseconds since 1970. */
  readonly touchedAt: number;
}

/**
 * Of which files something is known, and under which path a text was: a file that somebody renamed or copied while nobody looked has the text that it had.
 * Each file of what is kept is read again only when it is another.
 */
export class Elsewhere implements ToldFiles {
  private readonly abouts = new Map<string, { readonly stamp: string; readonly about: Promise<About> }>();
  private told: { readonly kept: readonly Kept[]; readonly since: number; readonly files: Promise<readonly KnownFile[]> } | undefined;
  private readonly listed = new Map<string, { readonly at: number; readonly kept: Promise<readonly Kept[]> }>();

  constructor(private readonly gitDir: string) {}

  async pathOf(digest: string): Promise<string | undefined> {
    let found: string | undefined;
    for (const { about } of await this.all()) if (about.path !== undefined && about.digests.includes(digest)) found = about.path;
    return found;
  }

  /** In no order. */
  async files(): Promise<readonly KnownFile[]> {
    const byPath = new Map<string, KnownFile>();
    for (const { kept, about } of await this.all()) note(byPath, kept, about);
    return [...byPath.values()];
  }

  async takenSince(since: number): Promise<readonly KnownFile[]> {
    const kept = await this.keptIn('journal');
    if (this.told?.kept !== kept || since < this.told.since) this.told = { kept, since, files: this.toldIn(kept.filter(({ mtimeMs }) => mtimeMs >= since)) };
    return this.told.files;
  }

  private async toldIn(all: readonly Kept[]): Promise<readonly KnownFile[]> {
    const byPath = new Map<string, KnownFile>();
    for (const kept of all) note(byPath, kept, await this.aboutOf(kept, lastTold));
    return [...byPath.values()];
  }

  private async all(): Promise<readonly { readonly kept: Kept; readonly about: About }[]> {
    const [journals, regions] = await Promise.all([this.keptIn('journal'), this.keptIn('regions')]);
    const withAbout = (all: readonly Kept[], read: (file: string) => Promise<About>) => Promise.all(all.map(async (kept) => ({ kept, about: await this.aboutOf(kept, read) })));
    return [...(await withAbout(journals, lastTold)), ...(await withAbout(regions, savedTexts))];
  }

  private aboutOf({ file, stamp }: Kept, read: (file: string) => Promise<About>): Promise<About> {
    const known = this.abouts.get(file);
    if (known?.stamp === stamp) return known.about;
    const about = read(file);
    this.abouts.set(file, { stamp, about });
    return about;
  }

  private keptIn(folder: 'journal' | 'regions'): Promise<readonly Kept[]> {
    const listed = this.listed.get(folder);
    if (listed !== undefined && performance.now() - listed.at <= freshMs) return listed.kept;
    const kept = listFiles(path.join(this.gitDir, 'firebreak', folder));
    this.listed.set(folder, { at: performance.now(), kept });
    return kept;
  }
}

function note(byPath: Map<string, KnownFile>, { stamp, mtimeMs }: Kept, { path: named }: About): void {
  if (named === undefined) return;
  const other = byPath.get(named);
  byPath.set(named, { path: named, stamp: `${other?.stamp ?? ''} ${stamp}`, touchedAt: Math.max(other?.touchedAt ?? 0, mtimeMs) });
}

async function listFiles(folder: string): Promise<readonly Kept[]> {
  const files = (await readdir(folder).catch(() => [])).map((name) => path.join(folder, name));
  const found = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return files.flatMap((file, index) => {
    const each = found[index];
    return each?.isFile() === true ? [{ file, stamp: `${each.ino} ${each.size} ${each.mtimeMs}`, mtimeMs: each.mtimeMs }] : [];
  });
}

/** The texts in which an AI or somebody unknown wrote. What cannot be read is told where its path is asked for. */
async function savedTexts(file: string): Promise<About> {
  const nothing = { path: undefined, digests: [] };
  if (!file.endsWith('.json')) return nothing;
  try {
    const text = await readFile(file, 'utf8');
    // Most are of people who wrote by themselves.
    if (!text.includes('"regions":[{')) return nothing;
    const { parseStoredRegions } = await import('../core/attribution/parseStoredRegions.ts');
    const parsed = parseStoredRegions(JSON.parse(text));
    return 'error' in parsed ? nothing : { path: parsed.path, digests: parsed.texts.flatMap(({ digest, regions }) => (regions.length > 0 ? [digest] : [])) };
  } catch {
    return nothing;
  }
}
