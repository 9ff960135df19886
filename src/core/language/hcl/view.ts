import type { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { AttributeChange, Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { Syntax } from '../syntax.ts';
import type { View, Wanted } from '../view.ts';
import { type Attribute, attributesOf, type Block, blocksOf } from './blocks.ts';

/** Terraform, as what changed between a text before and the text as it is. Without a text before nothing changed. */
export class HclView implements View {
  private readonly text: LineText;
  private blocksBefore: ReadonlyMap<string, Block> | undefined;

  constructor(
    private readonly after: Syntax,
    private readonly before: Syntax | undefined,
  ) {
    this.text = after.text;
  }

  willChange(edit: OffsetEdit): void {
    this.after.willChange(edit);
  }

  dispose(): void {
    this.after.dispose();
    this.before?.dispose();
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const { before } = this;
    if (before === undefined) return [];
    const rootBefore = yield* before.root(pace);
    this.blocksBefore ??= new Map(blocksOf(rootBefore, before.text).map((block) => [block.address, block]));
    const root = yield* this.after.root(pace);
    const found: Operation[] = [];
    for (const block of blocksOf(root, this.text)) {
      const old = this.blocksBefore.get(block.address);
      if (old === undefined || old.text === block.text || !focus.some((range) => range.meets(block.range))) continue;
      if (wanted.words.hits(old.text).length + wanted.words.hits(block.text).length > 0) found.push(...changesOf(old, before.text, block, this.text));
      if (pace.isOver()) yield;
    }
    return found;
  }
}

function changesOf(old: Block, oldText: LineText, block: Block, text: LineText): AttributeChange[] {
  const before = attributesOf(old.node, oldText);
  const after = attributesOf(block.node, text);
  const change = (attribute: string, from: Attribute | undefined, to: Attribute | undefined): AttributeChange => ({
    kind: 'attributeChange',
    block: block.address,
    type: block.type,
    attribute,
    ...(from !== undefined && { before: from.value }),
    ...(to !== undefined && { after: to.value }),
    // What is gone cannot be underlined; the block that lost it is named instead.
    range: to?.range ?? block.header,
    within: block.range,
    // Several attributes can go from one block, and what is underlined is then the same.
    address: [block.address, attribute],
    resolution: 'literal',
  });
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name) => {
    const from = before.get(name);
    const to = after.get(name);
    return from?.value.source === to?.value.source ? [] : [change(name, from, to)];
  });
}
