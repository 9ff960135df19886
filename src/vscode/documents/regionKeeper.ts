import type { AiRegion } from '../../core/attribution/region.ts';
import type { TextId } from '../../core/attribution/storedRegions.ts';
import type { Ports } from '../ports.ts';
import { Delay } from './delay.ts';
import type { FollowedDocument } from './followedDocument.ts';
import { mayHold } from './keptHint.ts';

/** How often it is looked whether an agent told of a text. */
const mostAsks = 4;

export interface KeeperInit {
  readonly ports: Pick<Ports, 'digest' | 'now'>;
  readonly warn: (why: string) => void;
}

/**
 * Keeps one document's regions in its repository, under the digest of the text that they belong to: closing and opening, a checkout and
 * back find them again. A text that is not on disk is kept when it is closed, for an editor that restores it.
 */
export class RegionKeeper {
  private hasStored = false;
  private isBehind = false;
  private changedSinceSave = false;
  /** The regions that were kept last, or came from there. */
  private kept: readonly AiRegion[] = [];
  /** An agent tells of a write after it, so that it is asked for some more times. */
  private asksLeft = 0;
  private readonly askSoon = new Delay(700, 5000, () => void this.askTold());
  private readonly keepSoon = new Delay(1000, 10_000, () => void this.keepIfClean());

  constructor(
    private readonly followed: FollowedDocument,
    private readonly init: KeeperInit,
  ) {}

  /** Once, when the document was opened. */
  async load(): Promise<void> {
    const { uri } = this.followed.document;
    if (uri.scheme !== 'file') return;
    this.askForTold();
    const hasSaved = await mayHold('regions', uri);
    await this.tell(async () => {
      if (!(hasSaved && (await this.restore(() => this.followed.regions.length === 0)))) await this.takeNoted();
    });
  }

  /** What others wrote is known by the notes of the history, where nothing is saved of the very text. */
  private async takeNoted(): Promise<void> {
    const { document } = this.followed;
    if (document.isDirty || !(await mayHold('notes', document.uri))) return;
    const repository = await this.followed.findRepository();
    const { text, regions } = this.followed;
    const noted = text === undefined || regions.length > 0 ? undefined : await repository?.regionsNoted(this.followed.path, text);
    if (noted === undefined || noted.length === 0 || text !== this.followed.text || regions !== this.followed.regions) return;
    this.followed.attribute((authorship) => {
      authorship.restore(noted);
    });
    this.noteRegions();
  }

  noteText(): void {
    this.changedSinceSave = true;
    // What changes a clean document comes from the disk, or is the first key of many: the text tells when it is asked for.
    if (!this.followed.document.isDirty) this.askForTold();
    this.noteRegions();
  }

  noteRegions(): void {
    const { regions } = this.followed;
    if (!this.changedSinceSave && regions === this.kept) return;
    if (!this.hasStored && regions.length === 0) return;
    this.isBehind = true;
    this.keepSoon.start();
  }

  noteSave(): void {
    this.changedSinceSave = false;
    if (this.isBehind) void this.keepIfClean();
  }

  /** Before the document is closed. */
  async flush(): Promise<void> {
    this.keepSoon.cancel();
    this.askSoon.cancel();
    if (this.isBehind) await this.tell(() => this.keep());
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

  private async keepIfClean(): Promise<void> {
    if (this.followed.document.isDirty) return;
    this.keepSoon.cancel();
    // What became clean without a save came from the disk, or back to what is there: such a text may be known.
    const mayBeKnown = this.changedSinceSave && this.hasStored;
    this.changedSinceSave = false;
    await this.tell(async () => {
      if (!(mayBeKnown && (await this.restore(() => true)))) await this.keep();
    });
  }

  private async restore(isWanted: () => boolean): Promise<boolean> {
    const repository = await this.followed.findRepository();
    const { stored, setAside } = (await repository?.loadRegions(this.followed.path)) ?? {};
    if (setAside !== undefined) this.init.warn(setAside);
    if (stored === undefined) return false;
    this.hasStored = true;
    const { regionsFor } = await storedRegions();
    const id = this.textId();
    const regions = id && regionsFor(stored, id);
    if (regions === undefined || !isWanted()) return false;
    this.kept = regions;
    this.followed.attribute((authorship) => {
      authorship.restore(regions);
    });
    this.keepSoon.cancel();
    this.isBehind = false;
    return true;
  }

  private async keep(): Promise<void> {
    const { withRegions } = await storedRegions();
    const repository = await this.followed.findRepository();
    const { path, regions } = this.followed;
    const id = this.textId();
    this.isBehind = false;
    if (id === undefined || repository === undefined) return;
    this.hasStored = true;
    this.kept = regions;
    await repository.saveRegions(path, (stored) => withRegions(stored ?? { path, texts: [] }, id, regions, this.init.ports.now()));
  }

  private textId(): TextId | undefined {
    const { text } = this.followed;
    return text === undefined ? undefined : { digest: this.init.ports.digest(text), length: text.length };
  }

  private async tell(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.init.warn(`The AI regions of ${this.followed.path} could not be kept: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function areSame(some: readonly AiRegion[], others: readonly AiRegion[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}

/** Its parser is loaded when something is kept: most sessions start without. */
function storedRegions() {
  return import('../../core/attribution/storedRegions.ts');
}
