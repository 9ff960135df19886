import { languageOf } from '../language/language.ts';
import type { Pace, Paced } from '../language/pace.ts';
import type { Decoded } from '../text/decode.ts';
import { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { ChangedFile, ChangeSet, Look } from './changeSet.ts';
import { CheckedFile, type CheckPorts } from './checkedFile.ts';
import type { Rule } from './rule.ts';
import { RuleSet } from './ruleSet.ts';

/** Looks at change sets and at single files with a set of rules. */
export class Checker {
  private readonly rules: RuleSet;

  constructor(
    rules: readonly Rule[],
    private readonly ports: CheckPorts,
  ) {
    this.rules = new RuleSet(rules);
  }

  /** A file to keep under check while it is edited; undefined when no checker reads it. `editorId` is what the editor calls its language. */
  open(path: string, text: LineText, before?: string, editorId?: string): CheckedFile | undefined {
    const language = languageOf(path, text.line(0), editorId);
    return language === undefined ? undefined : new CheckedFile(path, language, text, before, this.rules, this.ports);
  }

  /**
   * One look for each file, in their order. `startFile` is asked before each for how long it may take: a file whose
   * slice is over counts as unread.
   */
  async check(changeSet: ChangeSet, startFile: () => Pick<Pace, 'isOver'>): Promise<Look[]> {
    const looks: Look[] = [];
    for (const file of changeSet.files) looks.push(await this.look(file, textBeforeOf(file, changeSet.files), startFile()));
    return looks;
  }

  private async look(file: ChangedFile, before: string | undefined, pace: Pick<Pace, 'isOver'>): Promise<Look> {
    const { path, after } = file;
    const unread = (why: string): Look => ({ kind: 'unread', path, why });
    if (after === undefined) return { kind: 'notApplicable', path };
    if ('unread' in after) return languageOf(path) === undefined ? { kind: 'notApplicable', path } : unread(after.unread);
    const text = new LineText(after.text);
    const checked = this.open(path, text, before);
    if (checked === undefined) return { kind: 'notApplicable', path };
    try {
      const work = (await checked.prepare()) ? checked.findings([new OffsetRange(0, text.length)], pace) : undefined;
      const findings = work === undefined ? [] : finish(work);
      return findings === undefined ? unread('reading it took too long') : { kind: 'findings', path, findings };
    } catch (error) {
      return unread(`reading it failed: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      checked.dispose();
    }
  }
}

/**
 * What a file's text is compared with. Terraform reads a folder as one: a block that moved to another file of it is the
 * same block, so the other changed files' texts before count too.
 */
function textBeforeOf(file: ChangedFile, all: readonly ChangedFile[]): string | undefined {
  if (languageOf(file.path) !== 'hcl') return textOf(file.before);
  const folder = folderOf(file.path);
  const others = all.filter((other) => other !== file && languageOf(other.path) === 'hcl' && folderOf(other.path) === folder);
  const texts = [...others, file].flatMap((each) => textOf(each.before) ?? []);
  return texts.length === 0 ? undefined : texts.join('\n');
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function textOf(side: Decoded | undefined): string | undefined {
  return side !== undefined && 'text' in side ? side.text : undefined;
}

/** The result, or undefined when the work asked for a pause: on the command line nobody else waits for one. */
function finish<T>(work: Paced<T>): T | undefined {
  const step = work.next();
  if (step.done === true) return step.value;
  work.return(undefined as never);
  return undefined;
}
