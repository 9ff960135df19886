import * as z from 'zod/mini';
import { severities } from '../check/severity.ts';
import type { Verdict } from '../review/verdict.ts';
import type { Pass, Refusal } from './audit.ts';

const text = z.string().check(z.maxLength(20_000));
const movement = {
  version: z.literal(1),
  at: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/)),
  targetRef: text,
  base: text,
  head: text,
  pusher: z.exactOptional(text),
};
const storedPass = z.strictObject(movement);
const storedRefusal = z.strictObject({
  ...movement,
  blocked: z.array(z.strictObject({ what: text, rule: z.exactOptional(text), path: z.exactOptional(text), line: z.exactOptional(z.int()), severity: z.exactOptional(z.enum(severities)), fingerprint: z.exactOptional(text) })),
  nextStep: text,
});

/** A line of what the gate refused. */
export function parseRefusal(line: string): Refusal | { readonly why: string } {
  return parse(line, storedRefusal);
}

/** A line of what it let in. */
export function parsePass(line: string): Pass | { readonly why: string } {
  return parse(line, storedPass);
}

function parse<T extends { readonly version: 1 }>(line: string, stored: z.ZodMiniType<T>): Omit<T, 'version'> | { readonly why: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { why: 'it is not JSON' };
  }
  const read = stored.safeParse(value);
  if (!read.success) return { why: `its ${read.error.issues[0]?.path.join('.') ?? ''} is missing or not valid` };
  const { version: _, ...rest } = read.data;
  return rest;
}

/** What the log keeps of a verdict. @param at RFC 3339, UTC */
export function refusalOf({ blocked, nextStep }: Extract<Verdict, { passed: false }>, about: Pick<Refusal, 'at' | 'targetRef' | 'base' | 'head' | 'pusher'>): Refusal {
  return {
    ...about,
    blocked: blocked.map(({ what, concern }) => ({ what, ...(concern !== undefined && { rule: concern.rule, path: concern.path, line: concern.line, severity: concern.severity, fingerprint: concern.fingerprint }) })),
    nextStep,
  };
}
