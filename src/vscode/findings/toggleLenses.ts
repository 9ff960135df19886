import * as vscode from 'vscode';

const setting = 'showLenses';

/** "Toggle Lenses": writes the setting where it is set, so that the switch is never overruled by another place. */
export function registerToggleLenses(): vscode.Disposable {
  return vscode.commands.registerCommand('firebreak.toggleLenses', async () => {
    const document = vscode.window.activeTextEditor?.document;
    const configuration = vscode.workspace.getConfiguration('firebreak', document);
    const isShown = configuration.get<boolean>(setting, true);
    const set = configuration.inspect<boolean>(setting);
    const targets = [
      [set?.workspaceFolderValue, set?.workspaceFolderLanguageValue, vscode.ConfigurationTarget.WorkspaceFolder],
      [set?.workspaceValue, set?.workspaceLanguageValue, vscode.ConfigurationTarget.Workspace],
      [set?.globalValue, set?.globalLanguageValue, vscode.ConfigurationTarget.Global],
    ] as const;
    const [, ofLanguage, target] = targets.find(([value, inLanguage]) => value !== undefined || inLanguage !== undefined) ?? [undefined, undefined, vscode.ConfigurationTarget.Global];
    await configuration.update(setting, !isShown, target, ofLanguage !== undefined);
  });
}
