import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import { EmbeddedOperations, runBy } from '../embedded.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import { ReadLog } from '../readLog.ts';
import { rangeOf, type Syntax } from '../syntax.ts';
import type { Settled, Steady, View, Wanted } from '../view.ts';
import type { Imports, TopLevel } from './bindings.ts';
import { type Callee, calleeOf, callNamedBy, readCall, resolverOf, writtenImport } from './calls.ts';
import { graphqlIn } from './graphql.ts';
import { Scopes } from './scopes.ts';
import { embeddedIn, isShellImport } from './sinks.ts';
import { TopLevelCache } from './topLevelCache.ts';

type Consider = (node: Node) => void;

/** Scanning this much takes well under a millisecond. */
const longestWindow = 50_000;

/** JavaScript and TypeScript, with the shell and SQL in their strings. */
export class JavascriptView implements View, Steady {
  readonly steady = this;
  private readonly reads: ReadLog;
  private settled: Settled = { version: 0, change: undefined };
  private topLevelBefore: TopLevel | undefined;
  private readonly topLevel: TopLevelCache;
  private readonly text: LineText;
  private readonly embedded: EmbeddedOperations;

  constructor(private readonly syntax: Syntax) {
    this.text = syntax.text;
    this.embedded = new EmbeddedOperations(syntax.text);
    this.topLevel = new TopLevelCache(syntax.text);
    this.reads = new ReadLog(syntax.text);
  }

  willChange(edit: OffsetEdit): void {
    this.syntax.willChange(edit);
    this.topLevel.willChange(edit);
  }

  dispose(): void {
    this.syntax.dispose();
  }

  *settle(pace: Pick<Pace, 'isOver'>): Paced<Settled> {
    yield* this.read(pace);
    return this.settled;
  }

  readsOf(operation: Operation): Set<OffsetRange> {
    return this.reads.readsOf(operation);
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const { root, topLevel } = yield* this.read(pace);
    const scopes = new Scopes(this.text, topLevel);
    const renamed = renamedImports(topLevel.imports, wanted);
    const seen = new Set<number>();
    const found: Operation[] = [];
    const consider: Consider = (node) => {
      if (seen.has(node.id)) return;
      seen.add(node.id);
      const operations = this.reads.makingOut(() => {
        const callee = calleeOf(node, scopes);
        return callee !== undefined && (wanted.words.has(callee.name) || renamed.has(callee.name)) ? this.operationsOf(node, callee, scopes) : [];
      });
      found.push(...operations);
    };
    for (const range of focus) {
      for (const window of this.windowsOf(range)) {
        for (const { offset, word } of wanted.words.hits(this.text.slice(window), window.start, renamed)) {
          this.considerWord(root, OffsetRange.ofLength(offset, word.length), scopes, consider);
          // A tree stays whole while others run: an edit in between makes this work stale, and it is then given up.
          if (pace.isOver()) yield;
        }
        if (pace.isOver()) yield;
      }
      // What begins before the range and reaches into it, or begins in it and is named behind it, stands around one of its ends.
      this.considerAround(root, range.start, scopes, consider);
      this.considerAround(root, Math.max(0, range.endExclusive - 1), scopes, consider);
    }
    // A look at the little that changed asks for a few strings only: the others will be asked for again.
    if (this.settled.change === undefined) this.embedded.forgetUnused();
    return found;
  }

  /** The tree of the text as it is, and what its top level brings in. */
  private *read(pace: Pick<Pace, 'isOver'>): Paced<{ root: Node; topLevel: TopLevel }> {
    const root = yield* this.syntax.root(pace);
    const { version, change } = this.syntax;
    const topLevel = this.topLevel.read(root, { version, change });
    if (version !== this.settled.version) {
      const isStep = version === this.settled.version + 1 && topLevel === this.topLevelBefore;
      const isSteady = this.reads.follow(isStep ? change : undefined);
      this.settled = { version, change: isSteady ? change : undefined };
      this.topLevelBefore = topLevel;
    }
    return { root, topLevel };
  }

  /** The call itself, and what it runs when it is a sink. */
  private operationsOf(node: Node, callee: Callee, scopes: Scopes): Operation[] {
    const call = readCall(node, callee, scopes);
    const embedded = embeddedIn(node, call, scopes.text, resolverOf(scopes)) ?? graphqlIn(node, call, scopes.text, resolverOf(scopes));
    return embedded === undefined ? [call] : [call, ...this.embedded.of(embedded, runBy(call))];
  }

  /** A long range in parts that end where lines do, so that no word is cut. */
  private *windowsOf(range: OffsetRange): Generator<OffsetRange> {
    for (let start = range.start; start < range.endExclusive; ) {
      const { line } = this.text.positionAt(start + longestWindow);
      const isLast = line + 1 >= this.text.lineCount;
      const end = isLast ? range.endExclusive : Math.min(range.endExclusive, this.text.startOfLine(line + 1));
      yield new OffsetRange(start, end);
      start = end;
    }
  }

  private considerWord(root: Node, word: OffsetRange, scopes: Scopes, consider: Consider): void {
    const leaf = root.descendantForIndex(word.start, word.endExclusive);
    if (leaf === null) return;
    const type = scopes.typeOf(leaf);
    const call = callNamedBy(leaf, type, scopes);
    if (call !== undefined) consider(call);
    else if (textTypes.has(type)) this.considerAround(root, word.start, scopes, consider);
  }

  private considerAround(root: Node, offset: number, scopes: Scopes, consider: Consider): void {
    for (let node = root.descendantForIndex(offset); node !== null && !scopes.hasClimbed(node); node = scopes.parentOf(node)) {
      const type = scopes.typeOf(node);
      if (type === 'call_expression' || type === 'new_expression') consider(node);
      else if (type === 'variable_declarator') {
        const name = node.childForFieldName('name');
        const value = node.childForFieldName('value');
        if (name?.type === 'identifier' && value !== null && isText(value)) this.considerUses(this.reads.searching(rangeOf(name)), root, consider);
      }
    }
  }

  /** A constant runs where it is used: the calls that take it are found by looking for its name. */
  private considerUses(name: string, root: Node, consider: Consider): void {
    for (let line = 0; line < this.text.lineCount; line++) {
      const written = this.text.line(line);
      for (let at = written.indexOf(name); at !== -1; at = written.indexOf(name, at + name.length)) {
        const offset = this.text.startOfLine(line) + at;
        let node = root.descendantForIndex(offset, offset + name.length);
        if (node?.type !== 'identifier') continue;
        while (node !== null && node.type !== 'call_expression' && !node.type.endsWith('statement')) node = node.parent;
        if (node?.type === 'call_expression') consider(node);
      }
    }
  }
}

const textTypes = new Set(['string', 'string_fragment', 'template_string', 'escape_sequence', 'binary_expression']);

function isText(node: Node): boolean {
  return textTypes.has(node.type);
}

/** Local names of imports that rules or sinks know by another one. */
function renamedImports(imports: Imports, wanted: Wanted): ReadonlySet<string> {
  const renamed = new Set<string>();
  for (const [local, binding] of imports) {
    if (local === binding.path.at(-1)) continue;
    const imported = writtenImport(binding);
    if (wanted.imported.has(imported) || isShellImport(imported)) renamed.add(local);
  }
  return renamed;
}
