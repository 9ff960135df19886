import { carried } from '../core/attribution/carried.ts';
import { canBeCopied } from '../core/attribution/copiedText.ts';
import type { JournalEvent } from '../core/attribution/journal.ts';
import { type Source, tracesOf } from '../core/attribution/notes/attributeText.ts';
import { notedRegions } from '../core/attribution/notes/notedRegions.ts';
import { knownTexts, reconcile, regionsLedTo, type Traces } from '../core/attribution/reconcile.ts';
import type { AiRegion } from '../core/attribution/region.ts';
import { regionsFor, type StoredRegions, storedText, type StoredText, withRegions } from '../core/attribution/storedRegions.ts';
import type { Commits } from './commits.ts';
import { withCopies } from './copiedTexts.ts';
import { sha256Hex } from './digest.ts';
import { Elsewhere } from './elsewhere.ts';
import { settleCommands } from './endedCommands.ts';
import { inTheWay } from './inTheWay.ts';
import { readJournal } from './journal.ts';
import { MovedTexts } from './movedTexts.ts';
import type { Place } from './place.ts';
import { RegionStore } from './regionStore.ts';
import { RenamedFiles } from './renamedFiles.ts';
import { gitDirsOf } from './workTrees.ts';

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

type KnownOf = Pick<Traces, 'events'> & { readonly stored: StoredRegions | undefined; readonly unsaved: readonly StoredText[]; readonly told: readonly string[] };

/** Who wrote what in the files of a work tree, by saved regions and what agents told. A text that is known under another path is what it was there. */
export class KnownFiles {
  private readonly elsewhere: Elsewhere;
  private readonly renamed: RenamedFiles;
  private readonly moved: MovedTexts;

  constructor(
    private readonly place: Pick<Place, 'root' | 'gitDir' | 'commonDir'>,
    private readonly store: RegionStore,
    private readonly commits: Pick<Commits, 'textOf' | 'incomingOf' | 'textBefore' | 'copyBefore'>,
    /** What a file holds in the last commit and who wrote it there, by the notes of its history; undefined when there are none. */
    private readonly noted: (path: string) => Promise<Source | undefined>,
  ) {
    this.elsewhere = new Elsewhere(place.gitDir);
    this.renamed = new RenamedFiles(place.root, this.elsewhere, commits, (path) => this.tracesAlone(path));
    this.moved = new MovedTexts(this.elsewhere, { eventsOf: async (path) => (await this.read(path)).events, tracesOf: (path) => this.tracesNoted(path) });
  }

  async attribute(file: AttributedFile): Promise<Attribution> {
    try {
      const settled = await settleCommands(this.place.gitDir);
      const { told, ...found } = await this.look(file, []);
      return { ...found, told: [...settled, ...told] };
    } catch (error) {
      throw inTheWay(error);
    }
  }

  /** The same by what was told so far: a commit that a command makes does not wait for the command's end. */
  async regionsNow(file: AttributedFile): Promise<readonly AiRegion[]> {
    return (await this.look(file, [])).regions ?? [];
  }

  /** The same where what agents told leads to just this text; undefined for any other. @param known what is known of it already */
  async regionsTold(path: string, text: string, known: readonly AiRegion[]): Promise<readonly AiRegion[] | undefined> {
    const { events, stored } = await this.read(path);
    const digest = sha256Hex(text);
    if (!events.some(({ after }) => after === digest)) return undefined;
    const texts = [{ digest, length: text.length, savedAt: 0, regions: known }, ...(stored?.texts ?? []).filter((each) => each.digest !== digest)];
    return regionsLedTo(text, await this.traces(path, { path, texts }, events, []));
  }

  /** @param trail the files that it was asked for already on the way to this one */
  private async look({ path, text, isUnsaved = false }: AttributedFile, trail: readonly string[]): Promise<Attribution> {
    const { events, stored, unsaved, told } = await this.read(path);
    if (stored === undefined && unsaved.length === 0 && events.length === 0) return { ...(await this.lookElsewhere(path, text, [...trail, path], isUnsaved)), isSaved: false, told };
    // What somebody typed and threw away must not decide what is on disk: there it counts for just the same text.
    const passing = isUnsaved ? unsaved : unsaved.map(({ text: _text, ...rest }) => rest);
    const all: StoredRegions = { path, texts: [...passing, ...(stored?.texts ?? [])].sort((a, b) => b.savedAt - a.savedAt) };
    const saved = events.length > 0 ? undefined : regionsFor(all, { digest: sha256Hex(text), length: text.length });
    if (saved !== undefined) return { regions: saved, isSaved: true, told };
    const regions = reconcile(text, await this.traces(path, all, events, [...trail, path]));
    return { ...(regions !== undefined && { regions }), isSaved: false, told };
  }

  /** Of a file of which nothing is known: it may have been renamed or copied. What is found out is kept, since the two may grow apart. */
  private async lookElsewhere(path: string, text: string, trail: readonly string[], isUnsaved: boolean): Promise<{ readonly regions?: readonly AiRegion[] }> {
    const regions = (await this.inOtherTrees(path, text)) ?? (await this.copied(text, trail)) ?? (await this.alike(path, text, trail));
    if (regions === undefined) return {};
    const isKept = regions.length > 0 && !isUnsaved;
    // Where nothing can be written it is found out again.
    if (isKept) await this.store.save(path, (stored) => withRegions(stored ?? { path, texts: [] }, { digest: sha256Hex(text), length: text.length, text }, regions, Date.now())).catch(() => undefined);
    return { regions };
  }

  /** By another work tree of the repository, where just this text was put aside. */
  private async inOtherTrees(path: string, text: string): Promise<readonly AiRegion[] | undefined> {
    const [, ...others] = gitDirsOf(this.place);
    for (const gitDir of others) {
      const [{ events }, { stored }] = await Promise.all([readJournal(gitDir, path), new RegionStore(gitDir).load(path)]);
      const regions = events.length === 0 && stored === undefined ? undefined : knownTexts({ stored, events, digestOf: sha256Hex }).regionsAt(sha256Hex(text));
      if (regions !== undefined) return regions;
    }
    return undefined;
  }

  private async copied(text: string, trail: readonly string[]): Promise<readonly AiRegion[] | undefined> {
    const other = await this.otherWith(text, trail);
    return other === undefined ? undefined : (await this.look({ path: other, text }, trail)).regions;
  }

  private async otherWith(text: string, trail: readonly string[]): Promise<string | undefined> {
    const other = canBeCopied(text) ? await this.elsewhere.pathOf(sha256Hex(text)) : undefined;
    return other === undefined || trail.includes(other) ? undefined : other;
  }

  private async alike(path: string, text: string, trail: readonly string[]): Promise<readonly AiRegion[] | undefined> {
    const model = await this.renamed.modelOf(path, text);
    if (model === undefined || trail.includes(model.path)) return undefined;
    const { regions = [] } = await this.look(model, trail);
    return regions.length === 0 ? undefined : carried({ text: model.text, regions, at: 0 }, text, 'unexplained');
  }

  private async traces(path: string, stored: StoredRegions, events: readonly JournalEvent[], trail: readonly string[]): Promise<Traces> {
    const committed = await this.commits.textOf(path);
    const [first] = [...events].sort((a, b) => a.at - b.at);
    const isNew = committed === undefined && stored.texts.length === 0;
    const explain = async (text: string, event: JournalEvent) => (await this.copied(text, trail)) ?? (isNew && event === first ? await this.alike(path, text, trail) : undefined);
    const starts = await startsOf(events, [...stored.texts, ...(committed === undefined ? [] : [{ digest: sha256Hex(committed) }])], explain);
    const texts = [...stored.texts, ...starts];
    return { ...(texts.length > 0 && { stored: { path, texts } }), events, committed, incoming: await this.commits.incomingOf(path), broughtBy: await this.broughtBy(path, events, trail), digestOf: sha256Hex };
  }

  /** @param trail see `look` */
  private async broughtBy(path: string, events: readonly JournalEvent[], trail: readonly string[]): Promise<Traces['broughtBy']> {
    return withCopies(events, await this.moved.broughtBy(events), async (text, at) => {
      const other = await this.commits.copyBefore(text, path, at);
      if (other === undefined) return undefined;
      // What is asked about on the way here is older than its copy, and does not come of it.
      return { text, regions: trail.includes(other) ? [] : await this.regionsOfCopied({ path: other, text }, trail) };
    });
  }

  private async regionsOfCopied(file: AttributedFile, trail: readonly string[]): Promise<readonly AiRegion[]> {
    const { regions = [] } = await this.look(file, trail);
    const noted = await this.noted(file.path);
    return noted?.text === file.text ? notedRegions(file.text, noted, regions).regions : regions;
  }

  private async read(path: string): Promise<KnownOf> {
    const { events, unreadable, isEmptied } = await readJournal(this.place.gitDir, path);
    const { stored, unsaved = [], setAside } = await this.store.load(path);
    const passedOver = `${unreadable.length === 1 ? '1 line' : `${unreadable.length} lines`} of what agents told of ${path} could not be read, and were passed over`;
    const emptied = `what agents told of ${path} was there and is gone: its journal is empty; what they wrote before is not known by it`;
    return { events, stored, unsaved, told: [...(setAside === undefined ? [] : [setAside]), ...(unreadable.length > 0 ? [passedOver] : []), ...(isEmptied === true ? [emptied] : [])] };
  }

  /** The same as `tracesAlone`, and by the notes: what an agent takes away may be known by them only. */
  private async tracesNoted(path: string): Promise<Traces | undefined> {
    const [traces, noted] = [await this.tracesAlone(path), await this.noted(path)];
    return noted === undefined ? traces : tracesOf({ ...traces, stored: traces.stored, parents: [noted] });
  }

  /** By what is known of the file itself, and of the text that it had under another path. */
  private async tracesAlone(path: string, trail: readonly string[] = []): Promise<Traces> {
    const { events, stored } = await this.read(path);
    const copied = async (text: string) => {
      const other = await this.otherWith(text, [...trail, path]);
      return other === undefined ? undefined : reconcile(text, await this.tracesAlone(other, [...trail, path]));
    };
    const texts = [...(stored?.texts ?? []), ...(await startsOf(events, stored?.texts ?? [], copied))];
    return { ...(texts.length > 0 && { stored: { path, texts } }), events, digestOf: sha256Hex };
  }
}

/** The texts that events start from and of which only others know, where the file had another path. */
async function startsOf(events: readonly JournalEvent[], known: readonly Pick<StoredText, 'digest'>[], explain: (text: string, event: JournalEvent) => Promise<readonly AiRegion[] | undefined>): Promise<readonly StoredText[]> {
  const reached = new Set([...known.map(({ digest }) => digest), ...events.map(({ after }) => after), sha256Hex('')]);
  const starts: StoredText[] = [];
  for (const event of events) {
    if (!('before' in event) || event.text === undefined || reached.has(event.before)) continue;
    const { before: digest, text } = event;
    const regions = await explain(text, event);
    if (regions !== undefined) starts.push(storedText({ digest, length: text.length, text }, regions, event.at - 1));
  }
  return starts;
}
