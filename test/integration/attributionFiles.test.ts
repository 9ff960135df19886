import assert from 'node:assert/strict';
import { copyFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { tellWrite } from './support/agent.ts';
import { chatOpens } from './support/chat.ts';
import { acceptSuggestion, closeAll, openFile, openNew, untilClosed, workspaceRoot, writeFile } from './support/editor.ts';
import { diagnosticsOf, untilAllLookedAt } from './support/findings.ts';
import { aiTexts, firebreak } from './support/firebreak.ts';
import { keptOf, untilKept } from './support/kept.ts';
import { failOnUnhandledRejections } from './support/rejections.ts';
import { beforeCall, call } from './support/shown.ts';
import { eventually } from './support/wait.ts';

async function untilProblems(uri: vscode.Uri, count: number): Promise<void> {
  await eventually(`${count} problems of ${uri.path}`, () => diagnosticsOf({ uri }).length === count);
}

/** Writes a file with an AI's call, saves it and closes it. Its text is unlike all others. */
async function closedWithFinding(): Promise<vscode.Uri> {
  const editor = await openNew(`// ${Date.now()}\n${beforeCall}`);
  const { uri } = editor.document;
  await acceptSuggestion(editor, call);
  await untilProblems(uri, 1);
  await editor.document.save();
  await untilKept(editor.document);
  await closeAll();
  await untilClosed(uri);
  return uri;
}

scenarios('Life cycle', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  scenario({ case: 'a closed file is renamed outside of the editor', evidence: 'observed', result: 'what is dangerous in its AI text is told of the new name' }, async () => {
    const uri = await closedWithFinding();
    const renamed = vscode.Uri.file(uri.fsPath.replace(/\.ts$/, '-renamed.ts'));
    renameSync(uri.fsPath, renamed.fsPath);
    await untilProblems(uri, 0);
    await untilProblems(renamed, 1);
    const { document } = await openFile(renamed.fsPath);
    await eventually('the regions', async () => (await aiTexts(document)).join() === call);
  });

  scenario({ case: 'a closed file is renamed in the editor', evidence: 'observed', result: 'what is dangerous in its AI text is told of the new name' }, async () => {
    const uri = await closedWithFinding();
    const renamed = vscode.Uri.file(uri.fsPath.replace(/\.ts$/, '-renamed.ts'));
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uri, renamed);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await untilProblems(uri, 0);
    await untilProblems(renamed, 1);
  });

  scenario({ case: 'a file is copied', evidence: 'observed', result: 'the copy has the regions too' }, async () => {
    const uri = await closedWithFinding();
    const copy = uri.fsPath.replace(/\.ts$/, '-copy.ts');
    copyFileSync(uri.fsPath, copy);
    const { document } = await openFile(copy);
    await eventually('the regions', async () => (await aiTexts(document)).join() === call);
    await untilProblems(uri, 1);
  });
});

scenarios('Accepts and chat edits', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  const file = () => vscode.Uri.file(path.join(workspaceRoot(), 'typed', `made-${Date.now()}.ts`));

  scenario({ case: 'the chat makes a file with its content', evidence: 'observed', result: 'the file is the chat\'s, open or not' }, async () => {
    const uri = file();
    const text = `// ${Date.now()}\n${beforeCall}${call}\n`;
    await chatOpens(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { contents: Buffer.from(text) });
    assert.ok(await vscode.workspace.applyEdit(edit));
    await untilProblems(uri, 1);
    const { document } = await openFile(uri.fsPath);
    // Where it is opened soon it may be known first as a copy of the file before, whose AI text keeps who wrote it.
    await eventually('the regions', async () => (await aiTexts(document)).join('') === text);
  });

  scenario({ case: 'somebody else makes a file', evidence: 'none', result: 'no region' }, async () => {
    const uri = file();
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { contents: Buffer.from(`// ${Date.now()}\n${beforeCall}`) });
    assert.ok(await vscode.workspace.applyEdit(edit));
    const { document } = await openFile(uri.fsPath);
    await untilAllLookedAt();
    assert.deepEqual(await aiTexts(document), []);
  });

  scenario({ case: 'the chat deletes a file', evidence: 'observed', result: 'the deletion is remembered, with the text' }, async () => {
    const text = `// ${Date.now()}\n${beforeCall}`;
    const uri = vscode.Uri.file(writeFile(text));
    await chatOpens(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(uri);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const saved = await eventually('the deletion', () => keptOf(uri.fsPath));
    assert.deepEqual(saved.texts.map(({ length, regions }) => [length, regions.map(({ removedText, evidence }) => [removedText, evidence])]), [[0, [[text, 'observed']]]]);
  });
});

scenarios('Hooks', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  scenario({ case: 'an agent writes a file that nobody has open', evidence: 'reported', result: 'what is dangerous in its text is told, without opening the file' }, async () => {
    const before = `// ${Date.now()}\n${beforeCall}`;
    const file = writeFile(before);
    writeFileSync(file, `${before}${call}\n`);
    tellWrite(file, `${before}${call}\n`, before);
    const uri = vscode.Uri.file(file);
    await untilProblems(uri, 1);
    assert.ok(!vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString()));
  });

  scenario({ case: 'an agent makes a file that nobody has open', evidence: 'reported', result: 'all of it is the agent\'s' }, async () => {
    const text = `// ${Date.now()}\n${beforeCall}${call}\n`;
    const file = writeFile(text);
    tellWrite(file, text, '');
    await untilProblems(vscode.Uri.file(file), 1);
    const { document } = await openFile(file);
    await eventually('the regions', async () => (await aiTexts(document)).join() === text);
  });
});
