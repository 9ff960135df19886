import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptSuggestion, closeAll, openNew, setCursor, writeFile } from './support/editor.ts';
import { findingsOf } from './support/findings.ts';
import { commit } from './support/git.ts';
import { MemoryFiles } from './support/memoryFiles.ts';
import { beforeCall, call, fixesAt, hoverAt, lensWith, operation } from './support/shown.ts';
import { eventually } from './support/wait.ts';

async function shown(uri: vscode.Uri | vscode.TextDocument): Promise<vscode.TextEditor> {
  const document = 'uri' in uri ? uri : await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  setCursor(editor, document.getText().length);
  return editor;
}

async function isChecked(editor: vscode.TextEditor): Promise<void> {
  await acceptSuggestion(editor, call);
  await eventually('the finding', async () => (await findingsOf(editor.document)).join() === operation);
  await lensWith(editor.document, 'Critical');
  assert.match(await hoverAt(editor.document, operation), /\*\*Instead:\*\*/);
  assert.ok((await fixesAt(editor.document, operation)).length >= 3);
}

describe('wherever a text is', () => {
  afterEach(async () => {
    for (const document of vscode.workspace.textDocuments) {
      if (!document.isDirty) continue;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    await closeAll();
  });

  it('it is checked in a document without a name', async () => {
    await isChecked(await shown(await vscode.workspace.openTextDocument({ language: 'typescript', content: beforeCall })));
  });

  it('it is checked in a file that is on no disk', async () => {
    const files = new MemoryFiles();
    // Never taken back: a document stays open for a while after its editor.
    vscode.workspace.registerFileSystemProvider('firebreak-memory', files, { isCaseSensitive: true });
    const uri = vscode.Uri.from({ scheme: 'firebreak-memory', path: '/shop/stacks.ts' });
    files.writeFile(uri, new TextEncoder().encode(beforeCall));
    const editor = await shown(uri);
    await isChecked(editor);
    await editor.document.save();
  });

  it('it is checked on the changed side of a diff editor', async () => {
    const file = writeFile(beforeCall);
    commit(file);
    const before = await openNew(beforeCall);
    await vscode.commands.executeCommand('vscode.diff', before.document.uri, vscode.Uri.file(file), 'a diff');
    const editor = await eventually('the diff editor', () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === file));
    setCursor(editor, beforeCall.length);
    await isChecked(editor);
  });
});
