import * as vscode from 'vscode';
import { Departures } from '../../core/attribution/departures.ts';
import { languageOf } from '../../core/language/language.ts';
import type { LiveDocuments, LiveFile, LiveFiles } from '../liveFile.ts';
import type { Ports, Repository } from '../ports.ts';
import type { EditSignals } from '../signals/editSignals.ts';
import { readAtHead } from './atHead.ts';
import type { Engine } from './engineLoader.ts';
import { registerChatFiles } from './chatFiles.ts';
import { ClosedFiles } from './closedFiles.ts';
import { FileEvents } from './fileEvents.ts';
import { FollowedDocument } from './followedDocument.ts';
import { Inheritances } from './inheritances.ts';
import { RegionKeeper } from './regionKeeper.ts';
import { Scans } from './scans.ts';
import type { Settings, ShownScope } from './settings.ts';

/** Live documents, what changes who wrote what in them, and the files that are closed. */
export interface FollowedDocuments extends LiveDocuments {
  /** Undefined for a document that no checker reads. */
  readonly follow: (document: vscode.TextDocument) => FollowedDocument | undefined;
  readonly files: LiveFiles;
  /** Looks at a file of the workspace for more than the scope that is set, from now on. */
  readonly scan: (uri: vscode.Uri, scope: ShownScope, repository: Repository | undefined) => Promise<void>;
  /** Looks at all files as the settings say again. */
  readonly clearScans: () => void;
  /** Resolves when what is known has been kept. */
  readonly flush: () => Promise<void>;
  readonly dispose: () => void;
}

interface Entry {
  readonly followed: FollowedDocument;
  readonly keeper: RegionKeeper;
}

/** Follows every open document that a checker reads; documents that are open already are taken up right after the start. */
export function createLiveDocuments(ports: Ports, signals: EditSignals, settings: Settings, loadEngine: () => Promise<Engine>): FollowedDocuments {
  const entries = new Map<string, Entry>();
  const closing = new Set<Promise<void>>();
  const window = ports.newId();
  const inheritances = new Inheritances(ports.now);
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const departures = new Departures();
  const scans = new Scans(settings.scope);
  let hasWarned = false;
  const warn = (why: string) => {
    if (!hasWarned) void vscode.window.showWarningMessage(`Firebreak: ${why}.`);
    hasWarned = true;
  };
  const loadChecker = async () => (await loadEngine()).checker;
  const atHead = readAtHead((root) => {
    for (const { followed } of entries.values()) followed.headMoved(root);
    closed.outdate(root);
  }, warn);
  const closed = new ClosedFiles({
    ports,
    scans,
    loadChecker,
    atHead,
    warn,
    isOpen: (uri) => entries.has(uri.toString()),
    changed: (uri) => {
      changed.fire(uri);
    },
  });
  const fileEvents = new FileEvents({
    ports,
    closed,
    told: (uri) => {
      entries.get(uri.toString())?.keeper.noteTold();
    },
  });
  const afterChange = (followed: FollowedDocument) => {
    entries.get(keyOf(followed.document))?.keeper.noteRegions();
    changed.fire(followed.document.uri);
  };

  const follow = (document: vscode.TextDocument): FollowedDocument | undefined => {
    const known = entries.get(keyOf(document));
    const isRead = known === undefined && isOnFileSystem(document) && languageOf(document.uri.path, document.lineAt(0).text, document.languageId) !== undefined;
    if (!isRead) return known?.followed;
    const followed = new FollowedDocument(document, { ports, signals, scans, loadChecker, atHead, departures, changed: afterChange });
    const keeper = new RegionKeeper(followed, { ports, window, warn });
    entries.set(keyOf(document), { followed, keeper });
    inheritances.opened(followed);
    const file = closed.opened(document.uri);
    if (file !== undefined) followed.resume(file);
    void keeper.load();
    if (followed.live.unread !== undefined) changed.fire(document.uri);
    return followed;
  };

  const chatFiles = registerChatFiles({ ports, isChatAt: signals.isChatAt, followed: (uri) => entries.get(uri.toString())?.followed, closed });

  const close = (document: vscode.TextDocument) => {
    const entry = entries.get(keyOf(document));
    if (entry === undefined) return;
    entries.delete(keyOf(document));
    inheritances.closed(entry.followed, Array.from(entries.values(), ({ followed }) => followed));
    entry.followed.dispose();
    const flushed = entry.keeper.flush().finally(() => closing.delete(flushed));
    closing.add(flushed);
    closed.closed(entry.followed);
    changed.fire(document.uri);
  };

  const fileAt = (uri: vscode.Uri): LiveFile | undefined => (entries.get(uri.toString())?.followed ?? closed.get(uri))?.live;

  const lookAgain = () => {
    for (const { followed } of entries.values()) followed.settingsChanged();
    closed.outdate();
  };

  const scan: FollowedDocuments['scan'] = async (uri, scope, repository) => {
    scans.add(uri, scope);
    const open = entries.get(uri.toString())?.followed;
    if (open !== undefined) {
      open.settingsChanged();
      await open.refresh();
      return;
    }
    if (!(await closed.scan(uri, repository))) scans.delete(uri);
  };

  // Each in a turn of its own: a restored window can bring many.
  const starts = vscode.workspace.textDocuments.map((document) =>
    setTimeout(() => {
      if (!document.isClosed) follow(document);
    }, 0),
  );
  const listeners = vscode.Disposable.from(
    changed,
    vscode.workspace.onDidOpenTextDocument(follow),
    vscode.workspace.onDidCloseTextDocument(close),
    vscode.workspace.onDidChangeTextDocument((event) => {
      const entry = entries.get(keyOf(event.document));
      if (event.contentChanges.length === 0) {
        entry?.keeper.noteDirtiness();
        return;
      }
      entry?.followed.take(event);
      entry?.keeper.noteText();
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      const entry = entries.get(keyOf(document));
      entry?.followed.saved();
      entry?.keeper.noteSave();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      for (const { followed, keeper } of entries.values()) {
        followed.trusted();
        void keeper.load();
      }
      closed.discover();
    }),
    signals.onDidCopy(({ document, ranges }) => entries.get(keyOf(document))?.followed.copy(ranges)),
    settings.onDidChange(lookAgain),
  );

  return {
    get: (uri) => entries.get(uri.toString())?.followed.live,
    *all() {
      for (const { followed } of entries.values()) yield followed.live;
    },
    onDidChange: changed.event,
    files: {
      get: fileAt,
      *all() {
        for (const { followed } of entries.values()) yield followed.live;
        for (const { live } of closed.all()) if (live !== undefined) yield live;
      },
      onDidChange: changed.event,
      async refresh(uri) {
        await (entries.get(uri.toString())?.followed ?? closed.get(uri))?.refresh();
        return fileAt(uri);
      },
      discover() {
        closed.discover();
      },
    },
    follow,
    scan,
    clearScans() {
      scans.clear();
      lookAgain();
    },
    async flush() {
      await Promise.all([...Array.from(entries.values(), ({ keeper }) => keeper.flush()), ...closing]);
    },
    dispose() {
      starts.forEach(clearTimeout);
      listeners.dispose();
      inheritances.dispose();
      fileEvents.dispose();
      chatFiles.dispose();
      closed.dispose();
      atHead.dispose();
      for (const { followed } of entries.values()) followed.dispose();
    },
  };
}

/** Of the cells of a notebook that is open: each is a document of its own. */
const cellScheme = 'vscode-notebook-cell';

function keyOf({ uri }: vscode.TextDocument): string {
  return uri.toString();
}

/** Not the output of a program, a version out of git, or one of the texts that chat keeps beside a file. */
function isOnFileSystem({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === 'untitled' || uri.scheme === cellScheme || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true;
}
