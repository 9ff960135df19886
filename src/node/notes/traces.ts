import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { eventsBetween } from '../../core/attribution/eventsBetween.ts';
import type { JournalEvent } from '../../core/attribution/journal.ts';
import { parseJournal } from '../../core/attribution/parseJournal.ts';
import { hasDigest } from '../../core/attribution/notes/followedFrom.ts';
import type { StoredRegions } from '../../core/attribution/storedRegions.ts';
import { mayTake } from '../../core/attribution/takenTexts.ts';
import { sha256Hex } from '../digest.ts';
import { pathIn } from '../journal.ts';
import type { ToldFiles } from '../movedTexts.ts';
import type { Place } from '../place.ts';
import { RegionStore } from '../regionStore.ts';
import { gitDirsOf } from '../workTrees.ts';

/** What the clone knows of a file besides git: regions that were saved, and what agents told. */
export interface FileTraces {
  readonly stored: StoredRegions | undefined;
  readonly events: readonly JournalEvent[];
}

/** What is kept of one work tree, by the digests of the paths that it is about. */
interface Kept {
  readonly gitDir: string;
  /** Where journals are, with a separator behind it. */
  readonly journals: string;
  readonly store: RegionStore;
  readonly stored: ReadonlySet<string>;
  readonly told: ReadonlySet<string>;
  /** The names of journals that were put away. */
  readonly old: ReadonlySet<string>;
}

/**
 * Of all work trees of the repository, this one's first: what was stashed in one can be taken up in another. As it is when it is first asked for, and read in one
 * go, since nobody waits for anything else: reading many files one by one takes a fraction of the time.
 */
export class Traces implements ToldFiles {
  private readonly kept: readonly Kept[];
  private readonly journals = new Map<string, string>();
  private readonly known = new Map<string, Promise<FileTraces>>();
  private taking: { readonly since: number; readonly files: readonly { readonly path: string; readonly stamp: string }[] } | undefined;

  constructor(private readonly place: Place) {
    this.kept = gitDirsOf(place).flatMap((each) => {
      const stored = new Set(['regions', 'unsaved'].flatMap((folder) => namesIn(path.join(each, 'firebreak', folder))).map(aboutOf));
      const journals = path.join(each, 'firebreak', 'journal') + path.sep;
      const names = namesIn(journals);
      const namesWith = (ending: string) => new Set(names.filter((name) => name.endsWith(ending)).map(aboutOf));
      return stored.size + names.length === 0 ? [] : [{ gitDir: each, journals, store: new RegionStore(each), stored, told: namesWith(journalEnding), old: namesWith(oldEnding) }];
    });
  }

  /** By all the names that the file had. */
  async of(paths: readonly string[]): Promise<FileTraces> {
    const [first = '', ...others] = paths;
    if (others.length === 0) return this.traces(first);
    const all = await Promise.all(paths.map((each) => this.traces(each)));
    const texts: StoredRegions['texts'][number][] = [];
    for (const { stored } of all) addTo(texts, stored);
    return { stored: texts.length === 0 ? undefined : { path: first, texts }, events: all.flatMap(({ events }) => events) };
  }

  /** What agents told that led from one text of a file to another, where nothing else that is known here bears on it; undefined where something may. */
  between(file: string, texts: { readonly from: string; readonly to: string }, digestOf: (text: string) => string): FileTraces | undefined {
    const digest = sha256Hex(file);
    const [only, ...others] = this.kept.filter(({ stored, told, old }) => [stored, told, old].some((each) => each.has(digest)));
    if (only === undefined || others.length > 0 || only.stored.has(digest)) return undefined;
    const events = eventsBetween(this.journalOf(only, digest), file, texts, digestOf);
    return events === undefined ? undefined : { stored: undefined, events };
  }

  /** The files of this work tree from which agents may have taken something since a time, and perhaps some more. @param since milliseconds since 1970 */
  takenSince(since: number): Promise<readonly { readonly path: string; readonly stamp: string }[]> {
    if (this.taking === undefined || since < this.taking.since) this.taking = { since, files: this.filesTakenSince(since) };
    return Promise.resolve(this.taking.files);
  }

  private filesTakenSince(since: number): { readonly path: string; readonly stamp: string }[] {
    const own = this.kept.find(({ gitDir }) => gitDir === this.place.gitDir);
    return [...(own?.told ?? [])].flatMap((digest) => {
      if (own === undefined || statSync(journalFile(own, digest)).mtimeMs < since) return [];
      const text = this.journalOf(own, digest);
      const named = mayTake(text) ? pathIn(text) : undefined;
      return named === undefined ? [] : [{ path: named, stamp: '' }];
    });
  }

  private traces(file: string): Promise<FileTraces> {
    const known = this.known.get(file) ?? this.read(file);
    this.known.set(file, known);
    return known;
  }

  private async read(file: string): Promise<FileTraces> {
    const texts: StoredRegions['texts'][number][] = [];
    const events: JournalEvent[] = [];
    const digest = sha256Hex(file);
    for (const each of this.kept) {
      if (each.stored.has(digest)) addTo(texts, (await each.store.load(file)).stored);
      if (each.told.has(digest) || each.old.has(digest)) events.push(...parseJournal(this.journalOf(each, digest)).events.filter((event) => event.path === file));
    }
    return { stored: texts.length === 0 ? undefined : { path: file, texts }, events };
  }

  /** All that stands in the journal of a file. */
  private journalOf(kept: Kept, digest: string): string {
    const file = journalFile(kept, digest);
    const known = this.journals.get(file);
    if (known !== undefined) return known;
    const parts = [...(kept.old.has(digest) ? [`${file}.old`] : []), ...(kept.told.has(digest) ? [file] : [])];
    const text = parts.map((each) => readFileSync(each, 'utf8')).join('\n');
    this.journals.set(file, text);
    return text;
  }
}

const journalEnding = '.jsonl';
const oldEnding = `${journalEnding}.old`;

function journalFile({ journals }: Kept, digest: string): string {
  return journals + digest + journalEnding;
}

function addTo(texts: StoredRegions['texts'][number][], stored: StoredRegions | undefined): void {
  for (const text of stored?.texts ?? []) if (!texts.some((each) => each.digest === text.digest)) texts.push(text);
}

/** The digest of the path that a file is about: its name begins with it. */
function aboutOf(name: string): string {
  return name.slice(0, 64);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What was known at a time, that of a commit; milliseconds since 1970. */
export function untilThen({ stored, events }: FileTraces, committedAt: number): FileTraces {
  const wasThere = (at: number) => at <= committedAt;
  const texts = (stored?.texts ?? []).filter(({ savedAt }) => wasThere(savedAt));
  return { stored: stored === undefined || texts.length === 0 ? undefined : { ...stored, texts }, events: events.filter(({ at }) => wasThere(at)) };
}

/** Those after which a text stood there last, or all: an agent that commits writes on within the same second, and a commit's time is in whole ones. */
export function eventsUpTo(text: string, events: readonly JournalEvent[], digestOf: (text: string) => string): readonly JournalEvent[] {
  const last = events.findLastIndex((event) => 'after' in event && hasDigest(text, event.after, digestOf));
  const next = events.findIndex((event, index) => index > last && 'before' in event && hasDigest(text, event.before, digestOf));
  return next === -1 ? events : events.slice(0, next);
}
