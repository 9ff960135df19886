import type { Node } from 'web-tree-sitter';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { Look } from '../look.ts';
import { Nodes } from '../nodes.ts';
import type { Paced } from '../pace.ts';
import type { Syntax } from '../syntax.ts';
import { TreeView } from '../treeView.ts';
import type { Wanted } from '../view.ts';
import type { TopLevel } from './bindings.ts';
import { type ImportedRunners, noRunners } from './importedRunners.ts';
import { JavascriptLook } from './look.ts';
import { shellCalls } from './ownRunners.ts';
import { TopLevelCache } from './topLevelCache.ts';

/** JavaScript and TypeScript. */
export class JavascriptView extends TreeView<TopLevel> {
  private readonly topLevel: TopLevelCache;

  /** @param imported functions of other files that run what they are given, as they were when it was opened */
  constructor(
    syntax: Syntax,
    private readonly imported: ImportedRunners = noRunners,
  ) {
    super(syntax);
    this.topLevel = new TopLevelCache(syntax.text);
  }

  override willChange(edit: OffsetEdit): void {
    super.willChange(edit);
    this.topLevel.willChange(edit);
  }

  protected override *namesIn(root: Node): Paced<TopLevel> {
    return this.topLevel.read(root, this.syntax);
  }

  protected override get shellCalls(): RegExp {
    return shellCalls;
  }

  protected override lookAt(root: Node, topLevel: TopLevel, wanted: Wanted): Look {
    return new JavascriptLook(root, topLevel, wanted, this.embedded, this.reads, new Nodes(this.text), this.shellPlaces, this.imported);
  }
}
