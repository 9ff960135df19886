import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { advance, advanceEach, type Read } from './advance.ts';
import { classify, type ObservedChange } from './classify.ts';
import { EditHistory } from './editHistory.ts';
import { withLineEndingsOf } from './lineEndings.ts';
import type { AiOrigin, Evidence, Origin } from './origin.ts';
import { refine } from './refine.ts';
import { nobody, type AiRegion, type Author } from './region.ts';
import { append, clip, isMark, isMarkOf, markOf, overlay, regionOf } from './regionList.ts';

export interface AuthorshipInit {
  readonly regions?: readonly AiRegion[];
  /** A new insertion's id, unlike all others. */
  readonly nextId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Whom a person names who marks text as an AI's. */
export const markedByHand: AiOrigin = { kind: 'ai', tool: 'marked by hand' };

/** Who wrote what in one document, kept up to date change by change. */
export class Authorship {
  private current: readonly AiRegion[];
  private readonly history = new EditHistory();
  private readonly nextId: () => string;
  private readonly now: () => number;

  constructor({ regions = [], nextId, now }: AuthorshipInit) {
    this.current = regions;
    this.nextId = nextId;
    this.now = now;
  }

  get regions(): readonly AiRegion[] {
    return this.current;
  }

  /** Regions of this very text that came from elsewhere, in place of what is known here. */
  restore(regions: readonly AiRegion[]): void {
    this.current = regions;
    this.history.clear();
  }

  /** A change of the document; `read` still reads the text before it. */
  apply(edit: OffsetEdit, change: ObservedChange, read: Read): readonly AiRegion[] {
    this.current = this.after(edit, change, read);
    return this.current;
  }

  /** An AI says after the event that it wrote what stands in the range and, with `removedText`, what it removed there. */
  report(range: OffsetRange, origin: AiOrigin, removedText?: string): readonly AiRegion[] {
    return this.claim(range, this.authorOf(origin, 'reported'), removedText);
  }

  markAi(range: OffsetRange): readonly AiRegion[] {
    return this.claim(range, this.authorOf(markedByHand, 'reported'));
  }

  /** The deletions marked in the range are its reader's now, too. */
  markMine(range: OffsetRange): readonly AiRegion[] {
    this.current = overlay(this.current, [range], []);
    return this.current;
  }

  private after(edit: OffsetEdit, change: ObservedChange, read: Read): readonly AiRegion[] {
    const finer = refine(edit, read, 'lines');
    const found = classify(change, finer);
    switch (found.kind) {
      case 'undo':
        return this.history.undo(finer, this.current, read);
      case 'redo':
        return this.history.redo(finer, this.current, read);
      case 'takeBack':
        return this.history.takeBack(finer, this.current, read);
      case 'eol':
        return this.afterLineEndings(edit, read) ?? this.after(edit, {}, read);
      case 'format':
        return this.afterFormat(refine(edit, read, 'words'), read);
      case 'authored': {
        // What a person replaces is gone, even where the new text begins alike: somebody typed it.
        const made = found.origin.kind === 'human' ? edit : finer;
        return this.recorded(made, read, advance(this.current, made, this.authorOf(found.origin, found.evidence), read));
      }
    }
  }

  /** VS Code reports it as one replacement of the whole text. */
  private afterLineEndings(edit: OffsetEdit, read: Read): readonly AiRegion[] | undefined {
    const [whole, ...others] = edit.replacements;
    if (whole === undefined || others.length > 0) return undefined;
    const moved = withLineEndingsOf(this.current, read(whole.range), whole.newText);
    return moved && this.recorded(edit, read, moved);
  }

  /** What a formatter puts within one insertion, or in place of a part of it, belongs to that insertion. */
  private afterFormat(edit: OffsetEdit, read: Read): readonly AiRegion[] {
    const heirs = edit.replacements.map(({ range }) => this.current.find((region) => isWithin(range, region.range)) ?? nobody);
    return this.recorded(edit, read, advanceEach(this.current, edit, (index) => heirs[index] ?? nobody, read));
  }

  private recorded(edit: OffsetEdit, read: Read, after: readonly AiRegion[]): readonly AiRegion[] {
    this.history.record(edit, this.current, read);
    return after;
  }

  private claim(range: OffsetRange, author: Author, removedText = ''): readonly AiRegion[] {
    const claimed: AiRegion[] = [];
    const marks = clip(this.current, [range]).filter((region) => isMark(region) && !isMarkOf(region, removedText));
    if (removedText.trim() !== '') {
      const before = marks.filter((mark) => mark.range.start === range.start);
      marks.splice(before.length, 0, markOf(author, range.start, removedText));
    }
    let from = range.start;
    for (const mark of marks) {
      const at = mark.range.start;
      if (at > from) append(claimed, regionOf(author, new OffsetRange(from, at)));
      append(claimed, mark);
      from = at;
    }
    if (range.endExclusive > from) append(claimed, regionOf(author, new OffsetRange(from, range.endExclusive)));
    this.current = overlay(this.current, [range], claimed);
    return this.current;
  }

  private authorOf(origin: Origin, evidence: Evidence): Author {
    if (origin.kind !== 'ai' && origin.kind !== 'unknown') return nobody;
    return { origin, evidence, insertionId: this.nextId(), insertedAt: this.now() };
  }
}

function isWithin(part: OffsetRange, whole: OffsetRange): boolean {
  return whole.encloses(part) && !(part.isEmpty && (part.start === whole.start || part.endExclusive === whole.endExclusive));
}
