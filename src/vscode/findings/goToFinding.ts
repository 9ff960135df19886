import * as vscode from 'vscode';
import type { Finding } from '../../core/check/finding.ts';
import type { LiveFile, LiveFiles } from '../liveFile.ts';
import { referenceTo } from './findingReference.ts';

/** "Next Risky Call" and "Previous Risky Call": through all findings that the Findings view lists, from the cursor on and around. */
export function registerGoToFinding(files: LiveFiles): vscode.Disposable {
  const go = (step: 1 | -1) => async () => {
    const all = inOrder(files);
    const next = step === 1 ? (all.find(isBehindCursor) ?? all[0]) : (all.findLast(isBeforeCursor) ?? all.at(-1));
    if (next === undefined) {
      void vscode.window.showInformationMessage('Firebreak found nothing risky. To look at files that are not open, run "Firebreak: Scan Workspace".');
      return;
    }
    await vscode.commands.executeCommand('firebreak.showFinding', referenceTo(next.live, next.finding));
  };
  return vscode.Disposable.from(vscode.commands.registerCommand('firebreak.nextFinding', go(1)), vscode.commands.registerCommand('firebreak.previousFinding', go(-1)));
}

interface Placed {
  readonly live: LiveFile;
  readonly finding: Finding;
}

/** Files as the view has them, findings as they stand in the text. */
function inOrder(files: LiveFiles): Placed[] {
  const sorted = [...files.all()].sort((one, other) => compare(one.uri.path, other.uri.path));
  return sorted.flatMap((live) => live.findings.map((finding) => ({ live, finding })));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Less than 0 before the cursor. Without an editor all is behind it. */
function fromCursor({ live, finding }: Placed): number {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return 1;
  return compare(live.uri.path, editor.document.uri.path) || live.toRange(finding.range).start.compareTo(editor.selection.active);
}

function isBehindCursor(placed: Placed): boolean {
  return fromCursor(placed) > 0;
}

function isBeforeCursor(placed: Placed): boolean {
  return fromCursor(placed) < 0;
}
