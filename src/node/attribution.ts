import { canBeCopied } from '../core/attribution/copiedText.ts';
import { reconcile } from '../core/attribution/reconcile.ts';
import type { AiRegion } from '../core/attribution/region.ts';
import { regionsFor, type StoredRegions } from '../core/attribution/storedRegions.ts';
import { sha256Hex } from './digest.ts';
import { settleCommands } from './endedCommands.ts';
import type { Elsewhere } from './elsewhere.ts';
import { inTheWay } from './inTheWay.ts';
import { readJournal } from './journal.ts';
import type { RegionStore } from './regionStore.ts';

/** Who wrote what in a text: no regions when nothing is known of its file. `told` says what could not be read, and what became of it. */
export interface Attribution {
  readonly regions?: readonly AiRegion[];
  /** They were saved for just this text; else they follow from what is known of others. */
  readonly isSaved: boolean;
  readonly told: readonly string[];
}

/** A text of a file, which may not be the one on disk. */
export interface AttributedFile {
  readonly path: string;
  readonly text: string;
  readonly isUnsaved?: boolean;
}

/** Goes by saved regions and what agents told. A text that is known under another path is what it was there. @param committed asked for the text in the last commit, when that can matter */
export function attribute(...file: Parameters<typeof attributeFile>): Promise<Attribution> {
  return attributeFile(...file).catch((error: unknown) => {
    throw inTheWay(error);
  });
}

async function attributeFile(store: RegionStore, gitDir: string, { path, text, isUnsaved = false }: AttributedFile, committed: () => Promise<string | undefined>, elsewhere?: Elsewhere): Promise<Attribution> {
  const told = [...(await settleCommands(gitDir))];
  const { events, unreadable } = await readJournal(gitDir, path);
  const { stored, unsaved = [], setAside } = await store.load(path);
  if (setAside !== undefined) told.push(setAside);
  if (unreadable.length > 0) told.push(`${unreadable.length === 1 ? '1 line' : `${unreadable.length} lines`} of what agents told of ${path} could not be read, and were passed over`);
  if (stored === undefined && unsaved.length === 0 && events.length === 0) {
    const other = canBeCopied(text) ? await elsewhere?.pathOf(sha256Hex(text)) : undefined;
    if (other === undefined || other === path) return { isSaved: false, told };
    // The file was renamed or copied.
    return { ...(await attributeFile(store, gitDir, { path: other, text }, () => Promise.resolve(undefined))), isSaved: false };
  }
  // What somebody typed and threw away must not decide what is on disk: there it counts for just the same text.
  const passing = isUnsaved ? unsaved : unsaved.map(({ text: _text, ...rest }) => rest);
  const all: StoredRegions = { path, texts: [...passing, ...(stored?.texts ?? [])].sort((a, b) => b.savedAt - a.savedAt) };
  const saved = events.length > 0 ? undefined : regionsFor(all, { digest: sha256Hex(text), length: text.length });
  if (saved !== undefined) return { regions: saved, isSaved: true, told };
  const regions = reconcile(text, { stored: all, events, committed: await committed(), digestOf: sha256Hex });
  return { ...(regions !== undefined && { regions }), isSaved: false, told };
}
