/** Verbs of statements that take something away or change many rows. */
export const verbs: ReadonlySet<string> = new Set(['drop', 'truncate', 'delete', 'update', 'alter', 'rename', 'purge', 'restore', 'flashback', 'disable']);

/** Behind these a statement begins. */
export const openers: ReadonlySet<string> = new Set(['begin', 'then', 'else', 'loop', 'do', 'as', 'repeat', 'analyze', 'verbose', 'row', 'instead']);

/** Verbs that only count behind one word. */
const onlyBehind: Readonly<Record<string, string>> = { replace: 'or', overwrite: 'insert' };

/** A plain word and the blanks behind it; what is put in for a hole, a variable or an escape may be anything. */
const lastWord = /(?:^|[^\w$@:%#&\\.{-])([a-z]\w*)[ \t]+$/i;

/** What of the beginning of a line is looked at. */
const longestWord = 60;

/**
 * Tells by the beginning of its line alone whether a verb, in lower case, can begin a statement where it stands: `queries which update rows` and
 * `FOR UPDATE` are none. It asks no more than who reads the statements does. Of other words it says only that a member is none.
 */
export function mayBegin(verb: string, before: string): boolean {
  // Behind a dot stands a member.
  if (before.endsWith('.')) return false;
  const only = onlyBehind[verb];
  if (only === undefined && !verbs.has(verb)) return true;
  const word = lastWord.exec(before.slice(-longestWord))?.[1]?.toLowerCase();
  if (word === undefined || word === only) return true;
  // The condition of an IF ends with any word.
  return only === undefined && (openers.has(word) || word === 'null' || /\bif\b/i.test(before));
}
