import type * as vscode from 'vscode';
import type { ShownScope } from './settings.ts';

const widest: readonly ShownScope[] = ['ai', 'changes', 'all'];

/** Files that somebody had scanned, and for what: what was found in one stays to be seen when it is opened, whatever the scope that is set. */
export class Scans {
  private readonly scopes = new Map<string, ShownScope>();

  constructor(private readonly chosen: () => ShownScope) {}

  /** The wider of what is set and what was scanned for. */
  scopeOf(uri: vscode.Uri): ShownScope {
    const [chosen, scanned] = [this.chosen(), this.scopes.get(uri.toString()) ?? 'ai'];
    return widest.indexOf(scanned) > widest.indexOf(chosen) ? scanned : chosen;
  }

  add(uri: vscode.Uri, scope: ShownScope): void {
    this.scopes.set(uri.toString(), scope);
  }

  delete(uri: vscode.Uri): void {
    this.scopes.delete(uri.toString());
  }

  get areThere(): boolean {
    return this.scopes.size > 0;
  }

  clear(): void {
    this.scopes.clear();
  }
}
