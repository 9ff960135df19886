import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, openFile, openNew, setCursor, type, undo, writeFile } from './support/editor.ts';
import { diagnosticsOf, findingsOf } from './support/findings.ts';
import { aiTexts, firebreak } from './support/firebreak.ts';
import { failOnUnhandledRejections } from './support/rejections.ts';
import { eventually, pause } from './support/wait.ts';

const imports = "import { S3Client, DeleteBucketCommand } from '@aws-sdk/client-s3';\nconst client = new S3Client({});\n";
const operation = "new DeleteBucketCommand({ Bucket: 'all' })";
const code = `${imports}await client.send(${operation});\n`;

/** Documents that are code all the same: the finding in them must be underlined exactly. */
const odd: readonly (readonly [what: string, content: string | Uint8Array])[] = [
  ['CRLF', code.replaceAll('\n', '\r\n')],
  ['mixed line endings', code.replace('\n', '\r\n')],
  ['a byte order mark', `\ufeff${code}`],
  ['surrogate pairs before and on the line', `// 👩‍👩‍👧 𝒳\n${code.replace('await', "'𝒳👍'; await")}`],
  ['bytes that are not UTF-8', Buffer.concat([Buffer.from('// caf'), Buffer.from([0xe9, 0xff]), Buffer.from(`\n${code}`)])],
  ['separators that are no line ends to the editor', `// a\u2028b\u2029c\u0085d\n${code}`],
  ['half-typed code around it', `${code.replace('await', 'if (all) {\n  await')}function (`],
  ['a very long line', `${code}const long = '${'x'.repeat(200_000)}';\n`],
];

describe('odd documents', () => {
  before(firebreak);

  afterEach(async () => {
    await closeAll();
  });

  failOnUnhandledRejections();

  for (const [what, content] of odd) {
    it(`are underlined exactly: ${what}`, async () => {
      const editor = await openNew(content as string);
      await markAll(editor);
      const whole = editor.document.getText();
      assert.deepEqual(await aiTexts(editor.document), [whole]);
      await eventually('the finding', async () => (await findingsOf(editor.document)).join() === operation);
      setCursor(editor, whole.indexOf('await client'));
      await type('/* 👍 */');
      await eventually('the finding, moved', async () => (await findingsOf(editor.document)).join() === operation);
      assert.equal((await aiTexts(editor.document)).join(''), whole);
      for (let steps = 0; steps < 20 && editor.document.getText() !== whole; steps++) await undo();
      await eventually('the finding, back', async () => (await findingsOf(editor.document)).join() === operation);
      assert.equal((await aiTexts(editor.document)).join(''), whole);
    });
  }

  it('are said to be unread when they are binary, and can be typed into', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: `${code}\0` });
    await vscode.window.showTextDocument(document);
    const [diagnostic] = await eventually('the reason', () => some(diagnosticsOf(document)));
    assert.match(diagnostic?.message ?? '', /binary/);
    await type('x');
    const { reportEdit } = await firebreak();
    assert.equal(await reportEdit({ uri: document.uri, range: new vscode.Range(0, 0, 1, 0), tool: 'test' }), false);
    assert.deepEqual(await aiTexts(document), []);
  });

  it('are said to be unread when they are too long, and looked at once they are short enough', async () => {
    const editor = await openNew(code + `// ${'long '.repeat(200)}\n`.repeat(5_300));
    const { document } = editor;
    const [diagnostic] = await eventually('the reason', () => some(diagnosticsOf(document)));
    assert.match(diagnostic?.message ?? '', /MB/);
    await type('x');
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(new vscode.Position(3, 0), document.lineAt(document.lineCount - 1).range.end));
    await vscode.workspace.applyEdit(edit);
    await eventually('no reason any more', () => diagnosticsOf(document).length === 0);
    await markAll(editor);
    await eventually('the finding', async () => (await findingsOf(document)).join() === operation);
  });

  it('can be closed in the midst of a check', async () => {
    const { reportEdit } = await firebreak();
    const large = code + 'export function f(a: number): number { return a + 1; }\n'.repeat(5_000);
    for (const waitMs of [0, 105, 120, 150]) {
      const editor = await openFile(writeFile(large));
      const { document } = editor;
      await reportEdit({ uri: document.uri, range: new vscode.Range(0, 0, document.lineCount - 1, 0), tool: 'test' });
      await pause(waitMs);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    }
    await pause(1500);
  });

  it('can be typed into in the midst of a check', async () => {
    const large = code + 'export function f(a: number): number { return a + 1; }\n'.repeat(5_000);
    const editor = await openNew(large);
    await markAll(editor);
    setCursor(editor, large.length);
    for (let key = 0; key < 20; key++) {
      await type('x');
      await pause(30);
    }
    await eventually('the finding', async () => (await findingsOf(editor.document)).join() === operation);
  });
});

async function markAll(editor: vscode.TextEditor): Promise<void> {
  const { document } = editor;
  editor.selection = new vscode.Selection(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  await vscode.commands.executeCommand('firebreak.markSelectionAsAi');
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
