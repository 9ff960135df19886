import { OffsetRange } from '../../text/offsetRange.ts';
import { type DecodedPiece, DecodedText } from '../decodedText.ts';
import { hole } from '../operation.ts';
import type { Token } from './tokens.ts';

/** The SQL that `EXECUTE 'DROP TABLE ' || name` runs, when a string begins it at this index. */
export function dynamicSqlAt(tokens: readonly Token[], at: number, source: string): DecodedText | undefined {
  let before = at - (isFormatted(tokens, at) ? 3 : 1);
  if (tokens[before]?.text === '(') before--;
  if (tokens[before]?.text === '=') before--;
  if (!runners.has(tokens[before]?.text ?? '') && !(tokens[before]?.text === 'from' && tokens[before - 2]?.text === 'prepare')) return undefined;
  return sqlAt(tokens, at, source);
}

function isFormatted(tokens: readonly Token[], at: number): boolean {
  return tokens[at - 1]?.text === '(' && (tokens[at - 2]?.text === 'format' || tokens[at - 2]?.text === 'concat');
}

/** The text that a string and what is added to it come to. */
export function sqlAt(tokens: readonly Token[], at: number, source: string): DecodedText {
  const isFormat = tokens[at - 2]?.text === 'format' && isFormatted(tokens, at);
  const joins = tokens[at - 2]?.text === 'concat' && isFormatted(tokens, at) ? ',' : '||';
  const pieces: DecodedPiece[] = [];
  let next = at;
  while (pieces.length < mostPieces) {
    const until = endOfOperand(tokens, next);
    const [first] = tokens.slice(next, until);
    if (first === undefined) break;
    if (until === next + 1 && first.kind === 'string') pieces.push(...piecesOf(first, source, isFormat));
    else pieces.push({ text: hole, range: new OffsetRange(first.start, tokens[until - 1]?.endExclusive ?? first.endExclusive), isVerbatim: false });
    if (![joins, '||', '+'].includes(tokens[until]?.text ?? '')) break;
    next = until + 1;
  }
  return new DecodedText(pieces);
}

/** The variables that a text runs: `EXEC (@sql)`, `EXECUTE query`, `PREPARE s FROM @sql`. */
export function executedNames(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [at, { text }] of tokens.entries()) {
    const isPreparing = text === 'from' && tokens[at - 2]?.text === 'prepare';
    if (!runners.has(text) && !isPreparing) continue;
    const next = tokens[at + 1]?.text === '(' ? tokens[at + 2] : tokens[at + 1];
    if (next?.kind === 'word' && !runners.has(next.text)) names.add(next.text);
  }
  return names;
}

/** The SQL that a string begins which is assigned to one of the variables: `SET @sql = N'DROP TABLE ' + @name`. */
export function assignedSqlAt(tokens: readonly Token[], at: number, source: string, executed: ReadonlySet<string>): DecodedText | undefined {
  let before = at - (isFormatted(tokens, at) ? 3 : 1);
  // `@sql = @sql + '…'`
  if (['+', '||'].includes(tokens[before]?.text ?? '') && executed.has(tokens[before - 1]?.text ?? '')) before -= 2;
  if (!['=', ':='].includes(tokens[before]?.text ?? '')) return undefined;
  // The name stands before the sign, or before its type: `@sql +=`, `@sql nvarchar(max) =`, `query text :=`.
  return tokens.slice(Math.max(0, before - farthestName), before).some(({ text }) => executed.has(text)) ? sqlAt(tokens, at, source) : undefined;
}

/** `@sql`, `nvarchar`, `(`, `max`, `)`. */
const farthestName = 5;

/** Longer sums are data. */
const mostPieces = 100;

const runners = new Set(['execute', 'exec', 'immediate', 'sp_executesql', 'sp_msforeachtable', 'sp_msforeachdb', 'dblink_exec', '@command1', '@stmt', '@statement']);

const operandEnds = new Set(['||', '+', ',', 'using', 'into', 'from', 'where', 'as']);

function endOfOperand(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let at = from; at < Math.min(tokens.length, from + mostPieces); at++) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'end') return at;
    if (token.text === '(') depth++;
    else if (token.text === ')' && depth-- === 0) return at;
    else if (depth === 0 && (operandEnds.has(token.text) || (token.beginsLine && at > from && runners.has(token.text)))) return at;
  }
  return Math.min(tokens.length, from + mostPieces);
}

function piecesOf(token: Token, source: string, isFormat: boolean): DecodedPiece[] {
  const written = source.slice(token.start, token.endExclusive);
  const open = written.indexOf("'") + 1;
  const content = written.slice(open, written.length > open && written.endsWith("'") ? -1 : undefined);
  const pieces: DecodedPiece[] = [];
  const start = token.start + open;
  let from = 0;
  for (const match of content.matchAll(isFormat ? /''|%(?:\d+\$)?[IsL]/g : /''/g)) {
    pieces.push({ text: content.slice(from, match.index), range: new OffsetRange(start + from, start + match.index), isVerbatim: true });
    from = match.index + match[0].length;
    pieces.push({ text: match[0] === "''" ? "'" : hole, range: new OffsetRange(start + match.index, start + from), isVerbatim: false });
  }
  pieces.push({ text: content.slice(from), range: new OffsetRange(start + from, start + content.length), isVerbatim: true });
  return pieces;
}
