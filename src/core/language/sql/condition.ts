import { hole } from '../operation.ts';
import type { Token } from './tokens.ts';

/**
 * What a condition comes to for every row, whatever the rows are: `1=1`, `true`, `id = id`, `x = 3 OR NOT false` are
 * true; `argument` holds for every row when an argument is null or empty: `:id IS NULL OR id = :id`; undefined depends
 * on the row.
 */
export type Truth = boolean | 'argument' | undefined;

export function truthOf(tokens: readonly Token[]): Truth {
  // Alone, what is put in before IS NULL is the name of a column: an argument has another way beside it.
  if (tokens.length === 3 && tokens[0]?.text === hole && tokens[1]?.text === 'is') return undefined;
  return truthOfSum(tokens, 0);
}

/** Conditions in conditions are followed this far. */
const deepest = 50;

function truthOfSum(tokens: readonly Token[], depth: number): Truth {
  if (depth > deepest) return undefined;
  const terms = splitAt(tokens, 'or').map((term) => truthOfProduct(term, depth));
  if (terms.includes(true)) return true;
  return terms.includes('argument') ? 'argument' : terms.every((term) => term === false) ? false : undefined;
}

function truthOfProduct(tokens: readonly Token[], depth: number): Truth {
  const factors = splitAt(tokens, 'and').map((factor) => truthOfFactor(factor, depth));
  if (factors.includes(false)) return false;
  return factors.includes(undefined) ? undefined : factors.includes('argument') ? 'argument' : true;
}

function truthOfFactor(tokens: readonly Token[], depth: number): Truth {
  const [first, ...rest] = tokens;
  if (first === undefined || depth > deepest) return undefined;
  if (first.text === 'not' || (first.text === '!' && rest.length > 0)) {
    const truth = truthOfFactor(rest, depth + 1);
    return typeof truth === 'boolean' ? !truth : undefined;
  }
  if (first.text === 'exists' && rest[0]?.text === '(') return isSelectOfConstants(rest) ? true : undefined;
  if (first.text === '(' && closing(tokens) === tokens.length - 1) return truthOfSum(tokens.slice(1, -1), depth + 1);
  return tokens.length === 1 ? truthOfConstant(first) : truthOfComparison(tokens);
}

function truthOfConstant(token: Token): Truth {
  if (token.text === 'true') return true;
  if (token.text === 'false' || token.text === 'null') return false;
  return token.kind === 'number' ? Number(token.text) !== 0 : undefined;
}

/** `(SELECT 1)`: no table, so that nothing depends on a row. */
function isSelectOfConstants(tokens: readonly Token[]): boolean {
  return closing(tokens) === tokens.length - 1 && tokens[1]?.text === 'select' && !tokens.some(({ text }) => text === 'from' || text === 'where');
}

const operators = new Set(['=', '==', '<>', '!=', '<', '>', '<=', '>=', '<=>', 'is', 'like', 'ilike', 'regexp', '~']);

function truthOfComparison(tokens: readonly Token[]): Truth {
  const at = indexOutside(tokens, ({ text }) => operators.has(text));
  const operator = tokens[at]?.text === '=' && tokens[at + 1]?.text === '=' ? '==' : tokens[at]?.text;
  const left = withoutCast(tokens.slice(0, at));
  const right = withoutCast(tokens.slice(at + (operator === '==' ? 2 : 1)));
  if (at < 1 || operator === undefined || right.length === 0) return undefined;
  if (operator === 'like' || operator === 'ilike') return truthOfPattern(left, right);
  if (operator === 'regexp' || operator === '~') return right.length === 1 && /^'(?:\^?\.\*\$?)?'$/.test(right[0]?.text ?? '') ? true : undefined;
  if (operator === 'is') return truthOfIs(left, right);
  if (isEmptyArgument(left, right, operator) || isEmptyArgument(right, left, operator)) return 'argument';
  if (operator === '=' && (isDefaulted(left, right) || isDefaulted(right, left))) return 'argument';
  if (left.some(isUnknown) || right.some(isUnknown)) return undefined;
  if (isEqualText(left, right)) return ['=', '==', '<=', '>=', '<=>'].includes(operator) ? true : ['<>', '!=', '<', '>'].includes(operator) ? false : undefined;
  if (isKeysRange(left, right, operator)) return true;
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a === undefined || b === undefined || typeof a !== typeof b) return undefined;
  switch (operator) {
    case '=':
    case '==':
    case '<=>':
      return a === b;
    case '<>':
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      return undefined;
  }
}

/** A pattern of nothing but wildcards fits all; one that an argument begins or ends with wildcards beside it does when that is empty. */
function truthOfPattern(left: readonly Token[], right: readonly Token[]): Truth {
  if (left.length === 0 || left.at(-1)?.text === 'not') return undefined;
  const parts = right.filter(({ text }) => !['||', '+', ',', '(', ')', 'concat'].includes(text));
  const wildcards = parts.filter(({ text }) => /^[nN]?'%+'$/.test(text));
  if (right.length === 1 && wildcards.length === 1) return true;
  const rest = right.filter((token) => !wildcards.includes(token) && !['||', '+', ',', '(', ')', 'concat'].includes(token.text));
  if (wildcards.length > 0 && isArgument(rest)) return 'argument';
  return right.length === 1 && new RegExp(`^[nN]?'%*${hole}%+'$`).test(right[0]?.text ?? '') ? 'argument' : undefined;
}

/** `id IS NOT NULL` holds for every row of a key, `:id IS NULL` for every row when the argument is null. */
function truthOfIs(left: readonly Token[], right: readonly Token[]): Truth {
  const text = right.map((token) => token.text).join(' ');
  if (text === 'null') return isArgument(left) ? 'argument' : left.every(({ kind }) => kind === 'number' || kind === 'string') ? false : left.length === 1 && left[0]?.text === 'null' ? true : undefined;
  if (text === 'not null') return isKey(left) || constantOf(left) !== undefined ? true : undefined;
  return left.length === 1 && isEqualText(left, right) && truthOfConstant(left[0] ?? noToken) !== undefined ? true : undefined;
}

const noToken: Token = { kind: 'end', text: '', start: 0, endExclusive: 0, beginsLine: false };

/** `:name = ''`: the argument was left empty. */
function isEmptyArgument(argument: readonly Token[], value: readonly Token[], operator: string): boolean {
  return operator === '=' && isArgument(argument) && value.length === 1 && /^(?:[nN]?''|0|-1|null)$/.test(value[0]?.text ?? '');
}

/** `COALESCE(:id, id) = id`: without the argument the column is compared with itself. */
function isDefaulted(call: readonly Token[], column: readonly Token[]): boolean {
  if (!['coalesce', 'nvl', 'ifnull', 'isnull'].includes(call[0]?.text ?? '') || call[1]?.text !== '(' || closing(call.slice(1)) !== call.length - 2) return false;
  const comma = call.findIndex(({ text }) => text === ',');
  const first = withoutCast(call.slice(2, comma));
  return comma !== -1 && (isArgument(first) || first[0]?.text === 'nullif') && isEqualText(withoutCast(call.slice(comma + 1, -1)), column);
}

/** `id > 0`: the way around a client that wants to see a condition. */
function isKeysRange(left: readonly Token[], right: readonly Token[], operator: string): boolean {
  const bound = constantOf(right);
  if (!isKey(left)) return false;
  return (bound === 0 && ['>', '>=', '<>', '!='].includes(operator)) || (bound === 1 && operator === '>=') || (bound === "''" && ['<>', '!='].includes(operator)) || (bound === -1 && ['>', '<>', '!='].includes(operator));
}

/** The name that keys have everywhere, alone or of a table. */
function isKey(tokens: readonly Token[]): boolean {
  return /^(?:id|_id|rowid|ctid|uuid)$/i.test(tokens.at(-1)?.text.replace(/["`[\]]/g, '') ?? '') && (tokens.length === 1 || (tokens.length === 3 && tokens[1]?.text === '.'));
}

/** A value that the caller hands in, in the spellings of the usual clients. */
function isArgument(tokens: readonly Token[]): boolean {
  const spelled = tokens.map(({ text }) => text).join('');
  return /^(?:\?\d*|:'?\w+'?|\$\w+|@\w+|%s|%\(\w+\)s|&&?\w+)$/.test(spelled) || spelled === hole;
}

/** `:id::uuid`, `CAST(:id AS uuid)` are `:id`. */
function withoutCast(tokens: readonly Token[]): readonly Token[] {
  const cast = tokens.findIndex(({ text }) => text === '::');
  if (cast > 0 && tokens.slice(0, cast).every(({ text }) => text !== '(')) return tokens.slice(0, cast);
  const as = tokens.findIndex(({ text }) => text === 'as');
  return tokens[0]?.text === 'cast' && tokens[1]?.text === '(' && as !== -1 && closing(tokens.slice(1)) === tokens.length - 2 ? tokens.slice(2, as) : tokens;
}

/** A hole or placeholder may be anything, and so may two of them; a function may give another value each time. */
function isUnknown({ text }: Token): boolean {
  return text.includes(hole) || text === '?' || text === ':' || text === '$' || text === '%' || text.startsWith('@') || text === '(' || text === '{';
}

function isEqualText(left: readonly Token[], right: readonly Token[]): boolean {
  return left.length === right.length && left.every((token, index) => token.text === right[index]?.text);
}

function constantOf(tokens: readonly Token[]): number | string | undefined {
  const isNegative = tokens[0]?.text === '-' && tokens.length === 2;
  const token = tokens[isNegative ? 1 : 0];
  if (token === undefined || (tokens.length > 1 && !isNegative)) return undefined;
  return token.kind === 'number' ? Number(token.text) * (isNegative ? -1 : 1) : token.kind === 'string' && !token.text.includes(hole) ? token.text : undefined;
}

function indexOutside(tokens: readonly Token[], isWanted: (token: Token) => boolean): number {
  let depth = 0;
  return tokens.findIndex((token) => {
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    return depth === 0 && isWanted(token);
  });
}

/** Splits outside brackets; the `and` of BETWEEN belongs to it. */
function splitAt(tokens: readonly Token[], separator: 'and' | 'or'): (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  let isBetween = false;
  for (const [at, token] of tokens.entries()) {
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    if (token.text === 'between') isBetween = true;
    // Beside a string `||` puts strings together; else it is MySQL's OR.
    const isOr = separator === 'or' && token.text === '||' && tokens[at - 1]?.kind !== 'string' && tokens[at + 1]?.kind !== 'string';
    if (depth === 0 && (token.text === separator || isOr) && !(isBetween && separator === 'and')) parts.push([]);
    else {
      if (token.text === 'and') isBetween = false;
      parts.at(-1)?.push(token);
    }
  }
  return parts;
}

function closing(tokens: readonly Token[]): number {
  let depth = 0;
  return tokens.findIndex(({ text }) => {
    if (text === '(') depth++;
    else if (text === ')') depth--;
    return depth === 0;
  });
}
