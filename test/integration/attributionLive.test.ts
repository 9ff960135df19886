import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { chatOpens } from './support/chat.ts';
import { acceptSuggestion, closeAll, openFile, openNew, select, setCursor, type, untilClosed, writeFile } from './support/editor.ts';
import { findingsOf } from './support/findings.ts';
import { aiTexts, firebreak, isProposed, regionsOf } from './support/firebreak.ts';
import { commit } from './support/git.ts';
import { untilKept } from './support/kept.ts';
import { failOnUnhandledRejections } from './support/rejections.ts';
import { beforeCall, call, hoverAt, lensWith, operation } from './support/shown.ts';
import { eventually, pause } from './support/wait.ts';

const large = Array.from({ length: 12 }, (_, index) => `export const constant${index} = compute(${index});\n`).join('');

async function replaceAll(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

scenarios('Accepts and chat edits', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  scenario({ case: 'in the editor: the next word of a suggestion, then Tab', evidence: 'observed', result: 'the whole suggestion is the AI\'s, once' }, async () => {
    const suggestion = 'for (const name of names) {\n  remove(name);\n}';
    const editor = await openNew('const names = [];\n');
    const start = editor.document.getText();
    const provider = vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, {
      provideInlineCompletionItems: (document, position) => {
        const done = document.getText().slice(start.length);
        return suggestion.startsWith(done) ? [new vscode.InlineCompletionItem(suggestion, new vscode.Range(document.positionAt(start.length), position))] : [];
      },
    });
    try {
      for (const [command, isDone] of [['firebreak.acceptInlineSuggestionNextWord', (text: string) => text !== start], ['firebreak.acceptInlineSuggestion', (text: string) => text === start + suggestion]] as const) {
        await eventually(command, async () => {
          await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
          await vscode.commands.executeCommand(command);
          return isDone(editor.document.getText());
        });
      }
    } finally {
      provider.dispose();
    }
    assert.equal((await aiTexts(editor.document)).join(''), suggestion);
  });

  scenario({ case: 'in the editor: a chat edit to a file that is not open', evidence: 'observed', result: 'what it wrote is an AI\'s' }, async () => {
    const uri = vscode.Uri.file(writeFile('const question = 1;\n'));
    await chatOpens(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(1, 0), 'export const answer = 42;\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    const document = await vscode.workspace.openTextDocument(uri);
    // With the proposed API VS Code says that this edit is none of its chat's.
    assert.deepEqual(await aiTexts(document), isProposed ? [] : ['export const answer = 42;\n']);
    await document.save();
  });

  scenario({ case: 'in the editor: a chat edit streamed in parts, and the last part taken back', evidence: 'observed', result: 'the parts are one region, without what was taken back' }, async () => {
    const { document } = await openNew('const question = 1;\n');
    await chatOpens(document.uri);
    for (const part of ['export function answer() {\n', '  return 42;\n', '}\n']) {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, part);
      assert.ok(await vscode.workspace.applyEdit(edit));
    }
    assert.deepEqual(await aiTexts(document), isProposed ? [] : ['export function answer() {\n  return 42;\n}\n']);
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(3, 0, 4, 0));
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.deepEqual(await aiTexts(document), isProposed ? [] : ['export function answer() {\n  return 42;\n']);
  });
});

scenarios('Moves', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  scenario({ case: 'in the editor: AI text cut from one file and pasted into another', evidence: 'observed', result: 'it is the AI\'s there' }, async () => {
    const from = await openNew(beforeCall);
    await acceptSuggestion(from, call);
    select(from, call);
    await vscode.env.clipboard.writeText(call);
    await from.edit((builder) => {
      builder.delete(from.selection);
    });
    assert.deepEqual(await aiTexts(from.document), []);
    const to = await openNew(beforeCall);
    await vscode.commands.executeCommand('editor.action.clipboardPasteAction');
    await eventually('the pasted text', () => to.document.getText() === beforeCall + call);
    assert.deepEqual(await aiTexts(to.document), [call]);
    await eventually('the finding', async () => (await findingsOf(to.document)).join() === operation);
  });

  scenario({ case: 'in the editor: an AI\'s line moved with the command for it', evidence: 'observed', result: 'it stays the AI\'s' }, async () => {
    const editor = await openNew(`${beforeCall}const last = 1;\n`);
    setCursor(editor, beforeCall.length);
    await type('\n');
    setCursor(editor, beforeCall.length);
    await acceptSuggestion(editor, call);
    await vscode.commands.executeCommand('editor.action.moveLinesDownAction');
    assert.equal(editor.document.getText(), `${beforeCall}const last = 1;\n${call}\n`);
    // Both lines end alike: which of the two signs moved is not told, and no word of the person's is taken along.
    assert.equal((await aiTexts(editor.document)).join('').replace(/^[;\s]+/, '').trim(), call);
  });

  scenario({ case: 'in the editor: a large part of a person\'s own text, moved to another file', evidence: 'none', result: 'it is not of unknown origin' }, async () => {
    const from = await openFile(writeFile(large));
    await vscode.commands.executeCommand('editor.action.selectAll');
    await vscode.env.clipboard.writeText(large);
    await from.edit((builder) => {
      builder.delete(from.selection);
    });
    const to = await openNew('');
    await vscode.commands.executeCommand('editor.action.clipboardPasteAction');
    await eventually('the pasted text', () => to.document.getText() === large);
    assert.deepEqual(await regionsOf(to.document), []);
  });
});

scenarios('Formatting', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  scenario({ case: 'in the editor: a formatter that breaks lines and changes quotes', evidence: 'observed', result: 'each token keeps its author' }, async () => {
    // A language for which VS Code brings no formatter that it could ask about.
    const editor = await openNew('call(one,two);\n', 'sql');
    setCursor(editor, 'call(one'.length);
    await acceptSuggestion(editor, '("drop")');
    const formatted = "call(\n  one('drop'),\n  two,\n);\n";
    const formatter = vscode.languages.registerDocumentFormattingEditProvider({ pattern: '**' }, {
      provideDocumentFormattingEdits: (document) => [vscode.TextEdit.replace(new vscode.Range(0, 0, document.lineCount, 0), formatted)],
    });
    try {
      await vscode.commands.executeCommand('editor.action.formatDocument');
      await eventually('the formatter', () => editor.document.getText() === formatted);
    } finally {
      formatter.dispose();
    }
    assert.deepEqual(await aiTexts(editor.document), ["('drop')"]);
  });

  scenario({ case: 'in the editor: a formatter outside of it rewrites the file', evidence: 'observed', result: 'each token keeps its author' }, async () => {
    const editor = await openNew('call(one,two);\n');
    setCursor(editor, 'call(one'.length);
    await acceptSuggestion(editor, '("drop")');
    assert.deepEqual(await aiTexts(editor.document), ['("drop")']);
    await editor.document.save();
    const formatted = "call(\n  one('drop'),\n  two,\n);\n";
    writeFileSync(editor.document.uri.fsPath, formatted);
    await eventually('the reload', () => editor.document.getText() === formatted);
    assert.deepEqual(await aiTexts(editor.document), ["('drop')"]);
  });

  scenario({ case: 'in the editor: a formatter outside of it empties the file, and writes it after it was read', evidence: 'observed', result: 'each token keeps its author' }, async () => {
    const editor = await openNew('call(one,two);\n');
    setCursor(editor, 'call(one'.length);
    await acceptSuggestion(editor, '("drop")');
    await editor.document.save();
    const formatted = "call(\n  one('drop'),\n  two,\n);\n";
    for (const text of ['', 'call(\n  one', formatted]) {
      writeFileSync(editor.document.uri.fsPath, text);
      await eventually('the reload', () => editor.document.getText() === text);
    }
    assert.deepEqual(await aiTexts(editor.document), ["('drop')"]);
  });
});

scenarios('Deletions', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  const guarded = 'export async function purge(dryRun: boolean) {\n  if (dryRun) return;\n  await store.deleteAll();\n}\n';

  scenario({ case: 'in the editor: an AI deletes a guard that was committed', evidence: 'reported', result: 'lens, problem and hover say that an AI removed it, until a person types it again' }, async () => {
    const file = writeFile(guarded);
    commit(file);
    const editor = await openFile(file);
    const guard = new vscode.Range(1, 0, 2, 0);
    const removedText = editor.document.getText(guard);
    await editor.edit((builder) => {
      builder.delete(guard);
    });
    const { reportEdit } = await firebreak();
    assert.equal(await reportEdit({ uri: editor.document.uri, range: new vscode.Range(1, 0, 1, 0), removedText, tool: 'test' }), true);
    await lensWith(editor.document, 'an AI removed this');
    const problems = vscode.languages.getDiagnostics(editor.document.uri).map(({ message }) => message);
    assert.ok(problems.some((message) => message.endsWith('An AI removed this.')), JSON.stringify(problems));
    assert.match(await hoverAt(editor.document, 'store.deleteAll'), /An AI removed this\\\. test reported this deletion/);
    setCursor(editor, editor.document.offsetAt(new vscode.Position(1, 0)));
    await type('  if (dryRun) return;');
    assert.deepEqual(await aiTexts(editor.document), []);
    await eventually('no finding', async () => (await findingsOf(editor.document)).length === 0);
  });
});

scenarios('Not an AI', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  scenario({ case: 'in the editor: a large text of unknown origin, and a person\'s answer on the lens', evidence: 'none', result: 'the answer is remembered over closing and opening' }, async () => {
    for (const [answer, isAi] of [['This is mine', false], ['This is AI', true]] as const) {
      const editor = await openNew('');
      // What was cut or copied before would be known again.
      const text = large.replaceAll('constant', isAi ? 'made' : 'written');
      const expected = isAi ? [text] : [];
      await replaceAll(editor.document, text);
      assert.deepEqual((await regionsOf(editor.document)).map(({ origin }) => origin.kind), ['unknown']);
      const { command } = await lensWith(editor.document, answer);
      await vscode.commands.executeCommand(command?.command ?? '', ...((command?.arguments ?? []) as unknown[]));
      assert.deepEqual(await aiTexts(editor.document), expected);
      await editor.document.save();
      const { uri } = editor.document;
      await untilKept(editor.document);
      await closeAll();
      await untilClosed(uri);
      await pause(2100);
      const again = await openFile(uri.fsPath);
      await pause(700);
      await eventually('the answer', async () => JSON.stringify(await aiTexts(again.document)) === JSON.stringify(expected));
      assert.ok((await regionsOf(again.document)).every(({ origin }) => origin.kind === 'ai'));
    }
  });
});

