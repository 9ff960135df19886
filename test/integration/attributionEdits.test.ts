import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptSuggestion, closeAll, openNew, redo, setCursor, type, undo } from './support/editor.ts';
import { aiTexts, firebreak, isProposed, regionsOf } from './support/firebreak.ts';
import { eventually, pause } from './support/wait.ts';

const suggestion = 'for (const name of names) {\n  remove(name);\n}';

describe('who made an edit', () => {
  before(async () => {
    await firebreak();
  });

  afterEach(closeAll);

  it('is an AI when an inline suggestion is accepted', async () => {
    const editor = await openNew('const names = [];\n');
    await acceptSuggestion(editor, suggestion);
    const regions = await regionsOf(editor.document);
    assert.equal(regions.length, 1);
    assert.equal(regions[0]?.text, suggestion);
    assert.equal(regions[0].origin.kind, 'ai');
    assert.equal(regions[0].evidence, 'observed');
  });

  it('is an AI for the next word and the next line of a suggestion', async () => {
    for (const [command, accepted] of [
      ['firebreak.acceptInlineSuggestionNextWord', /^for /],
      ['firebreak.acceptInlineSuggestionNextLine', /^for \(const name of names\) \{/],
    ] as const) {
      const editor = await openNew('const names = [];\n');
      await acceptSuggestion(editor, suggestion, command);
      const [text] = await aiTexts(editor.document);
      assert.match(`${text ?? ''} `, accepted, command);
    }
  });

  it("is told by VS Code itself where the proposed API is there, for the editor's own command too", async () => {
    const editor = await openNew('const names = [];\n');
    // Only VS Code's word can tell it: our own command does not run.
    await acceptSuggestion(editor, suggestion, 'editor.action.inlineSuggest.commit');
    const origins = (await regionsOf(editor.document)).map(({ origin }) => origin.kind);
    assert.deepEqual(origins, isProposed ? ['ai'] : []);
  });

  it('is a person who types, in the midst of what an AI wrote too', async () => {
    const editor = await openNew('const names = [];\n');
    await type('remove(names); // all of them');
    assert.deepEqual(await aiTexts(editor.document), []);
    await acceptSuggestion(editor, suggestion);
    setCursor(editor, editor.document.getText().indexOf('remove(name);'));
    await type('x');
    const parts = suggestion.split('remove(name);').map((part, index) => (index === 0 ? part : `remove(name);${part}`));
    assert.deepEqual(await aiTexts(editor.document), parts);
  });

  it('is a person for a small paste, and unknown for a large one', async () => {
    const editor = await openNew('');
    await paste(editor, 'const small = 1;\n');
    assert.deepEqual(await aiTexts(editor.document), []);
    const large = Array.from({ length: 12 }, (_, index) => `export const constant${index} = compute(${index});\n`).join('');
    await paste(editor, large);
    const regions = await regionsOf(editor.document);
    assert.deepEqual(regions.map(({ text, origin }) => [text, origin.kind]), [[large, 'unknown']]);
  });

  it('is a person for a snippet, an accepted completion and a closed bracket', async () => {
    const editor = await openNew('');
    await editor.insertSnippet(new vscode.SnippetString('for (const ${1:item} of ${2:items}) {\n\t$0\n}'));
    await type('call(');
    assert.deepEqual(await aiTexts(editor.document), []);
    const items = vscode.languages.registerCompletionItemProvider({ pattern: '**' }, { provideCompletionItems: () => [new vscode.CompletionItem('zebraCrossing')] });
    try {
      await vscode.commands.executeCommand('editor.action.selectAll');
      await type('zeb');
      await eventually('the completion to be accepted', async () => {
        await vscode.commands.executeCommand('editor.action.triggerSuggest');
        await pause(150);
        await vscode.commands.executeCommand('acceptSelectedSuggestion');
        return editor.document.getText().includes('zebraCrossing');
      });
    } finally {
      items.dispose();
    }
    assert.deepEqual(await aiTexts(editor.document), []);
  });

  it('changes nothing when a formatter or an end-of-line change runs', async () => {
    // A language for which VS Code brings no formatter that it could ask about.
    const editor = await openNew('select 1;\n', 'sql');
    const written = 'delete from a\n  where b = 1;\ndelete from c;';
    await acceptSuggestion(editor, written);
    setCursor(editor, 0);
    await type('select   2;\n');
    const format = (text: string) => text.replace('select   2', 'select 2').replace('  where', '      where');
    const formatter = vscode.languages.registerDocumentFormattingEditProvider(
      { pattern: '**' },
      { provideDocumentFormattingEdits: (document) => [vscode.TextEdit.replace(new vscode.Range(0, 0, document.lineCount, 0), format(document.getText()))] },
    );
    await vscode.commands.executeCommand('editor.action.formatDocument');
    formatter.dispose();
    assert.equal(editor.document.getText(), `select 2;\nselect 1;\n${format(written)}`);
    assert.equal(await aiInk(editor.document), ink(written));

    await editor.edit((builder) => {
      builder.setEndOfLine(vscode.EndOfLine.CRLF);
    });
    assert.equal(editor.document.getText(), `select 2;\r\nselect 1;\r\n${format(written).replaceAll('\n', '\r\n')}`);
    assert.equal(await aiInk(editor.document), ink(written));
    assert.equal((await aiTexts(editor.document)).at(-1)?.endsWith('delete from c;'), true);
  });

  it('is taken back by undo and comes again with redo', async () => {
    const editor = await openNew('const names = [];\n');
    await acceptSuggestion(editor, suggestion);
    await undo();
    assert.equal(editor.document.getText(), 'const names = [];\n');
    assert.deepEqual(await aiTexts(editor.document), []);
    await redo();
    assert.deepEqual(await aiTexts(editor.document), [suggestion]);
  });

  it('does not go to the AI for what a person types while a suggestion is accepted', async () => {
    const editor = await openNew('const names = [];\n');
    const accepted = acceptSuggestion(editor, suggestion);
    await type('x');
    await accepted;
    const texts = await aiTexts(editor.document);
    assert.ok(!texts.includes('x'), JSON.stringify(texts));
  });
});

async function paste({ document }: vscode.TextEditor, text: string): Promise<void> {
  const pasted = document.getText() + text;
  await vscode.env.clipboard.writeText(text);
  await vscode.commands.executeCommand('editor.action.clipboardPasteAction');
  await eventually('the pasted text', () => document.getText() === pasted);
}

/** What can be seen of an AI's text: whose the blanks are that a formatter changes does not matter. */
async function aiInk(document: vscode.TextDocument): Promise<string> {
  return ink((await aiTexts(document)).join(''));
}

function ink(text: string): string {
  return text.replaceAll(/\s/g, '');
}
