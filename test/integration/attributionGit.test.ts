import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { tellWrite } from './support/agent.ts';
import { acceptSuggestion, closeAll, openFile, setCursor, type, workspaceRoot, writeFile } from './support/editor.ts';
import { aiTexts, firebreak } from './support/firebreak.ts';
import { commit, git } from './support/git.ts';
import { failOnUnhandledRejections } from './support/rejections.ts';
import { eventually } from './support/wait.ts';

const human = "import { S3Client, DeleteBucketCommand } from '@aws-sdk/client-s3';\nconst client = new S3Client({});\n";
const written = "await client.send(new DeleteBucketCommand({ Bucket: 'all' }));";

/** What is used of VS Code's Git extension. */
interface GitExtension {
  readonly getAPI: (version: 1) => { readonly getRepository: (uri: vscode.Uri) => { readonly add: (paths: string[]) => Promise<void>; readonly commit: (message: string) => Promise<void> } | null };
}

/** A committed file, open, in which an AI then wrote; saved. */
async function openWritten(): Promise<vscode.TextDocument> {
  const file = writeFile(human);
  commit(path.relative(workspaceRoot(), file));
  const editor = await openFile(file);
  await acceptSuggestion(editor, written);
  assert.deepEqual(await aiTexts(editor.document), [written]);
  await editor.document.save();
  await eventually('the regions to be kept', () => keptOf(editor.document, 'regions').length > 0);
  return editor.document;
}

/** The files below `.git/firebreak/` that tell of the document. */
function keptOf({ uri }: vscode.TextDocument, folder: 'regions' | 'unsaved'): string[] {
  const at = path.join(workspaceRoot(), '.git/firebreak', folder);
  const names = existsSync(at) ? readdirSync(at).filter((name) => name.endsWith('.json')) : [];
  return names.map((name) => readFileSync(path.join(at, name), 'utf8')).filter((text) => text.includes(path.basename(uri.fsPath)));
}

/** What `firebreak` would find saved: each text with how many regions it has. */
const savedOf = (document: vscode.TextDocument) => keptOf(document, 'regions').flatMap((text) => (JSON.parse(text) as { texts: { text?: string; regions: unknown[] }[] }).texts.map(({ text: saved, regions }) => [saved, regions.length]));

const becomes = (document: vscode.TextDocument, text: string) => eventually(`the text to be ${JSON.stringify(text.slice(-40))}`, () => document.getText() === text);
const hasAi = (document: vscode.TextDocument, texts: readonly string[]) => eventually(`AI text ${JSON.stringify(texts)}`, async () => JSON.stringify(await aiTexts(document)) === JSON.stringify(texts));

scenarios('Git', () => {
  before(firebreak);
  afterEach(async () => {
    await closeAll();
  });
  failOnUnhandledRejections();

  scenario({ case: 'much that a person types in a committed file and saves, with no AI near', evidence: 'none', result: 'it is kept as seen, so that it is not unknown to the command line; what was not committed when it was opened is not' }, async () => {
    const [seen, unseen] = [writeFile(human), writeFile(human)];
    for (const file of [seen, unseen]) commit(path.relative(workspaceRoot(), file));
    writeFileSync(unseen, `${human}// by another program\n`);
    for (const file of [unseen, seen]) {
      const editor = await openFile(file);
      setCursor(editor, 0);
      await type(Array.from({ length: 6 }, (_, line) => `typed line ${line}, long enough to be taken for an AI at once\n`).join(''));
      await editor.document.save();
      if (file === seen) await eventually('the text to be kept', () => keptOf(editor.document, 'regions').length > 0);
      assert.deepEqual(savedOf(editor.document), file === seen ? [[editor.document.getText(), 0]] : []);
    }
  });

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

  scenario({ case: 'a commit made with VS Code\'s own Git, where git\'s hooks are not installed', evidence: 'observed', result: 'the note of the commit names the AI\'s line' }, async () => {
    const document = await openWritten();
    const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
    assert.ok(extension, 'VS Code has no Git extension');
    const repository = await eventually('the repository in VS Code', async () => (await extension.activate()).getAPI(1).getRepository(document.uri) ?? undefined);
    await repository.add([document.uri.fsPath]);
    await repository.commit('Made in VS Code');
    assert.equal(git('log', '-1', '--format=%s').trim(), 'Made in VS Code');
    const note = await eventually('the note', () => {
      try {
        return git('notes', '--ref=ai', 'show', 'HEAD');
      } catch {
        return undefined;
      }
    });
    const [file, lines] = note.split('\n');
    assert.equal(file, path.relative(workspaceRoot(), document.uri.fsPath));
    assert.match(lines ?? '', /^ {2}\S+ 3$/);
  });

  scenario({ case: 'a note says that an AI wrote in a file, an agent writes there and tells so, and the file is opened', evidence: 'reported', result: 'the lines of both are an AI\'s' }, async () => {
    const before = `${human}${written}\n`;
    const file = writeFile(before);
    const name = path.relative(workspaceRoot(), file);
    commit(name);
    const by = { agent_id: { tool: 'claude', id: 'x', model: 'm' }, human_author: 'R', total_additions: 1, total_deletions: 0, accepted_lines: 1, overriden_lines: 0 };
    const metadata = { schema_version: 'authorship/3.0.0', base_commit_sha: git('rev-parse', 'HEAD').trim(), prompts: { '0123456789abcdef': by } };
    git('notes', '--ref=ai', 'add', '-m', `${name}\n  0123456789abcdef 3\n---\n${JSON.stringify(metadata)}`, 'HEAD');
    const agents = 'console.log(await client.config.region());';
    writeFileSync(file, `${before}${agents}\n`);
    tellWrite(file, `${before}${agents}\n`, before);
    const { document } = await openFile(file);
    await eventually('the lines of both', async () => (await aiTexts(document)).map((text) => text.trim()).join('|') === `${written}|${agents}`);
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
    await acceptSuggestion(editor, written);
    const [kept = ''] = await eventually('the unsaved text', () => (keptOf(editor.document, 'unsaved').length > 0 ? keptOf(editor.document, 'unsaved') : undefined));
    assert.ok(kept.includes(JSON.stringify(human + written).slice(1, -1)));
    await editor.document.save();
    await eventually('nothing to be left of it', () => keptOf(editor.document, 'unsaved').length === 0);
    assert.equal(keptOf(editor.document, 'regions').length, 1);
  });
});
