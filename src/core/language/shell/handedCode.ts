import type { LineText } from '../../text/lineText.ts';
import { LineText as Text } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import { relocated } from '../embedded.ts';
import type { Grammars } from '../grammars.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext, Reader } from '../reader.ts';
import type { View, Wanted } from '../view.ts';
import type { CodeLanguage } from './interpreters.ts';
import type { Snippet } from './snippet.ts';

/** Gives the readers of other languages, for code that a script hands to their interpreters. */
export type ReaderOf = (language: CodeLanguage) => Reader;

/** The code of other languages that a file's scripts hand to interpreters, read by those languages' readers. */
export class HandedCode {
  private views = new Map<string, View>();

  constructor(
    private readonly text: LineText,
    private readonly file: FileContext,
    private readonly grammars: Grammars,
    private readonly readerOf: ReaderOf,
  ) {}

  /** Opens what is new among the snippets, and closes what is gone. */
  async prepare(snippets: readonly Snippet[]): Promise<void> {
    const views = new Map<string, View>();
    for (const snippet of snippets) {
      const key = keyOf(snippet);
      if (!views.has(key)) views.set(key, this.views.get(key) ?? (await this.open(snippet)));
    }
    for (const [key, view] of this.views) if (!views.has(key)) view.dispose();
    this.views = views;
  }

  *operations(snippets: readonly Snippet[], wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const meets = ({ range }: Pick<Operation, 'range'>): boolean => focus.some((each) => each.meets(range));
    const found: Operation[] = [];
    for (const snippet of snippets) {
      const { code, range, address, loop, counts } = snippet;
      const view = meets(snippet) ? this.views.get(keyOf(snippet)) : undefined;
      const wantedInside = wanted.in?.(snippet.language);
      if (view === undefined || wantedInside === undefined) continue;
      const inside = yield* view.operations(wantedInside, [new OffsetRange(0, code.text.length)], pace);
      const host = { range, address, resolution: 'literal', ...(loop !== undefined && { loop }) } as const;
      found.push(...inside.map((operation) => relocated(operation, { family: 'shell', code, isArgv: false }, host, this.text)).filter((operation) => meets(operation) && counts?.(operation) !== false));
    }
    return found;
  }

  dispose(): void {
    for (const view of this.views.values()) view.dispose();
    this.views = new Map();
  }

  private open({ language, code }: Snippet): Promise<View> {
    const { path, project } = this.file;
    return this.readerOf(language).open(language, new Text(code.text), { path, changed: [], project }, this.grammars);
  }
}

function keyOf({ language, code }: Snippet): string {
  return `${language} ${code.text}`;
}
