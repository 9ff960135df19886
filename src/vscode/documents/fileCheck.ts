import type { AiRegion } from '../../core/attribution/region.ts';
import type { Checker } from '../../core/check/checker.ts';
import type { Finding } from '../../core/check/finding.ts';
import { noProject } from '../../core/language/project.ts';
import { applyPolicy } from '../../core/policy/applyPolicy.ts';
import type { LineText } from '../../core/text/lineText.ts';
import type { OffsetEdit } from '../../core/text/offsetEdit.ts';
import type { Repository } from '../ports.ts';
import type { AtHead } from './atHead.ts';
import { DocumentCheck } from './documentCheck.ts';
import { FindingsAtHead } from './findingsAtHead.ts';
import { findingsInScope, findingsOfChange, focusOf } from './scope.ts';
import type { ShownScope } from './settings.ts';

export interface FileCheckInit {
  readonly text: LineText;
  readonly editorId: string;
  readonly loadChecker: () => Promise<Checker>;
  readonly atHead: AtHead;
}

/** What a text is looked at as. */
export interface Subject {
  readonly path: string;
  readonly repository: Repository | undefined;
  readonly scope: ShownScope;
  /** Asked for when the look begins. */
  readonly regions: () => readonly AiRegion[];
}

/** The findings of one text in the scope that the user chose, as the team's policy leaves them. */
export class FileCheck {
  private readonly check: DocumentCheck;
  private readonly findingsAtHead: FindingsAtHead;

  constructor(private readonly init: FileCheckInit) {
    this.check = new DocumentCheck(init.text, init.loadChecker);
    this.findingsAtHead = new FindingsAtHead(init.loadChecker);
  }

  get isOpen(): boolean {
    return this.check.isOpen;
  }

  willChange(edit: OffsetEdit): void {
    this.check.willChange(edit);
  }

  /** Undefined when it was given up. `isStale` is asked right before the text is looked at, and between the slices. */
  async findings({ path, repository, scope, regions }: Subject, isStale: () => boolean): Promise<readonly Finding[] | undefined> {
    const { text, editorId, atHead } = this.init;
    const before = repository && !isStale() ? await atHead.textAt(repository, path) : undefined;
    if (isStale()) return undefined;
    const focus = focusOf(scope, { text, regions: regions(), hasRepository: repository !== undefined });
    let found = await this.check.findings({ path, editorId, before, project: repository?.project() ?? noProject, focus }, isStale);
    if (found === undefined) return undefined;
    if (scope === 'changes' && before !== undefined && found.length > 0) {
      const findings = await this.findingsAtHead.of({ text: before, path, editorId });
      if (isStale()) return undefined;
      found = findingsOfChange(found, text, { text: before, findings });
    }
    if (found.length > 0 && repository !== undefined) {
      const policy = await atHead.policyOf(repository);
      if (isStale()) return undefined;
      found = applyPolicy(found, policy);
    }
    return findingsInScope(scope, found, regions());
  }

  close(): void {
    this.check.close();
  }

  dispose(): void {
    this.check.dispose();
    this.findingsAtHead.dispose();
  }
}
