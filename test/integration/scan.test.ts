import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { closeAll, openFile, workspaceRoot } from './support/editor.ts';
import { diagnosticsOf } from './support/findings.ts';
import { commit } from './support/git.ts';
import { eventually, pause } from './support/wait.ts';

interface Scanned {
  readonly scanned: number;
  readonly of: number;
}

describe('a scan', () => {
  const at = (name: string) => path.join(workspaceRoot(), 'scanned', name);
  const found = (name: string) => diagnosticsOf({ uri: vscode.Uri.file(at(name)) }).length;
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  };
  const script = '#!/bin/sh\nrm -rf /srv/data\n';
  const settings = () => vscode.workspace.getConfiguration('files');

  before(async () => {
    write('committed.sh', script);
    write('harmless.sh', 'ls\n');
    write('tool', script);
    for (const name of ['committed.sh', 'harmless.sh', 'tool']) commit(at(name));
    write('changed.sh', script);
    write('out/ignored.sh', script);
    write('hidden/excluded.sh', script);
    write('.gitignore', 'out/\n');
    await settings().update('exclude', { '**/hidden': true }, vscode.ConfigurationTarget.Workspace);
  });
  after(async () => {
    await settings().update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('firebreak.clearScan');
    await closeAll();
    rmSync(at('..').replace(/\.\.$/, 'scanned'), { recursive: true, force: true });
  });

  it('of the changes finds what is new, and nothing in what is committed', async () => {
    const { scanned, of } = await vscode.commands.executeCommand<Scanned>('firebreak.scanChanges');
    assert.ok(scanned > 0 && scanned === of);
    await eventually('the finding in the new file', () => found('changed.sh') === 1);
    assert.deepEqual(['committed.sh', 'out/ignored.sh', 'hidden/excluded.sh'].map(found), [0, 0, 0]);
  });

  it('of the workspace finds it in every file that the explorer shows and git does not ignore', async () => {
    const { scanned, of } = await vscode.commands.executeCommand<Scanned>('firebreak.scanWorkspace');
    assert.ok(scanned > 3 && scanned === of);
    await eventually('findings in files that nobody has open', () => ['changed.sh', 'committed.sh', 'tool'].every((name) => found(name) === 1));
    assert.deepEqual(['harmless.sh', 'out/ignored.sh', 'hidden/excluded.sh'].map(found), [0, 0, 0]);
  });

  it('leaves what it found when the file is opened, edited and closed', async () => {
    const editor = await openFile(at('committed.sh'));
    await pause(700);
    assert.equal(found('committed.sh'), 1);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(1, 0), '# more\n');
    });
    await editor.document.save();
    await closeAll();
    await pause(700);
    assert.equal(found('committed.sh'), 1);
  });

  it('is forgotten on demand', async () => {
    await vscode.commands.executeCommand('firebreak.clearScan');
    await eventually('the findings to go', () => ['changed.sh', 'committed.sh', 'tool'].every((name) => found(name) === 0));
  });

  it('leads from one finding to the next and back', async () => {
    await closeAll();
    await vscode.commands.executeCommand('firebreak.scanWorkspace');
    const here = () => vscode.window.activeTextEditor?.document.uri.fsPath;
    const seen: (string | undefined)[] = [];
    const go = async (command: string) => {
      const before = `${String(here())} ${String(vscode.window.activeTextEditor?.selection.active.line)}`;
      await vscode.commands.executeCommand(command);
      await eventually('another place', () => `${String(here())} ${String(vscode.window.activeTextEditor?.selection.active.line)}` !== before);
      return here();
    };
    const isThrough = () => ['changed.sh', 'committed.sh', 'tool'].every((name) => seen.includes(at(name)));
    for (let steps = 0; steps < 50 && !isThrough(); steps++) seen.push(await go('firebreak.nextFinding'));
    assert.ok(isThrough(), String(seen));
    assert.equal(await go('firebreak.previousFinding'), seen.at(-2));
  });
});
