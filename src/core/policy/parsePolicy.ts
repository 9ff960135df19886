import { isPair, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import * as z from 'zod/mini';
import { nearest } from '../text/nearest.ts';
import type { Policy } from './policy.ts';

/** 1-based. */
export interface PolicyError {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

const names = z.array(z.string());

const schema = z.strictObject({
  version: z.literal(1),
  seniors: z._default(names, []),
  people: z._default(z.record(z.string(), z.strictObject({ emails: z._default(names, []) })), {}),
  rules: z._default(z.record(z.string(), z.enum(['off', 'low', 'medium', 'high', 'critical'])), {}),
  exclude: z._default(names, []),
});

const keysAt: Readonly<Record<string, readonly string[]>> = { '': Object.keys(schema.shape), people: ['emails'] };

/** Reads `.firebreak/policy.yml`; `ruleIds` are the rules there are, so that a misspelt one does not stay on unseen. */
export function parsePolicy(text: string, ruleIds?: readonly string[]): { policy: Policy } | { errors: PolicyError[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, message: string): PolicyError => {
    const { line, col } = lines.linePos(offset);
    return { message, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) return { errors: broken.map(({ pos, message }) => at(pos[0], message)) };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { errors: [at(0, error instanceof Error ? error.message : String(error))] };
  }
  if (value === null || value === undefined) return { errors: [at(0, 'the file is empty; it starts with "version: 1"')] };
  const result = schema.safeParse(value);
  const errors = (result.error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => at(offsetOfKey(document, [...issue.path, key]), unknownKey(key, keysAt[String(issue.path[0] ?? '')] ?? [])))
      : [at(offsetOfValue(document, issue.path), told(issue))],
  );
  for (const id of Object.keys((value as { rules?: unknown }).rules ?? {})) {
    if (ruleIds !== undefined && !ruleIds.includes(id)) errors.push(at(offsetOfKey(document, ['rules', id]), `there is no rule "${id}"${didYouMean(id, ruleIds)}`));
  }
  if (result.data === undefined || errors.length > 0) return { errors: errors.sort((a, b) => a.line - b.line || a.column - b.column) };
  const { seniors, people, rules, exclude } = result.data;
  return { policy: { seniors, people, rules, exclude } };
}

function unknownKey(key: string, known: readonly string[]): string {
  return `unknown key "${key}"${didYouMean(key, known)}; known here: ${known.join(', ')}`;
}

function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : `, did you mean "${meant}"?`;
}

const kinds: Readonly<Record<string, string>> = { array: 'a list', record: 'a mapping', object: 'a mapping', string: 'a text' };

function told(issue: z.core.$ZodIssue): string {
  const what = issue.path.length === 0 ? 'the policy' : issue.path.join('.');
  if (issue.code === 'invalid_type') return `${what} must be ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `${what} must be ${issue.values.join(', ').replace(/, ([^,]*)$/, ' or $1')}`;
  return `${what} is not valid`;
}

/** Where a value stands; of one that is missing, where the value stands that it should be in. */
function offsetOfValue(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as Node | undefined;
    if (node?.range) return node.range[0];
  }
  return document.contents?.range[0] ?? 0;
}

function offsetOfKey(document: Document.Parsed, path: readonly PropertyKey[]): number {
  const holder = document.getIn(path.slice(0, -1), true) as { items?: readonly unknown[] } | undefined;
  for (const pair of holder?.items ?? []) {
    if (isPair(pair) && isScalar(pair.key) && String(pair.key.value) === String(path.at(-1))) return pair.key.range?.[0] ?? 0;
  }
  return offsetOfValue(document, path.slice(0, -1));
}
