import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import type { PolicySeverity } from './policy.ts';

/**
 * The text of a policy that says of a rule that it is at least so severe, or off. All else stays as it is written, to the byte.
 * @param text '' makes a new policy. Fails when it is no policy that can be edited.
 */
export function withRule(text: string, ruleId: string, level: PolicySeverity | 'off'): string {
  const said = `${ruleId}: ${level}`;
  const start = text.trim() === '' ? 'version: 1\n' : text;
  const document = parseDocument(start);
  const [error] = document.errors;
  if (error !== undefined) throw new Error(`the policy is no YAML that can be read: ${error.message.split('\n')[0] ?? ''}`);
  if (!isMap(document.contents)) throw new Error('the policy is not a list of names with values');
  const rules: unknown = document.get('rules', true);
  const known: unknown = document.getIn(['rules', ruleId], true);
  if (isScalar(known) && known.range) return spliced(start, known.range[0], known.range[1], level);
  if (isMap(rules) && rules.range) return rules.flow === true ? intoBraces(start, rules.range, said) : intoLines(start, rules, said);
  if (document.contents.flow === true) throw new Error('the policy is written in braces, which is not edited here');
  const pair = isScalar(rules) ? rules.range : undefined;
  // `rules:` with nothing behind it.
  if (pair) return spliced(start, pair[0], pair[1], ` { ${said} }`);
  return `${start}${start.endsWith('\n') ? '' : '\n'}rules:\n  ${said}\n`;
}

function spliced(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

function intoBraces(text: string, [from, to]: readonly [number, number, number], said: string): string {
  const inside = text.slice(from + 1, to - 1).trimEnd();
  return spliced(text, from + 1, to - 1, inside.trim() === '' ? ` ${said} ` : `${inside.replace(/,$/, '')}, ${said} `);
}

/** Above the first of the lines: what stands below the last one may be a comment on what follows. */
function intoLines(text: string, rules: YAMLMap, said: string): string {
  const from = rules.range?.[0] ?? 0;
  const indent = text.slice(text.lastIndexOf('\n', from - 1) + 1, from);
  return spliced(text, from, from, `${said}\n${indent}`);
}
