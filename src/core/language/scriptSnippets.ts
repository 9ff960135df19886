import type { OffsetEdit } from '../text/offsetEdit.ts';
import type { OffsetRange } from '../text/offsetRange.ts';
import { isEmbedded } from './nested.ts';
import type { Operation } from './operation.ts';
import type { Pace, Paced } from './pace.ts';
import type { FileScript } from './scriptFileView.ts';
import { readShell } from './shell/commands.ts';
import type { HandedCode } from './shell/handedCode.ts';
import { interpreterWords } from './shell/interpreters.ts';
import type { Snippet } from './shell/snippet.ts';
import type { View, Wanted } from './view.ts';

/** A view of a file that holds scripts. */
export interface HoldsScripts extends View {
  /** Those of them that may hand code to interpreters, in the text as it is now. */
  scripts(): readonly FileScript[];
}

/** A file that holds scripts, with what the code does that these hand to interpreters of other languages. */
export class WithSnippets implements View {
  readonly unread?: NonNullable<View['unread']>;
  private snippets: readonly Snippet[] | undefined;

  constructor(
    private readonly view: HoldsScripts,
    private readonly code: HandedCode,
  ) {
    if (view.unread !== undefined) this.unread = view.unread.bind(view);
  }

  willChange(edit: OffsetEdit): void {
    this.snippets = undefined;
    this.view.willChange(edit);
  }

  async prepare(): Promise<void> {
    this.snippets ??= this.view.scripts().flatMap(snippetsIn);
    await this.code.prepare(this.snippets);
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    this.snippets ??= this.view.scripts().flatMap(snippetsIn);
    return [...(yield* this.view.operations(wanted, focus, pace)), ...(yield* this.code.operations(this.snippets, wanted, focus, pace))];
  }

  dispose(): void {
    this.view.dispose();
    this.code.dispose();
  }
}

const anyInterpreter = new RegExp(`\\b(?:${interpreterWords.join('|')})`);

/** Code of which only the place is known cannot be underlined in it, so that of exec forms is left out. */
function snippetsIn({ family, code, isArgv, range, address, loop, counts }: FileScript): Snippet[] {
  const around = { ...(loop !== undefined && { loop }), ...(counts !== undefined && { counts }) };
  if (!isEmbedded(family)) return [{ language: family, code, range, address, ...around }];
  if (family !== 'shell' || isArgv || !anyInterpreter.test(code.text)) return [];
  return readShell(code.text).snippets.map((snippet) => ({ ...snippet, ...around, code: snippet.code.within(code), range: code.rangeOf(snippet.range), address: [...address, ...snippet.address] }));
}
