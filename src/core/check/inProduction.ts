import type { AttributeChange, Value } from '../language/operation.ts';

/** What tells production from the rest, and what tells the rest. */
const productionTest = /^(?:[\w.[\]"'()]+\s*={2,3}\s*["']prod\w*["']|["']prod\w*["']\s*={2,3}\s*[\w.[\]"'()]+|(?:\w+\.)*(?:is_?)?prod(?:uction)?(?:\(\))?|(?:contains|startswith)\(.*["']prod\w*["'].*\)|[\w.[\]"'()]+\s*!==?\s*["'](?:dev\w*|test\w*|stag\w*|sandbox|local|preview)["']|[\w.]+\s+in\s+[[(].*["']prod\w*["'].*[\])])$/i;
const otherTest = /^(?:[\w.[\]"'()]+\s*!==?\s*["']prod\w*["']|(?:!|not\s+)\s*(?:\w+\.)*(?:is_?)?prod(?:uction)?(?:\(\))?|[\w.[\]"'()]+\s*={2,3}\s*["'](?:dev\w*|test\w*|stag\w*|sandbox|local|preview)["'])$/i;

/** What an expression comes to in production, as written, when it asks for that; undefined when it does not. */
function writtenInProduction(source: string): string | undefined {
  const bare = source.trim().replace(/^\$\{(.*)\}$/s, '$1').replace(/^\((.*)\)$/s, '$1').trim();
  if (productionTest.test(bare)) return 'true';
  if (otherTest.test(bare)) return 'false';
  const [, condition = '', met = '', otherwise = ''] = /^([^?]+?)(?<!\s)\s*\?\s*(?!\s)([^:?]+?)(?<!\s)\s*:\s*(?!\s)([^:?]+)$/s.exec(bare) ?? [];
  const [, name = '', ofTrue = '', ofFalse = ''] = /^(?:!If|\{\s*["']Fn::If["']\s*:)\s*\[\s*["']?(\w+)["']?\s*,\s*(.+?)\s*,\s*([^,]+?)\s*\]\s*\}?$/s.exec(bare) ?? [];
  if (name !== '') return productionTest.test(name) ? ofTrue : /^(?:not|non|isnot)_?prod/i.test(name) ? ofFalse : undefined;
  const [, pythonMet = '', pythonCondition = '', pythonOtherwise = ''] = /^(.+?)(?<!\s)\s+if\s+(.+?)(?<!\s)\s+else\s+(.+)$/s.exec(bare) ?? [];
  if (condition === '' && pythonCondition === '') return undefined;
  const test = writtenInProduction(condition === '' ? pythonCondition : condition);
  if (test !== 'true' && test !== 'false') return undefined;
  return (test === 'true' ? (condition === '' ? pythonMet : met) : condition === '' ? pythonOtherwise : otherwise).trim();
}

/** A change as it is for production, where a value asks whether that is it: what holds there is what counts. */
export function inProduction<C extends Pick<AttributeChange, 'before' | 'after'>>(change: C): C {
  const { before, after } = change;
  return { ...change, ...(before !== undefined && { before: valueInProduction(before) }), ...(after !== undefined && { after: valueInProduction(after) }) };
}

function valueInProduction(value: Value): Value {
  const source = value.constant === undefined ? writtenInProduction(value.standsFor ?? value.source) : undefined;
  if (source === undefined) return value;
  const literal = /^(["'])(.*)\1$/s.exec(source)?.[2];
  const constant = literal ?? (/^(?:true|false)$/i.test(source) ? /^t/i.test(source) : /^\d+$/.test(source) ? Number(source) : undefined);
  const { range } = value;
  return constant === undefined ? { range, source } : { range, source: value.source, constant };
}
