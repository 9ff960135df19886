import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { Authorship } from '../../../src/core/attribution/authorship.ts';
import type { ObservedChange } from '../../../src/core/attribution/classify.ts';
import type { AiRegion } from '../../../src/core/attribution/region.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { AttributedText } from '../../../src/vscode/documents/attributedText.ts';
import type { EditSignals } from '../../../src/vscode/signals/editSignals.ts';

const person = 'const mine = 1;\n';
const ai = 'await drop(all);\n';
const text = person + ai;
/** Of the AI's line, which is too short to be known again wherever it comes, some words stay. */
const changed = `${person}await drop(all, 1);\n`;
const stays = ['ai await drop(all', 'ai );\n'];

/** A document that is open and clean, of which an AI wrote the last line. */
class Opened {
  private now = text;
  private clock = 1000;
  private readonly attributed: AttributedText;
  readonly authorship = new Authorship({ regions: [regionOf(person.length, text.length)], nextId: () => 'next', now: () => this.clock });

  constructor() {
    this.attributed = new AttributedText(this.document(), this.authorship, () => this.clock, () => undefined);
  }

  /** The editor reports what differs between the common ends, as it does for a reload. */
  becomes(next: string, observed: ObservedChange = {}): this {
    let head = 0;
    while (head < Math.min(this.now.length, next.length) && this.now[head] === next[head]) head++;
    let tail = 0;
    while (tail < Math.min(this.now.length, next.length) - head && this.now.at(-1 - tail) === next.at(-1 - tail)) tail++;
    const change = { rangeOffset: head, rangeLength: this.now.length - tail - head, text: next.slice(head, next.length - tail) };
    this.now = next;
    const reason = observed.reason === undefined ? undefined : observed.reason === 'undo' ? 1 : 2;
    this.attributed.take({ document: this.document(), contentChanges: [change], reason } as unknown as vscode.TextDocumentChangeEvent, { observe: () => observed } as unknown as EditSignals);
    return this;
  }

  saved(): this {
    this.attributed.saved();
    return this;
  }

  later(ms: number): this {
    this.clock += ms;
    return this;
  }

  get regions(): string[] {
    return this.authorship.regions.map(({ range, origin, removedText }) => `${origin.kind} ${removedText === undefined ? range.of(this.now) : `-${removedText}`}`);
  }

  private document(): vscode.TextDocument {
    const lines = this.now.split('\n');
    return { getText: () => this.now, eol: 1, isDirty: false, lineCount: lines.length } as unknown as vscode.TextDocument;
  }
}

function regionOf(start: number, endExclusive: number, removedText?: string): AiRegion {
  return { range: new OffsetRange(start, endExclusive), insertionId: 'first', origin: { kind: 'ai', tool: 'demo' }, evidence: 'observed', insertedAt: 1, ...(removedText !== undefined && { removedText }) };
}

describe('two reloads of a file that its writer emptied first', () => {
  it('are one change: what was there keeps its authors', () => {
    assert.deepEqual(new Opened().becomes('').becomes(text).regions, [`ai ${ai}`]);
    assert.deepEqual(new Opened().becomes('').becomes('const').becomes(`// new\n${text}`.slice(0, 5)).becomes(text).regions, [`ai ${ai}`]);
    assert.deepEqual(new Opened().becomes('').becomes(changed).regions, stays);
    assert.deepEqual(new Opened().becomes(person).becomes(changed, { detailedReason: { source: 'reloadFromDisk', metadata: {} } }).regions, stays);
  });

  it('can each be undone, and the regions are those before', () => {
    const opened = new Opened().becomes('').becomes(`${text}more();\n`);
    assert.deepEqual(opened.regions, [`ai ${ai}`]);
    assert.deepEqual(opened.becomes('', { reason: 'undo' }).regions, []);
    assert.deepEqual(opened.becomes(text, { reason: 'undo' }).regions, [`ai ${ai}`]);
  });

  it('are not what a person deleted and saved, and another program then added', () => {
    assert.deepEqual(new Opened().becomes(person).saved().becomes(changed).regions, []);
  });

  it('are not far apart', () => {
    assert.deepEqual(new Opened().becomes(person).later(6000).becomes(changed).regions, []);
  });

  for (const [what, observed] of [
    ['a snippet', { detailedReason: { source: 'snippet', metadata: {} } }],
    ['a paste', { pasted: changed.slice(person.length) }],
    ['typing', { detailedReason: { source: 'cursor', metadata: { kind: 'type' } } }],
  ] as const) {
    it(`are not a reload and ${what} of a person`, () => {
      const reload = { detailedReason: { source: 'reloadFromDisk', metadata: {} } };
      assert.deepEqual(new Opened().becomes(person, reload).becomes(changed, observed).regions, []);
    });
  }

  it('are not two edits of an AI, each of which says what it did', () => {
    const chat = { chatEditing: true, chatTurn: 'turn' };
    assert.deepEqual(new Opened().becomes(ai, chat).becomes(`${ai}more();\n`, chat).regions, [`ai -${person}`, `ai ${ai}`, 'ai more();\n']);
  });

  it('keep what was learnt in between: a deletion that stands, and none that was put back', () => {
    for (const [end, expected] of [['other', [`ai -${ai}`]], [ai, [`ai ${ai}`]]] as const) {
      const opened = new Opened().becomes(person);
      opened.authorship.restore([regionOf(person.length, person.length, ai)]);
      assert.deepEqual(opened.becomes(person + end).regions, expected);
    }
  });
});
