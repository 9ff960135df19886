import type { ChangedText } from '../reader.ts';
import type { CallIndex } from './callIndex.ts';
import { compactLive } from './narrowing.ts';

/** How often the texts of a change speak of a condition, before and after; they are read when somebody asks. */
export class Spoken {
  private before: readonly string[] | undefined;
  private after: readonly string[] | undefined;

  constructor(
    private readonly was: CallIndex,
    private readonly is: CallIndex,
    private readonly others: readonly ChangedText[],
  ) {}

  /** Whether a condition may only have moved, or been put in other words. */
  isAsOften(key: string): boolean {
    const words = key.match(/"[^"]*"|[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
    return this.isKept(key) || (words.length > 1 && words.every((word) => this.isKept(word)));
  }

  private isKept(written: string): boolean {
    this.before ??= [this.was.text, ...this.others.map(({ before = '' }) => before)].map(compactLive);
    this.after ??= [this.is.text, ...this.others.map(({ after = '' }) => after)].map(compactLive);
    const [start, end] = [/^[\w$]/.test(written) ? '(?<![\\w$])' : '', /[\w$]$/.test(written) ? '(?![\\w$])' : ''];
    const pattern = new RegExp(`${start}${written.replace(/[^\w\s]/gu, '\\$&')}${end}`, 'g');
    const countIn = (texts: readonly string[]) => texts.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
    const before = countIn(this.before);
    // Put together here, it stands nowhere as it is.
    return before > 0 && countIn(this.after) >= before;
  }
}
