import type { Node, TreeCursor } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import { Nodes } from '../nodes.ts';
import { longestPreceding } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import { rangeOf, type Syntax } from '../syntax.ts';
import { Definitions } from './definitions.ts';
import { callAround, callAt, describe, type DestructiveCall, nameOf } from './destructiveCalls.ts';
import { type Guard, guardsOf, idleConditions } from './guards.ts';
import { valuesBehind } from './keptValues.ts';
import { equalEnds, type Piece } from './lineBalance.ts';
import { listSources } from './listSources.ts';

/** A longer part of a tree is looked at part by part. */
const longestUnit = 2000;

/** A destructive call as long as its tree stands. */
export interface PlacedCall {
  readonly call: KnownCall;
  readonly range: OffsetRange;
  /** The innermost function around it, or the whole text. */
  readonly within: OffsetRange;
}

/** What is known of a call wherever it stands. */
export interface KnownCall {
  readonly callee: string;
  readonly address: readonly string[];
  /** The rest of its chain, as written. */
  readonly chain: string;
}

/** A part of a tree, in offsets of its own. A part with the same text, kind and surroundings reads the same. */
interface Unit {
  readonly length: number;
  readonly type: number;
  /** The names around it. */
  readonly outer: string;
  readonly calls: readonly { readonly call: KnownCall; readonly range: OffsetRange; readonly within: OffsetRange | undefined }[];
  /** Where verbs stand that what is around the unit decides about. */
  readonly open: readonly Piece[];
}

/** What stands around a unit. */
interface Outer {
  readonly start: number;
  readonly end: number;
  readonly name?: string | undefined;
  readonly range?: OffsetRange | undefined;
}

/** The destructive calls of a tree that follows its text; only what an edit touched is read again. */
export class CallIndex {
  private units: ReadonlyMap<number, Unit> = new Map();
  /** Those of the text that the units are of. */
  private lines: readonly string[] = [];
  private length = 0;
  private nodes: Nodes;
  private root: Node | undefined;
  private readonly definitions = new Definitions();

  constructor(private readonly syntax: Syntax) {
    this.nodes = new Nodes(syntax.text);
  }

  /** In the order of the text. @param verbs where one may be named, in the order of the text */
  *calls(verbs: readonly Piece[], pace: Pick<Pace, 'isOver'>): Paced<PlacedCall[]> {
    const { text } = this.syntax;
    const root = yield* this.syntax.root(pace);
    const { first, same } = equalEnds(this.lines, text);
    this.nodes = new Nodes(text);
    this.root = root;
    const moved = text.length - this.length;
    const changed = [text.startOfLine(first), text.lineCount - same < text.lineCount ? text.startOfLine(text.lineCount - same) : text.length] as const;
    const reading = new Reading(root, this.nodes, (start, end) => (end <= changed[0] ? this.units.get(start) : start >= changed[1] ? this.units.get(start - moved) : undefined));
    try {
      for (let at = 0; at < verbs.length; ) {
        at = reading.read(verbs, at);
        if (pace.isOver()) yield;
      }
    } finally {
      reading.dispose();
    }
    this.units = reading.units;
    this.lines = Array.from({ length: text.lineCount }, (_, index) => text.line(index));
    this.length = text.length;
    return reading.calls;
  }

  /** What stands around one of the calls given last. */
  guardsOf(call: PlacedCall): readonly Guard[] {
    const node = this.nodeOf(call);
    return node === undefined ? [] : guardsOf(node, this.nodes);
  }

  /** The conditions before it that do not keep it from being reached, as written. */
  idleConditionsOf(call: PlacedCall): ReadonlySet<string> {
    const node = this.nodeOf(call);
    return node === undefined ? new Set() : idleConditions(node, this.nodes);
  }

  /** What the variables in its chain were given last before it, as written. */
  valuesBehind(call: PlacedCall): readonly string[] {
    const node = this.nodeOf(call);
    if (node === undefined) return [];
    const values = valuesBehind(node, call.call.chain, this.nodes);
    return [...values, ...listSources(node, [call.call.chain, ...values], this.nodes, this.definitions)];
  }

  /** The text from the end of one to the end of the function around it. */
  textBehind({ range, within }: PlacedCall): string {
    return within.endExclusive <= range.endExclusive ? '' : this.syntax.text.slice(new OffsetRange(range.endExclusive, Math.min(within.endExclusive, range.endExclusive + longestPreceding)));
  }

  /** The lines of the function around one. */
  functionAround({ within }: PlacedCall): string {
    const { text } = this.syntax;
    const last = text.positionAt(within.endExclusive).line;
    return text.slice(new OffsetRange(text.startOfLine(text.positionAt(within.start).line), last + 1 < text.lineCount ? text.startOfLine(last + 1) : text.length));
  }

  /** What of the text stands between the lines at its start and at its end that other lines have too. */
  stretchThatDiffersFrom(lines: readonly string[]): OffsetRange {
    const { text } = this.syntax;
    const { first, same } = equalEnds(lines, text);
    const start = first < text.lineCount ? text.startOfLine(first) : text.length;
    return new OffsetRange(start, Math.max(start, same === 0 ? text.length : text.startOfLine(text.lineCount - same)));
  }

  /** All of the text. */
  get text(): string {
    return this.syntax.text.toString();
  }

  private nodeOf({ range }: PlacedCall): Node | undefined {
    return this.root === undefined ? undefined : callAt(range, this.root, this.nodes);
  }
}

/** One way through a tree, along the places of verbs. */
class Reading {
  readonly calls: PlacedCall[] = [];
  readonly units = new Map<number, Unit>();
  private readonly cursor: TreeCursor;
  /** The nodes that the cursor went into; it stands at the last one, or at a child of it. */
  private readonly outers: Outer[];
  private isAtChild = false;
  private readonly seen = new Set<number>();
  /** The end of the last leaf that was looked at by itself: a long one holds many verbs. */
  private openUntil = 0;

  constructor(
    private readonly root: Node,
    private readonly nodes: Nodes,
    /** The unit that stood where the text is what it was. */
    private readonly known: (start: number, end: number) => Unit | undefined,
  ) {
    this.cursor = root.walk();
    this.outers = [{ start: 0, end: Infinity }];
  }

  dispose(): void {
    this.cursor.delete();
  }

  /** Reads the unit around a verb; gives the index of the first verb behind it. */
  read(verbs: readonly Piece[], first: number): number {
    const verb = verbs[first];
    if (verb === undefined) return verbs.length;
    const { cursor, outers } = this;
    while (verb.start >= (outers.at(-1)?.end ?? Infinity)) {
      if (this.isAtChild) cursor.gotoParent();
      this.isAtChild = true;
      outers.pop();
    }
    if (!this.goTo(verb.start)) {
      this.readOpen(verb);
      return first + 1;
    }
    const { startIndex: start, endIndex: end } = cursor;
    let next = first;
    while ((verbs[next]?.start ?? Infinity) < end) next++;
    const unit = this.unit(start, end, verbs.slice(first, next));
    const within = outers.findLast(({ range }) => range !== undefined)?.range ?? this.whole;
    for (const { call, range, within: inside } of unit.calls) this.calls.push({ call, range: range.shift(start), within: inside?.shift(start) ?? within });
    for (const { start: at, length } of unit.open) this.readOpen({ start: start + at, length });
    return Math.max(next, first + 1);
  }

  /** To the unit that holds an offset; false when it stands between two. */
  private goTo(offset: number): boolean {
    const { cursor } = this;
    for (;;) {
      if (!this.isAtChild && !cursor.gotoFirstChild()) return false;
      this.isAtChild = true;
      while (cursor.endIndex <= offset) if (!cursor.gotoNextSibling()) return false;
      if (cursor.startIndex > offset) return false;
      if (cursor.endIndex - cursor.startIndex <= longestUnit) return true;
      this.outers.push(this.outer());
      this.isAtChild = false;
    }
  }

  private get whole(): OffsetRange {
    return new OffsetRange(0, this.nodes.text.length);
  }

  private outer(): Outer {
    const { cursor } = this;
    const node = cursor.currentNode;
    const name = nameOf(node, cursor.nodeType);
    return { start: node.startIndex, end: node.endIndex, ...(name !== undefined && { name: this.nodes.written(name), range: rangeOf(node) }) };
  }

  private unit(start: number, end: number, verbs: readonly Piece[]): Unit {
    const { cursor } = this;
    const outer = this.outers.flatMap(({ name }) => name ?? []).join('\n');
    const type = cursor.nodeTypeId;
    const old = this.known(start, end);
    const unit = old?.length === end - start && old.type === type && old.outer === outer ? old : this.readUnit(start, end, outer, type, verbs);
    this.units.set(start, unit);
    return unit;
  }

  private readUnit(start: number, end: number, outer: string, type: number, verbs: readonly Piece[]): Unit {
    const calls: Unit['calls'][number][] = [];
    const open: Piece[] = [];
    const whole = new OffsetRange(start, end);
    const isOwn = (range: OffsetRange) => whole.encloses(range);
    const isHead = this.outers.at(-1)?.start === start;
    let seenUntil = 0;
    for (const { start: at, length } of verbs) {
      const leaf = at < seenUntil ? null : this.root.descendantForIndex(at, at + length);
      if (leaf === null) continue;
      seenUntil = leaf.endIndex;
      const { call, outermost } = callAround(leaf, this.nodes);
      const described = call === undefined || this.seen.has(call.id) ? undefined : describe(call, this.nodes);
      if (!isOwn(rangeOf(outermost)) || (described !== undefined && ((isHead && described.range.start === start) || !isOwn(described.chain)))) open.push({ start: at - start, length });
      else if (call !== undefined && described !== undefined) {
        this.seen.add(call.id);
        calls.push({ call: this.knownOf(described), range: described.range.shift(-start), within: described.within !== undefined && isOwn(described.within) ? described.within.shift(-start) : undefined });
      }
    }
    return { length: end - start, type, outer, calls, open };
  }

  /** A call that reaches out of its unit. */
  private readOpen({ start, length }: Piece): void {
    const leaf = start < this.openUntil ? null : this.root.descendantForIndex(start, start + length);
    if (leaf === null) return;
    this.openUntil = leaf.endIndex;
    const { call } = callAround(leaf, this.nodes);
    if (call === undefined || this.seen.has(call.id)) return;
    this.seen.add(call.id);
    const described = describe(call, this.nodes);
    this.calls.push({ call: this.knownOf(described), range: described.range, within: described.within ?? this.whole });
  }

  private knownOf({ callee, address, chain }: DestructiveCall): KnownCall {
    return { callee, address, chain: this.nodes.text.slice(chain) };
  }
}
