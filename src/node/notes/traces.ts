import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { JournalEvent } from '../../core/attribution/journal.ts';
import type { StoredRegions } from '../../core/attribution/storedRegions.ts';
import { sha256Hex } from '../digest.ts';
import { readJournalAtOnce } from '../journal.ts';
import type { Place } from '../place.ts';
import { RegionStore } from '../regionStore.ts';

/** What the clone knows of a file besides git: regions that were saved, and what agents told. */
export interface FileTraces {
  readonly stored: StoredRegions | undefined;
  readonly events: readonly JournalEvent[];
}

const nothing: FileTraces = { stored: undefined, events: [] };

/** Of all work trees of the repository, this one's first: what was stashed in one can be taken up in another. */
export class Traces {
  private readonly kept: readonly { readonly gitDir: string; readonly store: RegionStore; readonly stored: ReadonlySet<string>; readonly told: ReadonlySet<string> }[];

  constructor({ gitDir, commonDir }: Place) {
    const linked = namesIn(path.join(commonDir, 'worktrees')).map((name) => path.join(commonDir, 'worktrees', name));
    this.kept = [...new Set([gitDir, commonDir, ...linked])].flatMap((each) => {
      const [stored, told] = [digestsIn(each, 'regions', 'unsaved'), digestsIn(each, 'journal')];
      return stored.size + told.size === 0 ? [] : [{ gitDir: each, store: new RegionStore(each), stored, told }];
    });
  }

  /** By all the names that the file had. */
  async of(paths: readonly string[]): Promise<FileTraces> {
    if (this.kept.length === 0) return nothing;
    const texts: StoredRegions['texts'][number][] = [];
    const events: JournalEvent[] = [];
    for (const file of paths) {
      const digest = sha256Hex(file);
      for (const { gitDir, store, stored, told } of this.kept) {
        const saved = stored.has(digest) ? (await store.load(file)).stored : undefined;
        for (const text of saved?.texts ?? []) if (!texts.some((each) => each.digest === text.digest)) texts.push(text);
        if (told.has(digest)) events.push(...(await readJournalAtOnce(gitDir, file)).events);
      }
    }
    return { stored: texts.length === 0 ? undefined : { path: paths[0] ?? '', texts }, events };
  }
}

/** The digests of the paths that there are files about. */
function digestsIn(gitDir: string, ...folders: readonly string[]): ReadonlySet<string> {
  return new Set(folders.flatMap((folder) => namesIn(path.join(gitDir, 'firebreak', folder))).map((name) => name.slice(0, 64)));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
