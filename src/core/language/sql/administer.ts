import type { Token } from './tokens.ts';

/** Statements and functions that act on a server and not on one object of it: the word that tells them, what they look like in lower case, and what they act on. */
const acts: readonly (readonly [word: string, written: RegExp, object: string])[] = [
  ['master', /^reset (?:master|binary logs)\b/, 'binary logs'],
  ['slave', /^reset slave all\b/, 'replica'],
  ['replica', /^reset replica all\b|^system drop replica\b/, 'replica'],
  ['repair_allow_data_loss', /^dbcc \w+ \(.*\brepair_allow_data_loss\b/, 'repair'],
  ['permanently', /^detach (?:table|view|dictionary|database) .*\bpermanently$/, 'detachment'],
  ['retain', /^vacuum .*\bretain 0 hours\b/, 'history'],
  ['drop_chunks', /^(?:select|call|perform) .*\bdrop_chunks \(/, 'chunks'],
  ['lo_unlink', /^(?:select|perform) .*\blo_unlink \(.*\bfrom\b/, 'large objects'],
  ['pg_terminate_backend', /^(?:select|perform) .*\bpg_terminate_backend \(.*\bfrom pg_stat_activity\b(?!.*\bpid = )/, 'sessions'],
  ['pg_drop_replication_slot', /^(?:select|perform) .*\bpg_drop_replication_slot \(/, 'replication slot'],
];

export const administrativeWords: readonly string[] = acts.map(([word]) => word);

/** How far behind its first word a statement is read. */
const farthest = 60;

/** What the statement that begins at a token does to the server. */
export function actAt(tokens: readonly Token[], head: number, word: string): { readonly object: string; readonly endExclusive: number } | undefined {
  const known = acts.find(([own]) => own === word);
  if (known === undefined) return undefined;
  const own = tokens.slice(head, head + farthest);
  const end = own.findIndex(({ kind }) => kind === 'end');
  const statement = end === -1 ? own : own.slice(0, end);
  return known[1].test(statement.map(({ text }) => text).join(' ')) ? { object: known[2], endExclusive: head + statement.length } : undefined;
}
