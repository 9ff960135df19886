import { isPair, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type * as z from 'zod/mini';
import { nearest } from '../text/nearest.ts';
import { contradictionsOf } from './contradictions.ts';
import { noPolicy, type Policy, policyPath } from './policy.ts';
import { millisecondsOf, policySchema, type WrittenPolicy } from './schema.ts';
import { messageOf } from '../text/messageOf.ts';

/** 1-based. */
export interface PolicyError {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

const keysAt: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(policySchema.shape),
  people: ['emails', 'github'],
  severities: ['critical', 'high', 'medium', 'low'],
  paths: ['match', 'reviewers', 'minimum'],
  policyChanges: ['approvals'],
  keys: ['requireTouch', 'maxAge'],
  agents: ['ask', 'deny'],
  emergency: ['people', 'followUpWithin'],
  forge: ['github'],
};

const secondDocument = 'a second document begins here, and the policy is one; put what it says into the first one, and take out the line "---"';

/** Where the policy is wrong, and how. */
export function tellErrors(errors: readonly PolicyError[]): string {
  return errors.map(({ line, column, message }) => `${policyPath}:${line}:${column}: ${message}`).join('; ');
}

/** Reads `.firebreak/policy.yml`; `ruleIds` are the rules there are, so that a misspelt one does not stay on unseen. */
export function parsePolicy(text: string, ruleIds?: readonly string[]): { policy: Policy } | { errors: PolicyError[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, message: string): PolicyError => {
    const { line, col } = lines.linePos(offset);
    return { message, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) return { errors: broken.map(({ pos, code, message }) => at(pos[0], code === 'MULTIPLE_DOCS' ? secondDocument : message)) };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { errors: [at(0, messageOf(error))] };
  }
  if (value === null || value === undefined) return { errors: [at(0, 'the file is empty; it starts with "version: 1"')] };
  const result = policySchema.safeParse(value);
  const errors = (result.error?.issues ?? []).flatMap(innermost).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => at(offsetOfKey(document, [...issue.path, key]), unknownKey(key, knownAt(issue.path))))
      : [at(offsetOfValue(document, issue.path), told(issue))],
  );
  for (const id of Object.keys((value as { rules?: unknown }).rules ?? {})) {
    if (ruleIds !== undefined && !ruleIds.includes(id)) errors.push(at(offsetOfKey(document, ['rules', id]), `there is no rule "${id}"${didYouMean(id, ruleIds)}`));
  }
  if (result.data !== undefined) {
    for (const { path, isKey = false, message } of contradictionsOf(result.data, value as Record<string, unknown>)) errors.push(at((isKey ? offsetOfKey : offsetOfValue)(document, path), message));
  }
  if (result.data === undefined || errors.length > 0) return { errors: errors.sort((a, b) => a.line - b.line || a.column - b.column) };
  return { policy: policyOf(result.data) };
}

function policyOf({ version: _, severities, people, paths, keys, emergency, ...rest }: WrittenPolicy): Policy {
  return {
    ...rest,
    people: Object.fromEntries(Object.entries(people).map(([principal, { emails, github }]) => [principal, { emails, ...(github !== undefined && { github }) }])),
    severities: { ...noPolicy.severities, ...Object.fromEntries(Object.entries(severities).filter(([, demand]) => demand !== undefined)) },
    paths: paths.map(({ match, reviewers, minimum }) => ({ match, reviewers, ...(minimum !== undefined && { minimum }) })),
    keys: { requireTouch: keys.requireTouch, maxAgeMs: millisecondsOf(keys.maxAge) },
    emergency: { people: emergency.people, followUpWithinMs: millisecondsOf(emergency.followUpWithin) },
  };
}

/** Of a value that may be one of several kinds, what is wrong with it as the kind that it looks like. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const likely = issue.errors.find((errors) => errors.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'));
  if (likely === undefined) return [issue];
  return likely.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** The keys of the mapping that a path leads to. */
function knownAt(path: readonly PropertyKey[]): readonly string[] {
  const [first = '', second] = path;
  return second !== undefined && (first === 'severities' || first === 'forge') ? ['approvals'] : (keysAt[String(first)] ?? []);
}

function unknownKey(key: string, known: readonly string[]): string {
  return `unknown key "${key}"${didYouMean(key, known)}; known here: ${known.join(', ')}`;
}

function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : `, did you mean "${meant}"?`;
}

const kinds: Readonly<Record<string, string>> = { array: 'a list', record: 'a mapping', object: 'a mapping', string: 'a text', int: 'a whole number', number: 'a whole number', boolean: 'true or false' };

function told(issue: z.core.$ZodIssue): string {
  const what = issue.path.length === 0 ? 'the policy' : issue.path.join('.');
  if (issue.code === 'invalid_type') return `${what} must be ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `${what} must be ${issue.values.join(', ').replace(/, ([^,]*)$/, ' or $1')}`;
  return `${what} ${wanted[String(issue.path.findLast((key) => typeof key === 'string'))] ?? 'is not valid'}`;
}

/** Of what a value has to be beyond its kind. */
const wanted: Readonly<Record<string, string>> = {
  approvals: 'must be a whole number from 1 to 20',
  maxAge: 'must be a time such as 24h, 14d or 2w',
  followUpWithin: 'must be a time such as 24h, 14d or 2w',
  targets: "names no ref; list at least one, such as refs/heads/main, or leave it out for main and master",
  critical: 'must be { approvals: 1 }, warn or off',
  high: 'must be { approvals: 1 }, warn or off',
  medium: 'must be { approvals: 1 }, warn or off',
  low: 'must be { approvals: 1 }, warn or off',
};

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
