import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { advance, advanceEach, type Read } from './advance.ts';
import { classify, type Authored, type Classification, type ObservedChange } from './classify.ts';
import { reachOfMarks, withoutSettledMarks } from './deletions.ts';
import { Departures } from './departures.ts';
import { EditHistory } from './editHistory.ts';
import { withLineEndingsOf } from './lineEndings.ts';
import { arrivalsIn, bringsNoWord, departed, departuresOf, isMostlyArrived, pastedIn, withArrivals } from './moves.ts';
import type { AiOrigin, Evidence, Origin } from './origin.ts';
import { refine, withoutTypedStarts } from './refine.ts';
import { nobody, type AiRegion, type Author } from './region.ts';
import { RegionBuffer } from './regionBuffer.ts';
import { append, clip, firstReaching, isMark, isMarkOf, markOf, overlay, regionOf } from './regionList.ts';
import { reordered } from './reordered.ts';
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

interface Made {
  /** Of an AI: without the text that it puts back unchanged. */
  readonly edit: OffsetEdit;
  /** As it was told. */
  readonly whole: OffsetEdit;
  readonly change: ObservedChange;
  readonly found: Classification;
  readonly read: Read;
}

/** Whom a person names who marks text as an AI's. */
export const markedByHand: AiOrigin = { kind: 'ai', tool: 'marked by hand' };

/** Who wrote what in one document, kept up to date change by change. */
export class Authorship {
  private buffer: RegionBuffer;
  private readonly history = new EditHistory();
  private readonly nextId: () => string;
  private readonly now: () => number;
  private readonly departures: Departures;
  /** Of the turn that an AI works at, or worked at last. */
  private ongoing: { readonly turn: string; readonly author: Author } | undefined;

  constructor({ regions = [], nextId, now, departures = new Departures() }: AuthorshipInit) {
    this.buffer = new RegionBuffer(regions);
    this.nextId = nextId;
    this.now = now;
    this.departures = departures;
  }

  /** Put together when they are asked for: not to be asked for at each key. */
  get regions(): readonly AiRegion[] {
    return this.buffer.regions;
  }

  get regionCount(): number {
    return this.buffer.count;
  }

  /** Regions of this very text that came from elsewhere, in place of what is known here. */
  restore(regions: readonly AiRegion[]): void {
    this.replace(regions);
    this.history.clear();
  }

  /** Regions of this very text that are known better now. What an undo brings back stays as it is. */
  learn(regions: readonly AiRegion[]): void {
    this.replace(regions);
  }

  /** A change of the document; `read` still reads the text before it. */
  apply(edit: OffsetEdit, change: ObservedChange, read: Read): void {
    const [first, last] = [edit.replacements[0], edit.replacements.at(-1)];
    if (first === undefined || last === undefined) return;
    const found = classify(change, () => refine(edit, read, 'lines'));
    const made = { edit: isByAi(found) ? madeByAi(edit, found, read) : edit, whole: edit, change, found, read };
    const brought = this.broughtBack(made);
    if (brought !== undefined) this.replace(brought);
    else this.buffer.edit(OffsetRange.hull(first.range, last.range), edit.lengthDelta, reachOfMarks, (around) => this.after(around, made));
  }

  /** A person says of all that is left of an insertion of unknown origin whose it is. What an AI deleted there is another question. */
  answer(insertionId: string, whose: 'ai' | 'mine'): void {
    const author = this.authorOf(markedByHand, 'reported');
    const answered: AiRegion[] = [];
    for (const region of this.regions) {
      const isAsked = region.insertionId === insertionId && region.origin.kind === 'unknown';
      if (!isAsked) append(answered, region);
      else if (whose === 'ai') append(answered, regionOf(author, region.range));
    }
    this.replace(answered);
  }

  /** Somebody copies what stands in the ranges; a cut begins alike. */
  copy(ranges: readonly OffsetRange[], read: Read): void {
    this.departures.noteCopies(ranges.map((range) => departed(read(range), range.start, clip(this.regions, [range]))));
  }

  /** An AI says after the event that it wrote what stands in the range and, with `removedText`, what it removed there. */
  report(range: OffsetRange, origin: AiOrigin, removedText?: string, evidence: Evidence = 'reported'): void {
    this.claim(range, this.authorOf(origin, evidence), removedText);
  }

  markAi(range: OffsetRange): void {
    this.claim(range, this.authorOf(markedByHand, 'reported'));
  }

  /** The deletions marked in the range are its reader's now, too. */
  markMine(range: OffsetRange): void {
    this.replace(overlay(this.regions, [range], []));
  }

  private replace(regions: readonly AiRegion[]): void {
    this.buffer = new RegionBuffer(regions);
  }

  /** What an undo, a redo or an AI that takes its own work back makes of all regions; undefined for any other change. */
  private broughtBack({ edit, found, read }: Made): readonly AiRegion[] | undefined {
    switch (found.kind) {
      case 'undo':
        return this.history.undo(refine(edit, read, 'lines'), this.regions, read);
      case 'redo':
        return this.history.redo(refine(edit, read, 'lines'), this.regions, read);
      case 'takeBack':
        return this.history.takeBack(refine(edit, read, 'lines'), () => this.regions, read);
      case 'authored':
        return isByAi(found) && found.isCompletion !== true ? this.history.takeBack(edit, () => this.regions, read, true) : undefined;
      default:
        return undefined;
    }
  }

  /** The regions around an edit, after it. */
  private after(around: readonly AiRegion[], made: Made): readonly AiRegion[] {
    const { edit, found, read } = made;
    switch (found.kind) {
      case 'undo':
      case 'redo':
      case 'takeBack':
        return this.afterPerson(around, refine(edit, read, 'phrases'), nobody, read);
      case 'eol':
        return this.afterLineEndings(around, edit, read) ?? this.after(around, { edit, whole: edit, change: {}, found: classify({}, () => refine(edit, read, 'lines')), read });
      case 'format':
        return this.withReordered(this.afterFormat(around, refine(edit, read, 'words'), read), around, made);
      case 'authored':
        return isByAi(found) ? this.withReordered(this.afterAi(around, edit, found, read), around, made) : this.afterOthers(around, found, made);
    }
  }

  /** Lines that an edit only puts in another order stay whose they were, whoever does it. */
  private withReordered(after: readonly AiRegion[], around: readonly AiRegion[], { whole, read }: Made): readonly AiRegion[] {
    return withArrivals(after, whole, reordered(whole, around, read, () => this.authorOf({ kind: 'unknown' }, 'inferred')));
  }

  /** What an AI puts back stays whose it was, and so does what it only moves. */
  private afterAi(around: readonly AiRegion[], made: OffsetEdit, found: Authored, read: Read): readonly AiRegion[] {
    const left = departuresOf(made, around, read);
    const arrivals = arrivalsIn(made, [...left, ...this.departures.ofTurn(found.turn)], 'moved');
    this.departures.note(left, found.turn);
    const standing = withoutSettledMarks(around, made, read, true);
    this.record(made, around, read, { isByAi: true, standing });
    return withArrivals(advance(standing, made, this.authorOf(found.origin, found.evidence, found.turn), read), made, arrivals);
  }

  private afterOthers(around: readonly AiRegion[], found: Authored, made: Made): readonly AiRegion[] {
    const { edit, change, read } = made;
    const isByKey = looksTyped(edit.replacements.map(({ range, newText }) => ({ rangeLength: range.length, text: newText })));
    // What a person replaces is gone, even where the new text begins alike: somebody typed it.
    if (isByKey || change.pasted !== undefined) return this.afterPerson(around, edit, found, read, isByKey);
    return this.withReordered(found.isUnexplained === true ? this.afterUnexplained(around, edit, found, read) : this.afterPerson(around, edit, found, read), around, made);
  }

  private afterUnexplained(around: readonly AiRegion[], edit: OffsetEdit, found: Authored, read: Read): readonly AiRegion[] {
    const isSetAnew = edit.replacements.some(({ newText }) => newText !== '') && bringsNoWord(edit, read);
    return isSetAnew ? this.afterFormat(around, refine(edit, read, 'words'), read) : this.afterPerson(around, refine(edit, read, 'phrases'), found, read);
  }

  /** A person can cut, copy and drag what others wrote. */
  private afterPerson(around: readonly AiRegion[], made: OffsetEdit, { origin, evidence }: Pick<Authored, 'origin' | 'evidence'>, read: Read, isByKey = false): readonly AiRegion[] {
    const left = departuresOf(made, around, read);
    const found = isByKey ? [] : pastedIn(made, [...this.departures.all, ...left]);
    this.departures.note(left);
    const isKnown = origin.kind !== 'unknown' || isMostlyArrived(made, found);
    const author = isKnown && origin.kind === 'unknown' ? nobody : this.authorOf(origin, evidence);
    // Words that stood elsewhere before explain nothing of a text that nobody knows.
    const arrivals = isKnown ? found : [];
    const standing = withoutSettledMarks(around, made, read, false);
    this.record(made, around, read, { standing });
    return withArrivals(advance(standing, made, author, read), made, arrivals);
  }

  /** VS Code reports it as one replacement of the whole text. */
  private afterLineEndings(around: readonly AiRegion[], edit: OffsetEdit, read: Read): readonly AiRegion[] | undefined {
    const [whole, ...others] = edit.replacements;
    if (whole === undefined || others.length > 0) return undefined;
    const moved = withLineEndingsOf(around, read(whole.range), whole.newText);
    if (moved !== undefined) this.record(edit, around, read);
    return moved;
  }

  /** What a formatter puts within one insertion, or in place of a part of it, belongs to that insertion; a word that it moves, to whom it belonged. */
  private afterFormat(around: readonly AiRegion[], edit: OffsetEdit, read: Read): readonly AiRegion[] {
    const arrivals = arrivalsIn(edit, departuresOf(edit, around, read), 'any');
    const heirs = edit.replacements.map(({ range }) => heirOf(range, around));
    this.record(edit, around, read);
    return withArrivals(advanceEach(around, edit, (index) => heirs[index] ?? nobody, read), edit, arrivals);
  }

  /** @param standing the regions around without the marks that the edit settled */
  private record(edit: OffsetEdit, around: readonly AiRegion[], read: Read, { isByAi = false, standing = around }: { readonly isByAi?: boolean; readonly standing?: readonly AiRegion[] } = {}): void {
    const stays = standing === around ? undefined : new Set(standing);
    this.history.record(edit, around, read, isByAi, stays && around.filter((region) => !stays.has(region)));
  }

  private claim(range: OffsetRange, author: Author, removedText = ''): void {
    const claimed: AiRegion[] = [];
    const marks = clip(this.regions, [range]).filter((region) => isMark(region) && !isMarkOf(region, removedText));
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
    this.replace(overlay(this.regions, [range], claimed));
  }

  private authorOf(origin: Origin, evidence: Evidence, turn?: string): Author {
    if (origin.kind !== 'ai' && origin.kind !== 'unknown') return nobody;
    if (turn !== undefined && this.ongoing?.turn === turn) return this.ongoing.author;
    const author: Author = { origin, evidence, insertionId: this.nextId(), insertedAt: this.now() };
    if (turn !== undefined) this.ongoing = { turn, author };
    return author;
  }
}

function isByAi(found: Classification): found is Authored & { readonly origin: AiOrigin } {
  return found.kind === 'authored' && found.origin.kind === 'ai';
}

function madeByAi(edit: OffsetEdit, found: Authored, read: Read): OffsetEdit {
  const phrases = refine(edit, read, 'phrases');
  return found.isCompletion === true ? withoutTypedStarts(phrases, read) : phrases;
}

function heirOf(range: OffsetRange, regions: readonly AiRegion[]): Author {
  let index = firstReaching(regions, range.start);
  for (let region = regions[index]; region !== undefined && region.range.start <= range.start; region = regions[++index]) {
    if (isWithin(range, region.range)) return region;
  }
  return nobody;
}

function isWithin(part: OffsetRange, whole: OffsetRange): boolean {
  return whole.encloses(part) && !(part.isEmpty && (part.start === whole.start || part.endExclusive === whole.endExclusive));
}
