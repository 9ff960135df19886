import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { acceptSuggestion, closeAll, openFile, setCursor, type, workspaceRoot, writeFile } from './support/editor.ts';
import { aiTexts, firebreak } from './support/firebreak.ts';
import { commit, git } from './support/git.ts';
import { failOnUnhandledRejections } from './support/rejections.ts';
import { eventually } from './support/wait.ts';

const human = "import { S3Client, DeleteBucketCommand } from '@aws-sdk/client-s3';\nconst client = new S3Client({});\n";
const written = "await client.send(new DeleteBucketCommand({ Bucket: 'all' }));";

/** A committed file, open, in which an AI then wrote; saved. */
async function openWritten(): Promise<vscode.TextDocument> {
  const file = writeFile(human);
  commit(path.relative(workspaceRoot(), file));
  const editor = await openFile(file);
  await acceptSuggestion(editor, written);
  assert.deepEqual(await aiTexts(editor.document), [written]);
  await editor.document.save();
  await eventually('the regions to be kept', () => isKept(editor.document));
  return editor.document;
}

/** Whether the regions of the document's text are on disk. */
function isKept({ uri }: vscode.TextDocument): boolean {
  try {
    return git('grep', '--no-index', '--files-with-matches', '--fixed-strings', path.basename(uri.fsPath), '.git/firebreak/regions') !== '';
  } catch {
    return false;
  }
}

const becomes = (document: vscode.TextDocument, text: string) => eventually(`the text to be ${JSON.stringify(text.slice(-40))}`, () => document.getText() === text);
const hasAi = (document: vscode.TextDocument, texts: readonly string[]) => eventually(`AI text ${JSON.stringify(texts)}`, async () => JSON.stringify(await aiTexts(document)) === JSON.stringify(texts));

scenarios('Git', () => {
  before(firebreak);
  afterEach(async () => {
    await closeAll();
  });
  failOnUnhandledRejections();

  scenario({ case: 'another branch and back, the file open', evidence: 'observed', result: 'the regions go with the text, and come back with it' }, async () => {
    const document = await openWritten();
    const [home, name] = [git('rev-parse', '--abbrev-ref', 'HEAD').trim(), `of-ai-${Date.now()}`];
    git('switch', '--quiet', '--create', name);
    commit(path.relative(workspaceRoot(), document.uri.fsPath));
    git('switch', '--quiet', home);
    await becomes(document, human);
    await hasAi(document, []);
    git('switch', '--quiet', name);
    await becomes(document, human + written);
    await hasAi(document, [written]);
    git('switch', '--quiet', home);
    await becomes(document, human);
  });

  scenario({ case: 'stash and pop, the file open', evidence: 'observed', result: 'the regions go with the text, and come back with it' }, async () => {
    const document = await openWritten();
    git('stash', 'push', '--quiet', '--', document.uri.fsPath);
    await becomes(document, human);
    await hasAi(document, []);
    git('stash', 'pop', '--quiet');
    await becomes(document, human + written);
    await hasAi(document, [written]);
  });

  scenario({ case: 'reset to the commit before and back, the file open', evidence: 'observed', result: 'the regions go with the text, and come back with it' }, async () => {
    const document = await openWritten();
    const relative = path.relative(workspaceRoot(), document.uri.fsPath);
    commit(relative);
    const now = git('rev-parse', 'HEAD').trim();
    git('reset', '--quiet', '--keep', 'HEAD~1');
    await becomes(document, human);
    await hasAi(document, []);
    git('reset', '--quiet', '--keep', now);
    await becomes(document, human + written);
    await hasAi(document, [written]);
  });
});

scenarios('Unhooked writes', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  scenario({ case: 'another program writes to a file that is open and dirty', evidence: 'observed', result: 'the editor keeps its text and regions; saved over, they are kept' }, async () => {
    const editor = await openFile(writeFile(human));
    await acceptSuggestion(editor, written);
    writeFileSync(editor.document.uri.fsPath, `// by another program\n${human}`);
    setCursor(editor, 0);
    await type('// mine\n');
    assert.deepEqual(await aiTexts(editor.document), [written]);
    writeFileSync(editor.document.uri.fsPath, human);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await becomes(editor.document, human);
    await hasAi(editor.document, []);
  });
});

scenarios('Life cycle', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  scenario({ case: 'an AI writes, and nothing is saved', evidence: 'observed', result: 'what it wrote is kept apart within a moment, and goes when the file is saved' }, async () => {
    const editor = await openFile(writeFile(human));
    const name = path.basename(editor.document.uri.fsPath);
    await acceptSuggestion(editor, written);
    const unsaved = () => vscode.workspace.findFiles(new vscode.RelativePattern(path.join(workspaceRoot(), '.git/firebreak/unsaved'), '*.json'), null);
    const holding = async () => (await unsaved()).filter(({ fsPath }) => readFileSync(fsPath, 'utf8').includes(name));
    const [kept] = await eventually('the unsaved text', async () => ((await holding()).length > 0 ? holding() : undefined));
    assert.ok(kept !== undefined && readFileSync(kept.fsPath, 'utf8').includes(JSON.stringify(human + written).slice(1, -1)));
    await editor.document.save();
    await eventually('nothing to be left of it', async () => (await holding()).length === 0);
    assert.ok(isKept(editor.document));
  });
});
