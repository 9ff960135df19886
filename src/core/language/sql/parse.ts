import { hole, type SqlStatement } from '../operation.ts';
import { isAlwaysTrue } from './condition.ts';
import { nameAt, namesAt } from './names.ts';
import type { Token } from './tokens.ts';

/** A statement as its own tokens tell it; the text around it adds the rest. */
export interface Parsed extends Pick<SqlStatement, 'verb' | 'object' | 'where' | 'cascades'> {
  readonly targets: readonly string[];
  /** Declared so by the statement itself: DROP TEMPORARY TABLE. */
  readonly isTemporary: boolean;
  /** The columns that an UPDATE sets. */
  readonly columns: readonly string[];
  readonly endExclusive: number;
}

const objects = new Set([
  'table', 'database', 'schema', 'view', 'index', 'function', 'procedure', 'routine', 'aggregate', 'trigger', 'sequence', 'type', 'domain', 'extension', 'role', 'user',
  'login', 'tablespace', 'policy', 'rule', 'publication', 'subscription', 'server', 'event', 'package', 'keyspace', 'owned', 'synonym', 'catalog', 'stage', 'warehouse',
]); // prettier-ignore

const dropModifiers = new Set(['temporary', 'temp', 'materialized', 'foreign', 'external', 'transient', 'public', 'unique']);
const deleteModifiers = new Set(['low_priority', 'quick', 'ignore', 'only']);

/** What begins a statement in dialects that need no `;`, when it stands at the beginning of a line. */
const lineStarters = new Set([
  'select', 'insert', 'print', 'exec', 'execute', 'if', 'begin', 'end', 'declare', 'commit', 'rollback', 'return', 'create', 'while', 'raiserror', 'grant', 'merge', 'use',
]); // prettier-ignore

/** What may follow DROP in ALTER TABLE and is no column. */
const noColumns = new Set(['constraint', 'primary', 'foreign', 'index', 'key', 'check', 'default', 'not', 'identity', 'expression', 'unique', 'projection', 'policy', 'statistics', 'row']);

/** Whether the verb at an index is followed by what only a statement has: `DELETE FROM`, `UPDATE t SET`. */
export function isWhole(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  switch (tokens[at]?.text) {
    case 'drop':
      return next?.text === 'table' || next?.text === 'database' || next?.text === 'schema' || next?.text === 'view';
    case 'truncate':
    case 'alter':
      return next?.text === 'table';
    case 'delete':
      return next?.text === 'from';
    case 'update':
      return setAt(tokens, at) !== -1;
    default:
      return false;
  }
}

export function parseStatement(tokens: readonly Token[], at: number, source: string): Parsed | undefined {
  const endExclusive = endOf(tokens, at);
  const own = tokens.slice(at, endExclusive);
  const cascades = own.some((token) => token.text === 'cascade' && token.kind === 'word');
  const base = { endExclusive, cascades, isTemporary: false, columns: [], where: 'none' } as const;
  switch (own[0]?.text) {
    case 'drop':
      return parseDrop(own, source, base);
    case 'truncate': {
      const targets = textsOf(namesAt(own, skip(own, 1, 'table', 'only', 'if', 'exists'), source));
      return targets.length === 0 ? undefined : { ...base, verb: 'truncate', object: own[1]?.text === 'database' ? 'database' : 'table', targets };
    }
    case 'delete': {
      const { next, isLimited } = skipModifiers(own, 1);
      const targets = textsOf(namesAt(own, skip(own, next, 'from', 'only'), source));
      return targets.length === 0 ? undefined : { ...base, verb: 'delete', object: 'table', targets, where: isLimited ? 'present' : whereOf(own, 1) };
    }
    case 'update': {
      const { next, isLimited } = skipModifiers(own, own[1]?.text === 'or' ? 3 : 1);
      const target = nameAt(own, next, source);
      const set = setAt(own, 0);
      if (target === undefined || set === -1) return undefined;
      return { ...base, verb: 'update', object: 'table', targets: [target.text], where: isLimited ? 'present' : whereOf(own, 1), columns: columnsOf(own, set, source) };
    }
    case 'alter':
      return parseAlter(own, source, base);
    default:
      return undefined;
  }
}

type Base = Omit<Parsed, 'verb' | 'object' | 'targets'>;

function parseDrop(own: readonly Token[], source: string, base: Base): Parsed | undefined {
  let at = 1;
  while (dropModifiers.has(own[at]?.text ?? '')) at++;
  const object = own[at]?.text ?? '';
  if (!objects.has(object)) return undefined;
  const isTemporary = own.slice(1, at).some((token) => token.text.startsWith('temp'));
  const targets = textsOf(namesAt(own, skip(own, at + 1, 'concurrently', 'if', 'exists', 'by'), source));
  return targets.length === 0 ? undefined : { ...base, verb: 'drop', object, targets, isTemporary };
}

/** Only what takes data with it is a statement here: columns and partitions. */
function parseAlter(own: readonly Token[], source: string, base: Base): Parsed | undefined {
  if (own[1]?.text !== 'table') return undefined;
  const table = nameAt(own, skip(own, 2, 'if', 'exists', 'only'), source);
  if (table === undefined) return undefined;
  const targets: string[] = [];
  let object = 'column';
  for (const at of topLevel(own, table.next)) {
    const before = own[at - 1]?.text;
    const takes = own[at]?.text === 'drop' || (own[at]?.text === 'truncate' && own[at + 1]?.text === 'partition');
    if (!takes || !(at === table.next || before === ',' || before === '*')) continue;
    const what = own[at + 1]?.text ?? '';
    if (noColumns.has(what) || own[at + 1]?.kind === 'end') continue;
    if (what === 'partition') object = what;
    for (const name of namesAt(own, skip(own, at + 1, 'column', 'partition', 'if', 'exists'), source)) {
      if (name.text.toLowerCase() !== 'drop' && name.text.toLowerCase() !== 'add') targets.push(`${table.text}.${name.text}`);
    }
  }
  return targets.length === 0 ? undefined : { ...base, verb: 'alter', object, targets };
}

/** The index behind a statement's last token. */
function endOf(tokens: readonly Token[], from: number): number {
  let depth = 0;
  let cases = 0;
  for (let at = from + 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'end') return at;
    if (token.text === '(') depth++;
    else if (token.text === ')' && depth-- === 0) return at;
    if (depth > 0 || token.kind !== 'word') continue;
    if (token.text === 'case') cases++;
    else if (token.text === 'end' && cases > 0) cases--;
    else if (cases === 0 && (token.text === 'end' || token.text === 'else' || token.text === 'elsif' || token.text === 'elseif')) return at;
    else if (token.beginsLine && cases === 0 && (lineStarters.has(token.text) || isWhole(tokens, at))) return at;
  }
  return tokens.length;
}

/** The indices outside brackets, from one on. */
function* topLevel(tokens: readonly Token[], from: number, until = tokens.length): Generator<number> {
  let depth = 0;
  for (let at = from; at < Math.min(until, tokens.length); at++) {
    const text = tokens[at]?.text;
    if (text === '(') depth++;
    else if (text === ')') depth--;
    else if (depth === 0) yield at;
  }
}

/** How far behind UPDATE its SET is looked for. */
const farthestSet = 200;

function setAt(tokens: readonly Token[], update: number): number {
  if (tokens[update + 1]?.text === 'set') return -1;
  for (const at of topLevel(tokens, update + 1, update + farthestSet)) {
    const token = tokens[at];
    if (token?.kind === 'end' || token?.text === 'where') return -1;
    if (token?.text === 'set') return at;
  }
  return -1;
}

function columnsOf(own: readonly Token[], set: number, source: string): string[] {
  const columns: string[] = [];
  for (const at of topLevel(own, set + 1)) {
    if (own[at]?.text === 'where') break;
    if (at !== set + 1 && own[at - 1]?.text !== ',') continue;
    const name = nameAt(own, at, source);
    if (name !== undefined && own[name.next]?.text === '=') columns.push(name.text);
  }
  return columns;
}

const behindCondition = new Set(['returning', 'order', 'limit', 'option', 'fetch']);

function whereOf(own: readonly Token[], from: number): SqlStatement['where'] {
  let where = -1;
  let behind = own.length;
  let isJoined = false;
  for (const at of topLevel(own, from)) {
    const text = own[at]?.text ?? '';
    if (text === 'where' && where === -1) where = at;
    else if (text === 'join' && own[at - 1]?.text !== 'left' && own[at - 1]?.text !== 'outer') isJoined = true;
    else if (behindCondition.has(text) && behind === own.length && (where !== -1 || text !== 'option')) behind = at;
  }
  if (where !== -1 && isAlwaysTrue(own.slice(where + 1, behind))) return isLimitedBy(own, behind) ? 'present' : 'always-true';
  if (where !== -1 || isJoined || isLimitedBy(own, behind)) return 'present';
  return own.some((token, at) => token.text === hole && mayEndBefore(own[at - 1])) ? 'dynamic' : 'none';
}

/** Whether a clause may begin behind a token: behind a name or a value, and not behind `from`, `=` or a comma. */
function mayEndBefore(token: Token | undefined): boolean {
  if (token === undefined || token.kind === 'mark') return token?.text === ')';
  return token.kind !== 'word' || !clauseWords.has(token.text);
}

const clauseWords = new Set(['delete', 'update', 'from', 'only', 'set', 'and', 'or', 'not', 'in', 'using', 'table', 'ignore', 'low_priority', 'quick']);

/** A LIMIT bounds what is lost, with or without a condition. */
function isLimitedBy(own: readonly Token[], from: number): boolean {
  return own.slice(from).some((token) => token.text === 'limit' || token.text === 'fetch');
}

function skipModifiers(own: readonly Token[], from: number): { next: number; isLimited: boolean } {
  let next = skip(own, from, ...deleteModifiers);
  if (own[next]?.text !== 'top') return { next, isLimited: false };
  const last = own[next + 1]?.text === '(' ? own.findIndex((token) => token.text === ')') : next + 1;
  next = last === -1 ? own.length : last;
  return { next: next + 1, isLimited: true };
}

/** The index behind those of the words that stand there. */
function skip(own: readonly Token[], from: number, ...words: readonly string[]): number {
  let at = from;
  while (own[at]?.kind === 'word' && words.includes(own[at]?.text ?? '')) at++;
  return at;
}

function textsOf(names: readonly { readonly text: string }[]): string[] {
  return names.map((name) => name.text);
}
