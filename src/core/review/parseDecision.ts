import * as z from 'zod/mini';
import { scopes } from '../check/blastRadius.ts';
import type { Digest } from '../check/fingerprint.ts';
import { severities } from '../check/severity.ts';
import { type Decision, decisionKinds, largestManifest, type ManifestEntry } from './decision.ts';
import { digest, fault, inFixedOrder, isOneLine, list, objectName, otherVersion, path, person, recordId, refName, safely, text, utcTime } from './recordFields.ts';
import { longest } from './request.ts';
import { timeOf } from './ulid.ts';

/** https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
const statementType = 'https://in-toto.io/Statement/v1';
const predicateType = 'https://github.com/firebreak-dev/firebreak/decision/v1';

const mode = z.string().check(z.regex(/^(?:100644|100755|120000|160000)$/));

const manifestEntry = z.strictObject({
  path,
  oldMode: z.exactOptional(mode),
  mode: z.exactOptional(mode),
  oldBlob: z.exactOptional(objectName),
  blob: z.exactOptional(objectName),
  sha256: z.exactOptional(digest),
});

const decidedFinding = z.strictObject({
  fingerprint: digest,
  rule: safely(longest.title, isOneLine),
  severity: z.enum(severities),
  path,
  blastRadius: z.strictObject({ scope: z.enum(scopes), undo: z.enum(['easy', 'costly', 'none']), effect: text(longest.description), target: z.exactOptional(text(longest.target)) }),
  evidence: list(path, 1000),
});

const predicate = z.strictObject({
  id: recordId,
  decision: z.enum(decisionKinds),
  repository: z.strictObject({ root: objectName, url: z.exactOptional(safely(2000, isOneLine)) }),
  targetRef: refName,
  request: z.strictObject({ id: recordId, sha256: digest, requester: z.strictObject({ name: person, email: person }) }),
  base: objectName,
  head: objectName,
  manifest: list(manifestEntry, largestManifest),
  findings: list(decidedFinding, longest.findings),
  analyzer: z.strictObject({ version: safely(100, isOneLine), rules: digest }),
  policy: z.exactOptional(objectName),
  reviewer: person,
  reason: text(longest.reason).check(z.minLength(1)),
  created: utcTime,
  expires: utcTime,
  nonce: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  previous: z.exactOptional(z.strictObject({ id: recordId, sha256: digest })),
});

const statement = z.strictObject({
  _type: z.literal(statementType),
  subject: z.tuple([z.strictObject({ name: refName, digest: z.strictObject({ gitTree: objectName, sha256: digest }) })]),
  predicateType: z.literal(predicateType),
  predicate,
});

/** The bytes that are signed and stored. */
export function serializeDecision({ kind, tree, ...rest }: Decision, digestOf: Digest): string {
  return inFixedOrder({
    _type: statementType,
    subject: [{ name: rest.targetRef, digest: { gitTree: tree, sha256: digestOfManifest(rest.manifest, digestOf) } }],
    predicateType,
    predicate: { decision: kind, ...rest },
  });
}

/**
 * Reads a record that anybody may have written. Only the bytes that `serializeDecision` gives are a decision: a key that stands twice, or
 * what one reader sees and another does not, is refused with everything else.
 */
export function parseDecision(stored: string, digestOf: Digest): Decision | { readonly why: string } {
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return { why: 'it is not JSON' };
  }
  if (typeof value === 'object' && value !== null && 'predicateType' in value && value.predicateType !== predicateType) return { why: otherVersion(value.predicateType, predicateType) };
  const { data, error } = statement.safeParse(value);
  if (data === undefined) return { why: fault(error.issues[0], 'a decision') };
  const [subject] = data.subject;
  const { decision: kind, ...rest } = data.predicate;
  const decision: Decision = { ...rest, kind, tree: subject.digest.gitTree };
  const why = contradictionIn(decision);
  if (why !== undefined) return { why };
  if (subject.name !== decision.targetRef) return { why: 'its subject is another branch than its targetRef' };
  if (subject.digest.sha256 !== digestOfManifest(decision.manifest, digestOf)) return { why: 'its subject is another manifest than its own' };
  return serializeDecision(decision, digestOf) === stored ? decision : { why: 'it is not written as Firebreak writes decisions' };
}

/** What well-formed fields say against each other. */
function contradictionIn({ id, created, expires, manifest, findings }: Decision): string | undefined {
  if (timeOf(id) !== Date.parse(created)) return 'its id is of another time than created';
  if (Date.parse(expires) < Date.parse(created)) return 'it expires before it was created';
  const paths = new Set(manifest.map((entry) => entry.path));
  if (paths.size !== manifest.length) return 'its manifest names a file twice';
  if (manifest.some((entry) => (entry.mode === undefined) !== (entry.blob === undefined) || (entry.oldMode === undefined) !== (entry.oldBlob === undefined))) return 'its manifest has a file with half of its side';
  const unlisted = findings.flatMap((finding) => [finding.path, ...finding.evidence]).find((each) => !paths.has(each));
  if (unlisted !== undefined) return `its manifest lacks ${JSON.stringify(unlisted)}, which a finding is about`;
  return undefined;
}

function digestOfManifest(manifest: readonly ManifestEntry[], digestOf: Digest): string {
  return digestOf(inFixedOrder(manifest));
}
