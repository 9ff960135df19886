import { editOf, type JournalEdit, type JournalEvent } from '../journal.ts';
import { alignLines, isBare, type Origin } from './alignLines.ts';
import { linesOf } from './authoredText.ts';

/** Edits of one text that are followed, the last ones. */
const mostEdits = 200;

/** Who may have written a line, or some of it: an AI or a person who told so, somebody whom nobody saw, or whoever wrote a line of the text that the edits start from. */
export type Hand = { readonly kind: Writer; /** It changed what others wrote there. */ readonly isBeside?: boolean; /** The line was one more of those that read alike. */ readonly isOneMore?: boolean } | { readonly kind: 'before'; readonly at: number };

/** What edits that were told say of the lines of the text that they lead to. */
export interface Led {
  /** The digest of the text that they start from. */
  readonly from: string;
  readonly hands: readonly (readonly Hand[])[];
}

/** Where edits are followed: `startLines` are those of a text that they may start from, by its digest; `originsIn` compares one with the text that they lead to. */
interface Following {
  readonly trails: Trails;
  readonly startLines: (digest: string) => readonly string[] | undefined;
  readonly originsIn: (old: readonly string[]) => readonly Origin[];
  /** The last text that was known before a moment, in milliseconds since 1970, but for these: nobody saw what led on from there. */
  readonly lastKnown: (before: number, but: ReadonlySet<string>) => { readonly digest: string; readonly text: string } | undefined;
}

/**
 * From a text back by the edits that lead to it, over what nobody saw too, to one that has `startLines` or before which nothing is known, and line by line forth
 * again: regions know characters, and an end of line or a bracket that stays of an AI's line is no line of the AI's. Undefined where no edit leads to the text.
 */
export function ledLines(text: string, { trails, startLines, originsIn, lastKnown }: Following): Led | undefined {
  const own = trails.digestOf(text);
  let [from, at] = [own, text];
  const steps: Step[] = [];
  const seen = new Set([from]);
  const used = new Set<JournalEvent>();
  let since: number | undefined;
  for (let start: readonly string[] | undefined; start === undefined && steps.length < mostEdits; ) {
    const [next, until] = [from, since ?? Infinity];
    const last = trails.events.findLast((event): event is JournalEdit => event.after === next && event.at <= until && 'before' in event && !used.has(event));
    if (last !== undefined) used.add(last);
    // It stood there before, and what came of it was taken back: its lines are whose they were.
    const index = last === undefined ? -1 : [own, ...steps.map(({ digest }) => digest)].indexOf(last.before);
    if (last !== undefined && index !== -1) {
      steps.length = index;
      [from, at, since] = [last.before, steps.at(-1)?.text ?? text, last.at];
      continue;
    }
    const told = last === undefined ? undefined : trails.textBefore(last, at);
    const isLed = last !== undefined && told !== undefined;
    const before = isLed ? { digest: last.before, text: told } : since === undefined ? undefined : lastKnown(since, seen);
    if (before === undefined) break;
    if (isLed) since = last.at;
    [from, at] = [before.digest, before.text];
    seen.add(from);
    start = startLines(from);
    steps.push({ digest: from, text: at, lines: start, by: isLed ? last.by.kind : 'unseen' });
  }
  return steps.length === 0 ? undefined : { from, hands: trails.handsBy(steps.reverse(), text, originsIn) };
}

/** A text that one edit changed, with its lines where they are at hand. */
interface Step {
  readonly digest: string;
  readonly text: string;
  readonly lines: readonly string[] | undefined;
  readonly by: Writer;
}

/** What was found out on the way to one text of a file, for the next one: most edits that lead to two of them are the same. */
export class Trails {
  private readonly undone = new Map<JournalEdit, { readonly after: string; readonly before: string | undefined }>();
  private readonly starts = new Map<string, Place>();

  constructor(
    readonly events: readonly JournalEvent[],
    readonly digestOf: (text: string) => string,
  ) {}

  /** Undefined where the edit does not lead to the text from what it says. */
  textBefore(event: JournalEdit, after: string): string | undefined {
    const known = this.undone.get(event);
    if (known?.after === after) return known.before;
    const before = textBefore(event, after);
    const told = before !== undefined && this.digestOf(before) === event.before ? before : undefined;
    this.undone.set(event, { after, before: told });
    return told;
  }

  handsBy(steps: readonly Step[], end: string, originsIn: Following['originsIn']): Place['hands'] {
    const [first] = steps;
    let place = valueOf(this.starts, first?.text ?? end, () => {
      const lines = first?.lines ?? linesOf(first?.text ?? end);
      return placeOf(lines, lines.map((_, line) => [{ kind: 'before', at: line }]));
    });
    for (const [index, { by }] of steps.entries()) {
      const { lines: before, hands, next } = place;
      const after = steps[index + 1]?.text;
      place = valueOf(next[by], after ?? end, () => {
        const lines = linesOf(after ?? end);
        return placeOf(lines, handsAfter(before, after === undefined ? originsIn(before) : alignLines(before, lines), hands, { by, lines }));
      });
    }
    return place.hands;
  }
}

/** A text on a way from where it starts, and where the way went on from there, by who wrote and the text after. */
interface Place {
  readonly lines: readonly string[];
  readonly hands: readonly (readonly Hand[])[];
  readonly next: Readonly<Record<Writer, Map<string, Place>>>;
}

function placeOf(lines: Place['lines'], hands: Place['hands']): Place {
  return { lines, hands, next: { ai: new Map(), human: new Map(), unseen: new Map() } };
}

function valueOf<T>(values: Map<string, T>, key: string, make: () => T): T {
  const value = values.get(key) ?? make();
  values.set(key, value);
  return value;
}

type Writer = 'ai' | 'human' | 'unseen';

function handsAfter(old: readonly string[], origins: readonly Origin[], hands: readonly (readonly Hand[])[], { by, lines }: { by: Writer; lines: readonly string[] }): (readonly Hand[])[] {
  let gone: ReadonlySet<string> | undefined;
  return origins.map((origin, at) => {
    // Where nobody saw what was done one bracket is as good as another.
    const isLoose = by === 'unseen' && 'isHeld' in origin && !origin.isHeld && isBare(lines[at] ?? '');
    if (origin.kind === 'line') return isLoose ? distinct([{ kind: by }, ...(hands[origin.at] ?? [])]) : (hands[origin.at] ?? []);
    if (origin.kind === 'laid') return distinct(origin.at.flatMap((each) => hands[each] ?? []));
    if (origin.kind === 'like') return distinct([{ kind: by, isBeside: origin.isMost }, ...(hands[origin.at] ?? [])]);
    if (origin.kind === 'among') return distinct([...(origin.orNew ? [{ kind: by, isOneMore: true }] : isLoose ? [{ kind: by }] : []), ...origin.at.flatMap((each) => hands[each] ?? [])]);
    const line = lines[at] ?? '';
    gone ??= new Set(old);
    // It may have been moved.
    return distinct([{ kind: by }, ...(!isBare(line) && gone.has(line) ? old.flatMap((each, index) => (each === line ? (hands[index] ?? []) : [])) : [])]);
  });
}

function distinct(hands: readonly Hand[]): Hand[] {
  return hands.filter((hand, index) => hands.findIndex((each) => isSame(each, hand)) === index);
}

function isSame(one: Hand, other: Hand): boolean {
  if (one.kind === 'before') return other.kind === 'before' && one.at === other.at;
  return one.kind === other.kind && (one.isBeside === true) === (other.isBeside === true) && (one.isOneMore === true) === (other.isOneMore === true);
}

/** Undefined where the edit does not lead to the text. */
function textBefore({ replacements }: JournalEdit, after: string): string | undefined {
  const edit = editOf(replacements);
  let before = '';
  let at = 0;
  let delta = 0;
  for (const { range, newText } of edit.replacements) {
    const start = range.start + delta;
    if (after.slice(start, start + newText.length) !== newText) return undefined;
    before += after.slice(at, start) + (replacements.find(([from, old]) => from === range.start && old.length === range.length)?.[1] ?? '');
    at = start + newText.length;
    delta += newText.length - range.length;
  }
  return before + after.slice(at);
}
