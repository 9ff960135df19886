import * as vscode from 'vscode';
import type { Finding } from '../../core/check/finding.ts';
import type { LiveFile } from '../liveFile.ts';

/** One place that calls the function around a finding. */
export interface Caller {
  /** The function that calls, as its language's extension names it. */
  readonly name: string;
  readonly location: vscode.Location;
}

interface Known {
  readonly callers: Promise<readonly Caller[]>;
  now: readonly Caller[] | undefined;
  readonly askedAt: number;
}

/** What was found is right for a while: any file can bring one more. */
const freshMs = 30_000;
/** A language's extension that does not answer is as good as none. */
const longestMs = 10_000;
const mostKept = 500;

const functions: ReadonlySet<vscode.SymbolKind> = new Set([vscode.SymbolKind.Function, vscode.SymbolKind.Method, vscode.SymbolKind.Constructor]);

/** Who calls the function that a finding stands in, asked of the extension of its language when somebody looks; none where there is no such extension. */
export class Callers implements vscode.Disposable {
  private readonly known = new Map<string, Known>();
  private readonly found = new vscode.EventEmitter<vscode.Uri>();
  /** Other callers are known of a finding in this file. */
  readonly onDidFind = this.found.event;
  private asking: Promise<unknown> = Promise.resolve();

  constructor(private readonly now: () => number) {}

  /** At once, from what is known; `onDidFind` tells when more is. */
  of(live: LiveFile, finding: Finding): readonly Caller[] {
    return this.ask(live, finding).now ?? [];
  }

  /** Waits for so long. */
  async within(ms: number, live: LiveFile, finding: Finding): Promise<readonly Caller[]> {
    const known = this.ask(live, finding);
    return known.now ?? Promise.race([known.callers, after(ms, () => known.now ?? [])]);
  }

  dispose(): void {
    this.found.dispose();
    this.known.clear();
  }

  private ask(live: LiveFile, finding: Finding): Known {
    const key = `${live.uri.toString()} ${finding.fingerprint}`;
    const before = this.known.get(key);
    if (before !== undefined && this.now() - before.askedAt < freshMs) return before;
    const at = live.toRange(finding.range).start;
    // One after the other: a language server has its own work to do.
    const callers = this.asking.then(() => Promise.race([callersAt(live.uri, at).catch(() => []), after(longestMs, () => [])]));
    this.asking = callers;
    const known: Known = { callers, now: before?.now, askedAt: this.now() };
    this.known.set(key, known);
    for (const [oldest] of this.known) if (this.known.size > mostKept) this.known.delete(oldest);
    void callers.then((found) => {
      const isNews = placesOf(found) !== placesOf(known.now ?? []);
      known.now = found;
      if (isNews) this.found.fire(live.uri);
    });
    return known;
  }
}

function placesOf(callers: readonly Caller[]): string {
  return callers.map(({ location: { uri, range } }) => `${uri.toString()} ${range.start.line}`).join();
}

function after<T>(ms: number, value: () => T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => {
    resolve(value());
  }, ms)); // prettier-ignore
}

async function callersAt(uri: vscode.Uri, at: vscode.Position): Promise<readonly Caller[]> {
  const symbols = await vscode.commands.executeCommand<readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined>('vscode.executeDocumentSymbolProvider', uri);
  const around = innermost(symbols ?? [], at);
  if (around === undefined) return [];
  const [item] = (await vscode.commands.executeCommand<readonly vscode.CallHierarchyItem[] | undefined>('vscode.prepareCallHierarchy', uri, around.selectionRange.start)) ?? [];
  if (item === undefined) return [];
  const calls = (await vscode.commands.executeCommand<readonly vscode.CallHierarchyIncomingCall[] | undefined>('vscode.provideIncomingCalls', item)) ?? [];
  return calls.flatMap(({ from, fromRanges }) => fromRanges.map((range) => ({ name: from.name, location: new vscode.Location(from.uri, range) })));
}

function innermost(symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[], at: vscode.Position): vscode.DocumentSymbol | undefined {
  for (const symbol of symbols) {
    if (!('selectionRange' in symbol) || !symbol.range.contains(at)) continue;
    return innermost(symbol.children, at) ?? (functions.has(symbol.kind) ? symbol : undefined);
  }
  return undefined;
}

/** "14 callers"; undefined without any. */
export function countCallers(callers: readonly Caller[]): string | undefined {
  return callers.length === 0 ? undefined : `${callers.length} ${callers.length === 1 ? 'caller' : 'callers'}`;
}
