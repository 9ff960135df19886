import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './wait.ts';

let count = 0;

export function workspaceRoot(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('the tests need a workspace folder');
  return folder.uri.fsPath;
}

/** Writes a new file into the workspace; a name of its own keeps tests out of each other's way. */
export function writeFile(content: string | Uint8Array, ending = 'ts'): string {
  const file = path.join(workspaceRoot(), 'typed', `${Date.now().toString(36)}-${count++}.${ending}`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** Opens a new file in an editor, with the cursor at its end. */
export async function openNew(content: string, ending = 'ts'): Promise<vscode.TextEditor> {
  return openFile(writeFile(content, ending));
}

export async function openFile(file: string): Promise<vscode.TextEditor> {
  // What `openTextDocument` opens stays open for minutes, whatever becomes of its editor.
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), { preview: false });
  const editor = await eventually(`an editor for ${file}`, () => {
    const active = vscode.window.activeTextEditor;
    return active?.document.uri.fsPath === file ? active : undefined;
  });
  setCursor(editor, editor.document.getText().length);
  return editor;
}

export function setCursor(editor: vscode.TextEditor, offset: number): void {
  const at = editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(at, at);
}

export function select(editor: vscode.TextEditor, text: string): void {
  const start = editor.document.getText().indexOf(text);
  if (start === -1) throw new Error(`no ${JSON.stringify(text)} in the document`);
  editor.selection = new vscode.Selection(editor.document.positionAt(start), editor.document.positionAt(start + text.length));
}

export async function type(text: string): Promise<void> {
  await vscode.commands.executeCommand('type', { text });
}

export async function undo(): Promise<void> {
  await vscode.commands.executeCommand('undo');
}

export async function redo(): Promise<void> {
  await vscode.commands.executeCommand('redo');
}

/** Closes all editors, and waits until the documents are gone. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) if (document.isDirty && !document.isUntitled) await document.save();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

export async function untilClosed(uri: vscode.Uri): Promise<void> {
  await eventually(`${uri.path} to close`, () => !vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString()), 30_000);
}

/**
 * Has an inline suggestion offered at the cursor and accepts it by a command: ours, bound to Tab, unless another is named.
 * Whether the editor shows a suggestion cannot be asked, so it is tried until the text is there.
 */
export async function acceptSuggestion(editor: vscode.TextEditor, text: string, command = 'firebreak.acceptInlineSuggestion'): Promise<void> {
  const provider = vscode.languages.registerInlineCompletionItemProvider(
    { pattern: '**' },
    { provideInlineCompletionItems: (_document, position) => [new vscode.InlineCompletionItem(text, new vscode.Range(position, position))] },
  );
  try {
    const before = editor.document.version;
    await eventually(`the suggestion ${JSON.stringify(text)} to be accepted`, async () => {
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await vscode.commands.executeCommand(command);
      return editor.document.version > before;
    });
  } finally {
    provider.dispose();
  }
}
