import type { Node } from 'web-tree-sitter';
import type { OffsetRange } from '../../text/offsetRange.ts';
import { type EmbeddedOperations, runBy } from '../embedded.ts';
import { idleCall, type Look, namesWanted, placesOf } from '../look.ts';
import { mayBeCalled } from '../names.ts';
import type { Operation, OperationBase, ShellCommand } from '../operation.ts';
import type { ReadLog } from '../readLog.ts';
import { rangeOf } from '../syntax.ts';
import { knowingWhatIsAdded } from '../sql/addedAfter.ts';
import { knowingWhatWasMade } from '../sql/madeBefore.ts';
import type { Wanted } from '../view.ts';
import { CallInTree, writtenOrigin } from './calls.ts';
import { computedParts } from './computed.ts';
import type { CallParts } from './dialect.ts';
import { graphqlIn } from './graphql.ts';
import type { FileNames } from './fileNames.ts';
import { embeddedThrough, type OwnRunner, ownRunnersIn } from './ownRunners.ts';
import { type Scopes, someModule } from './scopes.ts';
import { embeddedIn, shellLiteral } from './sinks.ts';
import { isStubbed } from './stubs.ts';
import { surroundingsOf } from './surroundings.ts';

/** A name stands at most this many steps below the call that it names. */
const deepestName = 4;

/** One look at a tree of one of the languages that dialects tell of. */
export class CodeLook implements Look {
  readonly found: Operation[] = [];
  readonly renamed: ReadonlySet<string>;
  readonly mayBeCalled: Look['mayBeCalled'];
  readonly computed: Look['computed'];
  /** Names that members were given to which were asked for by name: `drop = getattr(os, "remove")`. */
  private readonly aliased = new Set<string>();
  private readonly seen = new Set<number>();
  private foundRunners: ReadonlyMap<string, OwnRunner> | undefined;
  /** The last that a word stood in. */
  private comment: OffsetRange | undefined;

  constructor(
    private readonly root: Node,
    private readonly scopes: Scopes,
    names: FileNames,
    private readonly wanted: Wanted,
    private readonly embedded: EmbeddedOperations,
    private readonly reads: ReadLog,
    private readonly shellPlaces: () => readonly OffsetRange[],
  ) {
    const { moduleName, sinks, callsUnmarked } = scopes.dialect;
    this.mayBeCalled = callsUnmarked === true ? undefined : mayBeCalled;
    this.computed = scopes.dialect.computed?.places;
    const renamed = new Set<string>();
    for (const [local, origin] of names.renamed) {
      const imported = writtenOrigin(origin, moduleName);
      if (wanted.imported.has(imported) || sinks.shell.has(imported)) renamed.add(local);
    }
    this.renamed = renamed;
  }

  considerWord(range: OffsetRange, word: string): void {
    if (this.comment?.encloses(range) === true) return;
    const leaf = this.root.descendantForIndex(range.start, range.endExclusive);
    if (leaf === null) return;
    if (this.scopes.nodes.typeOf(leaf).includes('comment')) {
      this.comment = rangeOf(leaf);
      return;
    }
    const call = this.callNamedBy(leaf);
    if (call !== undefined) this.consider(call);
    else if (this.wanted.inText.has(word) && this.isInText(leaf)) this.considerAround(range.start);
  }

  considerComputed(offset: number): void {
    const { dialect, nodes } = this.scopes;
    let node = this.root.descendantForIndex(offset, offset + 1);
    for (let steps = 0; node !== null && steps <= deepestName; node = nodes.parentOf(node), steps++) {
      if (dialect.computed?.partsOf(node, nodes) !== undefined) {
        this.consider(node);
        return;
      }
      const holder = dialect.computed?.memberOf?.(node, nodes) === undefined ? null : nodes.parentOf(node);
      if (holder === null || !dialect.binders.includes(nodes.typeOf(holder))) continue;
      for (const name of this.reads.searching(() => dialect.declaredBy(holder, nodes).map((declared) => declared.name))) {
        this.aliased.add(name);
        this.considerUses(name, rangeOf(this.scopes.scopeOf(holder) ?? this.root));
      }
    }
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
        for (const name of this.textsIn(node)) this.considerUses(name, rangeOf(this.scopes.scopeOf(node) ?? this.root));
      }
    }
  }

  /** The names that a node gives a text to. */
  private textsIn(binder: Node): string[] {
    const { dialect, nodes } = this.scopes;
    const reads = new Set<OffsetRange>();
    const declared = nodes.text.noting(reads, () => dialect.declaredBy(binder, nodes));
    const texts = declared.filter(({ binding }) => binding.kind === 'value' && (this.isText(binding.node) || this.isMap(binding.node)));
    if (texts.length > 0 || declared.some(({ isInside }) => isInside === true)) {
      this.reads.searching(() => {
        nodes.text.note(reads);
      });
    }
    return texts.map(({ name }) => name);
  }

  private consider(node: Node): void {
    if (this.seen.has(node.id)) return;
    this.seen.add(node.id);
    // Whether it is a call at all is said by its surroundings in some languages.
    const parts = this.reads.searching(() => this.partsOf(node), rangeOf(node));
    if (parts !== undefined) this.found.push(...this.reads.makingOut(() => this.operationsOf(node, parts)));
  }

  private partsOf(node: Node): CallParts | undefined {
    const { dialect, nodes } = this.scopes;
    const parts = dialect.callOf(node, nodes);
    const isNamed = parts !== undefined && dialect.computed?.by?.has(nodes.written(parts.name)) !== true;
    return isNamed || dialect.computed === undefined ? parts : (computedParts(node, this.scopes) ?? parts);
  }

  /** The call itself when it is wanted, and what it runs when it is a sink. */
  private operationsOf(node: Node, parts: CallParts): Operation[] {
    const call = new CallInTree(node, parts, this.scopes);
    const written = parts.called ?? this.scopes.nodes.written(parts.name);
    const name = this.aliased.has(written) ? call.name : written;
    if (!this.wanted.words.has(name) && !this.renamed.has(name)) {
      const own = this.runByOwn(name, call);
      return own.length > 0 || parts.called === undefined ? own : [idleCall(call.range, this.scopes.dialect.family, name)];
    }
    if (isStubbed(node, parts, this.scopes)) return [];
    const embedded = graphqlIn(call, this.scopes) ?? embeddedIn(call, this.scopes);
    const isCalled = this.wanted.called.has(name) || this.renamed.has(name);
    if (embedded?.family !== 'shell') {
      const own = this.runByOwn(name, call);
      if (own.length > 0) return isCalled ? [call, ...own] : own;
    }
    const run = embedded === undefined ? [] : knowingWhatIsAdded(knowingWhatWasMade(this.embedded.of(embedded, runBy(call)), call), call);
    if (isCalled) return [call, ...run];
    return run.length > 0 ? run : [idleCall(call.range, this.scopes.dialect.family, name)];
  }

  /** What a function of the file's own runs that hands what it is given to a shell. */
  private runByOwn(name: string, call: CallInTree): Operation[] {
    const runner = call.parts.args.length === 0 ? undefined : this.ownRunners.get(name);
    if (runner === undefined) return [];
    const isOwn = call.imported === undefined || (call.receiver === undefined && call.imported.startsWith(`${someModule}#`));
    const embedded = isOwn ? embeddedThrough(runner, call, this.scopes) : undefined;
    const run = embedded === undefined ? [] : this.embedded.of(embedded, { ...runBy(call), resolution: 'assignment' });
    return run.length > 0 ? run : [idleCall(call.range, this.scopes.dialect.family, name)];
  }

  get running(): ReadonlySet<string> {
    const { nodes } = this.scopes;
    const named = this.shellPlaces().length === 0 ? [] : [...this.ownRunners].filter(([, { sink }]) => namesWanted([nodes.written(sink)], this.wanted));
    return new Set(named.map(([name]) => name));
  }

  private get ownRunners(): ReadonlyMap<string, OwnRunner> {
    return (this.foundRunners ??= this.reads.searching(() => ownRunnersIn(this.shellPlaces(), this.root, this.scopes)));
  }

  private considerLiteral(node: Node): void {
    if (this.seen.has(node.id)) return;
    this.seen.add(node.id);
    const run = () => {
      const embedded = shellLiteral(node, this.scopes);
      return embedded === undefined ? [] : this.embedded.of(embedded, runBy(new LiteralInTree(node, this.scopes)));
    };
    this.found.push(...this.reads.makingOut(run));
  }

  private callNamedBy(leaf: Node): Node | undefined {
    const { dialect, nodes } = this.scopes;
    for (let node: Node | null = leaf, steps = 0; node !== null && steps <= deepestName; node = nodes.parentOf(node), steps++) {
      if (!dialect.calls.has(nodes.typeOf(node))) continue;
      const called = node;
      const name = this.reads.searching(() => dialect.callOf(called, nodes), rangeOf(called))?.name;
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

  private isMap(node: Node): boolean {
    return this.scopes.dialect.entriesOf(this.scopes.unwrapped(node), this.scopes.nodes) !== undefined;
  }

  /** A constant runs where it is used: the calls that take it are found by looking for its name. */
  private considerUses(name: string, within: OffsetRange, depth = 1): void {
    const { dialect, nodes } = this.scopes;
    for (const place of placesOf(name, nodes.text, within)) {
      const leaf = this.root.descendantForIndex(place.start, place.endExclusive);
      if (leaf === null || nodes.written(leaf) !== name) continue;
      let node = nodes.parentOf(leaf);
      while (node !== null && !dialect.calls.has(nodes.typeOf(node)) && !nodes.typeOf(node).endsWith('statement') && !(dialect.binders.includes(nodes.typeOf(node)) && depth > 0)) node = nodes.parentOf(node);
      if (node === null) continue;
      if (dialect.calls.has(nodes.typeOf(node))) this.consider(node);
      // A map that it is put into runs where that is used.
      else if (dialect.binders.includes(nodes.typeOf(node))) for (const holder of this.textsIn(node)) if (holder !== name) this.considerUses(holder, within, depth - 1);
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
