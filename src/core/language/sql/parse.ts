import { hole, type SqlStatement } from '../operation.ts';
import { alterationsOf } from './alter.ts';
import { goesOnAsStatement } from './follow.ts';
import { nameAt, type Name, namesAt, skip } from './names.ts';
import type { Token } from './tokens.ts';
import { topLevel, whereOf } from './where.ts';

/** A statement as its own tokens tell it; the text around it adds the rest. */
export interface Parsed extends Pick<SqlStatement, 'verb' | 'object' | 'where' | 'cascades' | 'becomes'> {
  readonly targets: readonly string[];
  /** Declared so by the statement itself: DROP TEMPORARY TABLE. */
  readonly isTemporary: boolean;
  /** The columns that an UPDATE sets. */
  readonly columns: readonly string[];
  readonly endExclusive: number;
}

const objects = new Set([
  'table', 'database', 'schema', 'view', 'index', 'function', 'procedure', 'routine', 'aggregate', 'trigger', 'sequence', 'type', 'domain', 'extension', 'role', 'user',
  'login', 'tablespace', 'policy', 'rule', 'publication', 'subscription', 'server', 'event', 'package', 'keyspace', 'owned', 'synonym', 'catalog', 'stage', 'warehouse', 'columnfamily', 'collection',
  'measurement', 'series', 'pipe', 'stream', 'task', 'share', 'datashare', 'dictionary', 'diskgroup', 'bucket', 'scope', 'namespace',
]); // prettier-ignore

const dropModifiers = new Set(['temporary', 'temp', 'materialized', 'foreign', 'external', 'transient', 'public', 'unique', 'pluggable', 'snapshot', 'dynamic', 'iceberg', 'hybrid', 'detached', 'clustered', 'nonclustered', 'procedural', 'trusted']);
const deleteModifiers = new Set(['low_priority', 'quick', 'ignore', 'only']);

/** What begins a statement in dialects that need no `;`, when it stands at the beginning of a line. */
const lineStarters = new Set([
  'select', 'insert', 'print', 'exec', 'execute', 'if', 'begin', 'end', 'declare', 'commit', 'rollback', 'return', 'create', 'while', 'raiserror', 'grant', 'merge', 'use', 'call', 'throw', 'waitfor', 'revoke',
]); // prettier-ignore

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

/** What the statement at an index does; an ALTER may do several things. */
export function parseStatement(tokens: readonly Token[], at: number, source: string): readonly Parsed[] {
  const endExclusive = endOf(tokens, at);
  const own = tokens.slice(at, endExclusive);
  const cascades = own.some((token) => token.text === 'cascade' && token.kind === 'word');
  const base = { endExclusive, cascades, isTemporary: false, columns: [], where: 'none' } as const;
  if (own[0]?.text === 'alter') return alterationsOf(own, source).map((alteration) => ({ ...base, ...alteration }));
  const parsed = parsers[own[0]?.text ?? '']?.(own, source);
  return parsed === undefined || parsed.targets.length === 0 ? [] : [{ ...base, ...parsed }];
}

type Own = Pick<Parsed, 'verb' | 'object' | 'targets'> & Partial<Parsed>;
type Parse = (own: readonly Token[], source: string) => Own | undefined;

const parsers: Readonly<Record<string, Parse>> = {
  drop: (own, source) => {
    let at = 1;
    while (dropModifiers.has(own[at]?.text ?? '')) at++;
    const object = own[at]?.text ?? '';
    if (!objects.has(object)) return undefined;
    const isTemporary = own.slice(1, at).some((token) => token.text.startsWith('temp'));
    const names = namesAt(own, skip(own, at + 1, 'concurrently', 'if', 'exists', 'by'), source);
    return isStatement(own, names, 'drop') ? { verb: 'drop', object, targets: textsOf(names), isTemporary } : undefined;
  },
  truncate: (own, source) => {
    const isDatabase = own[1]?.text === 'database' || (own[1]?.text === 'all' && own[2]?.text === 'tables');
    const names = namesAt(own, skip(own, 1, 'all', 'table', 'tables', 'database', 'only', 'if', 'exists', 'from'), source);
    return isStatement(own, names, 'drop') ? { verb: 'truncate', object: isDatabase ? 'database' : 'table', targets: textsOf(names) } : undefined;
  },
  delete: (own, source) => {
    const { next, isLimited } = skipModifiers(own, 1);
    const names = namesAt(own, skip(own, next, 'from', 'only'), source);
    if (!isStatement(own, names, 'delete')) return undefined;
    return { verb: 'delete', object: 'table', targets: textsOf(names), where: isLimited ? 'present' : whereOf(own, 1, names[0]?.text ?? '') };
  },
  update: (own, source) => {
    const { next, isLimited } = skipModifiers(own, own[1]?.text === 'or' ? 3 : 1);
    const target = nameAt(own, next, source);
    const set = setAt(own, 0);
    if (target === undefined || set === -1 || !isAssignment(own, set + 1)) return undefined;
    return { verb: 'update', object: 'table', targets: [target.text], where: isLimited ? 'present' : whereOf(own, 1, target.text), columns: columnsOf(own, set, source) };
  },
  create: (own, source) => {
    const at = skip(own, 1, 'or', 'replace', 'transient', 'external', 'hybrid', 'dynamic', 'temp', 'temporary', 'local', 'global', 'volatile');
    const object = own[at]?.text ?? '';
    const name = nameAt(own, at + 1, source);
    if (!['table', 'database', 'schema'].includes(object) || name === undefined) return undefined;
    const isTemporary = own.slice(1, at).some(({ text }) => text.startsWith('temp') || text === 'volatile');
    const rest = own.slice(name.next);
    const becomes = rest.some(({ text }, index) => text === 'select' && ['as', '(', ')'].includes(rest[index - 1]?.text ?? '')) ? 'a query' : rest.some(({ text }) => text === 'clone') ? 'a clone' : undefined;
    return { verb: 'replace', object, targets: [name.text], isTemporary, ...(becomes !== undefined && { becomes }) };
  },
  insert: (own, source) => {
    const name = nameAt(own, skip(own, 1, 'overwrite', 'into', 'table'), source);
    return name === undefined || own[1]?.text !== 'overwrite' ? undefined : { verb: 'overwrite', object: own[name.next]?.text === 'partition' ? 'partition' : 'table', targets: [name.text] };
  },
  rename: (own, source) => {
    const from = nameAt(own, skip(own, 2, 'if', 'exists'), source);
    const to = from === undefined || own[from.next]?.text !== 'to' ? undefined : nameAt(own, from.next + 1, source);
    return from === undefined || to === undefined || !['table', 'user', 'database'].includes(own[1]?.text ?? '') ? undefined : { verb: 'rename', object: `${own[1]?.text ?? ''} name`, targets: [from.text], becomes: to.text };
  },
  purge: (own, source) => {
    const what = own[1]?.text ?? '';
    if (what === 'recyclebin' || what === 'dba_recyclebin') return { verb: 'purge', object: 'recycle bin', targets: [what] };
    if ((what === 'binary' || what === 'master') && own[2]?.text === 'logs') return { verb: 'purge', object: 'binary logs', targets: ['logs'] };
    return ['table', 'tablespace'].includes(what) ? { verb: 'purge', object: what, targets: textsOf(namesAt(own, 2, source)) } : undefined;
  },
  restore: (own, source) => {
    const name = nameAt(own, 2, source);
    const replaces = own.some(({ text }, at) => text === 'replace' && ['with', ','].includes(own[at - 1]?.text ?? ''));
    return name === undefined || own[1]?.text !== 'database' || !replaces ? undefined : { verb: 'restore', object: 'database', targets: [name.text] };
  },
  flashback: (own, source) => {
    const what = own[1]?.text ?? '';
    const name = nameAt(own, 2, source);
    const bringsBack = own.some(({ text }, at) => text === 'before' && own[at + 1]?.text === 'drop');
    // Oracle's takes the database that one is connected to.
    const target = name === undefined || name.text.toLowerCase() === 'to' ? 'database' : name.text;
    return !['table', 'database'].includes(what) || bringsBack || (name === undefined && what === 'table') || !own.some(({ text }) => text === 'to') ? undefined : { verb: 'flashback', object: what, targets: [target] };
  },
  disable: (own, source) => {
    const names = own[1]?.text === 'trigger' ? namesAt(own, 2, source) : [];
    return names.length === 0 || own[names.at(-1)?.next ?? 0]?.text !== 'on' ? undefined : { verb: 'disable', object: 'trigger', targets: textsOf(names) };
  },
};

function isStatement(own: readonly Token[], names: readonly Name[], verb: 'drop' | 'delete'): boolean {
  const last = names.at(-1);
  return last !== undefined && goesOnAsStatement(own, last.next, verb);
}

/** `a = 1`, `(a, b) = …`, or a part that is only known when it runs. */
function isAssignment(own: readonly Token[], at: number): boolean {
  const behind = own.slice(at);
  return behind[0]?.text === '(' || behind.some(({ text }) => text === '=' || text === ':=') || behind.some(({ text }) => text.includes(hole));
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

function skipModifiers(own: readonly Token[], from: number): { next: number; isLimited: boolean } {
  let next = skip(own, from, ...deleteModifiers);
  if (own[next]?.text !== 'top') return { next, isLimited: false };
  const last = own[next + 1]?.text === '(' ? own.findIndex((token) => token.text === ')') : next + 1;
  const share = own.slice(next + 1, next + 4).some(({ text }) => text === '100');
  next = (last === -1 ? own.length : last) + 1;
  const isShare = own[next]?.text === 'percent';
  return { next: isShare ? next + 1 : next, isLimited: !(isShare && share) };
}

function textsOf(names: readonly { readonly text: string }[]): string[] {
  return names.map((name) => name.text);
}
