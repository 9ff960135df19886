import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { tellWrite } from './support/agent.ts';
import { acceptSuggestion, closeAll, openFile, openNew, select, untilClosed, workspaceRoot, writeFile } from './support/editor.ts';
import { diagnosticsOf, findingsOf } from './support/findings.ts';
import { aiTexts, firebreak } from './support/firebreak.ts';
import { keptFile, keptOf, untilKept } from './support/kept.ts';
import { failOnUnhandledRejections } from './support/rejections.ts';
import { beforeCall, call, operation } from './support/shown.ts';
import { eventually } from './support/wait.ts';

/** Most lines are of no other file: a new one that is like another in which an AI wrote is taken for its copy. */
function unlikeOthers(): string {
  return Array.from({ length: 8 }, () => `// ${randomUUID()}\n`).join('') + beforeCall;
}

/** A text with a call that an AI put at its end, saved and kept. */
async function withCall(file = writeFile(unlikeOthers())): Promise<vscode.TextDocument> {
  const editor = await openFile(file);
  await acceptSuggestion(editor, call);
  await editor.document.save();
  return editor.document;
}

/** As the extension of a language gives it: every place of a name in some files. */
function provideRename(name: string, files: readonly vscode.Uri[]): vscode.Disposable {
  return vscode.languages.registerRenameProvider({ pattern: '**/typed/*.ts' }, {
    async provideRenameEdits(_document, _position, newName) {
      const edit = new vscode.WorkspaceEdit();
      for (const uri of files) {
        const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
        for (const [line, each] of text.split('\n').entries()) for (const { index } of each.matchAll(new RegExp(`\\b${name}\\b`, 'g'))) edit.replace(uri, new vscode.Range(line, index, line, index + name.length), newName);
      }
      return edit;
    },
  });
}

scenarios('Not an AI', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  scenario({ case: 'in the editor: a symbol that its language renames in AI text, in a file that is open beside it and in one that is closed', evidence: 'observed', result: 'the new names are the person\'s, the rest stays the AI\'s' }, async () => {
    const closed = (await withCall()).uri;
    await untilKept(await vscode.workspace.openTextDocument(closed));
    await closeAll();
    await untilClosed(closed);
    const other = await withCall();
    const named = await withCall();
    const provider = provideRename('client', [named.uri, other.uri, closed]);
    try {
      const at = named.positionAt(named.getText().indexOf('client ='));
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', named.uri, at, 'aws');
      assert.ok(await vscode.workspace.applyEdit(edit));
    } finally {
      provider.dispose();
    }
    for (const uri of [named.uri, other.uri, closed]) {
      const { document } = await openFile(uri.fsPath);
      assert.ok(document.getText().endsWith(call.replace('client', 'aws')));
      await eventually(`the regions of ${uri.path}`, async () => (await aiTexts(document)).join('|') === call.replace('client', '|'));
    }
  });
});

scenarios('Life cycle', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  scenario({ case: 'in the editor: an assistant reports what it wrote in a cell of a notebook', evidence: 'reported', result: 'what it wrote in that cell is an AI\'s and checked, and nothing in another' }, async () => {
    const sources = ['import shutil\n', 'import os\nshutil.rmtree("/srv/mine")\n'];
    const cells = sources.map((source) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, source, 'python'));
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData(cells));
    await vscode.window.showNotebookDocument(notebook);
    const [first, second] = notebook.getCells().map(({ document }) => document);
    assert.ok(first && second);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(first.uri, new vscode.Position(1, 0), 'shutil.rmtree("/srv/data")\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    const { reportEdit } = await firebreak();
    assert.ok(await reportEdit({ uri: first.uri, range: new vscode.Range(1, 0, 2, 0), tool: 'test' }));
    await eventually('the finding', async () => (await findingsOf(first)).join() === 'shutil.rmtree("/srv/data")');
    assert.deepEqual([await aiTexts(first), await aiTexts(second)], [['shutil.rmtree("/srv/data")\n'], []]);
    assert.deepEqual(await findingsOf(second), []);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await eventually('the notebook to close', () => notebook.isClosed);
  });
});

scenarios('Git', () => {
  let root: string;
  before(firebreak);
  before(() => {
    // What is beside the workspace goes with it.
    root = mkdtempSync(path.join(path.dirname(workspaceRoot()), 'second '));
    const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });
    git('init', '--quiet');
    git('commit', '--quiet', '--allow-empty', '--message=Start');
    mkdirSync(path.join(root, 'typed'));
  });
  afterEach(closeAll);
  afterEach(async () => {
    vscode.workspace.updateWorkspaceFolders(1, vscode.workspace.workspaceFolders?.length === 2 ? 1 : 0);
    await eventually('the folder to go', () => vscode.workspace.workspaceFolders?.length === 1);
  });
  failOnUnhandledRejections();

  scenario({ case: 'in the editor: two folders of two repositories in one window, the second added later and taken out again', evidence: 'reported', result: 'each repository keeps what is known of its own files, though one path is in both; what an agent tells of the second is known, and AI text that is carried over stays the AI\'s' }, async () => {
    vscode.workspace.updateWorkspaceFolders(1, 0, { uri: vscode.Uri.file(root) });
    await eventually('the second folder', () => vscode.workspace.workspaceFolders?.length === 2);
    const text = unlikeOthers();
    const here = await openNew(text);
    const there = path.join(root, 'typed', path.basename(here.document.uri.fsPath));
    writeFileSync(there, text);
    const document = await withCall(there);
    await eventually('the regions to be kept in the second', () => existsSync(path.join(root, '.git/firebreak/regions', path.basename(keptFile(here.document.uri.fsPath)))));
    assert.equal(keptOf(here.document.uri.fsPath), undefined);
    assert.deepEqual([await aiTexts(document), await aiTexts(here.document)], [[call], []]);

    const told = path.join(root, 'typed/told.ts');
    writeFileSync(told, `${text}${call}\n`);
    tellWrite(told, `${text}${call}\n`, text);
    await eventually('what the agent wrote to be looked at', () => diagnosticsOf({ uri: vscode.Uri.file(told) }).length === 1);

    const from = await openFile(there);
    select(from, call);
    await vscode.env.clipboard.writeText(call);
    await from.edit((builder) => {
      builder.delete(from.selection);
    });
    const editor = await openFile(here.document.uri.fsPath);
    await vscode.commands.executeCommand('editor.action.clipboardPasteAction');
    await eventually('the pasted text', () => editor.document.getText() === text + call);
    await eventually('its regions', async () => (await aiTexts(editor.document)).join() === call);
    await eventually('the finding there', async () => (await findingsOf(editor.document)).join() === operation);

    vscode.workspace.updateWorkspaceFolders(1, 1);
    await eventually('what is in the second to be told no longer', () => diagnosticsOf({ uri: vscode.Uri.file(told) }).length === 0);
  });
});
