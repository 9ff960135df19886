import type * as vscode from 'vscode';
import type { ShownScope } from './settings.ts';

const widest: readonly ShownScope[] = ['ai', 'changes', 'all'];

/** Files that somebody had scanned, and for what: what was found in one stays to be seen when it is opened, whatever the scope that is set. */
export class Scans {
  private readonly scopes = new Map<string, ShownScope>();

  constructor(private readonly chosen: () => ShownScope) {}

  /** The wider of what is set and what was scanned for. */
  scopeOf(uri: Pick<vscode.Uri, 'toString'>): ShownScope {
    const [chosen, scanned] = [this.chosen(), this.scopes.get(uri.toString()) ?? 'ai'];
    return widest.indexOf(scanned) > widest.indexOf(chosen) ? scanned : chosen;
  }

  add(uri: Pick<vscode.Uri, 'toString'>, scope: ShownScope): void {
    this.scopes.set(uri.toString(), scope);
  }

  delete(uri: Pick<vscode.Uri, 'toString'>): void {
    this.scopes.delete(uri.toString());
  }

  clear(): void {
    this.scopes.clear();
  }
}
