import { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { advance, type Read } from './advance.ts';
import { nobody, type AiRegion } from './region.ts';
import { clip, overlay } from './regionList.ts';

/** An edit that was made, the one that takes it back, and what the edit did away with: the regions that lay in its windows before. */
interface Step {
  readonly edit: OffsetEdit;
  readonly inverse: OffsetEdit;
  /** Of the marks that it settled elsewhere; in the text before and in that after. With its ranges they are its windows. */
  readonly places: readonly OffsetRange[];
  readonly placesAfter: readonly OffsetRange[];
  readonly lost: readonly AiRegion[];
  readonly isByAi: boolean;
}

/** VS Code takes a typed or deleted run of characters back at once, so one undo can mean many steps. */
const stepLimit = 500;
/** UTF-16 code units of removed and new text together. */
const textLimit = 4_000_000;
/** Of most steps: one for all. */
const nowhere: readonly OffsetRange[] = [];
const nothing: readonly AiRegion[] = [];
/** Replacements visited before the search for what an undo means is given up: some milliseconds. */
const searchLimit = 20_000;

/**
 * What happened to a document, as far back as needed to give the text that an undo or redo brings back its regions, exactly as they were.
 * An undo is known by what it does to the text: it means the last steps whose inverses together do the same.
 */
export class EditHistory {
  private readonly undoable = new Steps();
  private readonly redoable = new Steps();

  /** An edit of a text with these regions; with it the chance of a redo is gone. @param settled the marks of them that it did away with */
  record(edit: OffsetEdit, regions: readonly AiRegion[], read: Read, isByAi = false, settled: readonly AiRegion[] = []): void {
    this.redoable.clear();
    this.undoable.push(stepOf(edit, regions, read, isByAi, settled));
  }

  undo(edit: OffsetEdit, regions: readonly AiRegion[], read: Read): readonly AiRegion[] {
    return move(this.undoable, this.redoable, edit, regions, read);
  }

  redo(edit: OffsetEdit, regions: readonly AiRegion[], read: Read): readonly AiRegion[] {
    return move(this.redoable, this.undoable, edit, regions, read);
  }

  /**
   * An ordinary edit, itself open to undo, that takes the last steps back: what a chat does with its own edits. Undefined when it does
   * something else. @param ofAi whether they must all be an AI's: what a person did just before, an AI takes away like any other text
   */
  takeBack(edit: OffsetEdit, regions: () => readonly AiRegion[], read: Read, ofAi = false): readonly AiRegion[] | undefined {
    const steps = this.undoable.takenBackBy(edit, read);
    if (steps === undefined || steps.length === 0 || (ofAi && steps.some(({ isByAi }) => !isByAi))) return undefined;
    this.record(edit, regions(), read, ofAi);
    return steps.reduce(takeStepBack, regions());
  }

  clear(): void {
    this.undoable.clear();
    this.redoable.clear();
  }
}

class Steps {
  private steps: Step[] = [];
  private textSize = 0;

  push(step: Step): void {
    this.steps.push(step);
    this.textSize += sizeOf(step);
    while (this.steps.length > stepLimit || (this.textSize > textLimit && this.steps.length > 1)) this.textSize -= sizeOf(this.steps.shift());
  }

  pop(): void {
    this.textSize -= sizeOf(this.steps.pop());
  }

  clear(): void {
    this.steps = [];
    this.textSize = 0;
  }

  /** The fewest last steps, the newest first, that `edit` takes back; undefined when it does something else. */
  takenBackBy(edit: OffsetEdit, read: Read): readonly Step[] | undefined {
    const delta = edit.lengthDelta;
    let together = OffsetEdit.none;
    let togetherDelta = 0;
    let visited = 0;
    const steps: Step[] = [];
    let waiting: OffsetEdit[] = [];
    for (const step of this.newestFirst()) {
      steps.push(step);
      waiting.push(step.inverse);
      togetherDelta += step.inverse.lengthDelta;
      if (togetherDelta !== delta) continue;
      for (const inverse of waiting) {
        together = together.compose(inverse);
        visited += together.replacements.length;
      }
      waiting = [];
      if (haveSameEffect(together, edit, read)) return steps;
      if (visited > searchLimit) return undefined;
    }
    return undefined;
  }

  private *newestFirst(): Generator<Step> {
    for (let index = this.steps.length - 1; index >= 0; index--) {
      const step = this.steps[index];
      if (step !== undefined) yield step;
    }
  }
}

/** An undo, or its mirror. One that the history does not know leaves nothing behind it that a later one could mean, and can be redone. */
function move(from: Steps, to: Steps, edit: OffsetEdit, regions: readonly AiRegion[], read: Read): readonly AiRegion[] {
  const steps = from.takenBackBy(edit, read);
  if (steps === undefined) {
    from.clear();
    to.push(stepOf(edit, regions, read, false));
    return advance(regions, edit, nobody, read);
  }
  let current = regions;
  for (const step of steps) {
    from.pop();
    const { edit: made, inverse, places, placesAfter, isByAi } = step;
    to.push({ edit: inverse, inverse: made, places: placesAfter, placesAfter: places, lost: lostIn(current, inverse, placesAfter), isByAi });
    current = takeStepBack(current, step);
  }
  return current;
}

/** Only where the step had changed the text do its old regions come back: what was learnt since about the rest stays. */
function takeStepBack(regions: readonly AiRegion[], step: Step): readonly AiRegion[] {
  const without = advance(regions, step.inverse, nobody, () => '');
  return overlay(without, windowsOf(step.edit, step.places), step.lost);
}

function stepOf(edit: OffsetEdit, regions: readonly AiRegion[], read: Read, isByAi: boolean, settled: readonly AiRegion[] = []): Step {
  const inverse = edit.inverse(read);
  const elsewhere = settled.map(({ range }) => range).filter((place) => !edit.replacements.some(({ range }) => range.touches(place)));
  const places = elsewhere.length === 0 ? nowhere : elsewhere;
  const placesAfter = elsewhere.length === 0 ? nowhere : elsewhere.map((place) => place.shift(deltaBefore(place.start, edit)));
  return { edit, inverse, places, placesAfter, lost: lostIn(regions, edit, places), isByAi };
}

function lostIn(regions: readonly AiRegion[], edit: OffsetEdit, places: readonly OffsetRange[]): readonly AiRegion[] {
  const lost = clip(regions, windowsOf(edit, places));
  return lost.length === 0 ? nothing : lost;
}

function windowsOf(edit: OffsetEdit, places: readonly OffsetRange[]): readonly OffsetRange[] {
  return sorted([...rangesOf(edit), ...places]);
}

function sorted(ranges: OffsetRange[]): readonly OffsetRange[] {
  return ranges.sort((a, b) => a.start - b.start || a.endExclusive - b.endExclusive);
}

function deltaBefore(offset: number, edit: OffsetEdit): number {
  return edit.replacements.reduce((delta, { range, newText }) => (range.endExclusive <= offset ? delta + newText.length - range.length : delta), 0);
}

function rangesOf(edit: OffsetEdit): OffsetRange[] {
  return edit.replacements.map(({ range }) => range);
}

function sizeOf(step: Step | undefined): number {
  return [...(step?.edit.replacements ?? []), ...(step?.inverse.replacements ?? [])].reduce((sum, { newText }) => sum + newText.length, 0);
}

function haveSameEffect(one: OffsetEdit, other: OffsetEdit, read: Read): boolean {
  const [first, ...rest] = [...rangesOf(one), ...rangesOf(other)];
  if (first === undefined) return true;
  const hull = rest.reduce((a, b) => OffsetRange.hull(a, b), first);
  const text = read(hull);
  if (text.length < hull.length) return false;
  return shifted(one, -hull.start).apply(text) === shifted(other, -hull.start).apply(text);
}

function shifted(edit: OffsetEdit, delta: number): OffsetEdit {
  return new OffsetEdit(edit.replacements.map(({ range, newText }) => ({ range: range.shift(delta), newText })));
}
