// What other extensions do at the places where Firebreak does something too. Themselves they are at the Marketplace, which tests do not ask.
const vscode = require('vscode');

const files = { scheme: 'file' };
const typescript = { scheme: 'file', language: 'typescript' };
/** What Firebreak marks, and others have something to say of. */
const deletes = /new DeleteStackCommand\(/;

exports.activate = (context) => {
  context.subscriptions.push(...lenses(), ...blame(), ...suggestions(), ...lint(), ...problemsAtLineEnds(), ...formatter(), ...comments(), ...status());
};

/** What says something in a document. */
function rangesOf(document, said) {
  return Array.from({ length: document.lineCount }, (_, line) => ({ line, found: said.exec(document.lineAt(line).text) }))
    .filter(({ found }) => found !== null)
    .map(({ line, found }) => new vscode.Range(line, found.index, line, found.index + found[0].length));
}

/** GitLens tells who wrote a function, TypeScript how often something is named. */
function lenses() {
  const lensesOf = (document, said, title) => rangesOf(document, said).map((range) => new vscode.CodeLens(range, { title, command: '' }));
  const provideCodeLenses = (document) => [...lensesOf(document, /\bfunction\b/, 'You, 2 days ago'), ...lensesOf(document, deletes, '1 reference')];
  return [vscode.languages.registerCodeLensProvider(files, { provideCodeLenses })];
}

/** GitLens tells who wrote a line, behind the cursor's and in a hover. */
function blame() {
  const behind = vscode.window.createTextEditorDecorationType({ after: { contentText: 'You, 2 days ago', margin: '0 0 0 3em', color: new vscode.ThemeColor('editorCodeLens.foreground') } });
  return [
    behind,
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections: [{ active }] }) => textEditor.setDecorations(behind, [textEditor.document.lineAt(active.line).range])),
    vscode.languages.registerHoverProvider(files, { provideHover: (_document, { line }) => new vscode.Hover(`You wrote line ${line + 1}, 2 days ago`) }),
  ];
}

/** Copilot suggests in every file, and goes on where a person took a part or typed it. */
function suggestions() {
  const prompt = '// purge the caches';
  const suggested = "export async function purgeCaches(): Promise<void> {\n  await rm('/srv/caches', { recursive: true });\n}";
  const provideInlineCompletionItems = (document, position) => {
    const [asked] = rangesOf(document, new RegExp(prompt));
    if (asked === undefined || position.line <= asked.end.line) return [];
    const range = new vscode.Range(new vscode.Position(asked.end.line + 1, 0), position);
    return suggested.startsWith(document.getText(range)) ? [new vscode.InlineCompletionItem(suggested, range)] : [];
  };
  return [vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, { provideInlineCompletionItems })];
}

/** ESLint has a problem with the very text that Firebreak marks, a quick fix, and fixes on save. */
function lint() {
  const problems = vscode.languages.createDiagnosticCollection('lint');
  const look = (document) => {
    if (vscode.languages.match(typescript, document) === 0) return;
    problems.set(document.uri, rangesOf(document, deletes).map((range) => Object.assign(new vscode.Diagnostic(range, 'This command is deprecated.', vscode.DiagnosticSeverity.Warning), { source: 'lint', code: 'no-deprecated' })));
  };
  const fixAll = vscode.CodeActionKind.SourceFixAll.append('lint');
  const actionOf = (title, kind, change) => Object.assign(new vscode.CodeAction(title, kind), { edit: new vscode.WorkspaceEdit(), ...change });
  const provideCodeActions = (document, _range, { diagnostics, only }) => {
    if (only !== undefined && vscode.CodeActionKind.SourceFixAll.contains(only)) {
      const action = actionOf('Fix all of lint', fixAll);
      for (const range of rangesOf(document, /'eu-west-1'/)) action.edit.replace(document.uri, range, '"eu-west-1"');
      return [action];
    }
    return diagnostics.filter(({ source }) => source === 'lint').map(({ range: { start } }) => {
      const action = actionOf('Disable no-deprecated for this line', vscode.CodeActionKind.QuickFix);
      action.edit.insert(document.uri, new vscode.Position(start.line, 0), '// lint-disable-next-line no-deprecated\n');
      return action;
    });
  };
  vscode.workspace.textDocuments.forEach(look);
  return [
    problems,
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
    vscode.languages.registerCodeActionsProvider(typescript, { provideCodeActions }),
  ];
}

/** Error Lens writes the problems of all others at the ends of their lines. */
function problemsAtLineEnds() {
  const atEnd = vscode.window.createTextEditorDecorationType({ isWholeLine: true, after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('editorWarning.foreground') } });
  const show = () => {
    for (const editor of vscode.window.visibleTextEditors) {
      editor.setDecorations(atEnd, vscode.languages.getDiagnostics(editor.document.uri).map(({ range, message }) => ({ range, renderOptions: { after: { contentText: message } } })));
    }
  };
  return [atEnd, vscode.languages.onDidChangeDiagnostics(show), vscode.window.onDidChangeVisibleTextEditors(show)];
}

/** Prettier sets all of a file anew when it is saved: here, twice as deep. */
function formatter() {
  const provideDocumentFormattingEdits = (document) => {
    const text = document.getText();
    const whole = new vscode.Range(new vscode.Position(0, 0), document.positionAt(text.length));
    return /^ {4}/m.test(text) && !/^ {2}\S/m.test(text) ? [] : [new vscode.TextEdit(whole, text.replace(/^ +/gm, (indent) => indent.repeat(2)))];
  };
  return [vscode.languages.registerDocumentFormattingEditProvider(typescript, { provideDocumentFormattingEdits })];
}

/** GitHub's pull requests let one comment on any line. */
function comments() {
  const controller = vscode.comments.createCommentController('neighbours', 'Neighbours');
  controller.commentingRangeProvider = { provideCommentingRanges: (document) => [new vscode.Range(0, 0, document.lineCount - 1, 0)] };
  return [controller];
}

/** What they see of the others: git's branch, and problems by source. */
function status() {
  const item = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Left);
  const show = () => {
    const git = vscode.extensions.getExtension('vscode.git')?.exports?.getAPI(1);
    const sources = vscode.languages.getDiagnostics().flatMap(([, problems]) => problems.map(({ source }) => source));
    const countOf = (name) => sources.filter((source) => source === name).length;
    item.text = `Neighbours: ${git?.repositories[0]?.state.HEAD?.name ?? 'no branch'}, ${countOf('Firebreak')} of Firebreak, ${countOf('lint')} of lint`;
  };
  show();
  item.show();
  return [item, vscode.languages.onDidChangeDiagnostics(show), vscode.window.onDidChangeTextEditorSelection(show)];
}
