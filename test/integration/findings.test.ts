import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { acceptSuggestion, closeAll, openFile, openNew, setCursor, type, undo, workspaceRoot, writeFile } from './support/editor.ts';
import { diagnosticsOf, findingsOf, untilAllLookedAt } from './support/findings.ts';
import { firebreak } from './support/firebreak.ts';
import { beforeCall, call, fixesAt, hoverAt, lensesOf, lensTitles, lensWith, operation } from './support/shown.ts';
import { eventually } from './support/wait.ts';

async function untilFound(document: vscode.TextDocument, count = 1): Promise<vscode.Diagnostic[]> {
  return eventually(`${count} findings`, () => {
    const found = diagnosticsOf(document);
    return found.length === count && found;
  });
}

async function untilNone(document: vscode.TextDocument): Promise<void> {
  await eventually('the findings to go', () => diagnosticsOf(document).length === 0);
}

describe('findings in the editor', () => {
  afterEach(closeAll);

  it('shows what an AI wrote as a problem with a link to the page of its rule', async () => {
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, `for (const name of names) ${call}`);
    const [found] = await untilFound(editor.document);
    assert.ok(found);
    assert.deepEqual(await findingsOf(editor.document), [operation]);
    assert.match(found.message, /deletes the CloudFormation stack `prod` and everything in it; cannot be undone; .*loop/);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.ok(typeof found.code === 'object');
    assert.equal(found.code.value, 'aws-sdk-delete');
    assert.match(found.code.target.toString(), /^https:\/\/.*\/docs\/rules\/aws-sdk-delete\.md$/);
    assert.ok(found.relatedInformation?.some(({ message }) => message.includes('loop')));
  });

  it('shows a lens, a hover and a quick fix with it', async () => {
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, call);
    await untilFound(editor.document);
    assert.deepEqual(await lensTitles(editor.document), ['$(warning) Critical · deletes the CloudFormation stack `prod`…, no undo', 'Request Senior Review']);
    const hover = await hoverAt(editor.document, operation);
    for (const part of ['critical severity, high confidence', 'Deletes the CloudFormation stack `prod`', '**Why:**', '**Instead:**', '**Origin:**']) assert.ok(hover.includes(part), `${part} in ${hover}`);
    assert.deepEqual((await fixesAt(editor.document, operation)).map(({ title }) => title), ['Request senior review', 'Suppress with a reason…', 'Change the severity of aws-sdk-delete…']);
  });

  it('says nothing about the same text typed by a person', async () => {
    const editor = await openNew(beforeCall);
    for (const character of call) await type(character);
    await untilAllLookedAt();
    assert.deepEqual(diagnosticsOf(editor.document), []);
    assert.deepEqual(await lensTitles(editor.document), []);
    assert.equal(await hoverAt(editor.document, 'DeleteStackCommand({'), '');
    assert.deepEqual(await fixesAt(editor.document, 'DeleteStackCommand({'), []);
  });

  it('takes everything back with an undo', async () => {
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, call);
    await untilFound(editor.document);
    await undo();
    await untilNone(editor.document);
    assert.deepEqual(await lensTitles(editor.document), []);
  });

  it('moves with the text at once', async () => {
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, call);
    const lens = await lensWith(editor.document, 'Critical');
    setCursor(editor, 0);
    await type('// one\n// two\n');
    const [moved] = await lensesOf(editor.document);
    assert.equal(moved?.range.start.line, lens.range.start.line + 2);
    await eventually('the underline to follow', async () => (await findingsOf(editor.document))[0] === operation);
  });

  it('finds safeguards that an AI took away, against the last commit', async () => {
    const kept = 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n';
    const file = writeFile(kept, 'tf');
    const git = (...args: string[]) => execFileSync('git', args, { cwd: workspaceRoot() });
    git('add', '--', file);
    git('commit', '--quiet', '--message=Database', '--', file);
    const { document } = await openFile(file);
    const removed = document.getText(new vscode.Range(1, 0, 5, 0));
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(1, 0, 5, 0));
    await vscode.workspace.applyEdit(edit);
    await (await firebreak()).reportEdit({ uri: document.uri, range: new vscode.Range(1, 0, 1, 0), removedText: removed, tool: 'test' });
    const found = await untilFound(document, 2);
    assert.match(found.map(({ message }) => message).join('\n'), /deletion_protection[^]*prevent_destroy|prevent_destroy[^]*deletion_protection/);
    // The command gives them in the order in which they got their words.
    const lenses = await lensesOf(document);
    const removal = lenses.filter(({ command }) => command?.title === 'by an AI');
    assert.equal(removal.length, 1);
    const [first, second, ask, ...more] = lenses.filter((lens) => !removal.includes(lens));
    assert.notDeepEqual(first?.command?.arguments, second?.command?.arguments);
    assert.notEqual(first?.command?.title, second?.command?.title);
    assert.equal(ask?.command?.title, 'Request Senior Review');
    assert.deepEqual(more, []);
  });

  it('says on the first line why it could not look', async () => {
    const file = writeFile(`-- ${'x'.repeat(1000)}\n`.repeat(6000), 'sql');
    const { document } = await openFile(file);
    const [told] = await untilFound(document);
    assert.ok(told);
    assert.match(told.message, /could not look at this file/);
    assert.equal(told.severity, vscode.DiagnosticSeverity.Information);
    assert.equal(told.range.start.line, 0);
  });
});
