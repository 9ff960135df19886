import type * as vscode from 'vscode';
import type { Ports, Repository } from '../ports.ts';

/** So long nobody looks again where looking failed: it is asked for at each edit, and git may not be there at all. */
const pauseMs = 10_000;

/** The repository around one document: looked for when somebody needs it, since that starts git. That it could not be looked for is not kept. */
export class RepositoryLookup {
  private repository: Repository | undefined;
  private lookup: Promise<Repository | undefined> | undefined;
  private failedAt: number | undefined;

  constructor(
    private readonly uri: vscode.Uri,
    private readonly ports: Pick<Ports, 'repositoryOf' | 'now'>,
    /** It is known now. */
    private readonly found: () => void,
  ) {}

  /** Undefined as long as nobody looked. */
  get known(): Repository | undefined {
    return this.repository;
  }

  find(): Promise<Repository | undefined> {
    if (this.failedAt !== undefined && this.ports.now() - this.failedAt >= pauseMs) this.lookAgain();
    this.lookup ??= this.look();
    return this.lookup;
  }

  adopt(repository: Repository): void {
    this.repository = repository;
    this.lookup = Promise.resolve(repository);
  }

  /** One may have been made around the file meanwhile. */
  lookAgain(): void {
    this.failedAt = undefined;
    if (this.repository === undefined) this.lookup = undefined;
  }

  private async look(): Promise<Repository | undefined> {
    if (this.uri.scheme !== 'file') return undefined;
    try {
      this.repository = await this.ports.repositoryOf(this.uri.fsPath);
      this.found();
      return this.repository;
    } catch {
      // Without git, or in a repository that git refuses to open, there is no last commit to compare with and nowhere to keep regions.
      this.failedAt = this.ports.now();
      return undefined;
    }
  }
}
