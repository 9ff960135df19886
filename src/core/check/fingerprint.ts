/** A digest of a text, as lower-case hexadecimal SHA-256 of its UTF-8 bytes; the platform's own comes in by this port. */
export type Digest = (text: string) => string;

/** What names a finding by its content and not by its place in the file. */
export interface FingerprintParts {
  readonly ruleId: string;
  readonly path: string;
  readonly address: readonly string[];
  readonly matched: string;
  /** Which of the findings with equal parts it is, from 0: a second copy is a new finding. */
  readonly ordinal: number;
}

/** The whole digest, 64 hexadecimal digits: an approval lists it, so it must stand against somebody who searches for an equal one. */
export function fingerprintOf(parts: FingerprintParts, digest: Digest): string {
  return digest(JSON.stringify(['firebreak-finding-v1', parts.ruleId, parts.path, parts.address, parts.matched, parts.ordinal]));
}
