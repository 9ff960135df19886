import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptSuggestion, closeAll, openNew, setCursor, type } from './support/editor.ts';
import { diagnosticsOf } from './support/findings.ts';
import { beforeCall, call, hoverAt, lensesOf, lensTitles, lensWith, operation } from './support/shown.ts';
import { eventually, pause } from './support/wait.ts';

/** Long enough for the editor to tell of a cursor that moved. */
const settleMs = 300;

async function setLenses(isShown: boolean | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('firebreak').update('showLenses', isShown, vscode.ConfigurationTarget.Global);
}

/** The editor tells of each movement of its cursor, and of the last one last. */
async function untilCursorAt(editor: vscode.TextEditor, offset: number): Promise<void> {
  await eventually(`the cursor at ${offset}`, () => editor.document.offsetAt(editor.selection.active) === offset);
}

describe('how findings are shown', () => {
  afterEach(async () => {
    await setLenses(undefined);
    await closeAll();
  });

  it('switches the lenses off, and on again', async () => {
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, call);
    await lensWith(editor.document, 'Critical');
    await setLenses(false);
    await eventually('the lenses to go', async () => (await lensTitles(editor.document)).length === 0);
    await eventually('the problem, which stays', () => diagnosticsOf(editor.document).length === 1);
    await setLenses(true);
    await lensWith(editor.document, 'Critical');
  });

  it('gives commands ids, and nothing that lives', async () => {
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, call);
    await lensWith(editor.document, 'Critical');
    for (const { command } of await lensesOf(editor.document)) {
      const [argument] = (command?.arguments ?? []) as unknown[];
      assert.deepEqual(JSON.parse(JSON.stringify(argument)), argument);
      assert.equal((argument as { uri: string }).uri, editor.document.uri.toString());
    }
  });

  it('goes to the finding from its lens', async () => {
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, call);
    const { command } = await lensWith(editor.document, 'Critical');
    setCursor(editor, 0);
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
    await untilCursorAt(editor, editor.document.getText().indexOf(operation));
  });

  it('stays where it is when the code of a lens is no longer that code', async () => {
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, call);
    const { command } = await lensWith(editor.document, 'Critical');
    setCursor(editor, editor.document.getText().indexOf('prod') + 'prod'.length);
    await type('uction');
    assert.ok(command);
    setCursor(editor, 0);
    await pause(settleMs);
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
    await pause(settleMs);
    assert.equal(editor.document.offsetAt(editor.selection.active), 0);
  });

  it('shows hostile names inert', async () => {
    const hostile = '$(zap)\\u202e](command:workbench.action.terminal.new) <img src=x> **b** http://evil.example `c`\\u0007';
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, `await client.send(new DeleteStackCommand({ StackName: '${hostile}' }));`);
    const [title = ''] = (await lensWith(editor.document, 'Critical')).command?.title.split('\n') ?? [];
    assert.match(title, /\\\$\(zap\)/);
    assert.doesNotMatch(title, /\u202e|\u0007/);
    const hover = await hoverAt(editor.document, 'new DeleteStackCommand({');
    const outsideCode = hover.replaceAll(/`[^`]*`/g, '');
    const links = [...outsideCode.matchAll(/(?<!\\)\]\(([^)]*)\)/g)].map(([, target]) => target ?? '');
    assert.deepEqual(
      links.map((target) => target.replace(/[?].*/, '').replace(/^https:.*\/docs\//, 'docs/').replace(editor.document.uri.toString(), 'here')),
      ['command:firebreak.requestReview', 'docs/rules/aws-sdk-delete.md', 'here#L2%2C7'],
    );
    assert.doesNotMatch(outsideCode, /(?<!\\)<|http:\/\/evil|\u202e|\u0007/);
    const diagnostic = await eventually('the problem', () => diagnosticsOf(editor.document)[0]);
    assert.doesNotMatch(diagnostic.message, /\u202e|\u0007/);
  });
});
