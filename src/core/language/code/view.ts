import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import { type Embedded, EmbeddedOperations, runBy } from '../embedded.ts';
import type { Operation, OperationBase, ShellCommand } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import { rangeOf, type Syntax } from '../syntax.ts';
import type { View, Wanted } from '../view.ts';
import { wordWindows } from '../windows.ts';
import { CallInTree, writtenOrigin } from './calls.ts';
import type { Dialect } from './dialect.ts';
import { Nodes } from '../nodes.ts';
import { Scopes } from './scopes.ts';
import { embeddedIn, shellLiteral } from './sinks.ts';
import { surroundingsOf } from './surroundings.ts';

/** A name stands at most this many steps below the call that it names. */
const deepestName = 4;

/** A programming language, with the shell and SQL in its strings. */
export class CodeView implements View {
  private readonly text: LineText;
  private readonly embedded: EmbeddedOperations;

  constructor(
    private readonly syntax: Syntax,
    private readonly dialect: Dialect,
  ) {
    this.text = syntax.text;
    this.embedded = new EmbeddedOperations(syntax.text);
  }

  willChange(edit: OffsetEdit): void {
    this.syntax.willChange(edit);
  }

  dispose(): void {
    this.syntax.dispose();
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const root = yield* this.syntax.root(pace);
    const look = new Look(root, new Scopes(this.dialect, new Nodes(this.text), root), wanted, this.embedded);
    for (const range of focus) {
      for (const window of wordWindows(this.text, range)) {
        for (const { offset, word } of wanted.words.hits(this.text.slice(window), window.start, look.renamed)) {
          look.considerWord(OffsetRange.ofLength(offset, word.length));
          // A tree stays whole while others run: an edit in between makes this work stale, and it is then given up.
          if (pace.isOver()) yield;
        }
        if (pace.isOver()) yield;
      }
      // What begins before the range and reaches into it, or begins in it and is named behind it, stands around one of its ends.
      look.considerAround(range.start);
      look.considerAround(Math.max(0, range.endExclusive - 1));
    }
    this.embedded.forgetUnused();
    return look.found;
  }
}

/** One look at a tree. */
class Look {
  readonly found: Operation[] = [];
  /** Local names of imports that rules or sinks know by another one. */
  readonly renamed: ReadonlySet<string>;
  private readonly seen = new Set<number>();

  constructor(
    private readonly root: Node,
    private readonly scopes: Scopes,
    private readonly wanted: Wanted,
    private readonly embedded: EmbeddedOperations,
  ) {
    const { moduleName, sinks } = scopes.dialect;
    const renamed = new Set<string>();
    for (const [local, origin] of scopes.renamedImports()) {
      const imported = writtenOrigin(origin, moduleName);
      if (wanted.imported.has(imported) || sinks.shell.has(imported)) renamed.add(local);
    }
    this.renamed = renamed;
  }

  considerWord(word: OffsetRange): void {
    const leaf = this.root.descendantForIndex(word.start, word.endExclusive);
    if (leaf === null) return;
    const call = this.callNamedBy(leaf);
    if (call !== undefined) this.consider(call);
    else if (this.isInText(leaf)) this.considerAround(word.start);
  }

  considerAround(offset: number): void {
    const { dialect, nodes } = this.scopes;
    for (let node = this.root.descendantForIndex(offset); node !== null && !nodes.hasClimbed(node); node = nodes.parentOf(node)) {
      const type = nodes.typeOf(node);
      if (dialect.calls.has(type)) this.consider(node);
      else if (dialect.shellLiterals?.has(type) === true) this.considerLiteral(node);
      const opener = dialect.openerOf?.(node, nodes);
      if (opener !== undefined) this.considerAround(opener.startIndex);
      if (dialect.binders.includes(type)) {
        for (const { name, binding } of dialect.declaredBy(node, nodes)) {
          if (binding.kind === 'value' && this.isText(binding.node)) this.considerUses(name, rangeOf(this.scopes.scopeOf(node) ?? this.root));
        }
      }
    }
  }

  private consider(node: Node): void {
    if (this.seen.has(node.id)) return;
    this.seen.add(node.id);
    const parts = this.scopes.dialect.callOf(node, this.scopes.nodes);
    if (parts === undefined) return;
    const name = this.scopes.nodes.written(parts.name);
    if (!this.wanted.words.has(name) && !this.renamed.has(name)) return;
    const call = new CallInTree(node, parts, this.scopes);
    this.found.push(call);
    const embedded = embeddedIn(call, this.scopes);
    if (embedded !== undefined) this.found.push(...this.embedded.of(embedded, runBy(call)));
  }

  private considerLiteral(node: Node): void {
    if (this.seen.has(node.id)) return;
    this.seen.add(node.id);
    const embedded: Embedded | undefined = shellLiteral(node, this.scopes);
    if (embedded !== undefined) this.found.push(...this.embedded.of(embedded, runBy(new LiteralInTree(node, this.scopes))));
  }

  private callNamedBy(leaf: Node): Node | undefined {
    const { dialect, nodes } = this.scopes;
    for (let node: Node | null = leaf, steps = 0; node !== null && steps <= deepestName; node = nodes.parentOf(node), steps++) {
      if (!dialect.calls.has(nodes.typeOf(node))) continue;
      const name = dialect.callOf(node, nodes)?.name;
      // The name of a construction can be a qualified type.
      if (name !== undefined && name.startIndex <= leaf.startIndex && leaf.endIndex <= name.endIndex) return node;
    }
    return undefined;
  }

  private isInText(leaf: Node): boolean {
    for (let node: Node | null = leaf, steps = 0; node !== null && steps <= deepestName; node = this.scopes.nodes.parentOf(node), steps++) if (this.isText(node)) return true;
    return false;
  }

  private isText(node: Node): boolean {
    const { dialect, nodes } = this.scopes;
    return dialect.strings.has(nodes.typeOf(node)) || dialect.shellLiterals?.has(nodes.typeOf(node)) === true || dialect.operandsOf(node, nodes) !== undefined || dialect.formatOf?.(node, nodes) !== undefined;
  }

  /** A constant runs where it is used: the calls that take it are found by looking for its name. */
  private considerUses(name: string, { start, endExclusive }: OffsetRange): void {
    const { dialect, nodes } = this.scopes;
    const { text } = nodes;
    const last = text.positionAt(endExclusive).line;
    for (let { line } = text.positionAt(start); line <= last; line++) {
      const written = text.line(line);
      for (let at = written.indexOf(name); at !== -1; at = written.indexOf(name, at + name.length)) {
        const offset = text.startOfLine(line) + at;
        const leaf = this.root.descendantForIndex(offset, offset + name.length);
        if (leaf === null || nodes.written(leaf) !== name) continue;
        let node = nodes.parentOf(leaf);
        while (node !== null && !dialect.calls.has(nodes.typeOf(node)) && !nodes.typeOf(node).endsWith('statement')) node = nodes.parentOf(node);
        if (node !== null && dialect.calls.has(nodes.typeOf(node))) this.consider(node);
      }
    }
  }
}

/** A literal that runs its text stands for the command that it runs. */
class LiteralInTree implements ShellCommand {
  readonly kind = 'command';
  readonly name = '';
  readonly words = [];
  readonly resolution = 'literal';
  readonly range: OffsetRange;
  readonly address: readonly string[];
  readonly loop: OperationBase['loop'];

  constructor(node: Node, scopes: Scopes) {
    this.range = rangeOf(node);
    ({ address: this.address, loop: this.loop } = { loop: undefined, ...surroundingsOf(node, scopes) });
  }
}
