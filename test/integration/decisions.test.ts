import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { acceptSuggestion, closeAll, openFile, setCursor, type, workspaceRoot } from './support/editor.ts';
import { beforeCall, call, lensWith } from './support/shown.ts';
import { eventually, pause } from './support/wait.ts';

const policy = ['version: 1', 'targets: [refs/heads/main]', 'seniors: [alice@corp.example]', 'severities: { critical: { approvals: 1 }, high: { approvals: 1 } }', 'keys: { requireTouch: never }', ''].join('\n');
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', ELECTRON_RUN_AS_NODE: '1' };

/** Two clones of one bare remote whose pre-receive hook is ours, and the senior's real key. */
describe('a review between two clones', () => {
  let folder = '';
  const at = (name: string) => path.join(folder, name);
  const git = (where: string, ...args: string[]) => execFileSync('git', args, { cwd: at(where), env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const push = () => spawnSync('git', ['push', 'origin', 'HEAD:main'], { cwd: at('robin'), env, encoding: 'utf8' });
  const cli = (where: string, ...args: string[]) => {
    const extension = vscode.extensions.getExtension('firebreak.firebreak');
    assert.ok(extension);
    return execFileSync(process.execPath, [path.join(extension.extensionPath, 'dist/cli.js'), ...args], { cwd: at(where), env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  };
  const refsAt = (where: string, kind: string) => git(where, 'for-each-ref', '--format=%(refname)', `refs/firebreak/${kind}`).split('\n').filter((ref) => ref !== '');
  let editor: vscode.TextEditor;
  let id = '';

  before(() => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'fb-clones-')));
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'alice', '-f', at('key')]);
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', at('remote.git')], { env });
    execFileSync('git', ['init', '--quiet', '--initial-branch=main', at('first')], { env });
    mkdirSync(at('first/.firebreak'));
    writeFileSync(at('first/stacks.ts'), beforeCall);
    writeFileSync(at('first/.firebreak/policy.yml'), policy);
    writeFileSync(at('first/.firebreak/allowed_signers'), `alice@corp.example ${readFileSync(at('key.pub'), 'utf8').split(' ').slice(0, 2).join(' ')}\n`);
    git('first', 'add', '--all');
    git('first', '-c', 'user.name=first', '-c', 'user.email=first@corp.example', 'commit', '--quiet', '--message=Start');
    git('first', 'push', '--quiet', at('remote.git'), 'main');
    cli('remote.git', 'init', '--server');
    for (const [name, email] of [['robin', 'robin@example.com'], ['alice', 'alice@corp.example']] as const) {
      execFileSync('git', ['clone', '--quiet', at('remote.git'), at(name)], { env });
      for (const [key, value] of [['user.name', name], ['user.email', email], ['commit.gpgsign', 'false'], ['core.autocrlf', 'false']] as const) git(name, 'config', key, value);
    }
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeAll();
    rmSync(folder, { recursive: true, force: true });
  });

  it('sends what the junior asks to the remote, which holds the push meanwhile', async () => {
    editor = await openFile(at('robin/stacks.ts'));
    await acceptSuggestion(editor, call);
    await editor.document.save();
    const { command } = await lensWith(editor.document, 'Critical');
    const [{ uri, fingerprint }] = command?.arguments as [{ uri: string; fingerprint: string }];
    git('robin', 'commit', '--quiet', '--all', '--message=Delete a stack');
    assert.match(push().stderr, /Ask a senior to approve it/);
    id = (await vscode.commands.executeCommand<string | undefined>('firebreak.requestReview', { uri, fingerprints: [fingerprint], reviewers: [], reason: 'It is needed' })) ?? '';
    assert.deepEqual(refsAt('remote.git', 'requests'), [`refs/firebreak/requests/${id}`]);
    assert.match(push().stderr, /Wait until a senior has approved request/);
  });

  it('shows the senior both sides of the change, as git has them', async () => {
    git('alice', 'fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    await vscode.commands.executeCommand('firebreak.openReview', { root: at('alice'), id });
    const shown = await eventually('both sides in documents', () => {
      const documents = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'firebreak-review' && uri.path === '/stacks.ts');
      return documents.length === 2 && documents;
    });
    assert.deepEqual(new Set(shown.map((document) => document.getText())), new Set([beforeCall, editor.document.getText()]));
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label.startsWith('Review: It is needed (robin)'), true);
    for (const query of ['', '{"root":7}', JSON.stringify({ root: at('alice'), commit: 'HEAD' })]) {
      const odd = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'firebreak-review', path: '/stacks.ts', query }));
      assert.match(odd.getText(), /no address of a reviewed file/);
    }
  });

  it('tells the approval of the senior in the code, and opens the gate', async () => {
    cli('alice', 'approve', id, '--as', 'alice@corp.example', '--key', at('key'), '--reason', 'Looked at it', '--yes');
    await vscode.commands.executeCommand('firebreak.refreshReviews');
    await lensWith(editor.document, 'Approved by alice@corp.example');
    const taken = push();
    assert.equal(taken.status, 0, taken.stderr);
  });

  it('verifies what was asked and decided, and shows it as the command line does', async () => {
    await vscode.commands.executeCommand('firebreak.verifyReviews');
    const text = await eventually('the output', () => vscode.workspace.textDocuments.find((document) => document.uri.scheme === 'output' && document.getText().includes('2 records'))?.getText());
    assert.match(text, /^good {2}refs\/firebreak\/requests\/\w{26}$[^]*^good {2}refs\/firebreak\/decisions\/[^]*^ {2}approve by alice@corp\.example on request [^]*^2 records, all good$/m);
  });

  it('exports the audit, as the command line prints it, to a file', async () => {
    const settings = vscode.workspace.getConfiguration('files.simpleDialog');
    // A dialog of the system's own takes no commands.
    await settings.update('enable', true, vscode.ConfigurationTarget.Global);
    try {
      const exported = vscode.commands.executeCommand('firebreak.exportAudit');
      let isOver = false;
      void exported.then(() => (isOver = true));
      await eventually('the audit', async () => {
        // Each question has its first answer ready: which repository, which format, which file.
        if (!isOver) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return isOver;
      }, 60_000);
      const written = [workspaceRoot(), at('robin'), at('alice')].map((root) => path.join(root, 'firebreak-audit.jsonl')).filter(existsSync);
      assert.equal(written.length, 1);
      const [file = ''] = written;
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
      rmSync(file);
      assert.match(lines.at(-1) ?? '', /"end":true,"entries":\d+\}$/);
    } finally {
      await settings.update('enable', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('holds one more edit', async () => {
    await openFile(at('robin/stacks.ts'));
    setCursor(editor, 0);
    await type('// one more edit\n');
    const lens = await lensWith(editor.document, 'Changed since approval');
    assert.equal(lens.command?.command, 'firebreak.showResidual');
    await lensWith(editor.document, 'Request Again');
    setCursor(editor, editor.document.getText().indexOf('prod') + 'prod'.length);
    await type('2');
    await editor.document.save();
    git('robin', 'commit', '--quiet', '--all', '--message=One more edit');
    const refused = push();
    assert.equal(refused.status, 1);
    // What was approved has landed: this is another change.
    assert.match(refused.stderr, /firebreak: Blocked \(pending\): [^]*firebreak: Ask a senior to approve it: firebreak request --all /);
  });

  it('shows of what was approved once only what differs by now', async () => {
    await vscode.commands.executeCommand('firebreak.showResidual', { root: at('robin'), id });
    const shown = await eventually('what no approval covers', () => {
      const documents = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'firebreak-review' && uri.query.includes('"kept"'));
      return documents.length === 2 && documents;
    });
    assert.deepEqual(new Set(shown.map((document) => document.getText())), new Set([`${beforeCall}${call}`, editor.document.getText()]));
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label.startsWith('Since the approval by alice@corp.example'), true);
  });

  it('notices at an interval what is new at the remote, in peace where it is away, and not when it is switched off', async () => {
    const log = at('ssh.log');
    writeFileSync(at('ssh.sh'), `#!/bin/sh\necho asked >> '${log}'\n[ ! -e '${at('away')}' ] || exit 255\nfor last; do :; done\nexec sh -c "$last"\n`, { mode: 0o755 });
    git('robin', 'remote', 'set-url', 'origin', `ssh://localhost${at('remote.git')}`);
    git('robin', 'config', 'core.sshCommand', at('ssh.sh'));
    const every = (minutes: number | undefined) => vscode.workspace.getConfiguration().update('firebreak.checkForReviewsMinutes', minutes, vscode.ConfigurationTarget.Global);
    const asked = () => (existsSync(log) ? readFileSync(log, 'utf8').length : 0);
    const ask = (reason: string) => {
      writeFileSync(at('alice/more.ts'), `await db.user.deleteMany({});\n// ${reason}\n`);
      return /[0-9A-Z]{26}/.exec(cli('alice', 'request', '--all', '--reason', reason))?.[0] ?? '';
    };
    const isHere = (name: string) => refsAt('robin', 'requests').includes(`refs/firebreak/requests/${name}`);
    try {
      await every(0.01);
      const first = ask('Noticed');
      await eventually('the request to be noticed', () => isHere(first));
      writeFileSync(at('away'), '');
      const second = ask('Later');
      const before = asked();
      await eventually('the remote to be asked while it is away', () => asked() > before);
      assert.equal(isHere(second), false);
      rmSync(at('away'));
      await eventually('the request to be noticed when the remote is back', () => isHere(second));
      await every(0);
      await pause(1500);
      const [third, off] = [ask('Never'), asked()];
      await pause(2500);
      assert.deepEqual([isHere(third), asked()], [false, off]);
    } finally {
      await every(undefined);
    }
  });

  it('opens nothing for arguments that are none', async () => {
    const before = refsAt('alice', 'decisions');
    await vscode.commands.executeCommand('firebreak.openReview', { root: at('alice'), id: '01AAAAAAAAAAAAAAAAAAAAAAAA' });
    await vscode.commands.executeCommand('firebreak.showResidual', { root: '/nowhere', id });
    assert.deepEqual(refsAt('alice', 'decisions'), before);
  });
});
