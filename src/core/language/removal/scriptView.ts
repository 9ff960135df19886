import type { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { GuardKind, Operation, Removal } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext } from '../reader.ts';
import type { View, Wanted } from '../view.ts';
import { choicesLost } from './scriptChoices.ts';
import { conditionLost } from './conditions.ts';
import { names, speaksOf, weakenedDefaults } from './defaults.ts';
import { strongestOf } from './guardWords.ts';
import { handedLines } from './handedGuards.ts';
import { exitsLost } from './scriptExits.ts';
import { testsWeakened } from './scriptTests.ts';
import { restrictionsRemoved } from './statementLines.ts';
import { mayHaveRemoved } from './view.ts';

/** How the lines of a script that hold something back are known, by what they guard against. */
export type ScriptGuards = Readonly<Partial<Record<GuardKind, RegExp>>>;

const destroys = /\b(?:rm|rmdir|drop\w*|delete\w*|destroy|truncate|terminate|purge|prune|unlink|shred|mkfs|wipefs|dd|flush\w*|reset|uninstall|force|clean|remove|revoke|update)\b|delete-|terminate-|--force\b/i;

const says = /^(?:(?:terraform|tofu|terragrunt)\s+(?:-\S+\s+)*plan|read|echo|printf|Write-(?:Host|Output))\b/i;

/** Whether a line of the text before held back a command that it had. */
export type Reach = (lines: readonly string[], guard: number, command: string) => boolean;

/** A line reaches as far as the block that it stands in: what is set in as far as it, around it. */
export function inSameBlock(lines: readonly string[], guard: number, command: string): boolean {
  const depth = depthOf(lines[guard] ?? '');
  const isOutside = (line: string) => line.trim() !== '' && depthOf(line) < depth;
  let [first, last] = [guard, guard];
  while (first > 0 && !isOutside(lines[first - 1] ?? '')) first--;
  while (last + 1 < lines.length && !isOutside(lines[last + 1] ?? '')) last++;
  return reachesWithin(lines.slice(first, last + 1), command);
}

/** Whether a command stands among some lines. */
export function reachesWithin(lines: readonly string[], command: string): boolean {
  return comparable(lines.join('\n')).includes(command);
}

/** The items of a list are set in as far as what they hold. */
function depthOf(line: string): number {
  return /^\s*(?:- +)?/.exec(line)?.[0].length ?? 0;
}

/** A script, and the lines that a change took away in front of the destructive operations that stay in it. */
export class ViewOfGuardedScript implements View {
  readonly prepare?: NonNullable<View['prepare']>;
  readonly unread?: NonNullable<View['unread']>;
  private readonly linesBefore: readonly string[];
  private readonly textBefore: string;
  /** How many lines of each kind there were here. */
  private readonly before: ReadonlyMap<GuardKind, number>;
  /** How many fewer of each kind the other files have than before; an edit here does not change it. They are read where a line is missing here, and not before: what is read is what the judgement is made from. */
  private readonly elsewhere = new Map<GuardKind, number>();

  constructor(
    private readonly inner: View,
    private readonly text: LineText,
    private readonly file: FileContext,
    private readonly guards: ScriptGuards,
    private readonly reaches: Reach,
  ) {
    if (inner.prepare !== undefined) this.prepare = inner.prepare.bind(inner);
    if (inner.unread !== undefined) this.unread = inner.unread.bind(inner);
    this.textBefore = comparable(file.before ?? '');
    this.linesBefore = (file.before ?? '').split(/\r?\n/);
    const linesBefore = withHandedLines(this.linesBefore);
    this.before = new Map(patternsOf(guards).map(([kind, pattern]) => [kind, countOf(pattern, linesBefore)]));
  }

  willChange(edit: OffsetEdit): void {
    this.inner.willChange(edit);
  }

  dispose(): void {
    this.inner.dispose();
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const found = yield* this.inner.operations(wanted, focus, pace);
    const lost = this.lostGuards();
    const mayBeWider = conditions.test(this.textBefore);
    const [gone, come] = this.linesThatDiffer();
    const restrictions = restrictionsRemoved(gone, come, this.text);
    const chosenLess = choicesLost(gone, come);
    if (lost.length === 0 && !mayBeWider && chosenLess.size === 0) return [...found, ...restrictions];
    // A guard guards what stands elsewhere, and whoever took it away answers for that.
    const whole = new OffsetRange(0, this.text.length);
    const all = yield* this.inner.operations(wanted, [whole], pace);
    const guarded = all.filter((operation) => (operation.kind === 'command' || operation.kind === 'statement') && this.wasThere(operation));
    const innermost = guarded.filter(({ range }) => !guarded.some((other) => other.range !== range && range.encloses(other.range) && !range.equals(other.range)));
    const removals = innermost.flatMap((operation) => {
      const command = comparable(this.text.slice(operation.range));
      const guard = strongestOf(lost.filter(({ kind, line }) => this.reaches(this.linesBefore, line, command) && (kind !== 'condition' || this.standsBefore(line, command))));
      return guard === undefined ? [] : [this.removalOf(operation, guard, whole)];
    });
    const narrower = this.choosingLess(all, chosenLess, whole).filter(({ range }) => !removals.some((other) => other.removed === 'filter' && other.range.equals(range)));
    return [...found, ...restrictions, ...removals, ...(mayBeWider ? this.widened(all, whole) : []), ...narrower];
  }

  /** Statements that choose by less than they did before. */
  private widened(all: readonly Operation[], whole: OffsetRange): Removal[] {
    const now = comparable(this.text.toString());
    return all.flatMap((operation) => {
      const written = operation.kind === 'statement' ? comparable(this.text.slice(operation.range)) : '';
      const where = written.search(/\bwhere\b/i);
      if (where === -1 || this.textBefore.split(written).slice(1).some((rest) => !/^\s*(?:and|limit)\b/i.test(rest))) return [];
      const head = written.slice(0, where);
      const was = this.textBefore.split(head).slice(1).map((rest) => `${head}${rest.split(';', 1)[0] ?? ''}`).find((statement) => !now.includes(statement));
      if (was === undefined) return [];
      const condition = conditionLost(was, written);
      const limit = rowLimit.test(written) ? undefined : rowLimit.exec(was)?.[0];
      const source = condition ?? limit;
      return source === undefined ? [] : [this.removalOf(operation, { kind: condition === undefined ? 'limit' : 'filter', source, line: 0 }, whole)];
    });
  }

  /** Operations on lines that choose less than they did, under the head of a loop that does, or with a variable that such a line sets. */
  private choosingLess(all: readonly Operation[], lost: ReadonlyMap<string, string>, whole: OffsetRange): Removal[] {
    if (lost.size === 0) return [];
    const operations = all.filter((operation) => (operation.kind === 'command' || operation.kind === 'statement') && destroys.test(this.text.slice(operation.range)));
    return [...lost].flatMap(([line, source]) => {
      const at = Array.from({ length: this.text.lineCount }, (_, index) => index).find((index) => this.text.line(index).trim() === line);
      if (at === undefined) return [];
      const stretch = OffsetRange.ofLength(this.text.startOfLine(at), this.text.line(at).length);
      const name = /^(?:export\s+|set\s+|local\s+)?\$?([A-Za-z_]\w*)\s*=/.exec(line)?.[1];
      const isMeant = ({ range, loop }: Operation & { readonly loop?: { readonly over: string; readonly range: OffsetRange } | undefined }) =>
        range.meets(stretch) || (loop?.range.meets(stretch) === true) || (name !== undefined && new RegExp(`\\$\\{?${name}\\b`).test(this.text.line(this.text.positionAt(range.start).line) + this.text.slice(range) + (loop?.over ?? '')));
      const meant = operations.filter((operation) => isMeant(operation));
      return meant.slice(0, 1).map((operation) => this.removalOf(operation, { kind: 'filter', source, line: 0 }, whole));
    });
  }

  /** The lines that went and came, without what sets them in. */
  private linesThatDiffer(): [gone: string[], come: string[]] {
    const lines = Array.from({ length: this.text.lineCount }, (_, index) => this.text.line(index).trim());
    const [had, has] = [new Set(this.linesBefore.map((line) => line.trim())), new Set(lines)];
    return [[...had].filter((line) => !has.has(line)), lines.filter((line) => !had.has(line))];
  }

  /** The lines that are gone of each kind of guard that there are fewer lines of than before, here and in the change as a whole. */
  private lostGuards(): LostLine[] {
    const lines = Array.from({ length: this.text.lineCount }, (_, index) => this.text.line(index).replace(/\r?\n$/, ''));
    const all = withHandedLines(lines);
    const gone = patternsOf(this.guards).flatMap(([kind, pattern]) => {
      const missing = (this.before.get(kind) ?? 0) - countOf(pattern, all);
      if (missing <= 0 || missing + this.lostElsewhere(kind, pattern) <= 0) return [];
      const left = new Set(lines.map((line) => line.trim()));
      return this.linesBefore.flatMap((written, line) => (pattern.test(written) && !left.has(written.trim()) ? [{ kind, source: written.trim(), line }] : []));
    });
    const known = new Set(gone.map(({ line }) => line));
    const ends = exitsLost(this.linesBefore, lines).filter(({ line }) => !known.has(line));
    return [...gone, ...ends.map((each) => ({ kind: 'condition' as const, ...each })), ...this.weakened(lines)];
  }

  private lostElsewhere(kind: GuardKind, pattern: RegExp): number {
    const lost = this.elsewhere.get(kind) ?? this.file.changed.reduce((sum, { before = '', after = '' }) => sum + countOf(pattern, before.split('\n')) - countOf(pattern, after.split('\n')), 0);
    this.elsewhere.set(kind, lost);
    return lost;
  }

  /** Tests that let more through than they did, and variables that other lines ask for, with a value now that lets more happen. */
  private weakened(lines: readonly string[]): LostLine[] {
    const [had, has] = [new Set(this.linesBefore), new Set(lines)];
    const gone = this.linesBefore.filter((line) => !has.has(line));
    const come = lines.filter((line) => !had.has(line));
    const tests = testsWeakened(gone, come).map(({ kind, source }) => ({ kind, source: source.trim(), line: this.linesBefore.indexOf(source) }));
    const defaults = weakenedDefaults(gone, come, this.linesBefore, lines).flatMap(({ kind, name, source, isAge }) => {
      const speaks = isAge === true ? names : speaksOf;
      const isAskedFor = lines.some((line) => (had.has(line) || asks.test(line)) && speaks(line, name));
      return isAskedFor ? [{ kind, source, line: this.linesBefore.findIndex((line) => line.includes(source)) }] : [];
    });
    return [...tests, ...defaults];
  }

  /** Whether a line stood before a command. */
  private standsBefore(line: number, command: string): boolean {
    return comparable(this.linesBefore.slice(line).join('\n')).includes(command);
  }

  private wasThere({ range }: Operation): boolean {
    const written = this.text.slice(range);
    return !says.test(written) && destroys.test(written) && this.textBefore.includes(comparable(written));
  }

  private removalOf({ range, address, resolution }: Operation, { kind, source }: LostLine, within: OffsetRange): Removal {
    return { kind: 'removal', removed: kind, source, from: this.text.slice(range), range, within, address: [...address, kind], resolution };
  }
}

interface LostLine {
  readonly kind: GuardKind;
  readonly source: string;
  /** Its number among the lines before. */
  readonly line: number;
}

function patternsOf(guards: ScriptGuards): (readonly [GuardKind, RegExp])[] {
  return Object.entries(guards).map(([kind, pattern]) => [kind as GuardKind, pattern] as const);
}

function countOf(pattern: RegExp, lines: readonly string[]): number {
  return lines.filter((line) => pattern.test(line)).length;
}

/** The lines of a script, and those of its functions that guard only with what they are given. */
function withHandedLines(lines: readonly string[]): readonly string[] {
  return [...lines, ...handedLines(lines)];
}

/** A line that asks for a variable may give it its value, too. */
const asks = /\[\[?\s|\btest\s|\bif\b/;

/** Where one of several conditions can have gone, or how many rows there may be at most. */
const conditions = /\bwhere\b[^;]*\b(?:and|limit)\b/i;

const rowLimit = /\blimit\s+\d+/i;

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A variable that has to be set, and one that need not be, are the same words of a command. */
function comparable(text: string): string {
  return withoutBlanks(text).replace(/\$\{(\w+)(?::?\?[^}]*)?\}/g, '$$$1');
}

/**
 * A view that also sees what a change took away, where there is a text to compare with.
 * @param reaches in a script a line holds back all that follows it
 */
export function withScriptGuards(view: View, text: LineText, file: FileContext, guards: ScriptGuards, reaches: Reach = () => true): View {
  return mayHaveRemoved(file, text) ? new ViewOfGuardedScript(view, text, file, guards, reaches) : view;
}
