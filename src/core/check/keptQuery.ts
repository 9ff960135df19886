import type { Clue } from './clues.ts';
import type { Call } from '../language/operation.ts';

/** A query for all of a model that a variable holds when it is carried out. */
export interface KeptQuery {
  /** As written where the variable got it: `Order.objects.all()`. */
  readonly written: string;
  /** Whether something narrows it, though not in every case. */
  readonly isNarrowedSometimes: boolean;
}

/** Queries for every record, as object-relational mappers begin them. */
const everything =
  /^(?:(?:\w+\.)*[A-Z]\w*\.objects(?:\.all\(\)|\.order_by\([^()]*\)|\.get_queryset\(\))?|(?:\w+\.)*\w*(?:session|db)\w*\.query\([\w.]+\)|(?:\w+\.)*[A-Z]\w*\.query|\\?[A-Z]\w*::(?:query|all)\(\)|\\?DB::table\(['"]\w+['"]\)|\(?new [A-Z]\w*\)?->newQuery\(\)|(?:\w+::)*[A-Z]\w*\.(?:all|unscoped)|_?\w*(?:[cC]ontext|[dD]b)\.[A-Z]\w*(?:\.AsQueryable\(\))?|from \w+ in _?\w*(?:[cC]ontext|[dD]b)\.[A-Z]\w* select \w+|(?:knex|db|trx)\(['"]\w+['"]\))$/;

/** Without the assignment of such a query in a text no variable in it holds one. */
export const keptQueryClue: Clue = { text: new RegExp(`=\\s*${everything.source.slice(1, -1)};*\\s*$`, 'm') };

/** A line that goes on with the chain of the one before. */
const continues = /^\s*(?:\?\.|&\.|\.|->)/;

/** What narrows a query, as a call on the variable. */
const narrows = /(?:\.|->|::)(?:\w*[wW]here\w*|filter\w*|exclude|having\w*|whereIn|scope|limit|take|Take|only|and\w*|or\w*|scopes?|of_\w+|for_\w+)\s*[({]/;
const leaves = /\b(?:return|raise|throw|exit|abort|die|panic|fail|redirect\w*)\b/;

/**
 * What the variable holds that a call is a method of, when that is a query for everything which nothing narrows for sure;
 * undefined when it is not known, or narrowed. It is told by lines and by how far they are set in.
 */
export function keptQueryOf({ receiver = '', preceding = '' }: Pick<Call, 'receiver' | 'preceding'>): KeptQuery | undefined {
  if (!/^\$?[a-z_]\w*$/i.test(receiver)) return undefined;
  const name = receiver.replace('$', '\\$');
  const assignment = new RegExp(`^(\\s*)(?:(?:const|let|var|IQueryable<\\w+>)\\s+)?${name}\\s*(?::=|=)(?![=>])\\s*(.+?);?\\s*$`);
  const mention = new RegExp(`(?<![\\w$.])${name}(?![\\w])`);
  const lines = preceding.split('\n');
  const between: string[] = [];
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] ?? '';
    const [, indent = '', value = ''] = assignment.exec(line) ?? [];
    if (value === '' || mention.test(value)) {
      between.unshift(line);
      continue;
    }
    let whole = value;
    while (continues.test(between[0] ?? '')) whole += between.shift()?.trim() ?? '';
    if (!everything.test(whole.replace(/;$/, ''))) return undefined;
    const narrowing = between.filter((each) => mention.test(each) && narrows.test(each));
    return isSurelyNarrowed(narrowing, between, indent) || hidesMore(between, mention, narrowing) ? undefined : { written: whole, isNarrowedSometimes: narrowing.length > 0 };
  }
  return undefined;
}

function isSurelyNarrowed(narrowing: readonly string[], lines: readonly string[], indent: string): boolean {
  return narrowing.some((each) => !isConditional(each, indent)) || (narrowing.length > 0 && lines.some((each) => leaves.test(each) || /^\s*(?:\}\s*)?(?:else|elsif|elif|default|case)\b/.test(each)));
}

/** Whether a statement that a variable is given without a condition gets one for sure before anything else is done with it: `query = query.where(…)`. */
export function isNarrowedLater({ preceding = '', following = '' }: Pick<Call, 'preceding' | 'following'>): boolean {
  const [, indent = '', name = ''] = /^([ \t]*)(?:(?:const|let|var|val)\s+)?(\$?[\p{L}_]\w*)\s*(?::\s*[^=\n]+)?:?=\s*(?:await\s+)?$/mu.exec(preceding.slice(preceding.lastIndexOf('\n') + 1)) ?? [];
  if (name === '') return false;
  const mention = new RegExp(`(?<![\\w$.])${name.replace('$', '\\$')}(?![\\w])`);
  const lines = following.split('\n').slice(1);
  const carriedOut = lines.findIndex((line) => mention.test(line) && !narrows.test(line));
  const before = carriedOut === -1 ? lines : lines.slice(0, carriedOut);
  const narrowing = before.filter((line) => mention.test(line) && narrows.test(line));
  return isSurelyNarrowed(narrowing, before.filter((line) => !narrowing.includes(line)), indent);
}

/** Behind a condition of its own, or in a block that stands deeper than where the query was made. */
function isConditional(line: string, indent: string): boolean {
  return (/^\s*/.exec(line)?.[0].length ?? 0) > indent.length || /^\s*(?:if|unless|when|match)\b|\b(?:if|unless)\s+\S.*$|\?.*:|&&/.test(line);
}

/** What the variable is handed to may narrow it. */
function hidesMore(lines: readonly string[], mention: RegExp, narrowing: readonly string[]): boolean {
  return lines.some((line) => !narrowing.includes(line) && mention.test(line) && !/\.(?:count|exists|first|size|length|Count|Any)\b/.test(line));
}
