import type { Node } from 'web-tree-sitter';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { Look } from '../look.ts';
import { Nodes } from '../nodes.ts';
import type { Pace, Paced } from '../pace.ts';
import type { Syntax } from '../syntax.ts';
import { TreeView } from '../treeView.ts';
import type { Wanted } from '../view.ts';
import type { Dialect } from './dialect.ts';
import type { FileNames } from './fileNames.ts';
import { FileNamesCache } from './fileNamesCache.ts';
import { CodeLook } from './look.ts';
import { sinkNames } from './ownRunners.ts';
import { Scopes } from './scopes.ts';

/** A programming language as its dialect tells. */
export class CodeView extends TreeView<FileNames> {
  private readonly names: FileNamesCache;

  constructor(
    syntax: Syntax,
    private readonly dialect: Dialect,
  ) {
    super(syntax);
    this.names = new FileNamesCache(syntax, dialect);
  }

  override willChange(edit: OffsetEdit): void {
    this.names.willChange(edit);
    super.willChange(edit);
  }

  protected override namesIn(root: Node, pace: Pick<Pace, 'isOver'>): Paced<FileNames> {
    return this.names.read(root, pace);
  }

  protected override get shellCalls(): RegExp {
    return sinkNames(this.dialect);
  }

  protected override lookAt(root: Node, names: FileNames, wanted: Wanted): Look {
    const scopes = new Scopes(this.dialect, new Nodes(this.text), root, names);
    return new CodeLook(root, scopes, names, wanted, this.embedded, this.reads, this.shellPlaces);
  }
}
