import { OffsetRange } from '../../text/offsetRange.ts';
import type { Removal } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { ChangedText, FileContext } from '../reader.ts';

/** Lines of code that a change has to take away before it says something that nothing else does. */
const fewestLines = 60;
/** So many times more must go than comes. */
const moreThanAdded = 5;
/** Looking at the clock costs more than some lines. */
const linesAtOnce = 500;
/** A file with fewer lines of code is nothing that a review would miss. */
const smallestFile = 20;

/** Each is the name of one test, in the usual frameworks. */
const tests = /(?:^|\n)[ \t]*(?:(?:it|test|specify|scenario)(?:\.(?:each|only|concurrent|skip|todo)\b[^(\n]*)?\s*\(?\s*(["'`])((?:(?!\1).)+)\1|(?:async\s+)?def\s+(test\w*)|func\s+((?:Test|Fuzz|Benchmark)\w+)|#\[(?:\w+::)?test\][^]*?fn\s+(\w+)|@(?:Test|ParameterizedTest)\b[^]*?(?:void|fun)\s+(`[^`]+`|\w+)|\[(?:Fact|Theory|Test|TestMethod|TestCase)\b[^]*?\b(?:void|Task)\s+(\w+)|(?:public\s+)?function\s+(test\w+))/g;

const skips = /\b(?:it|test|describe)\.skip\b|\bx(?:it|describe|test)\s*\(|@(?:pytest\.mark\.skip|unittest\.skip|Disabled|Ignore)\b|\bt\.Skip(?:Now)?\(|#\[ignore\]|\bpending\b\s*['"]|\[(?:Fact|Theory|Test)\(?Skip/g;

const testPath = /(?:^|\/)(?:tests?|spec|__tests__|e2e|features)\/|[._-](?:test|spec)\.\w+$|(?:^|\/)test_[^/]*$|_test\.\w+$|(?:Test|Tests|Spec)\.(?:java|kt|cs|scala|php)$/;
const generated = /(?:^|\/)(?:dist|build|out|vendor|node_modules|target|generated|__generated__|fixtures|snapshots|__snapshots__|docs?|examples?)\/|\.(?:min\.js|lock|snap|d\.ts|generated\.\w+|pb\.go)$/;

export const isBlank = (line: string) => /^[\s{}()[\];,]*$/.test(line) || /^\s*(?:\/\/|#(?!!|\[)|\*|\/\*|--)/.test(line);

/** What a change takes away as a whole: a file, tests, or much more than it brings. */
export function* removedTexts({ path, before = '', changed }: FileContext, after: string | undefined, pace: Pick<Pace, 'isOver'>): Paced<Removal[]> {
  if (generated.test(path)) return [];
  const lostTests = testsLost(before, after ?? '', changed);
  if (lostTests.length > 0) return [removalOf('tests', after, lostTests.length, lostTests.slice(0, 3).map((name) => `\`${name}\``).join(', '))];
  if (testPath.test(path)) {
    const skipped = (after?.match(skips)?.length ?? 0) - (before.match(skips)?.length ?? 0);
    return skipped > 0 && after !== undefined ? [removalOf('tests', after, skipped, 'that are skipped now', new RegExp(skips.source).exec(after)?.index)] : [];
  }
  if (pace.isOver()) yield;
  const gone = yield* linesGone(before, after ?? '', changed, pace);
  if (after === undefined) return gone.removed >= smallestFile && gone.removed > gone.moved ? [removalOf('file', after, gone.removed, path)] : [];
  const isMuch = gone.removed >= fewestLines && gone.removed >= gone.added * moreThanAdded;
  return isMuch ? [removalOf('code', after, gone.removed, `${gone.removed} lines`)] : [];
}

/** Underlines the first line that is left, or the place where a test is skipped. */
function removalOf(removed: Removal['removed'], after: string | undefined, count: number, source: string, at = 0): Removal {
  const text = after ?? '';
  const end = text.indexOf('\n', at);
  const range = new OffsetRange(at, end === -1 ? text.length : end);
  return { kind: 'removal', removed, source, count, from: '', range, within: new OffsetRange(0, text.length), address: [removed], resolution: 'literal' };
}

/** Whether a line may be a part of what names or skips a test. */
export function mayTest(line: string): boolean {
  return /\b(?:x?(?:it|describe|test)|specify|scenario|def|func|fn|fun|function|void|Task)\b|[@#[]\s*\[?\w*(?:[tT]est|Fact|Theory|Disabled|[iI]gnore)|\bt\.Skip|\bpending\b/.test(line);
}

function namesOf(text: string): string[] {
  return [...text.matchAll(tests)].map((match) => match.slice(2).find((name) => Boolean(name)) ?? '');
}

/** The tests that are in no file after the change, when fewer came than went. */
function testsLost(before: string, after: string, changed: readonly ChangedText[]): string[] {
  const old = namesOf(before);
  if (old.length === 0) return [];
  const kept = new Set(namesOf(after));
  const moved = new Set(changed.flatMap((other) => namesOf(other.after ?? '')));
  const lost = old.filter((name) => !kept.has(name) && !moved.has(name));
  const oldNames = new Set(old);
  const added = [...kept].filter((name) => !oldNames.has(name)).length;
  return lost.length > added ? lost : [];
}

/** Lines of code that are in no file after the change; blank ones and comments do not count. */
function* linesGone(before: string, after: string, changed: readonly ChangedText[], pace: Pick<Pace, 'isOver'>): Paced<{ removed: number; added: number; moved: number }> {
  const count = function* (lines: readonly string[]): Paced<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const [index, line] of lines.entries()) {
      if (!isBlank(line)) counts.set(line.trim(), (counts.get(line.trim()) ?? 0) + 1);
      if (index % linesAtOnce === 0 && pace.isOver()) yield;
    }
    return counts;
  };
  const left = yield* count(after.split('\n'));
  const old = yield* count(before.split('\n'));
  const elsewhere = new Set(changed.flatMap((other) => (other.after ?? '').split('\n').map((line) => line.trim())));
  let [removed, added, moved] = [0, 0, 0];
  for (const [line, times] of old) {
    const gone = Math.max(0, times - (left.get(line) ?? 0));
    if (elsewhere.has(line)) moved += gone;
    else removed += gone;
  }
  for (const [line, times] of left) added += Math.max(0, times - (old.get(line) ?? 0));
  return { removed, added, moved };
}
