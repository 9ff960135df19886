/** What each selection in a text chooses by: the conditions of a WHERE, the entries of a filter. */
type Selections = readonly (readonly string[])[];

/** A condition that a selection had and has no longer, while others stay, or those of which now any one is enough: it takes in more than before. Undefined when none is. */
export function conditionLost(before: string, after: string): string | undefined {
  const had = selectionsIn(before);
  const has = selectionsIn(after);
  if (had.length !== has.length) return selectionLost(had, has);
  for (const [index, conditions] of had.entries()) {
    const now = has[index] ?? [];
    if (isAnyEnough(conditions, now)) return conditions.join(' and ');
    const left = new Set(now.map(bare));
    const lost = conditions.filter((condition) => !left.has(bare(condition)));
    // One that was written in another way is not gone.
    if (left.size > 0 && lost.length > 0 && conditions.length - lost.length === left.size) return lost[0];
  }
  return undefined;
}

/** Of several selections one after the other, one that is no longer made while others are. */
function selectionLost(had: Selections, has: Selections): string | undefined {
  const keyOf = (conditions: readonly string[]) => conditions.map(bare).join();
  const [before, after] = [had, has].map((selections) => new Set(selections.map(keyOf)));
  if (after === undefined || after.size === 0 || ![...after].every((each) => before?.has(each) === true)) return undefined;
  return had.find((each) => !after.has(keyOf(each)))?.join(', ');
}

/** Whether conditions that all had to hold are written down as ones of which any is enough. */
function isAnyEnough(conditions: readonly string[], [only = '', ...others]: readonly string[]): boolean {
  if (conditions.length < 2 || others.length > 0) return false;
  const call = /^(?:\w+\.)?or_?\(/.exec(only)?.[0];
  const any = call === undefined ? only.split(/(?<!\s)\s+or\s+/i) : entriesAt(only, call.length - 1);
  const had = new Set(conditions.map(bare));
  return any.length === conditions.length && any.every((each) => had.has(bare(each)));
}

export const placeholder = /\$\d+|%s|\?|(?<![:\w]):\w+|@\w+/g;

/** The number of a placeholder says nothing of what is compared with it. */
function bare(condition: string): string {
  return condition.replace(placeholder, '?').replace(/\s+/g, '').replace(/^\((.*)\)$/, '$1').toLowerCase();
}

const clause = /\bdelete\s+from\b|\bupdate\s+[\w."`[\]]+\s+set\b/gi;
const clauseEnd = /;|\b(?:order\s+by|limit|returning|group\s+by)\b/i;

/** Calls and keys whose value chooses what is acted on. */
const filter = /\b(?:where|filters?)\s*:\s*(?=\{)|\.\s*(?:delete|remove|update|destroy|find_?one_?and_?delete)_?(?:many|one|all|by)?\s*(?=\(\s*\{)|\.\s*(?:where|andWhere|filter|filter_by|filterBy)\s*(?=\()/gi;

function selectionsIn(text: string): Selections {
  const ofSql = [...text.matchAll(clause)].map(({ index }) => {
    // Within a string it ends where that does.
    const quote = /(["'`])\s*$/.exec(text.slice(0, index))?.[1];
    const end = quote === undefined ? -1 : text.indexOf(quote, index);
    const statement = text.slice(index, end === -1 ? undefined : end);
    const conditions = /\bwhere\b([^]*)/i.exec(statement)?.[1]?.split(clauseEnd, 1)[0] ?? '';
    return conditions.split(/(?<!\s)\s+and\s+/i).map((each) => each.trim()).filter((each) => each !== '');
  });
  const ofCode = [...text.matchAll(filter)].map(({ 0: { length }, index }) => entriesAt(text, index + length));
  return [...ofSql, ...ofCode];
}

/** What stands between a bracket and the one that closes it, apart at its commas; of a single `{…}` or `and(…)` what is in that. */
function entriesAt(text: string, open: number): string[] {
  const entries: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < text.length; at++) {
    const character = text[at] ?? '';
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    if (depth === 0 || (depth === 1 && character === ',')) {
      entries.push(text.slice(start, at).trim());
      start = at + 1;
    }
    if (depth === 0) break;
  }
  const written = entries.filter((entry) => entry !== '');
  const [only = '', second] = written;
  const inner = second === undefined ? /^(?:\{|and_?\(|\w+\.and_?\()/.exec(only)?.[0] : undefined;
  return inner === undefined ? written : entriesAt(only, inner.length - 1);
}
