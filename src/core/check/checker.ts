import { isScriptWhereExecutable, type LanguageId, languageOf } from '../language/language.ts';
import type { Pace, Paced } from '../language/pace.ts';
import { noProject } from '../language/project.ts';
import type { FileContext } from '../language/reader.ts';
import { languageRunAs } from '../language/runners/runAs.ts';
import { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { type ChangedFile, type ChangeSet, isChanged, type Look, textsOf } from './changeSet.ts';
import { CheckedFile, type CheckPorts } from './checkedFile.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';
import { RuleSet } from './ruleSet.ts';
import { messageOf } from '../text/messageOf.ts';
import { isStoredElsewhere } from '../text/storedElsewhere.ts';

/** Looks at change sets and at single files with a set of rules. */
export class Checker {
  private readonly rules: RuleSet;

  constructor(
    rules: readonly Rule[],
    private readonly ports: CheckPorts,
  ) {
    this.rules = new RuleSet(rules, ports.madeWords);
  }

  /** A file to keep under check while it is edited; undefined when no checker reads it. `editorId` is what the editor calls its language. */
  open(file: FileContext, text: LineText, editorId?: string): CheckedFile | undefined {
    return this.openAs(languageOf(file.path, text.line(0), editorId), file, text);
  }

  private openAs(language: LanguageId | undefined, file: FileContext, text: LineText): CheckedFile | undefined {
    return language === undefined ? undefined : new CheckedFile(file, language, text, this.rules, this.ports);
  }

  /**
   * One look for each file, in their order. `startFile` is asked before each for how long it may take: a file whose
   * slice is over counts as unread.
   */
  async check({ files, others = [], project = noProject }: ChangeSet, startFile: (file: ChangedFile) => Pick<Pace, 'isOver'>): Promise<Look[]> {
    const texts = files.map(textsOf);
    const changed = [...texts.filter(isChanged), ...others];
    const looks: Look[] = [];
    for (const [index, file] of files.entries()) {
      const own = texts[index];
      const context = { path: file.path, knownAs: file.knownAs, before: own?.before, changed: own !== undefined && isChanged(own) ? changed.filter((each) => each !== own) : changed, project };
      looks.push(await this.look(file, context, startFile(file)));
    }
    return looks;
  }

  /** Of what did not change, whoever runs it is told of it. */
  private async languageRunAs(context: FileContext, text: LineText): Promise<LanguageId | undefined> {
    if (text.length === 0 || context.before === text.toString()) return undefined;
    return languageRunAs(context, (language) => this.rules.wanted(language), this.ports.grammars);
  }

  private async look({ path, after, isExecutable }: ChangedFile, context: FileContext, pace: Pick<Pace, 'isOver'>): Promise<Look> {
    const unread = (why: string): Look => ({ kind: 'unread', path, why });
    if (after !== undefined && 'unread' in after) return languageOf(path) === undefined ? { kind: 'notApplicable', path } : unread(after.unread);
    // Of a deleted file only what went with it counts: its text after is as good as empty.
    const text = LineText.fixed(after?.text ?? '');
    const known = languageOf(path, text.line(0), isExecutable === true && isScriptWhereExecutable(path, text.line(0)) ? 'shellscript' : undefined);
    const checked = this.openAs(known ?? (await this.languageRunAs(context, text)), context, text);
    if (checked === undefined) return { kind: 'notApplicable', path };
    if (isStoredElsewhere(text.toString())) {
      checked.dispose();
      return unread('it is a pointer of Git LFS, and what that puts in its place is not here');
    }
    try {
      await checked.prepare();
      const read = finish(readOf(checked, text, pace));
      if (read === undefined) return unread('reading it took too long');
      return after === undefined && read.findings.length === 0 ? { kind: 'notApplicable', path } : { kind: 'findings', path, ...read };
    } catch (error) {
      return unread(`reading it failed: ${messageOf(error)}`);
    } finally {
      checked.dispose();
    }
  }
}

function* readOf(checked: CheckedFile, text: LineText, pace: Pick<Pace, 'isOver'>): Paced<{ readonly findings: readonly Finding[]; readonly unread?: string }> {
  const findings = yield* checked.findings([new OffsetRange(0, text.length)], pace);
  const why = yield* checked.unread(pace);
  return { findings, ...(why !== undefined && { unread: why }) };
}

/** The result, or undefined when the work asked for a pause: on the command line nobody else waits for one. */
function finish<T>(work: Paced<T>): T | undefined {
  const step = work.next();
  if (step.done === true) return step.value;
  work.return(undefined as never);
  return undefined;
}
