import { carried, withExplained, withKnown } from '../../core/attribution/carried.ts';
import type { AiRegion } from '../../core/attribution/region.ts';
import type { TextId } from '../../core/attribution/storedRegions.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import type { Ports } from '../ports.ts';
import { Delay } from './delay.ts';
import type { FollowedDocument } from './followedDocument.ts';
import { mayHold } from './keptHint.ts';
import { Spaced } from './spaced.ts';

/** How often it is looked whether an agent told of a text, and whether another window knows it. */
const mostAsks = 4;

export interface KeeperInit {
  readonly ports: Pick<Ports, 'digest' | 'now'>;
  /** Unlike those of all other windows. */
  readonly window: string;
  readonly warn: (why: string) => void;
}

/**
 * Keeps one document's regions in its repository, under the digest of the text that they belong to: closing and opening, a checkout and
 * back find them again. A text that is not on disk is kept apart, for an editor that restores it after it was closed or killed.
 */
export class RegionKeeper {
  private hasStored = false;
  private hasUnsaved = false;
  /** The digest of the text that the document was opened with, until it is known what that came of. */
  private opened: string | undefined;
  private isBehind = false;
  private changedSinceSave = false;
  /** The regions that were kept last, or came from there. */
  private kept: readonly AiRegion[] = [];
  /** An agent tells of a write after it, so that it is asked for some more times. */
  private asksLeft = 0;
  /** The text that came from the disk last, until it is known whose it is: another window may tell after it saved. */
  private arrived: string | undefined;
  private looksLeft = 0;
  private readonly lookAgain = new Delay(700, 700, () => void this.lookUp());
  private readonly askSoon = new Delay(700, 5000, () => void this.askTold());
  private readonly lookUpSoon = new Delay(50, 300, () => void this.lookUp());
  private readonly keepSoon = new Delay(1000, 10_000, () => void this.keepIfClean());
  private readonly keepUnsavedSoon = new Spaced((done) => void this.keepUnsaved().finally(done));

  constructor(
    private readonly followed: FollowedDocument,
    private readonly init: KeeperInit,
  ) {}

  /** When the document was opened, and when what is kept may be read. */
  async load(): Promise<void> {
    const { uri, isDirty } = this.followed.document;
    const opened = this.followed.text;
    if (uri.scheme !== 'file' || opened === undefined) return;
    this.opened = this.init.ports.digest(opened);
    this.askForTold();
    const isKept = (await mayHold('regions', uri)) || (await mayHold('unsaved', uri)) || (await mayHold('journal', uri));
    await this.tell(async () => {
      if (!isKept) {
        await this.takeNoted();
        return;
      }
      const repository = await this.followed.findRepository();
      const { regions, isSaved, told } = (await repository?.attribute({ path: this.followed.path, text: opened, isUnsaved: isDirty })) ?? { isSaved: false, told: [] };
      told.forEach(this.init.warn);
      if (regions === undefined) {
        await this.takeNoted();
        return;
      }
      this.hasStored = true;
      this.takeUp(opened, regions, this.followed.regions.length === 0);
      if (isSaved && !isDirty) return;
      this.isBehind = true;
      this.keepSoon.start();
      await this.takeNoted();
    });
  }

  /** What others wrote is known by the notes of the history, where nothing is saved of the very text: on lines of which nothing else is known. */
  private async takeNoted(): Promise<void> {
    const { document } = this.followed;
    if (document.isDirty || !(await mayHold('notes', document.uri))) return;
    const repository = await this.followed.findRepository();
    const { text, regions } = this.followed;
    const noted = text === undefined ? undefined : await repository?.regionsNoted(this.followed.path, text, regions);
    if (noted === undefined || areSame(noted, regions) || text !== this.followed.text || regions !== this.followed.regions) return;
    this.followed.attribute((authorship) => {
      authorship.restore(noted);
    });
    this.noteRegions();
  }

  noteText(): void {
    this.changedSinceSave = true;
    // What changes a clean document comes from the disk, or is the first key of many: the text tells when it is asked for.
    if (!this.followed.document.isDirty) {
      this.askForTold();
      this.looksLeft = mostAsks;
      this.lookUpSoon.start();
    }
    this.noteRegions();
  }

  noteRegions(): void {
    const { regions } = this.followed;
    if (!this.changedSinceSave && regions === this.kept) return;
    if (!this.hasStored && !this.hasUnsaved && regions.length === 0) return;
    this.isBehind = true;
    this.keepSoon.start();
    if (this.followed.document.isDirty) this.keepUnsavedSoon.start();
  }

  /** The document became dirty, or clean: VS Code tells it after the change that made it so. */
  noteDirtiness(): void {
    if (!this.followed.document.isDirty) this.lookUpSoon.start();
    else if (this.isBehind) this.keepUnsavedSoon.start();
  }

  noteSave(): void {
    this.changedSinceSave = false;
    if (this.isBehind) void this.keepIfClean();
    else if (!this.hasStored && this.opened !== undefined) void this.keepSeen(this.opened);
  }

  /** All that was done to the last commit's text was seen here, and no AI did it: who looks from outside would find much of it unexplained. */
  private async keepSeen(opened: string): Promise<void> {
    this.opened = undefined;
    await this.tell(async () => {
      const repository = await this.followed.findRepository();
      const committed = await repository?.textAtHead(this.followed.path);
      const start = committed === undefined ? '' : 'text' in committed ? committed.text : undefined;
      if (start !== undefined && this.init.ports.digest(start) === opened) await this.keep(false);
    });
  }

  /** Before the document is closed. */
  async flush(): Promise<void> {
    for (const each of [this.keepSoon, this.askSoon, this.lookUpSoon, this.lookAgain, this.keepUnsavedSoon]) each.cancel();
    if (this.followed.document.isDirty) await this.keepUnsaved();
    else if (this.isBehind) await this.tell(() => this.keep(this.changedSinceSave));
  }

  /** An agent told of the file. */
  noteTold(): void {
    this.askForTold();
  }

  private askForTold(): void {
    this.asksLeft = mostAsks;
    this.askSoon.start();
  }

  /** What an agent wrote on disk is its own, when it told so. */
  private async askTold(): Promise<void> {
    const { document } = this.followed;
    if (document.isDirty || document.isClosed || document.uri.scheme !== 'file' || !(await mayHold('journal', document.uri))) return;
    this.asksLeft--;
    await this.tell(async () => {
      const repository = await this.followed.findRepository();
      const { text, regions } = this.followed;
      const told = text === undefined ? undefined : await repository?.regionsTold(this.followed.path, text, regions);
      if (told === undefined) {
        if (this.asksLeft > 0) this.askSoon.start();
      } else if (text === this.followed.text && regions === this.followed.regions && !areSame(told, regions)) {
        this.followed.attribute((authorship) => {
          authorship.restore(told);
        });
        this.noteRegions();
      }
    });
  }

  /** A text that came from the disk may be known: it is one of before, or another window saved it. */
  private async lookUp(): Promise<void> {
    const { document, text } = this.followed;
    if (document.isDirty || document.isClosed || text === undefined || document.uri.scheme !== 'file') return;
    if (this.changedSinceSave) this.arrived = text;
    if (this.arrived !== text || !(await mayHold('regions', document.uri))) return;
    await this.tell(async () => {
      const known = await this.knownOf(text);
      const isStill = text === this.followed.text && !document.isDirty;
      if (known !== undefined && !areSame(known, this.followed.regions)) {
        this.arrived = undefined;
        if (isStill) this.takeUp(text, known, true);
      } else if (isStill && this.looksLeft-- > 0) {
        this.lookAgain.start();
      }
    });
  }

  private async knownOf(text: string): Promise<readonly AiRegion[] | undefined> {
    const repository = await this.followed.findRepository();
    const { stored, setAside } = (await repository?.loadRegions(this.followed.path)) ?? {};
    if (setAside !== undefined) this.init.warn(setAside);
    if (stored === undefined) return undefined;
    this.hasStored = true;
    return (await storedRegions()).regionsFor(stored, this.idOf(text));
  }

  private async keepIfClean(): Promise<void> {
    if (this.followed.document.isDirty) return;
    this.keepSoon.cancel();
    // What became clean without a save came from the disk, or back to what is there.
    const cameFromDisk = this.changedSinceSave;
    this.changedSinceSave = false;
    await this.tell(() => this.keep(cameFromDisk));
  }

  private async keep(cameFromDisk: boolean): Promise<void> {
    const { regionsFor, withRegions } = await storedRegions();
    if (!cameFromDisk && this.arrived !== undefined) await this.takeUpArrived(this.arrived);
    const repository = await this.followed.findRepository();
    const { path, regions, text } = this.followed;
    this.isBehind = false;
    if (text === undefined || repository === undefined) return;
    this.hasStored = true;
    this.kept = regions;
    const id = this.idOf(text);
    let known: readonly AiRegion[] | undefined;
    const { setAside } = await repository.saveRegions(path, (stored) => {
      known = cameFromDisk && stored !== undefined ? regionsFor(stored, id) : undefined;
      return withRegions(stored ?? { path, texts: [] }, { ...id, text }, known ?? regions, this.init.ports.now());
    });
    if (setAside !== undefined) this.init.warn(setAside);
    if (known !== undefined) this.takeUp(text, known, true);
    if (!this.hasUnsaved) return;
    this.hasUnsaved = false;
    await repository.keepUnsaved(path, this.init.window, undefined);
  }

  private async keepUnsaved(): Promise<void> {
    if (this.followed.regions.length === 0 && !this.hasUnsaved && !this.hasStored) return;
    await this.tell(async () => {
      const { storedText } = await storedRegions();
      const repository = await this.followed.findRepository();
      const { document, path, regions, text } = this.followed;
      if (!document.isDirty || text === undefined || repository === undefined) return;
      this.hasUnsaved = true;
      await repository.keepUnsaved(path, this.init.window, storedText({ ...this.idOf(text), text }, regions, this.init.ports.now()));
    });
  }

  /** Somebody went on from a text of another window, which may have told meanwhile whose that was. */
  private async takeUpArrived(text: string): Promise<void> {
    this.arrived = undefined;
    const known = await this.knownOf(text);
    if (known !== undefined) this.takeUp(text, known, false);
  }

  /** Regions of a text, from which somebody may have gone on meanwhile. @param isAll whether what is known here does not count beside them */
  private takeUp(text: string, regions: readonly AiRegion[], isAll: boolean): void {
    const now = this.followed.text;
    if (now === undefined) return;
    const isSame = now === text;
    const taken = isSame && isAll ? withExplained(regions, this.followed.regions) : withKnown(this.followed.regions, carried({ text, regions, at: 0 }, now, 'explained'));
    if (!areSame(taken, this.followed.regions)) {
      this.followed.attribute((authorship) => {
        authorship.restore(taken);
      });
    }
    if (!isSame || !isAll) return;
    this.kept = this.followed.regions;
    this.keepSoon.cancel();
    this.isBehind = false;
  }

  private idOf(text: string): TextId {
    return { digest: this.init.ports.digest(text), length: text.length };
  }

  private async tell(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.init.warn(`The AI regions of ${this.followed.path} could not be kept: ${messageOf(error)}`);
    }
  }
}

function areSame(some: readonly AiRegion[], others: readonly AiRegion[]): boolean {
  return some === others || JSON.stringify(some) === JSON.stringify(others);
}

/** Its parser is loaded when something is kept: most sessions start without. */
function storedRegions() {
  return import('../../core/attribution/storedRegions.ts');
}
