import * as vscode from 'vscode';
import type { AiRegion } from '../core/attribution/region.ts';
import { describeOrigin } from '../core/check/originWords.ts';
import { collectBurst } from './burst.ts';
import { toRange } from './documentRange.ts';
import type { Settings } from './documents/settings.ts';
import { markdown, plain } from './inert.ts';
import type { LiveDocuments } from './liveFile.ts';

/** The editor moves decorations with the text by itself; this only corrects it, after a burst of keys. */
const delayMs = 50;

/** Shows in visible editors what an AI wrote, and where it deleted. */
export function registerDecorations(documents: LiveDocuments, settings: Settings): vscode.Disposable {
  const written = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('firebreak.aiTextBackground'),
    overviewRulerColor: new vscode.ThemeColor('firebreak.aiTextRuler'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
    // What a person types at the edge is the person's.
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  const deleted = vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor('firebreak.aiTextRuler'), margin: '0 0 0 1.5em' },
    overviewRulerColor: new vscode.ThemeColor('firebreak.aiTextRuler'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  let isShown = settings.showsAiText();
  const decorated = new WeakSet<vscode.TextEditor>();
  const show = (editor: vscode.TextEditor) => {
    const live = isShown ? documents.get(editor.document.uri) : undefined;
    // Most editors have nothing to show, and are left alone.
    if ((live?.regions.length ?? 0) === 0 && !decorated.delete(editor)) return;
    const [texts, deletions]: [vscode.Range[], vscode.DecorationOptions[]] = [[], []];
    for (const region of live?.regions ?? []) {
      if (region.removedText === undefined) texts.push(toRange(editor.document, region.range));
      else deletions.push(toDeletion(editor.document, region, region.removedText));
    }
    if (texts.length + deletions.length > 0) decorated.add(editor);
    editor.setDecorations(written, texts);
    editor.setDecorations(deleted, deletions);
  };
  const showAll = () => {
    vscode.window.visibleTextEditors.forEach(show);
  };
  const changed = collectBurst<string>(delayMs, (uris) => {
    for (const editor of vscode.window.visibleTextEditors) if (uris.has(editor.document.uri.toString())) show(editor);
  });
  showAll();
  return vscode.Disposable.from(
    written,
    deleted,
    changed,
    documents.onDidChange((uri) => {
      changed.add(uri.toString());
    }),
    vscode.window.onDidChangeVisibleTextEditors(showAll),
    settings.onDidChange(() => {
      isShown = settings.showsAiText();
      showAll();
    }),
  );
}

/** At the end of its line, or of the line before it when whole lines went: nothing in the code moves. */
function toDeletion(document: vscode.TextDocument, region: AiRegion, removedText: string): vscode.DecorationOptions {
  const { line, character } = document.positionAt(region.range.start);
  const at = document.lineAt(character === 0 && line > 0 ? line - 1 : line).range.end;
  return {
    range: new vscode.Range(at, at),
    hoverMessage: new vscode.MarkdownString(markdown(describeOrigin(region))).appendCodeblock(removedText, document.languageId),
    renderOptions: { after: { contentText: `⌫ ${plain(removedText, 60)}` } },
  };
}
