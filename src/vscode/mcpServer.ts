import * as vscode from 'vscode';

/** Offers the tools of `firebreak mcp` to the language models of the editor, for each folder. The editor starts it, in its own runtime, when a model asks. */
export function registerMcpServer(extension: vscode.Extension<unknown>): vscode.Disposable {
  const program = vscode.Uri.joinPath(extension.extensionUri, 'dist', 'cli.js').fsPath;
  const { version } = extension.packageJSON as { readonly version: string };
  const changed = new vscode.EventEmitter<void>();
  const watcher = vscode.workspace.onDidChangeWorkspaceFolders(() => {
    changed.fire();
  });
  const provider = vscode.lm.registerMcpServerDefinitionProvider('firebreak.mcp', {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: () => (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ name, uri }, _, { length }) => {
      const server = new vscode.McpStdioServerDefinition(length === 1 ? 'Firebreak' : `Firebreak (${name})`, process.execPath, [program, 'mcp'], { ELECTRON_RUN_AS_NODE: '1' }, version);
      server.cwd = uri;
      return server;
    }),
  }); // prettier-ignore
  return vscode.Disposable.from(provider, watcher, changed);
}
