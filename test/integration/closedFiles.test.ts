import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { acceptSuggestion, closeAll, openFile, openNew, untilClosed, workspaceRoot, writeFile } from './support/editor.ts';
import { diagnosticsOf, findingsOf } from './support/findings.ts';
import { aiTexts, firebreak } from './support/firebreak.ts';
import { git } from './support/git.ts';
import { failOnUnhandledRejections } from './support/rejections.ts';
import { beforeCall, call, lensWith } from './support/shown.ts';
import { eventually, pause } from './support/wait.ts';

const written = `${beforeCall}${call}\n`;

/** Writes a file with an AI's call, saves it and closes it. */
async function closedWithFinding(): Promise<vscode.Uri> {
  const editor = await openNew(beforeCall);
  const { uri } = editor.document;
  await acceptSuggestion(editor, call);
  await untilProblems(uri, 1);
  await editor.document.save();
  await closeForGood(uri);
  return uri;
}

async function closeForGood(uri: vscode.Uri): Promise<void> {
  await closeAll();
  await untilClosed(uri);
}

async function untilProblems(uri: vscode.Uri, count: number): Promise<void> {
  await eventually(`${count} problems of ${uri.path}`, () => diagnosticsOf({ uri }).length === count);
}

describe('findings of a file that is closed', () => {
  before(firebreak);

  afterEach(async () => {
    await vscode.workspace.getConfiguration('firebreak').update('scope', undefined, vscode.ConfigurationTarget.Global);
    await closeAll();
  });

  failOnUnhandledRejections();

  it('stay, at the same place, and are there when it is opened again', async () => {
    const uri = await closedWithFinding();
    await pause(500);
    const [problem] = diagnosticsOf({ uri });
    assert.equal(problem?.range.start.line, 2);
    let fewest = 1;
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      fewest = Math.min(fewest, diagnosticsOf({ uri }).length);
    });
    const { document } = await openFile(uri.fsPath);
    assert.deepEqual(await aiTexts(document), [call]);
    await lensWith(document, 'Critical');
    await pause(500);
    listener.dispose();
    assert.equal(fewest, 1);
    assert.deepEqual(await findingsOf(document), ["new DeleteStackCommand({ StackName: 'prod' })"]);
  });

  it('go with the code when the file is written anew, and come back with it', async () => {
    const uri = await closedWithFinding();
    const saved = readFileSync(uri.fsPath, 'utf8');
    writeFileSync(uri.fsPath, beforeCall);
    await untilProblems(uri, 0);
    writeFileSync(uri.fsPath, saved);
    await untilProblems(uri, 1);
  });

  it('go with the file, deleted, renamed or in a folder that goes', async () => {
    const [deleted, renamed] = [await closedWithFinding(), await closedWithFinding()];
    await untilProblems(deleted, 1);
    rmSync(deleted.fsPath);
    renameSync(renamed.fsPath, `${renamed.fsPath}.txt`);
    await untilProblems(deleted, 0);
    await untilProblems(renamed, 0);
  });

  it('are those of the text on disk when what was typed is thrown away', async () => {
    const editor = await openNew(beforeCall);
    const { uri } = editor.document;
    await acceptSuggestion(editor, call);
    await untilProblems(uri, 1);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await untilClosed(uri);
    await untilProblems(uri, 0);
  });

  it('follow the scope that is set', async () => {
    // Unlike the texts in which an AI wrote: an equal one would be a copy.
    const uri = vscode.Uri.file(writeFile(`${beforeCall}${call}\n// by hand\n`));
    const settings = vscode.workspace.getConfiguration('firebreak');
    await settings.update('scope', 'all', vscode.ConfigurationTarget.Global);
    await openFile(uri.fsPath);
    await untilProblems(uri, 1);
    await closeForGood(uri);
    await pause(300);
    await untilProblems(uri, 1);
    await settings.update('scope', undefined, vscode.ConfigurationTarget.Global);
    await untilProblems(uri, 0);
  });

  it('can be reviewed, beside an open file whose own findings are picked', async () => {
    const uri = await closedWithFinding();
    await openNew('export {};\n');
    const [problem] = diagnosticsOf({ uri });
    assert.ok(problem);
    const { document } = await openFile(uri.fsPath);
    const { command } = await lensWith(document, 'Critical');
    const [{ fingerprint }] = command?.arguments as [{ fingerprint: string }];
    await closeForGood(uri);
    const wish = { uri: uri.toString(), fingerprints: [fingerprint], reviewers: ['alice@corp'], reason: 'Closed' };
    const id = await vscode.commands.executeCommand<string | undefined>('firebreak.requestReview', wish);
    assert.ok(id);
    const name = path.relative(workspaceRoot(), uri.fsPath).split(path.sep).join('/');
    const stored = JSON.parse(git('show', `refs/firebreak/requests/${id}:request.json`)) as { head: string; findings: { line: number }[] };
    assert.equal(stored.findings[0]?.line, 3);
    assert.equal(git('show', `${stored.head}:${name}`), readFileSync(uri.fsPath, 'utf8'));
    writeFileSync(uri.fsPath, beforeCall);
    assert.equal(await vscode.commands.executeCommand<string | undefined>('firebreak.requestReview', wish), undefined);
  });

  it('lead to the code, which is opened', async () => {
    const uri = await closedWithFinding();
    const { document } = await openFile(uri.fsPath);
    const { command } = await lensWith(document, 'Critical');
    await closeForGood(uri);
    await vscode.commands.executeCommand('firebreak.showFinding', ...((command?.arguments ?? []) as unknown[]));
    const editor = await eventually('the file in an editor', () => [vscode.window.activeTextEditor].find((each) => each?.document.uri.toString() === uri.toString()));
    await eventually('the cursor at the finding', () => editor.selection.active.line === 2);
  });

  it('are found when the view is shown, where an AI wrote before this session', async () => {
    const uri = vscode.Uri.file(writeFile(written));
    storeRegions(uri);
    await showView();
    await untilProblems(uri, 1);
    assert.ok(!vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString()));
  });

  it('are found after a file is closed of which nothing was known while it was open', async () => {
    // Like no file in which an AI wrote, or it would be taken for a copy.
    const text = written + Array.from({ length: 12 }, (_, line) => `// known later, and not before: ${line}\n`).join('');
    const uri = vscode.Uri.file(writeFile(text));
    await openFile(uri.fsPath);
    // Until it is read, however busy the machine is.
    await pause(3000);
    storeRegions(uri, text);
    await showView();
    await pause(500);
    assert.deepEqual(diagnosticsOf({ uri }), []);
    await closeForGood(uri);
    await untilProblems(uri, 1);
  });
});

async function showView(): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.explorer');
  await vscode.commands.executeCommand('firebreak.findings.focus');
}

/** As another session, or another window, leaves them. */
function storeRegions(uri: vscode.Uri, text = written): void {
  const name = path.relative(workspaceRoot(), uri.fsPath).split(path.sep).join('/');
  const region = { start: beforeCall.length, endExclusive: beforeCall.length + call.length, insertionId: 'one', origin: { kind: 'ai', tool: 'test' }, evidence: 'reported', insertedAt: 1 };
  const stored = { version: 1, path: name, texts: [{ digest: sha256(text), length: text.length, savedAt: 1, regions: [region] }] };
  const folder = path.join(workspaceRoot(), '.git/firebreak/regions');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${sha256(name)}.json`), JSON.stringify(stored));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
