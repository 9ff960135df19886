import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Nodes } from '../nodes.ts';
import type { Removal } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import { wordWindows } from '../windows.ts';
import { mayDestroy } from './destructiveCalls.ts';

const words = /\b(?:catch|except|rescue)\b/g;
const clauses = /^(?:catch_clause|catch_block|catch|except_clause|rescue)$/;

/** What a handler does that only takes note of the failure, or passes over it. */
const notes = /(?:\bconsole|\blog\w*|\bprint\w*|\bputs|\bwarn\w*)\b[^\n;]*|\bpass\b|\bcontinue\b|\bnull\b|\bnil\b/gi;

/**
 * Statements that the text before had within a handler of failures that did something about them, and that stand in the
 * text after with none. Those that destroy something are told as such.
 */
export function* removedHandlers(root: Node, before: Nodes, after: LineText, pace: Pick<Pace, 'isOver'>): Paced<Removal[]> {
  const removals: Removal[] = [];
  const seen = new Set<number>();
  let written: string | undefined;
  for (const window of wordWindows(before.text, new OffsetRange(0, before.text.length))) {
    for (const match of before.text.slice(window).matchAll(words)) {
      const clause = clauseAt(root.descendantForIndex(window.start + match.index), before);
      if (clause === undefined || seen.has(clause.id)) continue;
      seen.add(clause.id);
      written ??= after.toString();
      const place = isIdle(before.written(clause)) ? undefined : unhandledIn(written, triedBy(clause, before));
      if (place !== undefined) removals.push(removalAt(place, after));
      if (pace.isOver()) yield;
    }
  }
  return removals;
}

function clauseAt(leaf: Node | null, nodes: Nodes): Node | undefined {
  if (leaf === null) return undefined;
  const around = nodes.parentOf(leaf);
  return [leaf, around].find((node): node is Node => node !== null && clauses.test(nodes.typeOf(node)) && node.namedChildCount > 0);
}

function isIdle(clause: string): boolean {
  const body = clause.slice(Math.max(clause.indexOf('{'), clause.indexOf('\n'), clause.indexOf(':')) + 1);
  return !/\w/.test(body.replace(notes, ''));
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
  const [first] = tried;
  if (first === undefined || mayDestroy(tried.join('\n'))) return undefined;
  const start = text.indexOf(first);
  let end = start;
  for (const line of tried) {
    end = end === -1 ? -1 : text.indexOf(line, end);
  }
  if (start === -1 || end === -1) return undefined;
  const around = text.slice(0, start).split('\n').slice(-3).join('\n') + text.slice(start, end) + text.slice(end).split('\n').slice(0, 4).join('\n');
  return /\b(?:try|catch|except|rescue|finally|begin|ensure|suppress|with)\b|\.catch\(/.test(around) ? undefined : start;
}

function removalAt(start: number, after: LineText): Removal {
  const { line } = after.positionAt(start);
  const written = after.line(line).slice(start - after.startOfLine(line)).trimEnd();
  const range = OffsetRange.ofLength(start, written.length);
  return { kind: 'removal', removed: 'errorHandling', source: 'try', from: written, range, within: range, address: ['errorHandling', written], resolution: 'name' };
}
