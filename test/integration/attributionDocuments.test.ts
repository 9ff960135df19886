import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { acceptSuggestion, closeAll, openFile, openNew, setCursor, type, undo, untilClosed, workspaceRoot } from './support/editor.ts';
import { diagnosticsOf, findingsOf, untilAllLookedAt } from './support/findings.ts';
import { aiTexts, firebreak } from './support/firebreak.ts';
import { keptFile, untilKept } from './support/kept.ts';
import { failOnUnhandledRejections } from './support/rejections.ts';
import { eventually, pause } from './support/wait.ts';

const imports = "import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';\nconst client = new CloudFormationClient({});\n";
const deletion = "await client.send(new DeleteStackCommand({ StackName: 'prod' }));";

describe('findings and the text they stand in', () => {
  before(firebreak);

  afterEach(async () => {
    await vscode.workspace.getConfiguration('firebreak').update('scope', undefined, vscode.ConfigurationTarget.Global);
    await closeAll();
  });

  failOnUnhandledRejections();

  it('are there for what an AI wrote, go at once with undo, and are not there for the same text typed', async () => {
    const editor = await openNew(imports);
    await type(deletion);
    await untilAllLookedAt();
    assert.deepEqual(await findingsOf(editor.document), []);
    for (let steps = 0; steps < 50 && editor.document.getText() !== imports; steps++) await undo();
    assert.equal(editor.document.getText(), imports);
    await acceptSuggestion(editor, deletion);
    const [found] = await eventually('a finding', () => notEmpty(findingsOf(editor.document)));
    assert.match(found ?? '', /DeleteStackCommand/);
    await undo();
    await eventually('no finding', async () => (await findingsOf(editor.document)).length === 0);
  });

  it('move with the text', async () => {
    const editor = await openNew(imports);
    await acceptSuggestion(editor, deletion);
    const found = await eventually('a finding', () => notEmpty(findingsOf(editor.document)));
    setCursor(editor, imports.length - 1);
    for (let line = 0; line < 5; line++) {
      await type('\n// a line');
      assert.equal(diagnosticsOf(editor.document).length, 1);
      await eventually('the underline to follow', async () => (await findingsOf(editor.document)).join() === found.join());
    }
  });

  it('are those of the scope that is set', async () => {
    // Of its own: what is like the file of an AI that was saved meanwhile is taken for a copy of it.
    const own = "await bucket.send(new DeleteBucketCommand({ Bucket: 'prod' }));";
    const editor = await openNew(`import { DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';\nconst bucket = new S3Client({});\n${own}`);
    const settings = vscode.workspace.getConfiguration('firebreak');
    await untilAllLookedAt();
    assert.deepEqual(await findingsOf(editor.document), []);
    await settings.update('scope', 'all', vscode.ConfigurationTarget.Global);
    await eventually('a finding in the whole text', () => notEmpty(findingsOf(editor.document)));
    const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: workspaceRoot() });
    git('add', editor.document.uri.fsPath);
    git('commit', '-qm', 'test', '--', editor.document.uri.fsPath);
    await settings.update('scope', 'changes', vscode.ConfigurationTarget.Global);
    await eventually('no finding in what did not change', async () => (await findingsOf(editor.document)).length === 0);
    await type(`\n${own.replace('prod', 'staging')}`);
    const found = await eventually('a finding in what changed', () => notEmpty(findingsOf(editor.document)));
    assert.equal(found.length, 1);
    git('commit', '-qm', 'test', '--allow-empty');
  });

  it('look at Terraform against the last commit', async () => {
    const resource = 'resource "aws_db_instance" "main" {\n  identifier          = "main"\n  deletion_protection = true\n}\n';
    const editor = await openNew(resource, 'tf');
    const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: workspaceRoot() });
    git('add', editor.document.uri.fsPath);
    git('commit', '-qm', 'test', '--', editor.document.uri.fsPath);
    const line = new vscode.Range(2, 0, 3, 0);
    const removedText = editor.document.getText(line);
    await editor.edit((builder) => {
      builder.delete(line);
    });
    assert.deepEqual(await findingsOf(editor.document), []);
    const { reportEdit } = await firebreak();
    await reportEdit({ uri: editor.document.uri, range: new vscode.Range(2, 0, 2, 0), removedText, tool: 'test' });
    await eventually('the removed safeguard', () => notEmpty(findingsOf(editor.document)));
    await undo();
    await eventually('no finding', async () => (await findingsOf(editor.document)).length === 0);
  });

  it('outlive a change of language and a rename', async () => {
    const editor = await openNew(imports);
    await acceptSuggestion(editor, deletion);
    const before = await aiTexts(editor.document);
    assert.equal(before.length, 1);
    const other = await vscode.languages.setTextDocumentLanguage(editor.document, 'javascript');
    await eventually('the regions in the other language', async () => (await aiTexts(other)).join() === before.join());
    await other.save();
    const renamed = vscode.Uri.file(other.uri.fsPath.replace(/\.ts$/, '-renamed.ts'));
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(other.uri, renamed);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const now = await vscode.workspace.openTextDocument(renamed);
    await eventually('the regions under the new name', async () => (await aiTexts(now)).join() === before.join());
  });

  it('are kept in the repository over closing and opening', async () => {
    const editor = await openNew(imports);
    await acceptSuggestion(editor, deletion);
    const { uri } = editor.document;
    await editor.document.save();
    await untilKept(editor.document);
    await closeForGood(uri);
    const again = await openFile(uri.fsPath);
    const [text] = await eventually('the regions to come back', () => notEmpty(aiTexts(again.document)));
    assert.equal(text, deletion);
    await eventually('the finding to come back', () => notEmpty(findingsOf(again.document)));
  });

  it('come back with a text that somebody changed unseen, for what stayed of it', async () => {
    const editor = await openNew(imports);
    await acceptSuggestion(editor, deletion);
    const { uri } = editor.document;
    await editor.document.save();
    await untilKept(editor.document);
    await closeForGood(uri);
    const written = readFileSync(uri.fsPath, 'utf8');
    writeFileSync(uri.fsPath, `// other\n${written}`);
    const again = await openFile(uri.fsPath);
    await eventually('the regions of what stayed', async () => (await aiTexts(again.document)).join() === deletion);
    // The text comes back, as after a checkout, and with it what was known.
    const aside = `${uri.fsPath}.aside`;
    writeFileSync(aside, written);
    renameSync(aside, uri.fsPath);
    await eventually('the regions to come back', async () => (await aiTexts(again.document)).join() === deletion);
  });

  it('come from nothing that cannot be read, which is set aside', async () => {
    const editor = await openNew(imports);
    await acceptSuggestion(editor, deletion);
    const { uri } = editor.document;
    await editor.document.save();
    await untilKept(editor.document);
    const saved = keptFile(uri.fsPath);
    await closeForGood(uri);
    const written = readFileSync(uri.fsPath, 'utf8');
    writeFileSync(uri.fsPath, '// other');
    await eventually('the problems to go', () => diagnosticsOf({ uri }).length === 0);
    writeFileSync(saved, '{ "version": 1, ');
    writeFileSync(uri.fsPath, written);
    const again = await openFile(uri.fsPath);
    await eventually('the file to be set aside', () => readdirSync(path.dirname(saved)).some((name) => name.startsWith(`${path.basename(saved)}.unreadable`)));
    // What this window saw itself it may still know; nothing else is made up.
    assert.ok((await aiTexts(again.document)).every((text) => text === deletion));
  });
});

async function notEmpty<T>(list: Promise<readonly T[]>): Promise<readonly T[] | undefined> {
  const items = await list;
  return items.length > 0 ? items : undefined;
}

/** Until what opens next can no longer be taken for the second half of a rename. */
async function closeForGood(uri: vscode.Uri): Promise<void> {
  await closeAll();
  await untilClosed(uri);
  await pause(2100);
}
