import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type * as vscode from 'vscode';
import { workspaceRoot } from './editor.ts';
import { regionsOf } from './firebreak.ts';
import { eventually } from './wait.ts';

interface Kept {
  readonly texts: readonly { readonly digest: string; readonly length: number; readonly regions: readonly { readonly removedText?: string; readonly evidence: string }[] }[];
}

const folder = () => path.join(workspaceRoot(), '.git/firebreak');
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** The file of saved regions about a file of the workspace, which may not be there. */
export function keptFile(file: string): string {
  return path.join(folder(), 'regions', `${digestOf(path.relative(workspaceRoot(), file).split(path.sep).join('/'))}.json`);
}

export function keptOf(file: string): Kept | undefined {
  return existsSync(keptFile(file)) ? (JSON.parse(readFileSync(keptFile(file), 'utf8')) as Kept) : undefined;
}

/** Waits until who wrote what in a saved document is kept for just its text, and nothing apart any more. */
export async function untilKept(document: vscode.TextDocument): Promise<void> {
  const { fsPath } = document.uri;
  const digest = digestOf(document.getText());
  const isSomethingKnown = (await regionsOf(document)).length > 0;
  await eventually(`the regions of ${fsPath} to be kept`, () => !isSomethingKnown || keptOf(fsPath)?.texts.some((text) => text.digest === digest && text.regions.length > 0));
  const name = path.basename(keptFile(fsPath), '.json');
  await eventually('nothing to be kept apart', () => !existsSync(path.join(folder(), 'unsaved')) || !readdirSync(path.join(folder(), 'unsaved')).some((each) => each.startsWith(name)));
}
