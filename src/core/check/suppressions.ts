import { Comments, type CommentsNow } from '../language/commentedText.ts';
import type { Grammars } from '../language/grammars.ts';
import type { LanguageId } from '../language/language.ts';
import type { SuppressionFlaw } from '../language/operation.ts';
import type { Pace, Paced } from '../language/pace.ts';
import type { LineText } from '../text/lineText.ts';
import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { Copies } from './copies.ts';
import type { Finding } from './finding.ts';
import type { Suppression } from './suppression.ts';
import { parseSuppression, suppressionWord, type SuppressionTerms, type WrittenSuppression } from './suppressionComment.ts';

/** Where a comment stands that is to suppress. */
interface Placed extends WrittenSuppression {
  readonly range: OffsetRange;
  /** 0-based. */
  readonly line: number;
}

/** The comments of one text version that are to suppress. */
export interface SuppressionsNow {
  readonly flaws: readonly SuppressionFlaw[];
  of(finding: Pick<Finding, 'ruleId' | 'range'>): Suppression | undefined;
}

/** The comments of one text that is edited that are to suppress findings in it. As long as their word does not stand in the text nothing is read. */
export class Suppressions {
  private readonly places: Copies;
  private readonly comments: Comments;

  constructor(
    language: LanguageId,
    private readonly text: LineText,
    private readonly terms: Omit<SuppressionTerms, 'today'> & { readonly today: () => string },
    grammars: Grammars,
  ) {
    this.places = new Copies(text);
    this.comments = new Comments(language, text, grammars);
  }

  get areWritten(): boolean {
    return this.places.of(suppressionWord).length > 0;
  }

  /** Call before the text takes the edit. */
  willChange(edit: OffsetEdit): void {
    this.places.willChange(edit);
    this.comments.willChange(edit);
  }

  /** Loads what reading them needs; false when there are none. */
  async prepare(): Promise<boolean> {
    if (!this.areWritten) return false;
    await this.comments.prepare();
    return true;
  }

  /** Undefined when there are none. */
  *read(pace: Pick<Pace, 'isOver'>): Paced<SuppressionsNow | undefined> {
    if (!this.areWritten) return undefined;
    const comments = yield* this.comments.read(pace);
    const terms = { ...this.terms, today: this.terms.today() };
    const placed = this.places.of(suppressionWord).flatMap(({ start }): Placed[] => {
      const { line, column } = this.text.positionAt(start);
      const written = comments.isComment(start) ? parseSuppression(this.text.line(line), column, terms) : undefined;
      return written === undefined ? [] : [{ ...written, range: OffsetRange.ofLength(start, written.length), line }];
    });
    return placed.length === 0 ? undefined : new PlacedSuppressions(placed, this.text, comments);
  }

  dispose(): void {
    this.comments.dispose();
  }
}

class PlacedSuppressions implements SuppressionsNow {
  readonly flaws: readonly SuppressionFlaw[];
  private readonly holding: readonly Placed[];

  constructor(
    placed: readonly Placed[],
    private readonly text: LineText,
    private readonly comments: CommentsNow,
  ) {
    this.flaws = placed.flatMap(({ flaws, range }) => flaws.map((flaw): SuppressionFlaw => ({ ...flaw, kind: 'suppression', range, address: [], resolution: 'literal' })));
    this.holding = placed.filter(({ holds }) => holds);
  }

  /** That in the line where an operation begins or ends, else the nearest above its first line or its statement's. */
  of({ ruleId, range }: Pick<Finding, 'ruleId' | 'range'>): Suppression | undefined {
    const speaking = this.holding.filter(({ rules }) => rules.includes(ruleId));
    if (speaking.length === 0) return undefined;
    const first = this.text.positionAt(range.start).line;
    const last = this.text.positionAt(Math.max(range.start, range.endExclusive - 1)).line;
    const within = speaking.find(({ line }) => line === first || line === last);
    if (within !== undefined) return suppressionOf(within);
    const heads = [first, ...this.comments.statementsAt(range.start).map((offset) => this.text.positionAt(offset).line)];
    for (const head of heads) {
      for (let line = head - 1; line >= 0 && this.isOnlyComment(line); line--) {
        const above = speaking.find((each) => each.line === line);
        if (above !== undefined) return suppressionOf(above);
      }
    }
    return undefined;
  }

  /** Whether nothing but a comment stands in a line: one behind a statement speaks for that one alone. */
  private isOnlyComment(line: number): boolean {
    const written = this.text.line(line);
    const start = this.text.startOfLine(line);
    const from = written.search(/\S/);
    return from !== -1 && this.comments.isComment(start + from) && this.comments.isComment(start + written.trimEnd().length - 1);
  }
}

function suppressionOf({ range, line, reason, until }: Placed): Suppression {
  return { kind: 'comment', range, line: line + 1, reason, ...(until !== undefined && { until }) };
}
