import * as vscode from 'vscode';
import { newestRequests } from '../../core/review/coverage.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import type { Repository } from '../ports.ts';
import { reasonOf } from './reviewWords.ts';

/** The requests of a repository as they were last read. */
interface Known {
  readonly repository: Repository;
  readonly watch: { dispose: () => void };
  readonly byId: ReadonlyMap<string, ReviewRequest>;
  /** The newest request that lists a fingerprint. */
  readonly byFingerprint: ReadonlyMap<string, ReviewRequest>;
  readonly unreadable: readonly { readonly ref: string; readonly why: string }[];
}

/**
 * What is known of the reviews in each repository. A repository is read when somebody asks about one of its findings for the first
 * time, and again when its last commit changes, when the window gets the focus (a terminal may have changed it) and after a request.
 */
export class ReviewState implements vscode.Disposable {
  private readonly known = new Map<string, Known>();
  /** The reading under way for a root, and the one that was asked for meanwhile. */
  private readonly reading = new Map<string, { readonly now: Promise<void>; again?: Promise<void> }>();
  private isDisposed = false;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  private readonly focus = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) for (const { repository } of this.known.values()) void this.refresh(repository);
  });

  /** The newest request that lists the finding. Answers at once from what is known; `onDidChange` tells when more is. */
  requestFor(repository: Repository | undefined, fingerprint: string): ReviewRequest | undefined {
    if (repository === undefined) return undefined;
    const known = this.known.get(repository.root);
    if (known === undefined && !this.reading.has(repository.root)) void this.refresh(repository);
    return known?.byFingerprint.get(fingerprint);
  }

  request(root: string, id: string): ReviewRequest | undefined {
    return this.known.get(root)?.byId.get(id);
  }

  get unreadable(): readonly { readonly ref: string; readonly why: string }[] {
    return [...this.known.values()].flatMap(({ unreadable }) => unreadable);
  }

  /** Settles when what is known is at least as new as this call. */
  refresh(repository: Repository): Promise<void> {
    const { root } = repository;
    const running = this.reading.get(root);
    if (running !== undefined) return (running.again ??= running.now.then(() => this.refresh(repository)));
    const now = this.read(repository).finally(() => this.reading.delete(root));
    this.reading.set(root, { now });
    return now;
  }

  dispose(): void {
    this.isDisposed = true;
    this.focus.dispose();
    this.changed.dispose();
    for (const { watch } of this.known.values()) watch.dispose();
    this.known.clear();
  }

  private async read(repository: Repository): Promise<void> {
    const before = this.known.get(repository.root);
    const { requests, unreadable } = await repository.reviews().catch((error: unknown) => ({
      requests: [...(before?.byId.values() ?? [])],
      unreadable: [{ ref: 'refs/firebreak/requests', why: reasonOf(error) }],
    }));
    if (this.isDisposed) return;
    const watch = before?.watch ?? repository.watchHead(() => void this.refresh(repository));
    const byId = new Map(requests.map((request) => [request.id, request]));
    this.known.set(repository.root, { repository, watch, byId, byFingerprint: newestRequests(requests), unreadable });
    this.changed.fire();
  }
}
