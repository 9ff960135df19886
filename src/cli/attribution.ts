import type { AuthoredText } from '../core/attribution/notes/authoredText.ts';
import { isUntold } from '../core/attribution/notes/explain.ts';
import { type NotedRegions, notedRegions } from '../core/attribution/notes/notedRegions.ts';
import { isTold, type OpenHistory, openHistory } from '../node/notes/openHistory.ts';
import type { Place } from '../node/place.ts';
import type { GitRepository } from '../node/repository.ts';
import { Unexplained } from '../node/unexplained.ts';
import { warn } from './terminal.ts';

/** Files that only count and of which the history is followed, whether or not the notes name them: they may have had another name. */
const mostUnasked = 50;

/** Who wrote what in texts of a repository's files. To be closed. */
export class Attribution {
  private readonly history: NotedHistory;
  private readonly unexplained: Unexplained | undefined;
  private unasked = mostUnasked;

  /** @param commit that holds the texts; undefined for those of the work tree, of which parts may not be committed */
  constructor(
    private readonly repository: GitRepository,
    commit?: string,
  ) {
    this.history = new NotedHistory(repository.place, commit ?? 'HEAD');
    this.unexplained = commit === undefined ? new Unexplained(repository.place) : undefined;
  }

  /**
   * By saved regions, by what agents told and by the notes of the history; undefined when nothing is known.
   * @param isAsked else it only counts whether anything is known: of many files the notes are asked for those alone that they name
   */
  async of(path: string, text: string, isAsked = true): Promise<NotedRegions | undefined> {
    const { repository } = this;
    const { regions, told } = await repository.attribute({ path, text });
    told.forEach(warn);
    const known = regions ?? (isAsked ? await this.unexplained?.regionsOf(path, text) : undefined);
    const isNoted = isAsked || (known === undefined && (this.unasked-- > 0 || (await this.history.names(path))));
    const noted = isNoted ? await this.history.linesAt(path, text) : undefined;
    if (noted === undefined) return known === undefined ? undefined : notedRegions(text, nothingNoted, known);
    if (known === undefined && isUntold(noted)) return undefined;
    return notedRegions(text, noted, known ?? []);
  }

  async close(): Promise<void> {
    await this.history.close();
  }
}

/** The same by the notes alone: where nothing is written, nothing was seen. To be closed. */
export class NotedAttribution {
  private readonly history: NotedHistory;

  constructor(place: Place, commit: string) {
    this.history = new NotedHistory(place, commit);
  }

  async of(path: string, text: string): Promise<NotedRegions | undefined> {
    const noted = await this.history.linesAt(path, text);
    return noted === undefined || isUntold(noted) ? undefined : notedRegions(text, noted, []);
  }

  async close(): Promise<void> {
    await this.history.close();
  }
}

/** The notes of a commit's history, opened when they are first asked for. */
class NotedHistory {
  private opened: Promise<OpenHistory | undefined> | undefined;
  private readonly told = new Set<string>();

  constructor(
    private readonly place: Place,
    private readonly commit: string,
  ) {}

  /** @param text the one that is asked about; '' of a file that is gone */
  async linesAt(path: string, text: string): Promise<AuthoredText | undefined> {
    const { history, notes } = (await this.open()) ?? {};
    const lines = (await history?.linesAt(this.commit, path)) ?? (text === '' ? await history?.goneAt(this.commit, path) : undefined);
    this.tell(notes?.faults.splice(0) ?? []);
    return lines;
  }

  /** Whether some note names a file. */
  async names(path: string): Promise<boolean> {
    return (await this.open())?.history.isNamed(path) ?? false;
  }

  async close(): Promise<void> {
    if (this.told.size > mostTold) warn(`and ${this.told.size - mostTold} more notes or records could not be read`);
    (await this.opened)?.close();
  }

  private open(): Promise<OpenHistory | undefined> {
    this.opened ??= isTold(this.place, this.commit).then((hasSome) => (hasSome ? openHistory(this.place) : undefined));
    return this.opened;
  }

  private tell(faults: readonly string[]): void {
    for (const fault of faults) {
      if (this.told.has(fault)) continue;
      this.told.add(fault);
      if (this.told.size <= mostTold) warn(fault);
    }
  }
}

/** Faults that are told one by one. */
const mostTold = 5;

const nothingNoted: AuthoredText = { lines: [], authors: [], deletions: [] };
