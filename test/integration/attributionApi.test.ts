import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ReportedEdit } from '../../src/vscode/api.ts';
import { closeAll, openNew, select, setCursor, type, undo, writeFile } from './support/editor.ts';
import { aiTexts, firebreak, regionsOf } from './support/firebreak.ts';

const text = 'first();\nsecond();\nthird();\n';
const wholeSecond = new vscode.Range(1, 0, 2, 0);

/** Arguments that are refused, with what the refusal names. */
const refused: readonly (readonly [what: string, edit: unknown, names: RegExp])[] = [
  ['no object', undefined, /takes an object/],
  ['a path in place of a Uri', { uri: '/tmp/x.ts', range: wholeSecond, tool: 'test' }, /`uri`/],
  ['no range', { uri: vscode.Uri.file('/x.ts'), tool: 'test' }, /`range`/],
  ['half a range', { uri: vscode.Uri.file('/x.ts'), range: { start: { line: 0, character: 0 } }, tool: 'test' }, /`range.end`/],
  ['a negative line', { uri: vscode.Uri.file('/x.ts'), range: { start: { line: -1, character: 0 }, end: { line: 0, character: 0 } }, tool: 'test' }, /`range.start`/],
  ['a range that ends first', { uri: vscode.Uri.file('/x.ts'), range: { start: { line: 1, character: 0 }, end: { line: 0, character: 0 } }, tool: 'test' }, /ends before/],
  ['no tool', { uri: vscode.Uri.file('/x.ts'), range: wholeSecond }, /`tool`/],
  ['an empty model', { uri: vscode.Uri.file('/x.ts'), range: wholeSecond, tool: 'test', model: '' }, /`model`/],
  ['a removed text that is none', { uri: vscode.Uri.file('/x.ts'), range: wholeSecond, tool: 'test', removedText: 7 }, /`removedText`/],
  ['an empty range without a removed text', { uri: vscode.Uri.file('/x.ts'), range: new vscode.Range(1, 0, 1, 0), tool: 'test' }, /nothing was written/],
];

describe('the exported API', () => {
  afterEach(closeAll);

  it('has a version', async () => {
    assert.equal((await firebreak()).apiVersion, 1);
  });

  it('takes the report of an insertion', async () => {
    const { reportEdit } = await firebreak();
    const { document } = await openNew(text);
    assert.equal(await reportEdit({ uri: document.uri, range: wholeSecond, tool: 'test', model: 'm', session: 's' }), true);
    const regions = await regionsOf(document);
    assert.deepEqual(regions, [{ text: 'second();\n', origin: { kind: 'ai', tool: 'test', model: 'm', session: 's' }, evidence: 'reported' }]);
  });

  it('takes plain objects for a range', async () => {
    const { reportEdit } = await firebreak();
    const { document } = await openNew(text);
    await reportEdit({ uri: document.uri, range: { start: { line: 2, character: 0 }, end: { line: 2, character: 5 } }, tool: 'test' });
    assert.deepEqual(await aiTexts(document), ['third']);
  });

  it('takes the report of a deletion, which goes when somebody puts the text back', async () => {
    const { reportEdit } = await firebreak();
    const editor = await openNew(text);
    const { document } = editor;
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, wholeSecond);
    await vscode.workspace.applyEdit(edit);
    assert.equal(await reportEdit({ uri: document.uri, range: new vscode.Range(1, 0, 1, 0), removedText: 'second();\n', tool: 'test' }), true);
    assert.deepEqual(await aiTexts(document), ['-second();\n']);
    setCursor(editor, 0);
    await type('zeroth();\n');
    assert.deepEqual(await aiTexts(document), ['-second();\n']);
    // The editor takes typed text back in steps of its own choice.
    for (let steps = 0; steps < 10 && document.getText() !== text; steps++) await undo();
    assert.equal(document.getText(), text);
    assert.deepEqual(await aiTexts(document), []);
  });

  it('takes the report of a file that is not open', async () => {
    const { reportEdit } = await firebreak();
    const uri = vscode.Uri.file(writeFile(text));
    assert.equal(await reportEdit({ uri, range: wholeSecond, tool: 'test' }), true);
    assert.deepEqual(await aiTexts(await vscode.workspace.openTextDocument(uri)), ['second();\n']);
  });

  it('says no to a range outside the text, to a file that is gone and to one that no checker reads', async () => {
    const { reportEdit } = await firebreak();
    const { document } = await openNew(text);
    assert.equal(await reportEdit({ uri: document.uri, range: new vscode.Range(7, 0, 8, 0), tool: 'test' }), false);
    assert.equal(await reportEdit({ uri: vscode.Uri.file('/nowhere/at/all.ts'), range: wholeSecond, tool: 'test' }), false);
    const picture = await openNew(text, 'txt');
    assert.equal(await reportEdit({ uri: picture.document.uri, range: wholeSecond, tool: 'test' }), false);
    assert.deepEqual(await aiTexts(document), []);
  });

  for (const [what, edit, names] of refused) {
    it(`refuses ${what}`, async () => {
      const { reportEdit } = await firebreak();
      await assert.rejects(reportEdit(edit as ReportedEdit), (error) => error instanceof TypeError && names.test(error.message));
    });
  }
});

describe('what a person marks', () => {
  afterEach(closeAll);

  it('is an AI\'s, and mine again', async () => {
    const editor = await openNew(text);
    select(editor, 'second();\nthird');
    await vscode.commands.executeCommand('firebreak.markSelectionAsAi');
    assert.deepEqual(await aiTexts(editor.document), ['second();\nthird']);
    select(editor, 'd();\nth');
    await vscode.commands.executeCommand('firebreak.markSelectionAsMine');
    assert.deepEqual(await aiTexts(editor.document), ['secon', 'ird']);
  });

  it('is the line of the cursor when nothing is selected', async () => {
    const editor = await openNew(text);
    setCursor(editor, text.indexOf('second') + 2);
    await vscode.commands.executeCommand('firebreak.markSelectionAsAi');
    assert.deepEqual(await aiTexts(editor.document), ['second();']);
  });
});

describe('a change on disk', () => {
  afterEach(closeAll);

  it('leaves the AI its text, with changes before, within and behind it', async () => {
    const { reportEdit } = await firebreak();
    const { document } = await openNew(text);
    await reportEdit({ uri: document.uri, range: new vscode.Range(1, 0, 3, 0), tool: 'test' });
    const changed = new Promise<void>((resolve) => {
      const listener = vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document || event.contentChanges.length === 0) return;
        listener.dispose();
        resolve();
      });
    });
    const reloaded = 'zeroth();\nfirst();\nsecond();\nbetween();\nthird();\nlast();\n';
    writeFileSync(document.uri.fsPath, reloaded);
    await changed;
    assert.equal(document.getText(), reloaded);
    assert.equal(readFileSync(document.uri.fsPath, 'utf8'), reloaded);
    assert.deepEqual(await aiTexts(document), ['second();\n', 'third();\n']);
  });
});
