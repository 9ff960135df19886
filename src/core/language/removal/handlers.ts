import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import { Nodes } from '../nodes.ts';
import type { Removal } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import { rangeOf } from '../syntax.ts';
import { wordWindows } from '../windows.ts';
import { mayDestroy } from './destructiveCalls.ts';
import { ignoredFailures, unaskedAnswers } from './failures.ts';
import type { LineBalance } from './lineBalance.ts';

const words = /\b(?:catch|except|rescue)\b/g;
const clauses = /^(?:catch_clause|catch_block|catch|except_clause|rescue)$/;

/** What a handler does that only takes note of the failure, or passes over it. */
const notes = /(?:\bconsole|\blog\w*|\bprint\w*|\bputs|\bwarn\w*)\b[^\n;]*|\bpass\b|\bcontinue\b|\bnull\b|\bnil\b/gi;

const comments = /\/\/.*|\/\*[^]*?\*\/|(?<=\s)#.*/g;

/** The lines of the statements whose failure somebody did something about, and where its clause stands. */
export interface Handler {
  readonly tried: readonly string[];
  readonly clause: OffsetRange;
}

/** The handlers of a tree that do something about the failure, or only those that do not. */
export function* handlersIn(root: Node, text: LineText, pace: Pick<Pace, 'isOver'>, wanted: 'real' | 'idle' = 'real'): Paced<Handler[]> {
  const nodes = new Nodes(text);
  const handlers: Handler[] = [];
  const seen = new Set<number>();
  for (const window of wordWindows(text, new OffsetRange(0, text.length))) {
    for (const match of text.slice(window).matchAll(words)) {
      const clause = clauseAt(root.descendantForIndex(window.start + match.index), nodes);
      if (clause === undefined || seen.has(clause.id)) continue;
      seen.add(clause.id);
      const tried = isIdle(nodes.written(clause)) === (wanted === 'idle') ? triedBy(clause, nodes) : [];
      if (tried.length > 0) handlers.push({ tried, clause: rangeOf(clause) });
      if (pace.isOver()) yield;
    }
  }
  return handlers;
}

/** Statements that the text before had within a handler, and that stand in the text after with none. */
export function* removedHandlers(before: readonly Handler[], after: LineText, pace: Pick<Pace, 'isOver'>): Paced<Removal[]> {
  const removals: Removal[] = [];
  const written = after.toString();
  for (const { tried } of before) {
    // What destroys is told as a call that lost its guard.
    const place = mayDestroy(tried.join('\n')) ? undefined : unhandledIn(written, tried);
    if (place !== undefined) removals.push(removalAt(place, after));
    if (pace.isOver()) yield;
  }
  return removals;
}

/** Handlers that did something about the failure of the same statements, and pass over it now. */
export function emptiedHandlers(before: readonly Handler[], idle: readonly Handler[], after: LineText): Removal[] {
  const real = new Set(before.map(({ tried }) => tried.join('\n')));
  return idle.filter(({ tried }) => real.has(tried.join('\n'))).map(({ clause, tried }) => ({ ...removalAt(clause.start, after), within: clause, from: tried.join(' ') }));
}

/** Calls whose failure a value told of that somebody looked at, and nobody looks at any more. */
export function unheededFailures(balance: LineBalance, path: string, after: LineText): Removal[] {
  const { gone, come } = balance.linesThatDiffer();
  if (gone.length === 0) return [];
  const starts = new Set(ignoredFailures(path, gone, come).map(({ line }) => startOf(after, (written) => written === line)));
  for (const name of unaskedAnswers(gone, come)) starts.add(startOf(after, (written) => new RegExp(`^(?:(?:const|let|var|auto)\\s+)?\\$?${name}\\s*:?=`).test(written)));
  return [...starts].flatMap((start) => (start === undefined ? [] : [removalAt(start, after)]));
}

/** Where the first such line stands, without what sets it in. */
function startOf(text: LineText, isWanted: (line: string) => boolean): number | undefined {
  for (let line = 0; line < text.lineCount; line++) {
    const written = text.line(line);
    if (isWanted(written.trim())) return text.startOfLine(line) + written.search(/\S/);
  }
  return undefined;
}

function clauseAt(leaf: Node | null, nodes: Nodes): Node | undefined {
  if (leaf === null) return undefined;
  const around = nodes.parentOf(leaf);
  return [leaf, around].find((node): node is Node => node !== null && clauses.test(nodes.typeOf(node)) && node.childCount > 0);
}

function isIdle(clause: string): boolean {
  const body = clause.slice(Math.max(clause.indexOf('{'), clause.indexOf('\n'), clause.indexOf(':')) + 1);
  return !/\w/.test(body.replace(comments, '').replace(notes, ''));
}

/** The lines of the statements whose failure a clause handles. */
function triedBy(clause: Node, nodes: Nodes): string[] {
  const parent = nodes.parentOf(clause);
  if (parent === null) return [];
  return nodes.text
    .slice(new OffsetRange(parent.startIndex, clause.startIndex))
    .split('\n')
    .map((line) => line.trim().replace(/^(?:try\b|begin\b|do\b)?[\s:{]*/, '').replace(/^\}\s*$/, ''))
    .filter((line) => /\w/.test(line) && !line.startsWith('//') && !line.startsWith('#'));
}

/** Where all of the lines stand one after the other in a text that does not handle their failure. */
function unhandledIn(text: string, tried: readonly string[]): number | undefined {
  const start = text.indexOf(tried[0] ?? '');
  let end = start;
  for (const line of tried) {
    end = end === -1 ? -1 : text.indexOf(line, end);
  }
  if (start === -1 || end === -1) return undefined;
  const around = text.slice(0, start).split('\n').slice(-3).join('\n') + text.slice(start, end) + text.slice(end).split('\n').slice(0, 4).join('\n');
  return /\b(?:try|catch|except|rescue|finally|begin|ensure|suppress|with)\b|\.catch\(|async_?(?:Handler|Wrapper|Middleware|Route)\(|(?:catch|wrap)_?Async\w*\(/i.test(around) ? undefined : start;
}

function removalAt(start: number, after: LineText): Removal {
  const { line } = after.positionAt(start);
  const written = after.line(line).slice(start - after.startOfLine(line)).trimEnd();
  const range = OffsetRange.ofLength(start, written.length);
  return { kind: 'removal', removed: 'errorHandling', source: 'try', from: written, range, within: range, address: ['errorHandling', written], resolution: 'name' };
}
