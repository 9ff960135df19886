import * as vscode from 'vscode';
import { collectBurst } from '../burst.ts';
import type { LiveFiles } from '../liveFile.ts';

/** How many findings the Findings view lists; nothing at all while they have none, but that a workspace is not trusted is always said. */
export function registerStatusBar(files: LiveFiles): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('firebreak.findings', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Firebreak Findings';
  item.command = 'firebreak.findings.focus';
  const update = () => {
    const total = count(files.all());
    const { isTrusted } = vscode.workspace;
    if (total === 0 && isTrusted) {
      item.hide();
      return;
    }
    const active = vscode.window.activeTextEditor && files.get(vscode.window.activeTextEditor.document.uri);
    item.text = `$(shield) ${[...(total === 0 ? [] : [`${total} risky`]), ...(isTrusted ? [] : ['checks only'])].join(', ')}`;
    item.tooltip = tooltip(count(active === undefined ? [] : [active]), total);
    item.accessibilityInformation = { label: `Firebreak: ${operations(total)}${isTrusted ? '' : '. This workspace is not trusted: Firebreak only checks'}`, role: 'button' };
    item.show();
  };
  const changed = collectBurst<'changed'>(50, update);
  const change = () => {
    changed.add('changed');
  };
  update();
  return vscode.Disposable.from(
    item,
    changed,
    files.onDidChange(change),
    vscode.window.onDidChangeActiveTextEditor(change),
    vscode.workspace.onDidGrantWorkspaceTrust(change),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('firebreak.scope')) change();
    }),
  );
}

function count(files: Iterable<{ readonly findings: readonly unknown[] }>): number {
  let findings = 0;
  for (const file of files) findings += file.findings.length;
  return findings;
}

function operations(total: number): string {
  return `${total} ${total === 1 ? 'operation' : 'operations'} that can destroy things`;
}

const untrusted = 'This workspace is not trusted, so Firebreak only checks: no git is run, the policy and what was known of AI text are not read, nothing is requested, signed or written. ([Trust](command:workbench.trust.manage))';

function tooltip(inEditor: number, total: number): vscode.MarkdownString {
  const settings = `command:workbench.action.openSettings?${encodeURIComponent(JSON.stringify(['firebreak.scope']))}`;
  const text = new vscode.MarkdownString(
    [
      `**Firebreak:** ${operations(total)}, ${inEditor === total ? 'all in this file' : `${inEditor} in this file`}.`,
      `Firebreak looks ${describeScope()} ([change](${settings})).`,
      ...(vscode.workspace.isTrusted ? [] : [untrusted]),
    ].join('\n\n'),
  );
  text.isTrusted = { enabledCommands: ['workbench.action.openSettings', 'workbench.trust.manage'] };
  return text;
}

const words: Readonly<Record<string, string>> = {
  changes: 'in what changed since the last commit',
  all: 'in the whole text',
};

/** Where findings are looked for, as the user chose, in words. */
function describeScope(): string {
  return words[vscode.workspace.getConfiguration('firebreak').get<string>('scope', 'ai')] ?? 'in the text that an AI wrote or deleted';
}
