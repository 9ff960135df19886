import assert from 'node:assert/strict';
import { Authorship } from '../../../src/core/attribution/authorship.ts';
import type { ObservedChange } from '../../../src/core/attribution/classify.ts';
import { nobody, type Author } from '../../../src/core/attribution/region.ts';
import { OffsetEdit, type Replacement } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { Random } from '../text/random.ts';
import { type Item, Oracle, rowsOf } from './oracle.ts';

/**
 * What people and AIs do in an editor, told as the editor tells it: keys, accepts, chat edits, cut, copy and paste, undo and redo, at many
 * cursors. No character is written twice, so that who wrote it is beyond doubt; half of them are surrogate pairs. Throws where the regions
 * differ from the oracle's.
 */
export function runAuthored(seed: number): void {
  new Sequence(seed).run();
}

/** What one undo takes back. */
interface Done {
  readonly edit: OffsetEdit;
  readonly inverse: OffsetEdit;
  readonly before: Oracle;
  readonly isByAi: boolean;
}

const keys: ObservedChange = { detailedReason: { source: 'cursor', metadata: { kind: 'type' } } };
const cut: ObservedChange = { detailedReason: { source: 'cursor', metadata: { kind: 'cut' } } };
const paste: ObservedChange = { detailedReason: { source: 'cursor', metadata: { kind: 'paste' } } };
/** Shorter texts could come from anywhere. */
const leastMoved = 4;

class Sequence {
  private readonly random: Random;
  private readonly authorship: Authorship;
  private text: string;
  private oracle: Oracle;
  private done: Done[] = [];
  private undone: { readonly done: Done; readonly after: Oracle }[] = [];
  private clipboard: readonly Item[] = [];
  private ids = 0;
  private made = 0;
  private turns = 0;
  private turn = { name: '', author: nobody };

  constructor(private readonly seed: number) {
    this.random = new Random(seed);
    this.text = this.fresh(20);
    this.oracle = Oracle.of(this.text, nobody);
    this.authorship = new Authorship({ nextId: () => `i${this.ids++}`, now: () => 1 });
  }

  run(): void {
    for (let step = 0; step < 30; step++) {
      const what = this.step();
      const note = `${what} in step ${step} of seed ${this.seed}`;
      assert.equal(this.oracle.text, this.text, note);
      assert.deepEqual(rowsOf(this.authorship.regions), this.oracle.rows(), note);
    }
  }

  private step(): string {
    const choice = this.random.below(100);
    if (choice < 12 && this.done.length > 0) return this.undo();
    if (choice < 24 && this.undone.length > 0) return this.redo();
    if (choice < 28 && this.done.at(-1)?.isByAi === true) return this.chatUndo();
    if (choice < 42) return this.type();
    if (choice < 52) return this.remove(keys, 'deletes');
    if (choice < 74) return this.write();
    if (choice < 80) return this.unexplained();
    if (choice < 86) return this.cut();
    if (choice < 90) return this.copy();
    if (choice < 97) return this.paste();
    return this.report();
  }

  private type(): string {
    const edit = new OffsetEdit(this.places(3, 4).map((range) => ({ range, newText: this.random.chance(15) ? this.random.pick([' ', '\n']) : this.letter() })));
    this.apply(edit, this.random.chance(50) ? keys : {}, nobody);
    return 'a person types';
  }

  private remove(change: ObservedChange, what: string): string {
    this.apply(new OffsetEdit(this.places(3, 6).filter(({ isEmpty }) => !isEmpty).map((range) => ({ range, newText: '' }))), change, nobody);
    return `a person ${what}`;
  }

  /** An AI inserts, replaces and deletes. */
  private write(): string {
    const replacements = this.places(3, 8).map((range): Replacement => ({ range, newText: range.isEmpty ? this.fresh(8) || this.letter() : this.random.chance(40) ? '' : this.word(6) }));
    const edit = new OffsetEdit(replacements);
    const kind = this.random.pick(['tab', 'chat', 'turn', 'reported']);
    if (kind === 'turn') {
      if (this.turn.name === '' || this.random.chance(40)) this.turn = { name: `turn ${this.turns++}`, author: nobody };
      const { name } = this.turn;
      const expected = this.turn.author === nobody ? this.nextAi('observed') : this.turn.author;
      const before = this.ids;
      this.apply(edit, { detailedReason: { source: 'Chat.applyEdits', metadata: { $extensionId: 'demo', $$sessionId: name, $$requestId: name } } }, expected);
      if (this.ids > before) this.turn = { name, author: expected };
    } else {
      this.apply(edit, kind === 'tab' ? { inlineCommit: 'full' } : kind === 'chat' ? { chatEditing: true } : { reported: { kind: 'ai', tool: 'demo' } }, this.nextAi('observed'));
    }
    return `an AI writes (${kind})`;
  }

  /** As large as nobody types: 45 letters outside of the basic plane over four lines. */
  private unexplained(): string {
    const newText = Array.from({ length: 4 }, () => this.letters(12, true)).join('\n');
    this.apply(OffsetEdit.insert(this.place(), newText), {}, { ...this.nextAi('inferred'), origin: { kind: 'unknown' } });
    return 'somebody inserts much';
  }

  private cut(): string {
    const range = this.stretch();
    this.clipboard = this.oracle.slice(range);
    this.apply(OffsetEdit.delete(range), cut, nobody);
    return 'a person cuts';
  }

  private copy(): string {
    const range = this.stretch();
    this.clipboard = this.oracle.slice(range);
    this.authorship.copy([range], this.read);
    return 'a person copies';
  }

  private paste(): string {
    const newText = textOf(this.clipboard);
    if (newText === '') return 'nothing is pasted';
    const isKnown = newText.replace(/\s/g, '').length >= leastMoved;
    const edit = new OffsetEdit(this.places(2, 4).map((range) => ({ range, newText })));
    this.apply(edit, { ...paste, pasted: newText }, nobody, isKnown ? this.clipboard : undefined);
    return 'a person pastes';
  }

  /** Of what was undone, cut or copied before, the report says nothing, and it comes back as whichever is known last: that is left out. */
  private report(): string {
    const range = this.stretch();
    if (range.isEmpty) return 'nothing is reported';
    this.oracle = this.oracle.claimed(range, this.nextAi('reported'));
    this.authorship.report(range, { kind: 'ai', tool: 'demo' });
    this.done = [];
    this.undone = [];
    this.clipboard = [];
    return 'an AI reports';
  }

  private undo(): string {
    const done = this.done.pop();
    assert.ok(done);
    this.undone.push({ done, after: this.oracle });
    this.become(done.before, done.inverse, { reason: 'undo' });
    return 'undo';
  }

  private redo(): string {
    const redone = this.undone.pop();
    assert.ok(redone);
    this.done.push(redone.done);
    this.become(redone.after, redone.done.edit, { reason: 'redo' });
    return 'redo';
  }

  /** It can be undone in its turn. */
  private chatUndo(): string {
    const last = this.done.at(-1);
    assert.ok(last);
    const done = { edit: last.inverse, inverse: last.edit, before: this.oracle, isByAi: false };
    this.become(last.before, last.inverse, { detailedReason: { source: 'Chat.undoEdits', metadata: {} } });
    this.done.push(done);
    this.undone = [];
    return 'a chat takes back';
  }

  private become(oracle: Oracle, edit: OffsetEdit, change: ObservedChange): void {
    this.authorship.apply(edit, change, this.read);
    this.text = edit.apply(this.text);
    this.oracle = oracle;
  }

  private apply(edit: OffsetEdit, change: ObservedChange, author: Author, brought?: readonly Item[]): void {
    if (edit.isEmpty) return;
    const isByAi = author.origin.kind === 'ai';
    const before = this.oracle;
    const done = { edit, inverse: edit.inverse(this.read), before, isByAi };
    this.become(before.withoutSettled(edit, isByAi).after(edit, author, brought), edit, change);
    this.done.push(done);
    this.undone = [];
  }

  private nextAi(evidence: Author['evidence']): Author {
    return { insertionId: `i${this.ids}`, origin: { kind: 'ai', tool: 'demo' }, evidence, insertedAt: 1 };
  }

  /** Sorted and apart from one another, some empty; no half of a surrogate pair. */
  private places(most: number, longest: number): OffsetRange[] {
    const ends = this.ends();
    const ranges: OffsetRange[] = [];
    let from = 0;
    for (let left = 1 + this.random.below(most); left > 0 && from < ends.length; left--) {
      const start = from + this.random.below(Math.min(ends.length - from, 15));
      const end = this.random.chance(50) ? start : Math.min(ends.length - 1, start + this.random.below(longest));
      ranges.push(new OffsetRange(ends[start] ?? 0, ends[end] ?? 0));
      from = end + 1;
    }
    return ranges;
  }

  private place(): number {
    return this.random.pick([0, ...this.ends()]);
  }

  private stretch(): OffsetRange {
    const ends = this.ends();
    const start = this.random.below(ends.length);
    return new OffsetRange(ends[start] ?? 0, ends[Math.min(ends.length - 1, start + this.random.below(12))] ?? 0);
  }

  private ends(): number[] {
    const ends = [0];
    for (const character of this.text) ends.push((ends.at(-1) ?? 0) + character.length);
    return ends;
  }

  private fresh(most: number): string {
    return Array.from({ length: this.random.below(most + 1) }, () => (this.random.chance(20) ? this.random.pick([' ', '\n', '\r\n']) : this.letter())).join('');
  }

  private word(most: number): string {
    return this.letters(1 + this.random.below(most), false);
  }

  private letters(count: number, isWide: boolean): string {
    return Array.from({ length: count }, () => this.letter(isWide)).join('');
  }

  /** One that was never written: of the ideographs in the basic plane, or of those that are surrogate pairs. */
  private letter(isWide = this.random.chance(50)): string {
    return String.fromCodePoint((isWide ? 0x20000 : 0x4e00) + this.made++);
  }

  private readonly read = (range: OffsetRange): string => range.of(this.text);
}

function textOf(items: readonly Item[]): string {
  return items.map((item) => ('unit' in item ? item.unit : '')).join('');
}
