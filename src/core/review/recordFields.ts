import * as z from 'zod/mini';
import { longest } from './request.ts';
import { isUlid } from './ulid.ts';

const controlCharacter = /\p{Cc}/u;
/** A clone keeps what it knows of a remote's default branch where it would keep a branch called HEAD. */
const refNamePattern = /^refs\/heads\/(?!HEAD$)(?!.*(?:\.\.|\/\/|@\{|\.lock$|\/$))[^\p{Cc} ~^:?*[\\]+$/u;

// What requests and decisions are made of. Whoever can push can write a record, so each field says what it takes.
export const text = (longestLength: number) => z.string().check(z.maxLength(longestLength));
export const safely = (longestLength: number, isSafe: (value: string) => boolean) => text(longestLength).check(z.refine(isSafe));
export const list = <T extends z.ZodMiniType>(element: T, most: number) => z.array(element).check(z.maxLength(most));
export const person = safely(longest.person, isOneLine);
export const path = safely(longest.path, isPathInside);
export const objectName = z.string().check(z.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/));
export const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
export const refName = text(longest.path).check(z.regex(refNamePattern));
export const recordId = z.string().check(z.refine(isUlid));
export const utcTime = safely(40, isUtcTime);

export function isOneLine(value: string): boolean {
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

/** The value as JSON with the keys of each object in the alphabet's order, so that equal values have equal bytes. */
export function inFixedOrder(value: unknown): string {
  return `${JSON.stringify(ordered(value), undefined, 2)}\n`;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]));
}

/** What is wrong with a record, by the first thing that is. @param what "a request" */
export function fault(issue: z.core.$ZodIssue | undefined, what: string): string {
  const place = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') return `${place === '' ? 'it' : place} has the unknown key ${JSON.stringify(issue.keys[0] ?? '').slice(0, 80)}`;
  if (issue?.code === 'too_big') return `its ${place} is longer than ${String(issue.maximum)} ${issue.origin === 'string' ? 'characters' : 'entries'}`;
  return place === '' ? `it is not ${what}` : `its ${place} is missing or not valid`;
}

export function otherVersion(version: unknown, known: unknown): string {
  return `it is of version ${JSON.stringify(version).slice(0, 80)}, and this Firebreak reads version ${String(known)}; a newer Firebreak may read it`;
}
