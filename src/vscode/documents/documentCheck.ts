import type { Project } from '../../core/language/project.ts';
import type { CheckedFile } from '../../core/check/checkedFile.ts';
import type { Checker } from '../../core/check/checker.ts';
import type { Finding } from '../../core/check/finding.ts';
import { runInSlices } from '../../core/language/pace.ts';
import type { LineText } from '../../core/text/lineText.ts';
import type { OffsetEdit } from '../../core/text/offsetEdit.ts';
import type { OffsetRange } from '../../core/text/offsetRange.ts';
import { editorPace } from './pace.ts';

/** What to look at, and as what. */
export interface Look {
  readonly path: string;
  readonly editorId: string;
  readonly before: string | undefined;
  /** The files beside it, as they lie on disk when the file is opened. */
  readonly project: Project;
  readonly focus: readonly OffsetRange[];
}

/**
 * The checker's side of one document: opened when there is something to look at, kept while its text is edited, closed when there is
 * nothing more to see.
 */
export class DocumentCheck {
  private file: CheckedFile | undefined;
  private openedAs: Pick<Look, 'path' | 'before'> | undefined;
  private looking: CheckedFile | undefined;
  private isDisposed = false;

  constructor(
    private readonly text: LineText,
    private readonly loadChecker: () => Promise<Checker>,
  ) {}

  get isOpen(): boolean {
    return this.file !== undefined;
  }

  /** Call before the text takes the edit. */
  willChange(edit: OffsetEdit): void {
    this.file?.willChange(edit);
  }

  /** Undefined when the look was given up because it was stale. Only one look at a time may be under way. */
  async findings(look: Look, isStale: () => boolean): Promise<readonly Finding[] | undefined> {
    const file = await this.openFor(look);
    if (file === undefined) return [];
    this.looking = file;
    try {
      if (!(await file.prepare())) return [];
      const isGivenUp = () => file !== this.file || isStale();
      const pace = editorPace();
      return isGivenUp() ? undefined : await runInSlices(file.findings(look.focus, pace), pace, isGivenUp);
    } finally {
      this.looking = undefined;
      if (file !== this.file) file.dispose();
    }
  }

  /** A file that is being looked at stays open until the look is over: its tree must not go from under it. */
  close(): void {
    if (this.file !== this.looking) this.file?.dispose();
    this.file = undefined;
  }

  dispose(): void {
    this.isDisposed = true;
    this.close();
  }

  private async openFor({ path, before, project, editorId }: Look): Promise<CheckedFile | undefined> {
    if (this.file !== undefined && (this.openedAs?.path !== path || this.openedAs.before !== before)) this.close();
    if (this.file === undefined) {
      const checker = await this.loadChecker();
      if (this.isDisposed) return undefined;
      this.file = checker.open({ path, before, changed: [], project }, this.text, editorId);
      this.openedAs = { path, before };
    }
    return this.file;
  }
}
