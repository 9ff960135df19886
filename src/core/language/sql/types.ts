import type { Token } from './tokens.ts';

/** Types into which most others do not fit. */
const small = new Set(['boolean', 'bool', 'bit', 'tinyint', 'smallint', 'int2', 'mediumint', 'smallserial', 'real', 'float4', 'smallmoney', 'smalldatetime', 'date', 'time', 'year', 'utinyint']);
const integers = new Set(['int', 'integer', 'int4']);
const texts = new Set(['char', 'nchar', 'character', 'varchar', 'nvarchar', 'varchar2', 'nvarchar2', 'bpchar', 'varbinary', 'binary']);

/** The longest text that counts as short, and the most digits that count as few. */
const shortText = 255;
const fewDigits = 10;

/**
 * Whether a type is one that values usually have to be cut for. What it was before stands in another file, so that only the
 * new one can be judged; where the statement says nothing but the type (`isStandard`), an integer was probably a longer one.
 */
export function isNarrow(type: readonly Token[], isStandard: boolean): boolean {
  const name = type[0]?.text ?? '';
  const length = lengthOf(type);
  if (small.has(name)) return !(name === 'time' && type[1]?.text === 'with');
  if (integers.has(name)) return isStandard;
  if (texts.has(name)) return length !== undefined && length <= shortText;
  return (name === 'numeric' || name === 'decimal') && length !== undefined && length <= fewDigits;
}

function lengthOf(type: readonly Token[]): number | undefined {
  const open = type.findIndex(({ text }) => text === '(');
  const digits = open === -1 ? undefined : type[open + 1];
  return digits?.kind === 'number' ? Number(digits.text) : undefined;
}
