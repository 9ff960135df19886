import * as z from 'zod/mini';
import { scopes } from '../check/blastRadius.ts';
import { severities } from '../check/severity.ts';
import { digest, fault, inFixedOrder, isOneLine, list, objectName, otherVersion, path, person, recordId, refName, safely, text, utcTime } from './recordFields.ts';
import { longest, type ReviewRequest } from './request.ts';

/** A record of more bytes is not read: no honest request is so long. */
export const largestRequestBytes = 2 * 1024 * 1024;

const version = 1;

const finding = z.strictObject({
  fingerprint: digest,
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
  id: recordId,
  base: objectName,
  head: objectName,
  targetRef: refName,
  findings: list(finding, longest.findings).check(z.minLength(1)),
  requester: z.strictObject({ name: person, email: person }),
  reviewers: list(person, 100),
  reason: text(longest.reason).check(z.minLength(1)),
  createdAt: utcTime,
  includes: list(z.strictObject({ path, from: z.enum(['workTree', 'buffer']) }), longest.includes),
});

/** The record's bytes: the same for the same request, whatever order its keys came in. */
export function serializeRequest(request: ReviewRequest): string {
  return inFixedOrder({ version, ...request });
}

/** Reads a record that anybody may have written, from what `JSON.parse` made of it. */
export function parseRequest(value: unknown): ReviewRequest | { readonly why: string } {
  if (typeof value === 'object' && value !== null && 'version' in value && value.version !== version) {
    return { why: otherVersion(value.version, version) };
  }
  const { data, error } = stored.safeParse(value);
  if (data === undefined) return { why: fault(error.issues[0], 'a request') };
  // The version is the record's, not the request's.
  const { version: _, ...request } = data;
  return request;
}
