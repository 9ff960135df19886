import assert from 'node:assert/strict';
import { advance } from '../../../src/core/attribution/advance.ts';
import { EditHistory } from '../../../src/core/attribution/editHistory.ts';
import { nobody, type AiRegion, type Author } from '../../../src/core/attribution/region.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { Random } from '../text/random.ts';
import { Oracle, rowsOf } from './oracle.ts';

/** Edits of mixed origins with undo and redo, on texts that repeat themselves: the upkeep alone. Throws where it differs from the oracle. */
export function runUpkeep(seed: number): void {
  new Sequence(seed).run();
}

/** What one undo takes back. `texts`: the text before, and after each edit. */
interface Group {
  readonly before: Oracle;
  readonly texts: string[];
  edit: OffsetEdit | undefined;
}

class Sequence {
  private readonly random: Random;
  private readonly history = new EditHistory();
  private text: string;
  private oracle: Oracle;
  private regions: readonly AiRegion[] = [];
  private readonly undoable: Group[] = [];
  private redoable: { readonly group: Group; readonly after: Oracle }[] = [];
  private ids = 0;
  private lastAi: Author | undefined;

  constructor(private readonly seed: number) {
    this.random = new Random(seed);
    this.text = this.random.text(30);
    this.oracle = Oracle.of(this.text, nobody);
  }

  run(): void {
    for (let step = 0; step < 30; step++) {
      const kind = this.step();
      const note = `${kind} in step ${step} of seed ${this.seed}`;
      assert.equal(this.oracle.text, this.text, note);
      assert.deepEqual(rowsOf(this.regions), this.oracle.rows(), note);
    }
  }

  private step(): string {
    const choice = this.random.below(100);
    if (choice < 15 && this.undoable.length > 0) return this.undo();
    if (choice < 30 && this.redoable.length > 0) return this.redo();
    return this.edit();
  }

  private edit(): string {
    const { edit, author } = this.random.chance(12) ? this.restoringEdit() : { edit: this.random.edit(this.text, 3), author: this.author() };
    const before = this.oracle;
    const textBefore = this.text;
    this.history.record(edit, this.regions, this.read);
    this.regions = advance(this.regions, edit, author, this.read);
    this.oracle = this.oracle.after(edit, author);
    this.text = edit.apply(this.text);
    this.redoable = [];
    const last = this.undoable.at(-1);
    // An undo that could as well mean fewer edits is told by nothing: such groups are left out.
    if (last !== undefined && this.random.chance(35) && new Set([...last.texts, this.text]).size > last.texts.length) {
      last.texts.push(this.text);
      last.edit = undefined;
    } else {
      this.undoable.push({ before, texts: [textBefore, this.text], edit });
    }
    return `${author.origin.kind} edit`;
  }

  private undo(): string {
    const group = this.undoable.pop();
    assert.ok(group);
    const target = group.texts[0] ?? '';
    const start = group.edit === undefined ? undefined : group.edit.inverse((range) => range.of(target));
    this.regions = this.history.undo(start ?? this.editTo(target), this.regions, this.read);
    this.redoable.push({ group, after: this.oracle });
    this.oracle = group.before;
    this.text = target;
    return 'undo';
  }

  private redo(): string {
    const redone = this.redoable.pop();
    assert.ok(redone);
    const target = redone.group.texts.at(-1) ?? '';
    this.regions = this.history.redo(redone.group.edit ?? this.editTo(target), this.regions, this.read);
    this.undoable.push(redone.group);
    this.oracle = redone.after;
    this.text = target;
    return 'redo';
  }

  /** One replacement to the text: of all, or without what the two begin with. */
  private editTo(target: string): OffsetEdit {
    let head = 0;
    if (this.random.chance(50)) while (head < Math.min(target.length, this.text.length) && target[head] === this.text[head]) head++;
    return OffsetEdit.replace(new OffsetRange(head, this.text.length), target.slice(head));
  }

  private author(): Author {
    const kind = this.random.pick(['human', 'human', 'tool', 'unknown', 'ai', 'ai', 'again']);
    if (kind === 'human') return nobody;
    if (kind === 'tool') return { ...nobody, origin: { kind: 'tool', name: 'formatter' } };
    if (kind === 'again' && this.lastAi !== undefined) return this.lastAi;
    const made: Author = {
      insertionId: `i${this.ids++}`,
      origin: kind === 'unknown' ? { kind: 'unknown' } : { kind: 'ai', tool: 'demo' },
      evidence: 'observed',
      insertedAt: 1,
    };
    if (made.origin.kind === 'ai') this.lastAi = made;
    return made;
  }

  /** Puts the text of a mark back at its place, over a bit of what stands there. */
  private restoringEdit(): { readonly edit: OffsetEdit; readonly author: Author } {
    const mark = this.oracle.marks[this.random.below(Math.max(1, this.oracle.marks.length))];
    if (mark === undefined) return { edit: OffsetEdit.insert(0, 'a'), author: nobody };
    const end = mark.at + (/^[ab]/.test(this.text.slice(mark.at)) && this.random.chance(40) ? 1 : 0);
    return { edit: OffsetEdit.replace(new OffsetRange(mark.at, end), ` ${mark.removedText}`), author: this.author() };
  }

  private readonly read = (range: OffsetRange): string => range.of(this.text);
}
