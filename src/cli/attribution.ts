import type { AuthoredText } from '../core/attribution/notes/authoredText.ts';
import { type NotedRegions, notedRegions } from '../core/attribution/notes/notedRegions.ts';
import { hasNotes, type OpenHistory, openHistory } from '../node/notes/openHistory.ts';
import type { Place } from '../node/place.ts';
import type { GitRepository } from '../node/repository.ts';
import { Unexplained } from '../node/unexplained.ts';
import { warn } from './terminal.ts';

/** Who wrote what in texts of a repository's files. To be closed. */
export class Attribution {
  private readonly history: NotedHistory;
  private readonly unexplained: Unexplained | undefined;

  /** @param commit that holds the texts; undefined for those of the work tree, of which parts may not be committed */
  constructor(
    private readonly repository: GitRepository,
    commit?: string,
  ) {
    this.history = new NotedHistory(repository.place, commit ?? 'HEAD');
    this.unexplained = commit === undefined ? new Unexplained(repository.place) : undefined;
  }

  /** By saved regions, by what agents told and, if that is wanted, by the notes of the history; undefined when nothing is known. */
  async of(path: string, text: string, withHistory = true): Promise<NotedRegions | undefined> {
    const { repository } = this;
    const { regions, told } = await repository.attribute({ path, text });
    told.forEach(warn);
    const known = regions ?? (withHistory ? await this.unexplained?.regionsOf(path, text) : undefined);
    const noted = withHistory ? await this.history.linesAt(path) : undefined;
    if (noted === undefined) return known === undefined ? undefined : notedRegions(text, nothingNoted, known);
    if (known === undefined && noted.authors.every(({ kind }) => kind === 'unseen')) return undefined;
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
    const noted = await this.history.linesAt(path);
    return noted === undefined || noted.authors.every(({ kind }) => kind === 'unseen') ? undefined : notedRegions(text, noted, []);
  }

  async close(): Promise<void> {
    await this.history.close();
  }
}

/** The notes of a commit's history, opened when they are first asked for. */
class NotedHistory {
  private opened: Promise<OpenHistory | undefined> | undefined;

  constructor(
    private readonly place: Place,
    private readonly commit: string,
  ) {}

  async linesAt(path: string): Promise<AuthoredText | undefined> {
    this.opened ??= hasNotes(this.place).then((hasSome) => (hasSome ? openHistory(this.place) : undefined));
    return (await this.opened)?.history.linesAt(this.commit, path);
  }

  async close(): Promise<void> {
    (await this.opened)?.close();
  }
}

const nothingNoted: AuthoredText = { lines: [], authors: [], deletions: [] };
