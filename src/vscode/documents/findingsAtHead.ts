import type { Checker } from '../../core/check/checker.ts';
import type { Finding } from '../../core/check/finding.ts';
import { noProject } from '../../core/language/project.ts';
import { LineText } from '../../core/text/lineText.ts';
import { OffsetRange } from '../../core/text/offsetRange.ts';
import { DocumentCheck, type Look } from './documentCheck.ts';

type TextAtHead = Pick<Look, 'path' | 'editorId'> & { readonly text: string };

/** The findings in the last commit's text of one file. They are looked for once, whatever is typed meanwhile. */
export class FindingsAtHead {
  private known: (TextAtHead & { readonly findings: Promise<readonly Finding[]> }) | undefined;
  private isDisposed = false;

  constructor(private readonly loadChecker: () => Promise<Checker>) {}

  /** None when it is disposed before it is done. */
  of(wanted: TextAtHead): Promise<readonly Finding[]> {
    const { known } = this;
    if (known?.text === wanted.text && known.path === wanted.path && known.editorId === wanted.editorId) return known.findings;
    const findings = this.look(wanted);
    this.known = { ...wanted, findings };
    findings.catch(() => (this.known = undefined));
    return findings;
  }

  dispose(): void {
    this.isDisposed = true;
  }

  private async look({ text, path, editorId }: TextAtHead): Promise<readonly Finding[]> {
    const check = new DocumentCheck(new LineText(text), this.loadChecker);
    try {
      const focus = [new OffsetRange(0, text.length)];
      return (await check.findings({ path, editorId, before: undefined, project: noProject, focus }, () => this.isDisposed)) ?? [];
    } finally {
      check.dispose();
    }
  }
}
