import { hole, type SqlStatement } from '../operation.ts';
import { truthOf } from './condition.ts';
import { comparable } from './names.ts';
import type { Token } from './tokens.ts';

const behindCondition = new Set(['returning', 'order', 'limit', 'option', 'fetch', 'settings', 'if', 'allow']);

/** What bounds the rows of a DELETE or UPDATE on a table. */
export function whereOf(own: readonly Token[], from: number, table: string): SqlStatement['where'] {
  let where = -1;
  let behind = own.length;
  let isJoined = false;
  for (const at of topLevel(own, from)) {
    const text = own[at]?.text ?? '';
    if (text === 'where' && where === -1) where = at;
    else if (text === 'join' && bounds(own, at)) isJoined = true;
    else if (behindCondition.has(text) && behind === own.length && (where !== -1 || text !== 'option')) behind = at;
  }
  if (where === -1) return isJoined || isLimitedBy(own, behind) ? 'present' : mayBeBounded(own) ? 'dynamic' : 'none';
  if (isLimitedBy(own, behind)) return 'present';
  const condition = own.slice(where + 1, behind);
  const known = condition.at(-1)?.text === hole && mayEndBefore(condition.at(-2)) ? condition.slice(0, -1) : condition;
  if (known.length > 0 && known.length < condition.length && truthOf(known) === true) return 'dynamic';
  const truth = isOwnRows(condition, table) ? true : truthOf(condition);
  return truth === true ? 'always-true' : truth === 'argument' ? 'argument' : 'present';
}

/** An outer join keeps every row, and so does one whose condition holds for all. */
function bounds(own: readonly Token[], join: number): boolean {
  if (['left', 'outer', 'cross'].includes(own[join - 1]?.text ?? '')) return false;
  const places = [...topLevel(own, join + 1)];
  const end = places.find((at) => endsJoin.has(own[at]?.text ?? '')) ?? own.length;
  const on = places.find((at) => own[at]?.text === 'on' && at < end);
  return on === undefined || truthOf(own.slice(on + 1, end)) !== true;
}

const endsJoin = new Set(['join', 'inner', 'left', 'right', 'full', 'cross', 'where', 'set', 'order', 'limit', 'returning', 'end']);

/** `id IN (SELECT id FROM t)`, of t itself and without a condition. */
function isOwnRows(condition: readonly Token[], table: string): boolean {
  const [column, , , , selected, , from] = condition;
  const shape = condition.map(({ text }, at) => ([0, 4, 6].includes(at) ? '·' : text)).join(' ');
  return shape === '· in ( select · from · )' && column?.text === selected?.text && from?.kind !== 'mark' && comparable(from?.text ?? '') === comparable(table);
}

function mayBeBounded(own: readonly Token[]): boolean {
  return own.some((token, at) => token.text === hole && mayEndBefore(own[at - 1]));
}

/** Whether a clause may begin behind a token: behind a name or a value, and not behind `from`, `=` or a comma. */
function mayEndBefore(token: Token | undefined): boolean {
  if (token === undefined || token.kind === 'mark') return token?.text === ')';
  return token.kind !== 'word' || !clauseWords.has(token.text);
}

const clauseWords = new Set(['delete', 'update', 'from', 'only', 'set', 'and', 'or', 'not', 'in', 'using', 'table', 'ignore', 'low_priority', 'quick', 'where', 'is', 'like', 'between', 'cluster']);

/** A LIMIT bounds what is lost, with or without a condition. */
function isLimitedBy(own: readonly Token[], from: number): boolean {
  return own.slice(from).some((token) => token.text === 'limit' || token.text === 'fetch');
}

/** The indices outside brackets, from one on. */
export function* topLevel(tokens: readonly Token[], from: number, until = tokens.length): Generator<number> {
  let depth = 0;
  for (let at = from; at < Math.min(until, tokens.length); at++) {
    const text = tokens[at]?.text;
    if (text === '(') depth++;
    else if (text === ')') depth--;
    else if (depth === 0) yield at;
  }
}
