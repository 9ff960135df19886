// An assistant without an AI: it writes the same dangerous code each time, the way any assistant would.
const vscode = require('vscode');

const prompt = '// clean up old environments';

// VS Code shows no suggestion that ends with a line break.
const cleanUp = `export async function cleanUpEnvironments(): Promise<void> {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  for (const stack of Stacks) {
    if (!stack.StackName) continue;
    await cloudFormation.send(new DeleteStackCommand({ StackName: stack.StackName }));
    await createEnvironment(stack.StackName);
  }
}`;

/** Lines of infra/main.tf that keep the database. */
const safeguards = [/^ *deletion_protection *= true\n/m, /^\n *lifecycle \{\n *prevent_destroy = true\n *\}\n/m];

exports.activate = (context) => {
  const session = `demo-${Date.now()}`;
  const status = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Right);
  status.text = '$(hubot) Demo Assistant';
  status.tooltip = `Suggests code below the line "${prompt}" of src/environment.ts.`;
  status.show();
  context.subscriptions.push(
    status,
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**/src/environment.ts' }, { provideInlineCompletionItems }),
    vscode.commands.registerCommand('demoAssistant.cleanUpEnvironments', () => cleanUpEnvironments(session)),
    vscode.commands.registerCommand('demoAssistant.loosenDatabase', () => loosenDatabase(session)),
  );
  suggestToWhoWaits();
};

/** VS Code asks when somebody types, and only who is there then: on a slow machine Enter can come before this extension has started. */
function suggestToWhoWaits() {
  const editor = vscode.window.activeTextEditor;
  if (!editor?.document.isDirty || !editor.document.uri.path.endsWith('/src/environment.ts')) return;
  if (provideInlineCompletionItems(editor.document, editor.selection.active).length === 0) return;
  void vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
}

/** Suggests the clean-up right after the prompt: at the end of its line, or on the empty line below. */
function provideInlineCompletionItems(document, position) {
  const line = document.lineAt(position.line);
  const rest = document.getText(new vscode.Range(position, document.lineAt(document.lineCount - 1).range.end));
  if (rest.trim() !== '') return [];
  const range = new vscode.Range(position, position);
  if (line.text.trim() === prompt) return [new vscode.InlineCompletionItem(`\n${cleanUp}`, range)];
  const above = position.line > 0 ? document.lineAt(position.line - 1).text.trim() : '';
  return above === prompt && line.isEmptyOrWhitespace ? [new vscode.InlineCompletionItem(cleanUp, range)] : [];
}

async function cleanUpEnvironments(session) {
  const document = await open('src/environment.ts');
  if (document.getText().includes('cleanUpEnvironments')) {
    void vscode.window.showInformationMessage('The clean-up is there already. Undo it to see it again.');
    return;
  }
  const start = document.getText().indexOf(prompt);
  const line = start === -1 ? document.lineCount - 1 : document.positionAt(start).line;
  const at = document.lineAt(line).range.end;
  const text = `\n${cleanUp}`;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, at, text);
  const offset = document.offsetAt(at);
  await vscode.workspace.applyEdit(edit);
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + inserted(document, text)));
  await report({ uri: document.uri, range, session });
}

async function loosenDatabase(session) {
  const document = await open('infra/main.tf');
  for (const safeguard of safeguards) {
    const found = safeguard.exec(document.getText().replaceAll('\r\n', '\n'));
    if (!found) continue;
    const first = document.lineAt(found.input.slice(0, found.index).split('\n').length - 1).range.start;
    const removed = new vscode.Range(first, first.translate(found[0].split('\n').length - 1));
    const removedText = document.getText(removed);
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, removed);
    await vscode.workspace.applyEdit(edit);
    await report({ uri: document.uri, range: new vscode.Range(first, first), removedText, session });
  }
}

async function open(file) {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('The demo assistant works in the sample workspace: start it with `npm start`.');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, file));
  await vscode.window.showTextDocument(document);
  return document;
}

/** The length of a text in a document, whose line ends may be two characters long. */
function inserted(document, text) {
  return document.eol === vscode.EndOfLine.CRLF ? text.replaceAll('\n', '\r\n').length : text.length;
}

/** What an assistant does that wants its edits to be known as its own. */
async function report(edit) {
  const firebreak = vscode.extensions.getExtension('firebreak.firebreak');
  if (!firebreak) return;
  const api = await firebreak.activate();
  await api.reportEdit({ ...edit, tool: 'demo-assistant', model: 'demo-1' });
}
