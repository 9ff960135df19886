import type { Node } from 'web-tree-sitter';
import type { OffsetRange } from '../../text/offsetRange.ts';
import { type Embedded, type EmbeddedOperations, runBy } from '../embedded.ts';
import { idleCall, type Look, namesWanted, placesOf } from '../look.ts';
import { isCalledInPlace } from '../names.ts';
import type { Operation } from '../operation.ts';
import type { ReadLog } from '../readLog.ts';
import { knowingWhatIsAdded } from '../sql/addedAfter.ts';
import { knowingWhatWasMade } from '../sql/madeBefore.ts';
import type { Wanted } from '../view.ts';
import type { Imports, TopLevel } from './bindings.ts';
import { functions } from './declarations.ts';
import { argumentsOf, type Callee, calleeOf, callNamedBy, readCall, writtenImport } from './calls.ts';
import { callComputedAt, computedCalls } from './computed.ts';
import { Nodes } from '../nodes.ts';
import { rangeOf } from '../syntax.ts';
import { graphqlIn } from './graphql.ts';
import type { ImportedRunners } from './importedRunners.ts';
import { embeddedThrough, type OwnRunner, ownRunnersIn } from './ownRunners.ts';
import { resolverOf, Scopes } from './scopes.ts';
import { embeddedIn, isShellImport, shellCode, shellModules } from './sinks.ts';

const textTypes = new Set(['string', 'string_fragment', 'template_string', 'escape_sequence', 'binary_expression']);

/** One look at a tree of JavaScript or TypeScript. */
export class JavascriptLook implements Look {
  readonly found: Operation[] = [];
  readonly renamed: ReadonlySet<string>;
  readonly mayBeCalled = isCalledInPlace;
  readonly computed = computedCalls;
  private readonly seen = new Set<number>();
  private foundRunners: ReadonlyMap<string, OwnRunner> | undefined;
  private knownToRunShell: boolean | undefined;
  /** The last comment or string that a word stood in. */
  private prose: OffsetRange | undefined;
  private readonly nodes: Nodes;
  private readonly scopes: Scopes;

  constructor(
    private readonly root: Node,
    topLevel: TopLevel,
    private readonly wanted: Wanted,
    private readonly embedded: EmbeddedOperations,
    private readonly reads: ReadLog,
    nodes: Nodes,
    private readonly shellPlaces: () => readonly OffsetRange[],
    private readonly imported: ImportedRunners,
  ) {
    this.nodes = nodes;
    this.scopes = new Scopes(nodes, topLevel);
    this.renamed = renamedImports(topLevel.imports, wanted);
  }

  considerWord(range: OffsetRange, word: string): void {
    // Of what many words stand in, all is known by the first.
    if (this.prose?.encloses(range) === true) return;
    const leaf = this.root.descendantForIndex(range.start, range.endExclusive);
    if (leaf === null) return;
    const type = this.nodes.typeOf(leaf);
    if (type === 'comment' || type === 'string_fragment') this.prose = rangeOf(leaf);
    const call = callNamedBy(leaf, type, this.scopes);
    if (call !== undefined) this.consider(call);
    else if (textTypes.has(type) && this.wanted.inText.has(word)) this.considerAround(range.start);
  }

  considerComputed(offset: number): void {
    const leaf = this.root.descendantForIndex(offset, offset + 1);
    const call = leaf === null ? undefined : callComputedAt(leaf, this.scopes);
    if (call !== undefined) this.consider(call);
  }

  considerAround(offset: number): void {
    const { nodes } = this;
    for (let node = this.root.descendantForIndex(offset); node !== null && !nodes.hasClimbed(node); node = nodes.parentOf(node)) {
      const type = nodes.typeOf(node);
      if (type === 'call_expression' || type === 'new_expression') this.consider(node);
      else if (type === 'variable_declarator') {
        const name = node.childForFieldName('name');
        const value = node.childForFieldName('value');
        if (name?.type === 'identifier' && value !== null && textTypes.has(value.type)) this.considerUses(this.reads.searching(() => nodes.written(name)), rangeOf(this.functionAround(node)));
      }
    }
  }

  private consider(node: Node): void {
    if (this.seen.has(node.id)) return;
    this.seen.add(node.id);
    this.found.push(...this.reads.makingOut(() => this.operationsOf(node)));
  }

  /** The call itself when it is wanted, and what it runs when it is a sink. */
  private operationsOf(node: Node): Operation[] {
    const { scopes } = this;
    const callee = calleeOf(node, scopes);
    if (callee === undefined) return [];
    if (!this.wanted.words.has(callee.name) && !this.renamed.has(callee.name)) {
      const own = this.runByOwn(node, callee);
      return own.length > 0 || this.nodes.typeOf(callee.node) !== 'subscript_expression' ? own : [idleCall(rangeOf(node), 'javascript', callee.name)];
    }
    const call = readCall(node, callee, scopes);
    const isCalled = this.wanted.called.has(callee.name) || this.renamed.has(callee.name);
    const embedded = embeddedIn(node, callee.name, call, this.nodes.text, resolverOf(scopes)) ?? graphqlIn(node, callee.name, this.nodes.text, resolverOf(scopes));
    const own = embedded?.family === 'shell' ? [] : this.runByOwn(node, callee);
    // A client's method of that name may stand beside it; `run(…)` and `this.run(…)` are the file's own.
    const isOwn = own.length > 0 && (call.receiver === undefined || call.receiver === 'this');
    const ran = embedded === undefined || isOwn ? [] : knowingWhatIsAdded(knowingWhatWasMade(this.embedded.of(embedded, runBy(call)), call), call);
    const run = [...own, ...ran];
    if (isCalled) return [call, ...run];
    return run.length > 0 ? run : [idleCall(call.range, 'javascript', callee.name)];
  }

  /** What a function of the file's own, or of another file, runs that hands what it is given to a shell. */
  private runByOwn(node: Node, callee: Callee): Operation[] {
    const runner = this.mayRunShell ? this.ownRunners.get(callee.name) : undefined;
    if (runner === undefined && this.imported.size === 0) return [];
    const call = readCall(node, callee, this.scopes);
    const embedded = call.imported !== undefined ? this.embeddedThroughImported(call.imported, node) : runner && embeddedThrough(runner, node, this.scopes);
    if (embedded === undefined && runner === undefined) return [];
    const run = embedded === undefined ? [] : this.embedded.of(embedded, { ...runBy(call), resolution: 'assignment' });
    return run.length > 0 ? run : [idleCall(call.range, 'javascript', callee.name)];
  }

  /** The same of a function of another file. */
  private embeddedThroughImported(imported: string, node: Node): Embedded | undefined {
    const runner = this.imported.get(imported);
    if (runner === undefined) return undefined;
    const given = argumentsOf(node);
    const program = given[runner.program];
    return program && shellCode(program, runner.list === undefined ? undefined : given[runner.list], this.nodes.text, resolverOf(this.scopes));
  }

  get running(): ReadonlySet<string> {
    const named = !this.mayRunShell || this.shellPlaces().length === 0 ? [] : [...this.ownRunners].filter(([, { sink }]) => namesWanted(argumentsOf(sink).map((argument) => this.nodes.written(argument)), this.wanted));
    return new Set(named.map(([name]) => name));
  }

  private get mayRunShell(): boolean {
    return (this.knownToRunShell ??= this.scopes.modules.some((module) => shellModules.includes(/\w+$/.exec(module)?.[0] ?? module)));
  }

  private get ownRunners(): ReadonlyMap<string, OwnRunner> {
    return (this.foundRunners ??= this.reads.searching(() => ownRunnersIn(this.shellPlaces(), this.root, this.scopes)));
  }

  /** A constant runs where it is used: the calls that take it are found by looking for its name. */
  private considerUses(name: string, within: OffsetRange): void {
    for (const { start, endExclusive } of placesOf(name, this.nodes.text, within)) {
      let node = this.root.descendantForIndex(start, endExclusive);
      if (node?.type !== 'identifier') continue;
      while (node !== null && node.type !== 'call_expression' && !node.type.endsWith('statement')) node = this.nodes.parentOf(node);
      if (node?.type === 'call_expression') this.consider(node);
    }
  }

  /** Beyond it nobody knows the names of a declaration. */
  private functionAround(declarator: Node): Node {
    let around: Node | null = declarator;
    while (around !== null && !functions.has(this.nodes.typeOf(around))) around = this.nodes.parentOf(around);
    return around ?? this.root;
  }
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
