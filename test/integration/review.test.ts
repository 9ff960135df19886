import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { fileConcern } from '../../src/core/review/concern.ts';
import { sha256Hex } from '../../src/node/digest.ts';
import { acceptSuggestion, closeAll, openFile, openNew, setCursor, type, workspaceRoot } from './support/editor.ts';
import { beforeCall, call, lensesOf, lensTitles, lensWith, pressFirstButton } from './support/shown.ts';
import { eventually, pause } from './support/wait.ts';

interface Stored {
  readonly id: string;
  readonly head: string;
  readonly base: string;
  readonly targetRef: string;
  readonly reviewers: readonly string[];
  readonly reason: string;
  readonly findings: readonly { readonly fingerprint: string; readonly rule: string; readonly line: number; readonly matched: string }[];
  readonly includes: readonly { readonly path: string; readonly from: string }[];
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: workspaceRoot(), encoding: 'utf8' });
const refs = () => git('for-each-ref', '--format=%(refname)', 'refs/firebreak/requests').split('\n').filter((ref) => ref !== '');
const read = (id: string) => JSON.parse(git('show', `refs/firebreak/requests/${id}:request.json`)) as Stored;

function request(wish: object): Thenable<string | undefined> {
  return vscode.commands.executeCommand<string | undefined>('firebreak.requestReview', wish);
}

/** Where findings of other files are offered, nothing is picked. */
async function unlessPicked(requested: Thenable<string | undefined>): Promise<string | undefined> {
  let isOver = false;
  const id = Promise.resolve(requested).finally(() => (isOver = true));
  await eventually('the request to be given up', async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    return isOver;
  });
  return id;
}

/** Opens a file with a finding, and gives the fingerprint that its lens names. */
async function openWithFinding(open: () => Promise<vscode.TextEditor> = () => openNew(beforeCall)): Promise<{ editor: vscode.TextEditor; uri: string; fingerprint: string }> {
  const editor = await open();
  await acceptSuggestion(editor, call);
  const { command } = await lensWith(editor.document, 'Critical');
  const [{ uri, fingerprint }] = command?.arguments as [{ uri: string; fingerprint: string }];
  return { editor, uri, fingerprint };
}

describe('Request Senior Review', () => {
  afterEach(closeAll);

  it('writes exactly the code in the editor, and leaves the index, the branch and the work tree alone', async () => {
    const { editor, uri, fingerprint } = await openWithFinding();
    const file = editor.document.uri.fsPath;
    const state = () => [git('rev-parse', 'HEAD'), git('symbolic-ref', 'HEAD'), git('status', '--porcelain'), git('ls-files', '--stage'), readFileSync(file, 'utf8')];
    const before = state();
    const id = await request({ uri, fingerprints: [fingerprint], reviewers: ['alice@corp'], reason: 'It is needed' });
    assert.ok(id);
    assert.deepEqual(state(), before);
    const stored = read(id);
    const name = path.relative(workspaceRoot(), file).split(path.sep).join('/');
    assert.equal(git('show', `${stored.head}:${name}`), editor.document.getText());
    assert.ok(editor.document.isDirty);
    assert.deepEqual(stored.reviewers, ['alice@corp']);
    assert.equal(stored.reason, 'It is needed');
    assert.deepEqual(stored.findings.map(({ fingerprint: each, rule, line }) => [each, rule, line]), [[fingerprint, 'aws-sdk-delete', 3]]);
    assert.deepEqual(stored.includes.filter(({ path: each }) => each === name), [{ path: name, from: 'buffer' }]);
  });

  it('is for the branch that is named', async () => {
    const { uri, fingerprint } = await openWithFinding();
    git('branch', 'release-1');
    const id = await request({ uri, fingerprints: [fingerprint], reviewers: [], reason: 'It is needed there', targetRef: 'refs/heads/release-1' });
    git('branch', '-D', 'release-1');
    assert.ok(id);
    assert.equal(read(id).targetRef, 'refs/heads/release-1');
  });

  it('says in the lens who was asked, and shows the request as text', async () => {
    const { editor, uri, fingerprint } = await openWithFinding();
    const id = await request({ uri, fingerprints: [fingerprint], reviewers: [], reason: 'Look at [this](command:x)' });
    const lens = await lensWith(editor.document, 'Review requested from any senior');
    assert.ok(!(await lensTitles(editor.document)).includes('Request Senior Review'));
    await vscode.commands.executeCommand('firebreak.showRequest', ...((lens.command?.arguments ?? []) as unknown[]));
    const shown = await eventually('the request in an editor', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.uri.scheme === 'firebreak-request' && document;
    });
    assert.equal(shown.languageId, 'plaintext');
    assert.ok(shown.getText().includes(`firebreak show ${id ?? ''}`));
    assert.ok(shown.getText().includes('Look at [this](command:x)'));
  });

  it('asks for the review of an edited finding anew', async () => {
    const { editor, uri, fingerprint } = await openWithFinding();
    await request({ uri, fingerprints: [fingerprint], reviewers: ['alice@corp'], reason: 'First' });
    await lensWith(editor.document, 'Review requested from alice@corp');
    setCursor(editor, editor.document.getText().indexOf('prod') + 'prod'.length);
    await type('2');
    await lensWith(editor.document, 'Request Senior Review');
  });

  it('writes nothing when the code is no longer what was picked', async () => {
    const { editor, uri, fingerprint } = await openWithFinding();
    const before = refs();
    setCursor(editor, editor.document.getText().indexOf('prod') + 'prod'.length);
    await type('uction');
    assert.equal(await request({ uri, fingerprints: [fingerprint], reviewers: [], reason: 'Stale' }), undefined);
    assert.deepEqual(refs(), before);
  });

  it('writes nothing for a file without findings, and for arguments that are none', async () => {
    const { document } = await openNew('export {};\n');
    const before = refs();
    assert.equal(await unlessPicked(request({ uri: document.uri.toString(), reviewers: [], reason: 'Nothing' })), undefined);
    assert.equal(await unlessPicked(request({ uri: 'no uri', fingerprints: 7, reviewers: 'x' })), undefined);
    await vscode.commands.executeCommand('firebreak.showFinding', 'nonsense');
    await vscode.commands.executeCommand('firebreak.showRequest', { root: 7 });
    assert.deepEqual(refs(), before);
  });

  it('asks about a link and what decides what is checked, which no open file shows', async () => {
    const { editor, uri, fingerprint } = await openWithFinding();
    await editor.document.save();
    const [link, ignored] = ['typed/deploy.sh', '.gitattributes'].map((name) => path.join(workspaceRoot(), name)) as [string, string];
    const nameOf = (file: string) => path.relative(workspaceRoot(), file).split(path.sep).join('/');
    const concerns = [fileConcern('unread', nameOf(link), '', 'unknown', sha256Hex), fileConcern('protected', nameOf(ignored), '', 'unknown', sha256Hex)];
    symlinkSync('nothing', link);
    writeFileSync(ignored, '* text=auto\n');
    try {
      const id = await request({ uri, fingerprints: [fingerprint, ...concerns.map((each) => each.fingerprint)], reviewers: [], reason: 'With all that belongs to it' });
      assert.ok(id);
      const stored = read(id);
      assert.deepEqual(stored.findings.map(({ rule }) => rule), ['aws-sdk-delete', 'unread-file', 'protected-file']);
      assert.equal(git('ls-tree', stored.head, nameOf(link)).slice(0, 6), '120000');
    } finally {
      for (const file of [link, ignored]) rmSync(file);
    }
  });

  it('sees requests that were made elsewhere when the last commit changes', async () => {
    const { editor, uri, fingerprint } = await openWithFinding();
    const id = await request({ uri, fingerprints: [fingerprint], reviewers: ['carol@corp'], reason: 'Elsewhere' });
    await lensWith(editor.document, 'Review requested from carol@corp');
    git('update-ref', '-d', `refs/firebreak/requests/${id ?? ''}`);
    git('commit', '--quiet', '--allow-empty', '--message=Work');
    await lensWith(editor.document, 'Request Senior Review');
  });

  describe('outside of a git repository', () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'fb-none-'));
    });
    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    it('offers the request as text', async () => {
      const file = path.join(folder, 'lonely.ts');
      writeFileSync(file, beforeCall);
      const { uri, fingerprint } = await openWithFinding(() => openFile(file));
      await vscode.env.clipboard.writeText('');
      assert.equal(await request({ uri, fingerprints: [fingerprint], reviewers: ['alice@corp'], reason: 'No repository here' }), undefined);
      const copied = await eventually('the request in the clipboard', async () => {
        await pressFirstButton();
        await pause(100);
        const text = await vscode.env.clipboard.readText();
        return text !== '' && text;
      });
      for (const part of ['alice@corp', 'No repository here', 'lonely.ts, line 3', call.slice('await client.send('.length, -2), fingerprint]) assert.ok(copied.includes(part), `${part} in ${copied}`);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });
  });

  it('tells the next step when there is no commit', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'fb-fresh-'));
    try {
      execFileSync('git', ['init', '--quiet'], { cwd: folder });
      const file = path.join(folder, 'first.ts');
      writeFileSync(file, beforeCall);
      const { editor, uri, fingerprint } = await openWithFinding(() => openFile(file));
      assert.equal(await request({ uri, fingerprints: [fingerprint], reviewers: [], reason: 'Too early' }), undefined);
      assert.equal((await lensesOf(editor.document)).length, 2);
    } finally {
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await closeAll();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
