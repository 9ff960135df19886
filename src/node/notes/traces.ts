import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { JournalEvent } from '../../core/attribution/journal.ts';
import type { StoredRegions } from '../../core/attribution/storedRegions.ts';
import { readJournal } from '../journal.ts';
import type { Place } from '../place.ts';
import { RegionStore } from '../regionStore.ts';

/** What the clone knows of a file besides git: regions that were saved, and what agents told. */
export interface FileTraces {
  readonly stored: StoredRegions | undefined;
  readonly events: readonly JournalEvent[];
}

/** Of all work trees of the repository, this one's first: what was stashed in one can be taken up in another. */
export class Traces {
  private readonly gitDirs: readonly string[];

  constructor({ gitDir, commonDir }: Place) {
    const linked = namesIn(path.join(commonDir, 'worktrees')).map((name) => path.join(commonDir, 'worktrees', name));
    this.gitDirs = [...new Set([gitDir, commonDir, ...linked])].filter((each) => namesIn(path.join(each, 'firebreak')).some((name) => name === 'regions' || name === 'journal'));
  }

  /** By all the names that the file had. */
  async of(paths: readonly string[]): Promise<FileTraces> {
    const texts: StoredRegions['texts'][number][] = [];
    const events: JournalEvent[] = [];
    for (const gitDir of this.gitDirs) {
      for (const file of paths) {
        const [{ stored }, told] = await Promise.all([new RegionStore(gitDir).load(file), readJournal(gitDir, file)]);
        for (const text of stored?.texts ?? []) if (!texts.some(({ digest }) => digest === text.digest)) texts.push(text);
        events.push(...told.events);
      }
    }
    return { stored: texts.length === 0 ? undefined : { path: paths[0] ?? '', texts }, events };
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
