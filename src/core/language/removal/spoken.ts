import type { ChangedText } from '../reader.ts';
import type { CallIndex } from './callIndex.ts';
import { compactLive } from './narrowing.ts';

/** How often a text speaks of a condition, before and after. The change's other files are only read for what is missing here: what is read is what the judgement is made from. */
export class Spoken {
  private here: readonly [before: string, after: string] | undefined;
  private elsewhere: readonly (readonly [before: string, after: string])[] | undefined;

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
    const [start, end] = [/^[\w$]/.test(written) ? '(?<![\\w$])' : '', /[\w$]$/.test(written) ? '(?![\\w$])' : ''];
    const pattern = new RegExp(`${start}${written.replace(/[^\w\s]/gu, '\\$&')}${end}`, 'g');
    const countIn = (text: string) => text.match(pattern)?.length ?? 0;
    const [before, after] = (this.here ??= [compactLive(this.was.text), compactLive(this.is.text)]);
    const missing = countIn(before) - countIn(after);
    // Put together here, it stands nowhere as it is.
    if (countIn(before) === 0) return false;
    if (missing <= 0) return true;
    this.elsewhere ??= this.others.map(({ before: was = '', after: is = '' }) => [compactLive(was), compactLive(is)]);
    return this.elsewhere.reduce((sum, [was, is]) => sum + countIn(is) - countIn(was), 0) >= missing;
  }
}
