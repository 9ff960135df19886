import * as vscode from 'vscode';
import { newestRequests } from '../../core/review/coverage.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import type { RequestState } from '../../core/review/requestState.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import type { Engine } from '../documents/engineLoader.ts';
import type { Ports, Repository } from '../ports.ts';
import type { UnreadableRecord } from './reviewDesk.ts';

/** The requests of a repository as they were last read. */
interface Known {
  readonly repository: Repository;
  readonly watch: { dispose: () => void };
  readonly byId: ReadonlyMap<string, ReviewRequest>;
  /** The newest request that lists a fingerprint. */
  readonly byFingerprint: ReadonlyMap<string, ReviewRequest>;
  /** Where they stand, the newest first; found out after the requests themselves. */
  readonly states: readonly RequestState[];
  readonly unreadable: readonly UnreadableRecord[];
  /** So many requests are too old to be listed. */
  readonly olderCount: number;
}

/**
 * What is known of the reviews in each repository. A repository is read when somebody asks about one of its findings for the first
 * time, and again when its last commit changes, when the window gets the focus (a terminal may have changed it), after a request and after a decision.
 */
export class ReviewState implements vscode.Disposable {
  private readonly known = new Map<string, Known>();
  /** The reading under way for a root, and the one that was asked for meanwhile. */
  private readonly reading = new Map<string, { readonly now: Promise<void>; again?: Promise<void> }>();
  private isDisposed = false;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  private readonly focus = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) void this.refreshAll();
  });

  private readonly folders = vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
    for (const { uri } of removed) this.forget(uri.fsPath);
    void this.discover();
  });

  constructor(
    private readonly ports: Pick<Ports, 'deskOf' | 'repositoryOf'>,
    private readonly loadEngine: () => Promise<Engine>,
  ) {}

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

  /** Where a request stands; undefined while that is not known. */
  state(root: string, id: string): RequestState | undefined {
    return this.known.get(root)?.states.find(({ request }) => request.id === id);
  }

  /** Everything that is known, by repository. */
  get all(): readonly { readonly root: string; readonly states: readonly RequestState[] }[] {
    return [...this.known].map(([root, { states }]) => ({ root, states }));
  }

  get unreadable(): readonly UnreadableRecord[] {
    return [...this.known.values()].flatMap(({ unreadable }) => unreadable);
  }

  get olderCount(): number {
    return [...this.known.values()].reduce((sum, { olderCount }) => sum + olderCount, 0);
  }

  /** Looks for the repositories of the workspace's folders, and reads those that are not known yet. */
  async discover(): Promise<void> {
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      if (uri.scheme !== 'file') continue;
      const repository = await this.ports.repositoryOf(uri.fsPath).catch(() => undefined);
      if (repository !== undefined && !this.known.has(repository.root)) await this.refresh(repository);
    }
  }

  async refreshAll(): Promise<void> {
    await Promise.all([...this.known.values()].map(({ repository }) => this.refresh(repository)));
  }

  async refreshRoot(root: string): Promise<void> {
    const known = this.known.get(root);
    if (known !== undefined) await this.refresh(known.repository);
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

  private forget(root: string): void {
    this.known.get(root)?.watch.dispose();
    if (this.known.delete(root)) this.changed.fire();
  }

  dispose(): void {
    this.isDisposed = true;
    this.focus.dispose();
    this.folders.dispose();
    this.changed.dispose();
    for (const { watch } of this.known.values()) watch.dispose();
    this.known.clear();
  }

  private async read(repository: Repository): Promise<void> {
    const { root } = repository;
    const before = this.known.get(root);
    const { requests, unreadable, olderCount } = await repository.reviews().catch((error: unknown) => ({
      requests: [...(before?.byId.values() ?? [])],
      olderCount: before?.olderCount ?? 0,
      unreadable: [{ ref: 'refs/firebreak/requests', why: messageOf(error) }],
    }));
    if (this.isDisposed) return;
    const watch = before?.watch ?? repository.watchHead(() => void this.refresh(repository));
    const byId = new Map(requests.map((request) => [request.id, request]));
    const known: Known = { repository, watch, byId, byFingerprint: newestRequests(requests), states: before?.states ?? [], unreadable, olderCount };
    this.known.set(root, known);
    this.changed.fire();
    const weighed = await this.weigh(root, known);
    // Disposed meanwhile.
    if (!this.known.has(root)) return;
    this.known.set(root, { ...known, ...weighed });
    this.changed.fire();
  }

  /** Signatures and merges cost, and a policy can be broken: what was asked is known without them. */
  private async weigh(root: string, { byId, unreadable }: Known): Promise<Pick<Known, 'states' | 'unreadable'>> {
    if (byId.size === 0) return { states: [], unreadable };
    try {
      const [desk, engine] = await Promise.all([this.ports.deskOf(root), this.loadEngine()]);
      return await desk.states(engine);
    } catch (error) {
      return { states: [...byId.values()].map(toUnknown), unreadable: [...unreadable, { ref: 'refs/firebreak/decisions', why: messageOf(error) }] };
    }
  }
}

/** A request of which nobody can say where it stands: it waits. */
function toUnknown(request: ReviewRequest): RequestState {
  return { request, digest: '', decisions: [], coverage: 'pending', because: ['where it stands could not be found out'], by: [], hasLanded: false, takenBack: [], group: 'waiting' };
}
