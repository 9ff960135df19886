import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Removal } from '../operation.ts';
import type { ChangedText, FileContext } from '../reader.ts';
import type { LineBalance } from './lineBalance.ts';
import { assertionsLost, rowsIn, silentTests, skipIn, testBodies, testsIn, vacuousIn } from './tests.ts';

/** Lines of code that a change has to take away before it says something that nothing else does. */
const fewestLines = 60;
/** So many times more must go than comes. */
const moreThanAdded = 5;
/** Fewer lines say as much where hardly any other is left: so many of them, and so many times what stays. */
const fewestOfMost = 20;
const moreThanLeft = 2;
/** A file with fewer lines of code is nothing that a review would miss. */
const smallestFile = 12;

const testPath = /(?:^|\/)(?:tests?|spec|__tests__|e2e|features)\/|[._-](?:test|spec)\.\w+$|(?:^|\/)test_[^/]*$|_test\.\w+$|(?:Test|Tests|Spec)\.(?:java|kt|cs|scala|php)$/;
const generated = /(?:^|\/)(?:dist|build|out|vendor|node_modules|target|generated|__generated__|fixtures|snapshots|__snapshots__|docs?|examples?)\/|\.(?:min\.js|lock|snap|d\.ts|generated\.\w+|pb\.go)$/;

const isBlank = (line: string) => /^[\s{}()[\];,]*$/.test(line) || /^\s*(?:\/\/|#(?!!|\[)|\*|\/\*|--)/.test(line);

/** What is read of the other files of a change, for the first of its files that asks. */
const testsOf = new WeakMap<ChangedText, ReadonlySet<string>>();
const linesOf = new WeakMap<ChangedText, ReadonlySet<string>>();

/** What a change takes away as a whole: a file, tests, or much more than it brings. */
export function removedTexts({ path, before, changed }: FileContext, after: LineText, balance: LineBalance): Removal[] {
  if (generated.test(path)) return [];
  const lostTests = testsLost(balance, { before, changed });
  if (lostTests.length > 0) return [removalOf('tests', after, lostTests.length, lostTests.slice(0, 3).map((name) => `\`${name}\``).join(', '))];
  const isGone = isEmpty(after);
  if (testPath.test(path)) return isGone ? [] : skippedOrEmptied(after, balance, before ?? '');
  const { added, gone } = linesGone(balance);
  const left = codeLinesOf(after);
  const isMost = (removed: number) => removed >= fewestOfMost && removed >= left * moreThanLeft;
  const isMuch = (removed: number) => (isGone ? removed >= smallestFile : (removed >= fewestLines || isMost(removed)) && removed >= added * moreThanAdded);
  const all = timesOf(gone);
  // Where not even all of them are much, it does not matter which of them moved.
  if (!isMuch(all)) return [];
  const moved = timesOf(movedLines(gone, changed));
  const removed = all - moved;
  if (!isMuch(removed) || (isGone && removed <= moved)) return [];
  return [isGone ? removalOf('file', after, removed, path) : removalOf('code', after, removed, `${removed} lines`)];
}

/** Whether a text holds nothing but blanks, as that of a deleted file. */
export function isEmpty(text: LineText): boolean {
  for (let line = 0; line < text.lineCount; line++) if (text.line(line).trim() !== '') return false;
  return true;
}

/** Underlines the first line that is left, or the place where a test is skipped. */
function removalOf(removed: Removal['removed'], after: LineText, count: number, source: string, at = 0): Removal {
  const { line } = after.positionAt(at);
  const range = new OffsetRange(at, after.startOfLine(line) + after.line(line).replace(/\n$/, '').length);
  return { kind: 'removal', removed, source, count, from: '', range, within: new OffsetRange(0, after.length), address: [removed], resolution: 'literal' };
}

/** Tests that are still there and look at nothing any more. */
function skippedOrEmptied(after: LineText, balance: LineBalance, before: string): Removal[] {
  if (balance.skips > 0) return [removalOf('tests', after, balance.skips, 'that are skipped now', firstSkip(after))];
  const { lost, vacuous } = assertionsLost(balance);
  if (lost <= 0) return [];
  const silent = vacuous > 0 ? [] : silentTests(before, after.toString());
  const isSilent = vacuous > 0 || silent.length > 0;
  return isSilent ? [removalOf('tests', after, lost, 'that pass whatever the code does', vacuous > 0 ? firstVacuous(after) : after.toString().indexOf(silent[0] ?? ''))] : [];
}

function firstVacuous(text: LineText): number | undefined {
  for (let line = 0; line < text.lineCount; line++) {
    const at = vacuousIn(text.line(line));
    if (at !== undefined) return text.startOfLine(line) + at;
  }
  return undefined;
}

function firstSkip(text: LineText): number | undefined {
  for (let line = 0; line < text.lineCount; line++) {
    const at = skipIn(text.line(line));
    if (at !== undefined) return text.startOfLine(line) + at;
  }
  return undefined;
}

/** The tests that are in no file after the change, when fewer came than went. */
function testsLost({ tests, surplus }: LineBalance, { before = '', changed }: Pick<FileContext, 'before' | 'changed'>): string[] {
  const gone = [...tests].filter(([, surplus]) => surplus < 0).map(([name]) => name);
  if (gone.length === 0) return [];
  const lost = gone.filter((name) => !changed.some((other) => madeOnce(testsOf, other, () => new Set(testsIn(other.after ?? ''))).has(name)));
  const left = lost.length === 0 ? lost : withoutTestsOfWhatIsGone(lost, before, changed);
  // What were tests of their own may be the rows of one now.
  const rows = left.length === 0 ? 0 : rowsIn([...surplus].flatMap(([line, by]) => (by > 0 ? [line] : [])));
  return left.length > tests.size - gone.length + rows ? left : [];
}

const declaration = /^[ \t]*(?:(?:export|default|public|private|protected|internal|static|async|final|abstract|open|override|pub(?:\(\w+\))?)\s+)*(?:def|function\*?|func(?:\s*\([^)]*\))?|fn|fun|class|interface|struct|const|let)\s+(?:self\.)?([A-Za-z_]\w*)/gm;

const declaredOf = new WeakMap<ChangedText, readonly string[]>();

/** What another file declared that no file of the change declares any more: its tests go with it. */
function goneNames(changed: readonly ChangedText[]): readonly string[] {
  const names = (text = '') => [...text.matchAll(declaration)].map(([, name = '']) => name);
  const left = new Set(changed.flatMap(({ after }) => names(after)));
  return changed.flatMap((other) => madeOnce(declaredOf, other, () => (testPath.test(other.path) ? [] : names(other.before)))).filter((name) => !left.has(name));
}

function withoutTestsOfWhatIsGone(lost: readonly string[], before: string, changed: readonly ChangedText[]): string[] {
  const gone = goneNames(changed);
  if (gone.length === 0) return [...lost];
  const bodies = testBodies(before);
  return lost.filter((name) => !gone.some((each) => new RegExp(`(?<![\\w$])${each}(?![\\w$])`).test(bodies.get(name) ?? '')));
}

/** How many lines of code a text has, as far as it matters. */
function codeLinesOf(text: LineText): number {
  let count = 0;
  for (let line = 0; line < text.lineCount && count < fewestLines; line++) if (!isBlank(text.line(line).replace(/\n$/, ''))) count++;
  return count;
}

type Counted = readonly (readonly [line: string, times: number])[];

/** Blank lines and comments do not count. */
function linesGone({ surplus }: LineBalance): { added: number; gone: Counted } {
  const code = [...surplus].filter(([line]) => !isBlank(line));
  return { added: timesOf(code.filter(([, by]) => by > 0)), gone: code.flatMap(([line, by]) => (by < 0 ? [[line, -by] as const] : [])) };
}

function timesOf(lines: Counted): number {
  return lines.reduce((sum, [, times]) => sum + times, 0);
}

/** Those that stand in another file after the change. */
function movedLines(gone: Counted, changed: readonly ChangedText[]): Counted {
  const others = changed.flatMap((other) => (other.after === undefined ? [] : [madeOnce(linesOf, other, () => new Set(other.after?.split('\n').map((line) => line.trim())))]));
  return gone.filter(([line]) => others.some((lines) => lines.has(line)));
}

function madeOnce<T>(known: WeakMap<ChangedText, T>, other: ChangedText, make: () => T): T {
  let value = known.get(other);
  if (value === undefined) known.set(other, (value = make()));
  return value;
}
