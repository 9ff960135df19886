import { hole } from '../operation.ts';
import type { Token } from './tokens.ts';

/** What may stand behind the names of a DROP or TRUNCATE. */
const behindNames = new Set([
  'cascade', 'restrict', 'purge', 'force', 'sync', 'async', 'no', 'nowait', 'wait', 'on', 'in', 'from', 'for', 'with', 'including', 'restart', 'continue', 'reuse', 'drop', 'preserve', 'storage',
  'immediate', 'partition', 'settings', 'permanently', 'online', 'comment', 'invalidate', 'algorithm', 'lock', 'go', 'using', 'as', 'all', 'ignore', 'run',
]); // prettier-ignore

/** What may stand behind the tables of a DELETE. */
const behindTables = new Set([
  'where', 'using', 'returning', 'order', 'limit', 'output', 'from', 'join', 'inner', 'left', 'right', 'full', 'cross', 'natural', 'straight_join', 'with', 'option', 'partition', 'tablesample', 'as',
  'on', 'in', 'settings', 'fetch', 'set', 'if', 'for', 'indexed', 'not', 'index', 'use', 'force', 'timestamp', 'log', 'lateral', 'outer', 'prewhere',
]); // prettier-ignore

/**
 * Whether a statement goes on behind its names as statements do. Prose that begins like one does not: "drop table
 * users happened". A new line may begin another statement in dialects that need no `;`.
 */
export function goesOnAsStatement(own: readonly Token[], next: number, verb: 'drop' | 'delete'): boolean {
  const follows = verb === 'drop' ? behindNames : behindTables;
  const token = own[next];
  if (token === undefined || token.beginsLine || isOpen(token, follows)) return true;
  // One name is an alias, and what follows it decides.
  if (verb === 'drop' || !(token.kind === 'word' || token.kind === 'quoted')) return false;
  const behind = own[next + 1];
  return behind === undefined ? token.text.length <= longestBareAlias : behind.beginsLine || isOpen(behind, behindTables) || behind.text.startsWith(hole);
}

/** A longer name that ends what looks like a statement is a word of a sentence. */
const longestBareAlias = 3;

function isOpen({ kind, text }: Token, follows: ReadonlySet<string>): boolean {
  return kind === 'end' || kind === 'quoted' || (kind === 'word' && (follows.has(text) || text.startsWith(hole))) || text === '(' || text === ')' || text === '@' || text === '$' || text === '?' || text === '{' || text === '%' || text === ':' || text === '<';
}
