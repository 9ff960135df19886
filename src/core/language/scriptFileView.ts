import type { LineText } from '../text/lineText.ts';
import type { OffsetRange } from '../text/offsetRange.ts';
import { EmbeddedOperations, type Script } from './embedded.ts';
import { isEmbedded } from './nested.ts';
import type { Operation } from './operation.ts';
import type { Pace, Paced } from './pace.ts';
import type { HoldsScripts } from './scriptSnippets.ts';
import type { Wanted } from './view.ts';

export interface FileScript extends Script {
  readonly address: readonly string[];
  /** Which of its operations count; all when it is left out. */
  readonly counts?: (operation: Operation) => boolean;
}

/** A file that a quick scan splits into scripts: a Dockerfile, a Makefile. */
export class ScriptFileView implements HoldsScripts {
  private readonly embedded: EmbeddedOperations;
  private scanned: readonly FileScript[] | undefined;

  constructor(
    private readonly text: LineText,
    private readonly scan: (text: string) => readonly FileScript[],
  ) {
    this.embedded = new EmbeddedOperations(text);
  }

  willChange(): void {
    this.scanned = undefined;
  }

  scripts(): readonly FileScript[] {
    return (this.scanned ??= this.scan(this.text.toString()));
  }

  *operations(_wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const meets = (range: OffsetRange) => focus.some((each) => each.meets(range));
    const found: Operation[] = [];
    for (const { family, code, isArgv, range, address, loop, counts } of this.scripts()) {
      if (!meets(range) || !isEmbedded(family)) continue;
      const operations = this.embedded.of({ family, code, isArgv }, { range, address, loop, resolution: 'literal' });
      found.push(...operations.filter((operation) => meets(operation.range) && counts?.(operation) !== false));
      if (pace.isOver()) yield;
    }
    this.embedded.forgetUnused();
    return found;
  }

  dispose(): void {
    this.scanned = undefined;
  }
}
