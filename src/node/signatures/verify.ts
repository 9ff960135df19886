import { createHash } from 'node:crypto';
import { type AllowedSigners, parseAllowedSigners, signersFor } from '../../core/review/allowedSigners.ts';
import { fingerprintOf, isSecurityKey, type PublicKey, publicKeyLine } from '../../core/review/publicKey.ts';
import { parseRevokedKeys, isKrl, isRevoked } from '../../core/review/revokedKeys.ts';
import { parseSshsig, type SshSignature } from '../../core/review/sshsig.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import { readLocalTime } from './localTime.ts';
import { withPrivateFiles } from './privateFolder.ts';
import { lastLine, runOpenSsh } from './openSsh.ts';
import { findFault } from './verifyCryptographically.ts';

export interface SignatureQuestion {
  /** The bytes that were signed, as they are stored. */
  readonly message: Uint8Array;
  /** The text of the `.sig` file. */
  readonly signature: string;
  readonly namespace: string;
  readonly principal: string;
  /** The text of `.firebreak/allowed_signers`. */
  readonly allowedSigners: string;
  /** The bytes of `.firebreak/revoked`: a KRL, or public keys, one a line. */
  readonly revoked?: Uint8Array | undefined;
  readonly at: Date;
  /** What a security key has to have seen: a touch, or a PIN or finger. Not asked for unless given. */
  readonly needs?: { readonly touch?: boolean; readonly userVerification?: boolean };
}

export type SignatureVerdict =
  | {
      readonly isGood: true;
      /** `SHA256:…`, of the key itself when it came in a certificate. */
      readonly keyFingerprint: string;
      /** Of the key itself: `ssh-ed25519`. */
      readonly keyType: string;
      readonly isSecurityKey: boolean;
      /** False for what is no security key. */
      readonly isTouched: boolean;
      readonly isUserVerified: boolean;
    }
  /** A sentence without a full stop, about the signature. `isOwn`: the principal's own key made it for this purpose, whose time is over, or which was revoked. */
  | { readonly isGood: false; readonly why: string; readonly isOwn?: true };

/** Flags of a security key's signature (PROTOCOL.u2f). */
const touched = 0x01;
const userVerified = 0x04;

/**
 * Whether a principal signed these bytes for this purpose, with a key that is allowed, valid and not revoked at a time. It never throws: what could not be looked at is not good.
 *
 * It says good only where `ssh-keygen -Y verify` does. It refuses more: RSA keys of less than 2048 bits, security keys made for something else than
 * `ssh:`, and what `parseSshsig` and `parseAllowedSigners` say. Certificates and KRLs are handed to ssh-keygen.
 */
export async function verifySignature(question: SignatureQuestion): Promise<SignatureVerdict> {
  try {
    const parsed = parseSshsig(question.signature);
    if ('why' in parsed) return { isGood: false, why: parsed.why };
    const reason = await findReason(parsed, question);
    if (reason === undefined) return toVerdict(parsed);
    return typeof reason === 'string' ? { isGood: false, why: reason } : { isGood: false, why: reason.ofOwnKey, isOwn: true };
  } catch (error) {
    return { isGood: false, why: `it could not be verified: ${messageOf(error)}` };
  }
}

/** The first reason to refuse a signature, from the cheapest to look at to the dearest. */
async function findReason(signature: SshSignature, question: SignatureQuestion): Promise<string | { readonly ofOwnKey: string } | undefined> {
  const { namespace, principal, at, message } = question;
  if (namespace === '' || principal === '') return 'nobody said whose signature it should be, and for what';
  if (Number.isNaN(at.getTime())) return 'the time at which it should be valid is not known';
  if (signature.namespace !== namespace) return `it was made for the namespace ${JSON.stringify(signature.namespace.slice(0, 80))}, and not for ${namespace}`;
  const allowed = parseAllowedSigners(question.allowedSigners, readLocalTime);
  const signers = signersFor(allowed.signers, { principal, key: signature.publicKey, namespace, atMs: at.getTime() });
  const { certificate } = signature.publicKey;
  if ('why' in signers) {
    const why = signers.why + toldErrors(allowed);
    return signers.isOutOfTime === true && certificate === undefined && findFault(signature, message) === undefined ? { ofOwnKey: why } : why;
  }
  const fault = findUnmetNeed(signature, question.needs ?? {}) ?? findFault(signature, message);
  if (fault !== undefined) return fault;
  if (certificate !== undefined) return askSshKeygen(certificate, question);
  const revoked = await findRevocation(signature.publicKey, question.revoked);
  return revoked === undefined ? undefined : { ofOwnKey: revoked };
}

function toldErrors({ errors }: AllowedSigners): string {
  const [first] = errors;
  return first === undefined ? '' : `; line ${first.line} of allowed_signers could not be read: ${first.message}`;
}

function findUnmetNeed({ publicKey, securityKey }: SshSignature, needs: NonNullable<SignatureQuestion['needs']>): string | undefined {
  if (needs.touch !== true && needs.userVerification !== true) return undefined;
  if (securityKey === undefined) return `it was made with a key of the type ${publicKey.type}, and a security key that is touched is asked for; make one: ssh-keygen -t ed25519-sk`;
  if (needs.touch === true && !isFlagged(securityKey, touched)) return 'the security key that made it was not touched; sign again with a key made without no-touch-required';
  if (needs.userVerification === true && !isFlagged(securityKey, userVerified)) return 'the security key that made it did not ask for a PIN or a finger; sign again with a key made with -O verify-required';
  return undefined;
}

/** Why a key does not count any more, by the bytes of `.firebreak/revoked`. */
export async function findRevocation(key: PublicKey, revoked: Uint8Array | undefined): Promise<string | undefined> {
  if (revoked === undefined) return undefined;
  if (isKrl(revoked)) return findInKrl(key, revoked);
  const list = parseRevokedKeys(revoked);
  if ('why' in list) return `the list of revoked keys cannot be read, ${list.why}`;
  return isRevoked(key, list.keys) ? 'its key was revoked' : undefined;
}

/** `-Q` answers 0 when no key is revoked, and anything else both when one is and when it could not look. */
function findInKrl(key: PublicKey, krl: Uint8Array): Promise<string | undefined> {
  return withPrivateFiles({ krl, 'key.pub': `${publicKeyLine(key)}\n` }, async (at) => {
    const { exitCode, stdout, stderr } = await runOpenSsh('ssh-keygen', ['-Q', '-f', at('krl'), at('key.pub')]);
    if (exitCode === 0) return undefined;
    return /REVOKED$/m.test(stdout) ? 'its key was revoked' : `the revocation list could not be read by ssh-keygen: ${lastLine(stderr)}`;
  });
}

/**
 * Whether the authority signed the certificate, for this principal and this time, and neither is revoked. Which authority counts was answered by the lines that allow it,
 * so ssh-keygen sees it alone, and their times are not read a second time.
 */
function askSshKeygen({ authority }: NonNullable<PublicKey['certificate']>, { message, signature, namespace, principal, revoked, at: time }: SignatureQuestion): Promise<string | undefined> {
  const files = { signers: `* cert-authority ${publicKeyLine(authority)}\n`, signature, ...(revoked !== undefined && { revoked }) };
  return withPrivateFiles(files, async (at) => {
    const verifyTime = time.toISOString().replaceAll(/\.\d+Z$|\D/g, '');
    const args = ['-Y', 'verify', '-f', at('signers'), '-I', principal, '-n', namespace, '-s', at('signature'), `-Overify-time=${verifyTime}`];
    const ask = (...more: string[]) => runOpenSsh('ssh-keygen', [...args, ...more], { input: message, env: { TZ: 'UTC0' } });
    const { exitCode, stderr, stdout } = await ask();
    if (exitCode !== 0) return `ssh-keygen does not accept its certificate: ${lastLine(stderr || stdout)}`;
    if (revoked === undefined || (await ask('-r', at('revoked'))).exitCode === 0) return undefined;
    // ssh-keygen does not tell one from the other.
    return 'its certificate, the key in it or its authority was revoked, or the list of revoked keys cannot be read';
  });
}

function toVerdict({ publicKey, securityKey }: SshSignature): SignatureVerdict {
  return {
    isGood: true,
    keyFingerprint: fingerprintOf(publicKey, (bytes) => createHash('sha256').update(bytes).digest()),
    keyType: publicKey.type,
    isSecurityKey: isSecurityKey(publicKey),
    isTouched: securityKey !== undefined && isFlagged(securityKey, touched),
    isUserVerified: securityKey !== undefined && isFlagged(securityKey, userVerified),
  };
}

function isFlagged({ flags }: NonNullable<SshSignature['securityKey']>, flag: number): boolean {
  return (flags & flag) !== 0;
}
