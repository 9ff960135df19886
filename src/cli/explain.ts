import type { Example } from '../core/check/example.ts';
import { rules } from '../core/rules/index.ts';
import { nearest } from '../core/text/nearest.ts';
import { paint, print } from './terminal.ts';
import { UsageError } from './usageError.ts';

export function explain(id: string): number {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) {
    const ids = rules.map((each) => each.id);
    const meant = nearest(id, ids);
    throw new UsageError(`there is no rule ${JSON.stringify(id)}; ${meant === undefined ? `the rules are: ${ids.join(', ')}` : `did you mean ${meant}?`}`);
  }
  print(`${paint('bold', rule.title)} (${rule.id})\n`);
  print(`${rule.why}\n`);
  print(`${paint('bold', 'Instead:')} ${rule.instead}\n`);
  print(`${paint('bold', 'Does not see:')} ${rule.blindTo}\n`);
  print(paint('bold', 'Found:'));
  for (const example of rule.examples.bad) print(codeOf(example));
  print(paint('bold', 'Not found:'));
  for (const example of rule.examples.good) print(codeOf(example));
  return 0;
}

function codeOf({ text, before }: Example): string {
  if (before === undefined) return `${indented(text)}\n`;
  return `  before:\n${indented(before, '    ')}\n  after:\n${indented(text, '    ')}\n`;
}

function indented(code: string, by = '  '): string {
  const lines = code.replace(/^(?:[ \t]*\n)+/, '').trimEnd().split('\n');
  return lines.map((line) => (line.trim() === '' ? '' : by + line)).join('\n');
}
