import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, openFile, select, setCursor, type, writeFile } from './support/editor.ts';
import { findingsOf, untilAllLookedAt } from './support/findings.ts';
import { commit } from './support/git.ts';
import { eventually } from './support/wait.ts';

const settings = () => vscode.workspace.getConfiguration('firebreak');

/** A script that is committed, and in which somebody then puts the cursor behind a text. */
async function openCommitted(text: string, cursorBehind: string, ending: string): Promise<vscode.TextEditor> {
  const file = writeFile(text, ending);
  commit(file);
  const editor = await openFile(file);
  setCursor(editor, text.indexOf(cursorBehind) + cursorBehind.length);
  return editor;
}

async function untilFound(editor: vscode.TextEditor, texts: readonly string[]): Promise<void> {
  await eventually(`findings ${texts.join()}`, async () => (await findingsOf(editor.document)).join('\n') === texts.join('\n'));
}

describe('the scope of what changed', () => {
  before(() => settings().update('scope', 'changes', vscode.ConfigurationTarget.Global));
  after(() => settings().update('scope', undefined, vscode.ConfigurationTarget.Global));
  afterEach(closeAll);

  it('holds a call that nobody touched and that a constant elsewhere made dangerous', async () => {
    const editor = await openCommitted("import { rmSync } from 'node:fs';\nconst folder = '/tmp/x';\n\n\nrmSync(folder, { recursive: true });\n", '/tmp/x', 'ts');
    await untilAllLookedAt();
    assert.deepEqual(await findingsOf(editor.document), []);
    select(editor, '/tmp/x');
    await type('/');
    await untilFound(editor, ['rmSync(folder, { recursive: true })']);
    await vscode.commands.executeCommand('deleteLeft');
    await type('/tmp/x');
    await untilFound(editor, []);
  });

  it('leaves out what was there before, wherever it moves, and holds its copy', async () => {
    const editor = await openCommitted('#!/bin/sh\nrm -rf /srv/a\n', '#!/bin/sh', 'sh');
    await type('\n\n# later');
    await untilAllLookedAt();
    assert.deepEqual(await findingsOf(editor.document), []);
    setCursor(editor, editor.document.getText().length);
    await type('rm -rf /srv/b\n');
    await untilFound(editor, ['rm -rf /srv/b']);
  });

  it('holds what stands on changed lines', async () => {
    const editor = await openCommitted('rm -rf /srv/a', 'rm -rf /srv/a', 'sh');
    await type(' # all');
    await untilFound(editor, ['rm -rf /srv/a']);
  });
});
