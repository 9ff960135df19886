import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { advance, advanceEach, type Read } from './advance.ts';
import { classify, type Authored, type ObservedChange } from './classify.ts';
import { withoutSettledMarks } from './deletions.ts';
import { Departures } from './departures.ts';
import { EditHistory } from './editHistory.ts';
import { withLineEndingsOf } from './lineEndings.ts';
import { arrivalsIn, bringsNoWord, departed, departuresOf, isMostlyArrived, pastedIn, withArrivals } from './moves.ts';
import type { AiOrigin, Evidence, Origin } from './origin.ts';
import { refine, withoutTypedStarts } from './refine.ts';
import { nobody, type AiRegion, type Author } from './region.ts';
import { append, clip, firstReaching, isMark, isMarkOf, markOf, overlay, regionOf } from './regionList.ts';
import { looksTyped } from './typed.ts';

export interface AuthorshipInit {
  readonly regions?: readonly AiRegion[];
  /** A new insertion's id, unlike all others. */
  readonly nextId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What left a text may arrive in another one that shares these. */
  readonly departures?: Departures;
}

/** Whom a person names who marks text as an AI's. */
export const markedByHand: AiOrigin = { kind: 'ai', tool: 'marked by hand' };

/** Who wrote what in one document, kept up to date change by change. */
export class Authorship {
  private current: readonly AiRegion[];
  private readonly history = new EditHistory();
  private readonly nextId: () => string;
  private readonly now: () => number;
  private readonly departures: Departures;
  /** Of the turn that an AI works at, or worked at last. */
  private ongoing: { readonly turn: string; readonly author: Author } | undefined;

  constructor({ regions = [], nextId, now, departures = new Departures() }: AuthorshipInit) {
    this.current = regions;
    this.nextId = nextId;
    this.now = now;
    this.departures = departures;
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

  /** A person says of all that is left of an insertion of unknown origin whose it is. What an AI deleted there is another question. */
  answer(insertionId: string, whose: 'ai' | 'mine'): readonly AiRegion[] {
    const author = this.authorOf(markedByHand, 'reported');
    const answered: AiRegion[] = [];
    for (const region of this.current) {
      const isAsked = region.insertionId === insertionId && region.origin.kind === 'unknown';
      if (!isAsked) append(answered, region);
      else if (whose === 'ai') append(answered, regionOf(author, region.range));
    }
    this.current = answered;
    return answered;
  }

  /** Somebody copies what stands in the ranges; a cut begins alike. */
  copy(ranges: readonly OffsetRange[], read: Read): void {
    this.departures.noteCopies(ranges.map((range) => departed(read(range), range.start, clip(this.current, [range]))));
  }

  /** An AI says after the event that it wrote what stands in the range and, with `removedText`, what it removed there. */
  report(range: OffsetRange, origin: AiOrigin, removedText?: string, evidence: Evidence = 'reported'): readonly AiRegion[] {
    return this.claim(range, this.authorOf(origin, evidence), removedText);
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
        return this.history.takeBack(finer, this.current, read) ?? this.afterPerson(refine(edit, read, 'phrases'), nobody, read);
      case 'eol':
        return this.afterLineEndings(edit, read) ?? this.after(edit, {}, read);
      case 'format':
        return this.afterFormat(refine(edit, read, 'words'), read);
      case 'authored':
        return found.origin.kind === 'ai' ? this.afterAi(edit, found, read) : this.afterOthers(edit, change, found, read);
    }
  }

  /** What an AI puts back stays whose it was, and so does what it only moves. */
  private afterAi(edit: OffsetEdit, found: Authored, read: Read): readonly AiRegion[] {
    const phrases = refine(edit, read, 'phrases');
    const made = found.isCompletion === true ? withoutTypedStarts(phrases, read) : phrases;
    const takenBack = found.isCompletion === true ? undefined : this.history.takeBack(made, this.current, read, true);
    if (takenBack !== undefined) return takenBack;
    const left = departuresOf(made, this.current, read);
    const arrivals = arrivalsIn(made, [...left, ...this.departures.ofTurn(found.turn)], 'moved');
    this.departures.note(left, found.turn);
    const standing = withoutSettledMarks(this.current, made, read, true);
    return this.recorded(made, read, withArrivals(advance(standing, made, this.authorOf(found.origin, found.evidence, found.turn), read), made, arrivals), true);
  }

  private afterOthers(edit: OffsetEdit, change: ObservedChange, found: Authored, read: Read): readonly AiRegion[] {
    const isByKey = looksTyped(edit.replacements.map(({ range, newText }) => ({ rangeLength: range.length, text: newText })));
    // What a person replaces is gone, even where the new text begins alike: somebody typed it.
    if (isByKey || found.isUnexplained !== true || change.pasted !== undefined) return this.afterPerson(edit, found, read, isByKey);
    const isSetAnew = edit.replacements.some(({ newText }) => newText !== '') && bringsNoWord(edit, read);
    return isSetAnew ? this.afterFormat(refine(edit, read, 'words'), read) : this.afterPerson(refine(edit, read, 'phrases'), found, read);
  }

  /** A person can cut, copy and drag what others wrote. */
  private afterPerson(made: OffsetEdit, { origin, evidence }: Pick<Authored, 'origin' | 'evidence'>, read: Read, isByKey = false): readonly AiRegion[] {
    const left = departuresOf(made, this.current, read);
    const found = isByKey ? [] : pastedIn(made, [...this.departures.all, ...left]);
    this.departures.note(left);
    const isKnown = origin.kind !== 'unknown' || isMostlyArrived(made, found);
    const author = isKnown && origin.kind === 'unknown' ? nobody : this.authorOf(origin, evidence);
    // Words that stood elsewhere before explain nothing of a text that nobody knows.
    const arrivals = isKnown ? found : [];
    const standing = withoutSettledMarks(this.current, made, read, false);
    return this.recorded(made, read, withArrivals(advance(standing, made, author, read), made, arrivals));
  }

  /** VS Code reports it as one replacement of the whole text. */
  private afterLineEndings(edit: OffsetEdit, read: Read): readonly AiRegion[] | undefined {
    const [whole, ...others] = edit.replacements;
    if (whole === undefined || others.length > 0) return undefined;
    const moved = withLineEndingsOf(this.current, read(whole.range), whole.newText);
    return moved && this.recorded(edit, read, moved);
  }

  /** What a formatter puts within one insertion, or in place of a part of it, belongs to that insertion; a word that it moves, to whom it belonged. */
  private afterFormat(edit: OffsetEdit, read: Read): readonly AiRegion[] {
    const arrivals = arrivalsIn(edit, departuresOf(edit, this.current, read), 'any');
    const heirs = edit.replacements.map(({ range }) => this.heirOf(range));
    return this.recorded(edit, read, withArrivals(advanceEach(this.current, edit, (index) => heirs[index] ?? nobody, read), edit, arrivals));
  }

  private heirOf(range: OffsetRange): Author {
    let index = firstReaching(this.current, range.start);
    for (let region = this.current[index]; region !== undefined && region.range.start <= range.start; region = this.current[++index]) {
      if (isWithin(range, region.range)) return region;
    }
    return nobody;
  }

  private recorded(edit: OffsetEdit, read: Read, after: readonly AiRegion[], isByAi = false): readonly AiRegion[] {
    this.history.record(edit, this.current, read, isByAi);
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

  private authorOf(origin: Origin, evidence: Evidence, turn?: string): Author {
    if (origin.kind !== 'ai' && origin.kind !== 'unknown') return nobody;
    if (turn !== undefined && this.ongoing?.turn === turn) return this.ongoing.author;
    const author: Author = { origin, evidence, insertionId: this.nextId(), insertedAt: this.now() };
    if (turn !== undefined) this.ongoing = { turn, author };
    return author;
  }
}

function isWithin(part: OffsetRange, whole: OffsetRange): boolean {
  return whole.encloses(part) && !(part.isEmpty && (part.start === whole.start || part.endExclusive === whole.endExclusive));
}
