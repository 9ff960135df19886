import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { acceptSuggestion, closeAll, openFile, openNew, setCursor, workspaceRoot, writeFile } from './support/editor.ts';
import { diagnosticsOf, findingsOf } from './support/findings.ts';
import { firebreak } from './support/firebreak.ts';
import { commit } from './support/git.ts';
import { provideCallers } from './support/hierarchy.ts';
import { beforeCall, call, fixesAt, hoverAt, lensesOf, lensTitles, lensWith, operation } from './support/shown.ts';
import { eventually } from './support/wait.ts';

async function applyFix(document: vscode.TextDocument, at: string, title: RegExp): Promise<void> {
  const fix = await eventually(`a fix ${String(title)}`, async () => (await fixesAt(document, at)).find((each) => title.test(each.title)));
  assert.ok(fix.edit);
  assert.ok(await vscode.workspace.applyEdit(fix.edit));
}

describe('who calls what a finding stands in', () => {
  afterEach(closeAll);

  it('is counted in the lens, linked in the hover, and told with the problem', async () => {
    const editor = await openNew(beforeCall);
    const { uri } = editor.document;
    const from = vscode.Uri.file(writeFile('cleanUp();\n'.repeat(20)));
    let lines = Array.from({ length: 14 }, (_, index) => index);
    const provider = provideCallers(uri, from, () => lines);
    try {
      await acceptSuggestion(editor, call);
      await lensWith(editor.document, 'no undo · 14 callers');
      const hover = await hoverAt(editor.document, operation);
      assert.match(hover, /- 14 callers: everyNight \(\[line 1\]\(file:[^)]*#L1(?:,|%2C)1\)\)/);
      const related = await eventually('the callers beside the problem', () => diagnosticsOf(editor.document)[0]?.relatedInformation?.filter(({ message }) => message === 'Called by everyNight'));
      assert.deepEqual([related.length, related[0]?.location.uri.fsPath, related[3]?.location.range.start.line], [10, from.fsPath, 3]);
      lines = [];
    } finally {
      provider.dispose();
    }
  });

  it('takes no row of its own, and none that comes later', async () => {
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, call);
    await lensWith(editor.document, 'Critical');
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', editor.document.uri);
    const rows = new Set(all.map(({ range }) => range.start.line));
    // Before anything is resolved the one row is there.
    assert.deepEqual([...rows], [2]);
    assert.ok(all.every(({ command }) => command === undefined));
    assert.deepEqual([...new Set((await lensesOf(editor.document)).map(({ range }) => range.start.line))], [2]);
  });
});

describe('the places of a problem', () => {
  afterEach(closeAll);

  it('are the client, the values and what the AI removed', async () => {
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, `const name = process.env.STACK;\nawait client.send(new DeleteStackCommand({ StackName: name }));`);
    const problem = await eventually('the problem', () => diagnosticsOf(editor.document)[0]);
    const told = (problem.relatedInformation ?? []).map(({ message, location }) => [message.replace(/: .*/, ''), editor.document.getText(location.range)]);
    assert.deepEqual(told, [['`client` is the client', 'client = new CloudFormationClient({})'], ['`name` gets its value', 'name = process.env.STACK']]);
  });
});

describe('what the lamp offers', () => {
  afterEach(closeAll);

  it('puts back what an AI removed', async () => {
    const kept = 'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n';
    const file = writeFile(kept, 'tf');
    commit(file);
    const { document } = await openFile(file);
    const removed = document.getText(new vscode.Range(1, 0, 4, 0));
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(1, 0, 4, 0));
    await vscode.workspace.applyEdit(edit);
    await (await firebreak()).reportEdit({ uri: document.uri, range: new vscode.Range(1, 0, 1, 0), removedText: removed, tool: 'test' });
    const problem = await eventually('the problem', () => diagnosticsOf(document)[0]);
    assert.ok(problem.relatedInformation?.some(({ message }) => message.startsWith('An AI removed here: lifecycle { prevent_destroy = true }')));
    assert.match(await hoverAt(document, 'resource'), /\*\*Removed:\*\*\n```terraform|\*\*Removed:\*\*\n```plaintext/);
    await applyFix(document, 'resource', /^Put back what the AI removed$/);
    assert.equal(document.getText(), kept);
    await eventually('the problem to go', () => diagnosticsOf(document).length === 0);
  });

  it('asks for a condition where every row would go, and selects what to type over', async () => {
    const editor = await openNew('SELECT 1;\n', 'sql');
    await acceptSuggestion(editor, 'DELETE FROM orders;');
    await eventually('the problem', () => diagnosticsOf(editor.document)[0]);
    await applyFix(editor.document, 'DELETE', /^Say which rows/);
    assert.equal(editor.document.getText(), 'SELECT 1;\nDELETE FROM orders WHERE 1 = 0;');
    await eventually('the placeholder to be selected', () => editor.document.getText(editor.selection) === '1 = 0');
  });

  it('has a command only show what it would do', async () => {
    const editor = await openNew('set -e\n', 'sh');
    await acceptSuggestion(editor, 'kubectl delete namespace shop');
    await eventually('the problem', () => diagnosticsOf(editor.document)[0]);
    await applyFix(editor.document, 'kubectl', /dry-run/);
    assert.equal(editor.document.getText(), 'set -e\nkubectl delete namespace shop --dry-run=client');
    await eventually('the problem to go', async () => (await findingsOf(editor.document)).length === 0);
  });
});

describe('the severity of a rule', () => {
  const policy = () => path.join(workspaceRoot(), '.firebreak/policy.yml');
  afterEach(async () => {
    await closeAll();
    rmSync(policy(), { force: true });
  });

  it('is written into the policy of the work tree', async () => {
    rmSync(policy(), { force: true });
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, call);
    const fix = await eventually('the fix', async () => (await fixesAt(editor.document, operation)).find(({ title }) => title.startsWith('Change the severity of aws-sdk-delete')));
    const done = vscode.commands.executeCommand('firebreak.setRuleSeverity', ...((fix.command?.arguments ?? []) as unknown[]));
    await eventually('the policy', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return existsSync(policy());
    });
    await done;
    assert.equal(readFileSync(policy(), 'utf8'), 'version: 1\nrules:\n  aws-sdk-delete: critical\n');
    await eventually('the policy in front', () => vscode.window.activeTextEditor?.document.uri.fsPath === policy());
  });
});

describe('the switch of the lenses', () => {
  afterEach(async () => {
    await vscode.workspace.getConfiguration('firebreak').update('showLenses', undefined, vscode.ConfigurationTarget.Global);
    await vscode.workspace.getConfiguration('firebreak').update('showLenses', undefined, vscode.ConfigurationTarget.Workspace);
    await closeAll();
  });

  it('takes them all away, also where the workspace sets them, and gives them back', async () => {
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, call);
    await lensWith(editor.document, 'Critical');
    await vscode.workspace.getConfiguration('firebreak').update('showLenses', true, vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('firebreak.toggleLenses');
    await eventually('the lenses to go', async () => (await lensTitles(editor.document)).length === 0);
    setCursor(editor, 0);
    await vscode.commands.executeCommand('firebreak.toggleLenses');
    await lensWith(editor.document, 'Critical');
  });
});
