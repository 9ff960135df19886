import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { chatOpens } from './support/chat.ts';
import { closeAll, openNew, setCursor, type } from './support/editor.ts';
import { aiTexts, firebreak, isProposed, regionsOf } from './support/firebreak.ts';

const written = 'export function answer(): number {\n  return 42;\n}\n';

async function write(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

describe('edits of the chat', () => {
  before(async () => {
    await firebreak();
  });

  afterEach(closeAll);

  it("are an AI's where VS Code says nothing of its own, and what a person types meanwhile is not", async () => {
    const editor = await openNew('const question = 1;\n');
    await chatOpens(editor.document.uri);
    await write(editor.document, written);
    setCursor(editor, 0);
    await type('x');
    await write(editor.document, '// and more\n');
    const regions = await regionsOf(editor.document);
    // With the proposed API VS Code says that this edit is none of its chat's.
    assert.equal(regions.map(({ text }) => text).join(''), isProposed ? '' : `${written}// and more\n`);
    assert.ok(regions.every(({ origin }) => origin.kind === 'ai'));
  });

  it('are told apart from those of others by their file', async () => {
    const chat = await openNew('const question = 1;\n');
    await chatOpens(chat.document.uri);
    const { document } = await openNew('const other = 1;\n');
    await write(document, written);
    assert.deepEqual(await aiTexts(document), []);
  });
});
