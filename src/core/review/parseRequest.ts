import * as z from 'zod/mini';
import { scopes } from '../check/blastRadius.ts';
import { severities } from '../check/severity.ts';
import { longest, type ReviewRequest } from './request.ts';
import { isUlid } from './ulid.ts';

/** A record of more bytes is not read: no honest request is so long. */
export const largestRequestBytes = 4 * 1024 * 1024;

const version = 1;
const controlCharacter = /\p{Cc}/u;
const refName = /^refs\/heads\/(?!.*(?:\.\.|\/\/|@\{|\.lock$|\/$))[^\p{Cc} ~^:?*[\\]+$/u;

const text = (longestLength: number) => z.string().check(z.maxLength(longestLength));
const safely = (longestLength: number, isSafe: (value: string) => boolean) => text(longestLength).check(z.refine(isSafe));
const person = safely(longest.person, isOneLine);
const path = safely(longest.path, isPathInside);
const objectName = z.string().check(z.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/));
const list = <T extends z.ZodMiniType>(element: T, most: number) => z.array(element).check(z.maxLength(most));

const finding = z.strictObject({
  fingerprint: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  rule: safely(longest.title, isOneLine),
  title: text(longest.title),
  path,
  line: z.int().check(z.minimum(1)),
  severity: z.enum(severities),
  confidence: z.enum(['low', 'medium', 'high']),
  matched: text(longest.matched),
  blastRadius: z.strictObject({
    scope: z.enum(scopes),
    undo: z.enum(['easy', 'costly', 'none']),
    target: z.exactOptional(text(longest.target)),
    description: text(longest.description),
  }),
});

const stored = z.strictObject({
  version: z.literal(version),
  id: z.string().check(z.refine(isUlid)),
  base: objectName,
  head: objectName,
  targetRef: z.string().check(z.maxLength(longest.path), z.regex(refName)),
  findings: list(finding, longest.findings).check(z.minLength(1)),
  requester: z.strictObject({ name: person, email: person }),
  reviewers: list(person, 100),
  reason: text(longest.reason).check(z.minLength(1)),
  createdAt: safely(40, isUtcTime),
  includes: list(z.strictObject({ path, from: z.enum(['workTree', 'buffer']) }), longest.includes),
});

/** The record's bytes: the same for the same request, whatever order its keys came in. */
export function serializeRequest(request: ReviewRequest): string {
  return `${JSON.stringify(ordered({ version, ...request }), undefined, 2)}\n`;
}

/** Reads a record that anybody may have written, from what `JSON.parse` made of it. */
export function parseRequest(value: unknown): ReviewRequest | { readonly why: string } {
  if (typeof value === 'object' && value !== null && 'version' in value && value.version !== version) {
    return { why: `it is of version ${JSON.stringify(value.version).slice(0, 20)}, and this Firebreak reads version ${version}; a newer Firebreak may read it` };
  }
  const { data, error } = stored.safeParse(value);
  if (data === undefined) return { why: told(error.issues[0]) };
  // The version is the record's, not the request's.
  const { version: _, ...request } = data;
  return request;
}

function told(issue: z.core.$ZodIssue | undefined): string {
  const place = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') return `${place === '' ? 'it' : place} has the unknown key ${JSON.stringify(issue.keys[0] ?? '').slice(0, 80)}`;
  return place === '' ? 'it is not a request' : `its ${place} is missing or not valid`;
}

function isOneLine(value: string): boolean {
  return value !== '' && !controlCharacter.test(value);
}

/** Whether a path from the root stays inside of it on every system, and shows as it is. */
export function isPathInside(value: string): boolean {
  if (!isOneLine(value) || /^[A-Za-z]:/.test(value)) return false;
  return !value.split(/[/\\]/).some((part) => part === '' || part === '.' || part === '..');
}

function isUtcTime(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value) && !Number.isNaN(Date.parse(value));
}

/** With the keys of each object in the alphabet's order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]));
}
