import type { Token } from './tokens.ts';

/** Whether a condition holds for every row, whatever the rows are: `1=1`, `true`, `id = id`, `x = 3 OR NOT false`. */
export function isAlwaysTrue(tokens: readonly Token[]): boolean {
  return truthOfSum(tokens, 0) === true;
}

/** Undefined when it depends on the row. */
type Truth = boolean | undefined;

/** Conditions in conditions are followed this far. */
const deepest = 50;

function truthOfSum(tokens: readonly Token[], depth: number): Truth {
  if (depth > deepest) return undefined;
  const terms = splitAt(tokens, 'or').map((term) => truthOfProduct(term, depth));
  return terms.includes(true) ? true : terms.every((term) => term === false) ? false : undefined;
}

function truthOfProduct(tokens: readonly Token[], depth: number): Truth {
  const factors = splitAt(tokens, 'and').map((factor) => truthOfFactor(factor, depth));
  return factors.includes(false) ? false : factors.every((factor) => factor === true) ? true : undefined;
}

function truthOfFactor(tokens: readonly Token[], depth: number): Truth {
  const [first, ...rest] = tokens;
  if (first === undefined || depth > deepest) return undefined;
  if (first.text === 'not' || (first.text === '!' && rest.length > 0)) {
    const truth = truthOfFactor(rest, depth + 1);
    return truth === undefined ? undefined : !truth;
  }
  if (first.text === '(' && closing(tokens) === tokens.length - 1) return truthOfSum(tokens.slice(1, -1), depth + 1);
  return tokens.length === 1 ? truthOfConstant(first) : truthOfComparison(tokens);
}

function truthOfConstant(token: Token): Truth {
  if (token.text === 'true') return true;
  if (token.text === 'false' || token.text === 'null') return false;
  return token.kind === 'number' ? Number(token.text) !== 0 : undefined;
}

function truthOfComparison(tokens: readonly Token[]): Truth {
  const at = tokens.findIndex(({ text }) => ['=', '==', '<>', '!=', '<', '>', '<=', '>=', 'is', 'like', 'ilike'].includes(text));
  const operator = tokens[at]?.text === '=' && tokens[at + 1]?.text === '=' ? '==' : tokens[at]?.text;
  const left = tokens.slice(0, at);
  const right = tokens.slice(at + (operator === '==' ? 2 : 1));
  if (at < 1 || operator === undefined || right.length === 0) return undefined;
  if (operator === 'like' || operator === 'ilike') return right.length === 1 && /^[nN]?'%+'$/.test(right[0]?.text ?? '') ? true : undefined;
  if (left.some(isUnknown) || right.some(isUnknown)) return undefined;
  if (isEqualText(left, right)) return ['=', '==', '<=', '>=', 'is'].includes(operator) ? true : ['<>', '!=', '<', '>'].includes(operator) ? false : undefined;
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a === undefined || b === undefined || typeof a !== typeof b) return undefined;
  switch (operator) {
    case '=':
    case '==':
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

/** A hole or placeholder may be anything, and so may two of them; a function may give another value each time. */
function isUnknown({ text }: Token): boolean {
  return text.includes('\uE000') || text === '?' || text === ':' || text === '$' || text === '%' || text.startsWith('@') || text === '(' || text === '{';
}

function isEqualText(left: readonly Token[], right: readonly Token[]): boolean {
  return left.length === right.length && left.every((token, index) => token.text === right[index]?.text);
}

function constantOf(tokens: readonly Token[]): number | string | undefined {
  const [token, ...rest] = tokens;
  if (token === undefined || rest.length > 0) return undefined;
  return token.kind === 'number' ? Number(token.text) : token.kind === 'string' ? token.text : undefined;
}

/** Splits outside brackets; the `and` of BETWEEN belongs to it. */
function splitAt(tokens: readonly Token[], separator: 'and' | 'or'): (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  let isBetween = false;
  for (const token of tokens) {
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    if (token.text === 'between') isBetween = true;
    if (depth === 0 && (token.text === separator || (separator === 'or' && token.text === '||')) && !(isBetween && separator === 'and')) parts.push([]);
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
