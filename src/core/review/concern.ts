import { describe } from '../check/blastRadius.ts';
import type { Finding } from '../check/finding.ts';
import { type Digest, fingerprintOf } from '../check/fingerprint.ts';
import { describeSuppression, isSuppressed } from '../check/suppression.ts';
import type { DecidedFinding } from './decision.ts';
import { cut, longest, type RequestedFinding } from './request.ts';

/** Who wrote what a concern is about, as far as unsigned notes say; `human` lowers nothing unless the policy trusts notes. */
export type Authorship = 'ai' | 'human' | 'unknown';

/**
 * What a senior may have to approve of a change: a finding, or a file as a whole that could not be read, that decides what is checked and
 * run, or that an AI may have written. All are named by fingerprints, so that requests and decisions list them alike.
 */
export interface Concern extends RequestedFinding {
  readonly kind: 'finding' | 'unread' | 'protected' | 'ai';
  /** Other files that the judgement was made from. */
  readonly evidence: readonly string[];
  /** What it would do, as it was judged here; absent of what only a request says. */
  readonly effect?: string;
  /** Whether it is about something that the change takes away or makes another, so that what was there before is a part of it. */
  readonly isOfBefore?: boolean;
  readonly authorship: Authorship;
  /** Of a finding that a comment speaks for, the comment's line, 1-based. */
  readonly suppressedAt?: number;
}

/** `line` is 1-based. */
export function concernOf(finding: Finding, { line, evidence, authorship }: Pick<Concern, 'line' | 'evidence' | 'authorship'>): Concern {
  const { fingerprint, ruleId: rule, title, path, severity, confidence, matched, blastRadius } = finding;
  const { scope, undo, effect, target } = blastRadius;
  return { kind: 'finding', fingerprint, rule, title, path, line, severity, confidence, matched, blastRadius: { scope, undo, ...(target !== undefined && { target }), description: [describe(blastRadius), describeSuppression(finding) ?? []].flat().join('; ') }, evidence, effect: cut(effect, longest.description), ...(finding.gone !== undefined && { isOfBefore: true }), authorship, ...(isSuppressed(finding) && finding.suppression !== undefined && { suppressedAt: finding.suppression.line }) };
}

const ofFiles = {
  unread: { rule: 'unread-file', title: 'File that could not be checked' },
  protected: { rule: 'protected-file', title: 'Change to what decides what is checked and run' },
  ai: { rule: 'ai-change', title: 'Change that an AI may have written' },
} as const;

export const protectedReason = 'decides what is checked, who approves, or what runs with the rights of the team';
export const aiReason = 'changes what nobody is known to have written by hand';

/** A file as a whole. @param description why it is one */
export function fileConcern(kind: keyof typeof ofFiles, path: string, description: string, authorship: Authorship, digest: Digest): Concern {
  const { rule, title } = ofFiles[kind];
  return {
    kind,
    fingerprint: fingerprintOf({ ruleId: rule, path, address: [], matched: path, ordinal: 0 }, digest),
    rule,
    title,
    path,
    line: 1,
    severity: 'high',
    confidence: 'high',
    matched: path,
    blastRadius: { scope: 'service', undo: 'costly', description },
    evidence: [],
    effect: cut(description, longest.description),
    authorship,
  };
}

/** A concern as a request lists it. */
export function toRequestedConcern({ fingerprint, rule, title, path, line, severity, confidence, matched, blastRadius }: Concern): RequestedFinding {
  return { fingerprint, rule, title, path, line, severity, confidence, matched, blastRadius };
}

/** A concern as a decision lists it. */
export function decidedOf({ fingerprint, rule, severity, path, blastRadius: { scope, undo, target }, effect = '', evidence }: Concern): DecidedFinding {
  return { fingerprint, rule, severity, path, blastRadius: { scope, undo, effect, ...(target !== undefined && { target: cut(target, longest.target) }) }, evidence };
}

/** Whether a request says of a concern what is found. Long texts are cut in a request, and its description may say nothing of a suppression. */
export function isAsClaimed(concern: RequestedFinding, claim: RequestedFinding): boolean {
  const isCutOf = (part: string, whole: string, length: number) => part.length === length && whole.startsWith(part.slice(0, -1));
  const [told, claimed] = [concern.blastRadius.description, claim.blastRadius.description];
  const isText = concern.matched === claim.matched || isCutOf(claim.matched, concern.matched, longest.matched);
  const isTold = told === claimed || told.startsWith(`${claimed}; `) || isCutOf(claimed, told, longest.description);
  return concern.severity === claim.severity && concern.rule === claim.rule && concern.path === claim.path && isText && isTold;
}

/** A concern as a request names it, for asking where the request stands; nothing of it is known but what its author wrote. */
export function concernOfRequest(finding: RequestedFinding): Concern {
  return { ...finding, kind: kindOf(finding.rule), evidence: [], authorship: 'unknown' };
}

export function kindOf(rule: string): Concern['kind'] {
  return rule === ofFiles.unread.rule ? 'unread' : rule === ofFiles.protected.rule ? 'protected' : rule === ofFiles.ai.rule ? 'ai' : 'finding';
}
