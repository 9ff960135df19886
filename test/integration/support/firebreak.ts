import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AttributedRange, FirebreakApi } from '../../../src/vscode/api.ts';

export const isProposed = process.env.FIREBREAK_TEST_PROPOSED === '1';

export async function firebreak(): Promise<FirebreakApi> {
  const extension = vscode.extensions.getExtension<FirebreakApi>('firebreak.firebreak');
  assert.ok(extension, 'Firebreak is not installed');
  return extension.activate();
}

export interface Region extends Omit<AttributedRange, 'range'> {
  readonly text: string;
}

/** The regions of a document, as the texts that they cover. */
export async function regionsOf(document: vscode.TextDocument): Promise<Region[]> {
  const { regionsOf: regions } = await firebreak();
  return regions(document.uri).map(({ range: { start, end }, ...rest }) => ({ ...rest, text: document.getText(new vscode.Range(positionOf(start), positionOf(end))) }));
}

/** The texts that count as an AI's; a deletion as `-text`. */
export async function aiTexts(document: vscode.TextDocument): Promise<string[]> {
  const regions = await regionsOf(document);
  return regions.map(({ text, removedText }) => (removedText === undefined ? text : `-${removedText}`));
}

function positionOf({ line, character }: { line: number; character: number }): vscode.Position {
  return new vscode.Position(line, character);
}
