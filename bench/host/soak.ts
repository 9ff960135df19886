// Runs inside the extension host, in place of tests: edits of all kinds over many files with the views open, for as long as somebody works in a week.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { FirebreakApi } from '../../src/vscode/api.ts';
import { Random } from '../../test/support/random.ts';
import { type Language, languages } from './soakTexts.ts';

/** What `scripts/soak.mjs` judges. */
export interface Soaked {
  readonly edits: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly lenses: number;
  readonly wrongLenses: readonly string[];
  readonly exceptions: readonly string[];
  /** Milliseconds. */
  readonly handler: readonly number[];
  readonly lagP99: number;
  /** Bytes that are in use, after the warm-up and at each tenth of what follows. */
  readonly heap: readonly number[];
}

const fileCount = 50;
/** Beyond so many lines more is deleted than inserted. */
const usualLines = 60;
const editsToStay = 60;
const lagResolutionMs = 5;
const ofLenses = new Set(['firebreak.showFinding', 'firebreak.requestReview', 'firebreak.showRequest', 'firebreak.showResidual']);

export async function run(): Promise<void> {
  const [wanted, warmUp] = [Number(process.env.FIREBREAK_SOAK_EDITS), Number(process.env.FIREBREAK_SOAK_WARM_UP)];
  const exceptions: string[] = [];
  const note = (error: unknown) => exceptions.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.on('unhandledRejection', note);
  process.on('uncaughtExceptionMonitor', note);
  const stopListening = listenToErrors(note);
  const handler = await timeHandlers();
  const soak = new Soak(new Random(Number(process.env.FIREBREAK_SOAK_SEED)), handler.firebreak);
  await soak.open();

  await soak.edit(warmUp);
  const heap = [await heapInUse()];
  const lag = monitorEventLoopDelay({ resolution: lagResolutionMs });
  for (let tenth = 1; tenth <= 10; tenth++) {
    lag.enable();
    handler.isTimed = true;
    await soak.edit(warmUp + ((wanted - warmUp) * tenth) / 10);
    lag.disable();
    handler.isTimed = false;
    heap.push(await heapInUse());
  }
  await soak.checkAll();
  stopListening();
  const result: Soaked = { ...soak.told(), exceptions, handler: handler.took, lagP99: lag.percentile(99) / 1e6 - lagResolutionMs, heap };
  const file = process.env.FIREBREAK_SOAK_RESULT;
  assert.ok(file !== undefined);
  writeFileSync(file, JSON.stringify(result));
}

/** What a listener throws VS Code writes to the console, and goes on. */
function listenToErrors(note: (error: unknown) => void): () => void {
  const write = console.error;
  console.error = (...told: unknown[]) => {
    if (told.some((each) => /firebreak/i.test(each instanceof Error ? (each.stack ?? '') : String(each)))) note(told.map(String).join(' '));
    write(...told);
  };
  return () => {
    console.error = write;
  };
}

/** VS Code calls the listeners of a change one after the other, in their order: what stands between two of ours is Firebreak's. */
async function timeHandlers(): Promise<{ readonly firebreak: FirebreakApi; readonly took: number[]; isTimed: boolean }> {
  const extension = vscode.extensions.getExtension<FirebreakApi>('firebreak.firebreak');
  assert.ok(extension !== undefined);
  assert.equal(extension.isActive, false, 'Firebreak was active before its handlers could be timed');
  let startedAt = 0;
  const timed = { firebreak: undefined as unknown as FirebreakApi, took: [] as number[], isTimed: false };
  vscode.workspace.onDidChangeTextDocument(() => {
    startedAt = performance.now();
  });
  timed.firebreak = await extension.activate();
  vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (timed.isTimed && document.uri.scheme === 'file') timed.took.push(performance.now() - startedAt);
  });
  return timed;
}

async function heapInUse(): Promise<number> {
  // What was put off for a moment is done, and gone.
  await sleep(2500);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

class Soak {
  private readonly documents: { readonly document: vscode.TextDocument; readonly language: Language }[] = [];
  private readonly byKind: Record<string, number> = {};
  private readonly wrongLenses: string[] = [];
  private lenses = 0;
  private edits = 0;
  private active: { readonly editor: vscode.TextEditor; readonly language: Language } | undefined;

  constructor(
    private readonly random: Random,
    private readonly firebreak: FirebreakApi,
  ) {}

  async open(): Promise<void> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder !== undefined);
    for (let index = 0; index < fileCount; index++) {
      const language = languages[index % languages.length];
      assert.ok(language !== undefined);
      const file = path.join(folder.uri.fsPath, 'soak', `file${index}.${language.ending}`);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, `${language.start}${Array.from({ length: usualLines / 2 }, (_, line) => `${language.filler(line)}\n`).join('')}${language.operation(0)}\n`);
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), { preview: false });
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === file);
      assert.ok(document !== undefined);
      this.documents.push({ document, language });
    }
    for (const view of ['workbench.view.extension.firebreak', 'firebreak.findings.focus', 'firebreak.reviews.focus', 'workbench.panel.markers.view.focus']) await vscode.commands.executeCommand(view);
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.uri.scheme === 'file' && contentChanges.length > 0) this.edits++;
    });
  }

  /** Edits until there were so many. */
  async edit(until: number): Promise<void> {
    while (this.edits < until) {
      this.active = await this.show();
      for (const stop = this.edits + editsToStay; this.edits < stop && this.edits < until; ) await this.editOnce();
      await this.checkLenses(this.active.editor.document, this.active.language);
    }
  }

  told(): Pick<Soaked, 'edits' | 'byKind' | 'lenses' | 'wrongLenses'> {
    return { edits: this.edits, byKind: this.byKind, lenses: this.lenses, wrongLenses: this.wrongLenses };
  }

  /** At rest there is a lens for each line with a finding, and none elsewhere. */
  async checkAll(): Promise<void> {
    await sleep(3000);
    for (const { document, language } of this.documents) {
      const lines = (positions: readonly vscode.Position[]) => [...new Set(positions.map(({ line }) => line))].sort((one, other) => one - other).join();
      const lensesAt = lines((await this.checkLenses(document, language)).map(({ range }) => range.start));
      const foundAt = lines(vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Firebreak').map(({ range }) => range.start)); // prettier-ignore
      if (lensesAt !== foundAt) this.wrongLenses.push(`${document.uri.path}: lenses at ${lensesAt}, findings at ${foundAt}`);
    }
  }

  private async show(): Promise<{ readonly editor: vscode.TextEditor; readonly language: Language }> {
    const { document, language } = this.random.of(this.documents);
    return { editor: await vscode.window.showTextDocument(document, { preview: false }), language };
  }

  private async checkLenses(document: vscode.TextDocument, language: Language): Promise<vscode.CodeLens[]> {
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
    const own = all.filter(({ command }) => ofLenses.has(command?.command ?? ''));
    this.lenses += own.length;
    for (const { range, command } of own) {
      const line = document.lineAt(Math.min(range.start.line, document.lineCount - 1)).text;
      if (!language.marks.test(line)) this.wrongLenses.push(`${document.uri.path}:${range.start.line + 1}: "${command?.title ?? ''}" above ${JSON.stringify(line)}, after ${this.edits} edits`);
    }
    return own;
  }

  private async editOnce(): Promise<void> {
    const { active } = this;
    assert.ok(active !== undefined);
    const { editor, language } = active;
    const kinds = { type: 10, breakLine: 3, deleteBack: 4, insertElsewhere: 3, aiWrites: 2, deleteLines: 3, manyAtOnce: 1, undo: 2, redo: 1, moveLine: 1, copyLine: 1, save: 0.2 };
    const kind = this.kindOf(kinds, editor.document.lineCount);
    this.byKind[kind] = (this.byKind[kind] ?? 0) + 1;
    const { document } = editor;
    const filler = this.fillerLine(document, language);
    switch (kind) {
      case 'type':
        this.putCursor(editor, filler, document.lineAt(filler).text.length);
        await vscode.commands.executeCommand('type', { text: this.random.of(['a', 'b ', 'word', '0']) });
        return;
      case 'breakLine':
        this.putCursor(editor, filler, document.lineAt(filler).text.length);
        await vscode.commands.executeCommand('type', { text: `\n${language.filler(this.edits)}` });
        return;
      case 'deleteBack':
        // From the end of a filler's own words, so that a comment stays one.
        if (document.lineAt(filler).text.length <= language.filler(0).length + 8) return this.editOnce();
        this.putCursor(editor, filler, document.lineAt(filler).text.length);
        await vscode.commands.executeCommand('deleteLeft');
        return;
      case 'insertElsewhere':
        await this.insertLine(this.random.of(this.documents), (other) => other.filler(this.edits));
        return;
      case 'aiWrites': {
        const target = this.random.of(this.documents);
        const at = await this.insertLine(target, (other) => other.operation(this.edits));
        await this.firebreak.reportEdit({ uri: target.document.uri, range: target.document.lineAt(at).range, tool: 'soak' });
        return;
      }
      case 'deleteLines': {
        const target = this.longest();
        const first = this.fillerLine(target.document, target.language);
        const count = Math.min(1 + this.random.below(4), target.document.lineCount - 1 - first);
        await this.apply(target.document, [[new vscode.Range(first, 0, first + count, 0), '']]);
        return;
      }
      case 'manyAtOnce':
        await this.apply(document, [...new Set([filler, this.fillerLine(document, language)])].map((line) => [new vscode.Range(line, 0, line, 0), `${language.filler(this.edits)}\n`]));
        return;
      case 'moveLine':
        this.putCursor(editor, filler, 0);
        await vscode.commands.executeCommand('editor.action.moveLinesDownAction');
        return;
      case 'copyLine':
        this.putCursor(editor, this.random.of([filler, document.lineCount - 2]), 0);
        await vscode.commands.executeCommand('editor.action.copyLinesUpAction');
        return;
      case 'save':
        await document.save();
        return;
      default:
        await vscode.commands.executeCommand(kind);
    }
  }

  private kindOf(weights: Readonly<Record<string, number>>, lines: number): string {
    const weighed = Object.entries(weights).map(([kind, weight]) => [kind, kind === 'deleteLines' && lines > usualLines ? weight * 4 : weight] as const);
    let at = this.random.next() * weighed.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [kind, weight] of weighed) if ((at -= weight) < 0) return kind;
    return 'type';
  }

  private longest(): Soak['documents'][number] {
    const few = Array.from({ length: 5 }, () => this.random.of(this.documents));
    return few.reduce((longest, each) => (each.document.lineCount > longest.document.lineCount ? each : longest));
  }

  /** A line that holds nothing but a comment; the first one where chance finds none. */
  private fillerLine(document: vscode.TextDocument, language: Language): number {
    const isFiller = (line: number) => document.lineAt(line).text.startsWith(language.comment);
    for (let tries = 0; tries < 20; tries++) {
      const line = this.random.below(document.lineCount);
      if (isFiller(line)) return line;
    }
    const lines = Array.from({ length: document.lineCount }, (_, line) => line);
    return lines.find(isFiller) ?? document.lineCount - 1;
  }

  private async insertLine({ document, language }: Soak['documents'][number], text: (language: Language) => string): Promise<number> {
    const at = this.fillerLine(document, language);
    await this.apply(document, [[new vscode.Range(at, 0, at, 0), `${text(language)}\n`]]);
    return at;
  }

  private async apply(document: vscode.TextDocument, replacements: readonly (readonly [vscode.Range, string])[]): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, replacements.map(([range, text]) => new vscode.TextEdit(range, text)));
    await vscode.workspace.applyEdit(edit);
  }

  private putCursor(editor: vscode.TextEditor, line: number, character: number): void {
    editor.selection = new vscode.Selection(line, character, line, character);
  }
}
