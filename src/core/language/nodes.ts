import type { Node } from 'web-tree-sitter';
import type { LineText } from '../text/lineText.ts';
import { rangeOf } from './syntax.ts';

/** Code that nests deeper is written by no one, and counts as not looked at. */
const deepestNesting = 2000;

/** A step to a parent costs the parser the whole way down from the root: who climbs higher gets all at once. */
const fewSteps = 16;

/** The nodes of one tree, with what was learned of them kept while the tree stands: each step goes through WebAssembly. */
export class Nodes {
  private readonly parents = new Map<number, Node | null>();
  private readonly heights = new Map<number, number>();
  private readonly types = new Map<number, string>();
  private readonly climbed = new Set<number>();
  /** The named children of a node, asked for once: each is found by walking over all that stand before it. */
  private readonly places = new Map<number, { readonly children: readonly Node[]; readonly indices: ReadonlyMap<number, number> }>();

  constructor(readonly text: LineText) {}

  parentOf(node: Node): Node | null {
    let parent = this.parents.get(node.id);
    if (parent === undefined) {
      const height = (this.heights.get(node.id) ?? 0) + 1;
      if (height > fewSteps) this.learnParents(node);
      parent = this.parents.get(node.id) ?? node.parent;
      this.parents.set(node.id, parent);
      if (parent !== null) this.heights.set(parent.id, Math.max(height, this.heights.get(parent.id) ?? 0));
    }
    return parent;
  }

  private learnParents(node: Node): void {
    let outer = node.tree.rootNode;
    this.parents.set(outer.id, null);
    for (let depth = 0; outer.id !== node.id; depth++) {
      if (depth > deepestNesting) throw new Error(`its code nests more than ${deepestNesting} deep`);
      const inner = outer.childWithDescendant(node);
      if (inner === null) return;
      this.parents.set(inner.id, outer);
      outer = inner;
    }
  }

  /** Whether somebody asked this before: from there on up all is known. */
  hasClimbed(node: Node): boolean {
    if (this.climbed.has(node.id)) return true;
    this.climbed.add(node.id);
    return false;
  }

  typeOf(node: Node): string {
    let type = this.types.get(node.id);
    if (type === undefined) {
      type = node.type;
      this.types.set(node.id, type);
    }
    return type;
  }

  /** The named nodes before one under the same parent, the nearest first, and no more than so many. */
  before(node: Node, parent: Node, most: number): Node[] {
    let places = this.places.get(parent.id);
    if (places === undefined) {
      const children = parent.namedChildren;
      places = { children, indices: new Map(children.map(({ id }, index) => [id, index])) };
      this.places.set(parent.id, places);
    }
    const { children, indices } = places;
    // A node without a name of its own has no place among them: what starts before it stands before it.
    const index = indices.get(node.id) ?? children.filter(({ startIndex }) => startIndex < node.startIndex).length;
    return children.slice(Math.max(0, index - most), index).reverse();
  }

  written(node: Node | null | undefined): string {
    return node === null || node === undefined ? '' : this.text.slice(rangeOf(node));
  }

  field(node: Node, name: string): Node | undefined {
    return node.childForFieldName(name) ?? undefined;
  }

  /** The named children that are no comments. */
  childrenOf(node: Node): Node[] {
    return node.namedChildren.filter((child) => !child.type.includes('comment'));
  }

  child(node: Node, type: string): Node | undefined {
    return node.namedChildren.find((child) => child.type === type);
  }
}
