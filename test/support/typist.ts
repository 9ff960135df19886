import { Authorship } from '../../src/core/attribution/authorship.ts';
import type { ObservedChange } from '../../src/core/attribution/classify.ts';
import { Departures } from '../../src/core/attribution/departures.ts';
import type { AiRegion } from '../../src/core/attribution/region.ts';
import { OffsetEdit } from '../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../src/core/text/offsetRange.ts';

/** A document as tests write it: places are found by text, regions are shown in brackets. */
export class Typist {
  readonly authorship: Authorship;
  private ids = 0;

  constructor(
    public text: string,
    departures = new Departures(),
  ) {
    this.authorship = new Authorship({ nextId: () => `i${this.ids++}`, now: () => 1000, departures });
  }

  get regions(): readonly AiRegion[] {
    return this.authorship.regions;
  }

  /** The text with ⟦AI⟧, ⟨unknown⟩ and ⌫deleted⌫. */
  get shown(): string {
    let shown = '';
    let from = 0;
    for (const { range, origin, removedText } of this.regions) {
      const [open, close] = origin.kind === 'ai' ? '⟦⟧' : '⟨⟩';
      shown += this.text.slice(from, range.start) + (removedText === undefined ? `${open ?? ''}${range.of(this.text)}${close ?? ''}` : `⌫${removedText}⌫`);
      from = range.endExclusive;
    }
    return shown + this.text.slice(from);
  }

  find(text: string): OffsetRange {
    const at = this.text.indexOf(text);
    if (at === -1) throw new Error(`no ${text} in ${this.text}`);
    return OffsetRange.ofLength(at, text.length);
  }

  /** Replaces the first `old`; an empty one stands for the end of the text. */
  replace(old: string, newText: string, change: ObservedChange = {}): this {
    return this.apply(OffsetEdit.replace(old === '' ? OffsetRange.empty(this.text.length) : this.find(old), newText), change);
  }

  insertBefore(anchor: string, newText: string, change: ObservedChange = {}): this {
    return this.apply(OffsetEdit.insert(this.find(anchor).start, newText), change);
  }

  /** As VS Code reports an undo: one replacement to the text that comes back. */
  undoTo(text: string, reason: 'undo' | 'redo' = 'undo'): this {
    return this.apply(OffsetEdit.replace(new OffsetRange(0, this.text.length), text), { reason });
  }

  apply(edit: OffsetEdit, change: ObservedChange): this {
    const before = this.text;
    this.text = edit.apply(before);
    this.authorship.apply(edit, change, (range) => range.of(before));
    return this;
  }
}

export const tab: ObservedChange = { inlineCommit: 'full' };

/** `detailedReason` as VS Code gives it. */
export function told(source: string, metadata: Readonly<Record<string, unknown>> = {}): ObservedChange {
  return { detailedReason: { source, metadata } };
}
