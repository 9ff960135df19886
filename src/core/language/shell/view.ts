import type { LineText } from '../../text/lineText.ts';
import { LineText as Text } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import { relocated } from '../embedded.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { View, Wanted } from '../view.ts';
import { readShell, type ShellContents } from './commands.ts';
import type { CodeLanguage } from './interpreters.ts';
import type { Snippet } from './snippet.ts';

/** Opens code of another language. */
export type OpenCode = (language: CodeLanguage, code: LineText) => Promise<View>;

/** A shell script: its own parser is quick enough to read all of it whenever it changed. Code that it hands to other interpreters is read by their readers. */
export class ShellView implements View {
  private contents: ShellContents | undefined;
  private codes = new Map<string, View>();

  constructor(
    private readonly text: LineText,
    private readonly openCode: OpenCode,
  ) {}

  willChange(): void {
    this.contents = undefined;
  }

  async prepare(): Promise<void> {
    this.contents ??= readShell(this.text.toString());
    const codes = new Map<string, View>();
    for (const snippet of this.contents.snippets) {
      const key = keyOf(snippet);
      if (!codes.has(key)) codes.set(key, this.codes.get(key) ?? (await this.openCode(snippet.language, new Text(snippet.code.text))));
    }
    for (const [key, view] of this.codes) if (!codes.has(key)) view.dispose();
    this.codes = codes;
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    this.contents ??= readShell(this.text.toString());
    const { operations, snippets } = this.contents;
    const meets = (operation: Operation): boolean => focus.some((range) => range.meets(operation.range));
    const found: Operation[] = operations.filter(meets);
    for (const snippet of snippets) {
      const { code, range, address, loop } = snippet;
      const view = focus.some((each) => each.meets(range)) ? this.codes.get(keyOf(snippet)) : undefined;
      const wantedInside = wanted.in?.(snippet.language);
      if (view === undefined || wantedInside === undefined) continue;
      const inside = yield* view.operations(wantedInside, [new OffsetRange(0, code.text.length)], pace);
      const host = { range, address, resolution: 'literal', ...(loop !== undefined && { loop }) } as const;
      found.push(...inside.map((operation) => relocated(operation, { family: 'shell', code, isArgv: false }, host, this.text)).filter(meets));
    }
    return found;
  }

  dispose(): void {
    for (const view of this.codes.values()) view.dispose();
    this.codes = new Map();
    this.contents = undefined;
  }
}

function keyOf({ language, code }: Snippet): string {
  return `${language} ${code.text}`;
}
