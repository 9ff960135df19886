import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { allowedSignersPath, parseAllowedSigners, principalsOf } from '../../core/review/allowedSigners.ts';
import { fingerprintOf, isSecurityKey, parsePublicKeyLine, type PublicKey } from '../../core/review/publicKey.ts';
import { RepositoryError } from '../git.ts';
import { textAt } from '../objects.ts';
import { ownAddresses } from '../reviewers.ts';
import { readRules } from '../review/policyFacts.ts';
import { findTarget } from '../target.ts';
import { type GitSigning, gitSigningKey, setting } from './gitSigning.ts';
import { readPublicHalf } from './keyFile.ts';
import { readLocalTime } from './localTime.ts';
import { runOpenSsh } from './openSsh.ts';
import type { SigningKey } from './sign.ts';
import { findWeakness } from './verifyCryptographically.ts';
import { readTextIfAny } from '../readTextIfAny.ts';

/** A key that a person can sign with. */
export interface FoundKey {
  readonly key: SigningKey;
  readonly publicKey: PublicKey;
  /** `SHA256:…` */
  readonly fingerprint: string;
  readonly isSecurityKey: boolean;
  /** Where it was found, in words for a person. */
  readonly source: string;
  /** Whom `.firebreak/allowed_signers` lets it speak for, likely ones alone when it is one of them; none when it is not there. */
  readonly principals: readonly string[];
}

/** There is none, or the one that is configured cannot be used. */
export interface NoKey {
  readonly why: string;
  readonly isConfigured: boolean;
}

/** Names a key file that Firebreak signs with, whatever git does. */
export const ownKeySetting = 'firebreak.signingKey';

/** The key that `firebreak init --signing` makes. */
export const ownKeyName = 'id_ed25519_firebreak';

/** In the order in which they are tried: those that have to be touched first. */
const usualFiles = ['id_ed25519_sk', 'id_ecdsa_sk', ownKeyName, 'id_ed25519', 'id_ecdsa', 'id_rsa'];

/** Where OpenSSH keeps a person's keys. */
export const sshFolder = (): string => path.join(homedir(), '.ssh');

/**
 * The key to sign with: the one that is configured, for Firebreak or for git's own signatures, else of the agent's and the usual files' the first that allowed_signers has,
 * else the first. `why` says that there is none, or what is wrong with the one that is configured.
 */
export async function findSigningKey(root: string): Promise<FoundKey | NoKey> {
  const [allowed, likely] = await Promise.all([readAllowedSigners(root), ownAddresses(root)]);
  const { signers } = parseAllowedSigners(allowed, readLocalTime);
  const found = (candidate: GitSigning): FoundKey | NoKey => {
    const publicKey = candidate.key.kind === 'file' ? readPublicHalf(candidate.key.path) : parsePublicKeyLine(candidate.key.publicKey);
    const why = 'why' in publicKey ? publicKey.why : findWeakness(publicKey.numbers);
    if ('why' in publicKey || why !== undefined) return { why: `${candidate.source} names a key that cannot be used: ${String(why)}`, isConfigured: true };
    const fingerprint = fingerprintOf(publicKey, (bytes) => createHash('sha256').update(bytes).digest());
    return { ...candidate, publicKey, fingerprint, isSecurityKey: isSecurityKey(publicKey), principals: principalsOf(signers, publicKey, likely) };
  };
  const configured = await configuredKey(root);
  if (configured !== undefined) return 'why' in configured ? { ...configured, isConfigured: true } : found(configured);
  const usable = [...(await agentKeys()), ...fileKeys()].map(found).filter((each) => 'key' in each);
  return usable.find(({ principals }) => principals.length > 0) ?? usable[0] ?? { why: 'git signs with no SSH key, no agent has one, and there is none in ~/.ssh; make one: firebreak init --signing', isConfigured: false };
}

async function configuredKey(root: string): Promise<GitSigning | { readonly why: string } | undefined> {
  const own = await setting(root, ownKeySetting, '--type=path');
  if (own !== undefined) return { key: { kind: 'file', path: path.resolve(root, own) }, source: `${ownKeySetting} of git's configuration` };
  return gitSigningKey(root);
}

async function agentKeys(): Promise<GitSigning[]> {
  // 1: it has none; 2: there is no agent. Without ssh-add there is none either.
  const answer = await runOpenSsh('ssh-add', ['-L']).catch(() => undefined);
  if (answer?.exitCode !== 0) return [];
  return answer.stdout.split('\n').filter((line) => line !== '').map((publicKey) => ({ key: { kind: 'agent', publicKey }, source: 'the SSH agent' }));
}

function fileKeys(): GitSigning[] {
  return usualFiles.map((name) => path.join(sshFolder(), name)).map((file) => ({ key: { kind: 'file', path: file }, source: file }));
}

/** The text of the target branch's, which counts, else of the work tree's, which may be on its way there; empty when there is neither. */
export async function readAllowedSigners(root: string): Promise<string> {
  return (await committedSigners(root)) ?? readTextIfAny(path.join(root, allowedSignersPath)) ?? '';
}

/** The bytes of the target branch's `.firebreak/revoked`, which count; undefined when it has none. */
export async function readRevoked(root: string): Promise<Buffer | undefined> {
  try {
    const { ref, tip } = await findTarget(root);
    return (await readRules(root, tip, { targetRef: ref, ruleIds: [] })).signers.revoked;
  } catch (error) {
    if (error instanceof RepositoryError) return undefined;
    throw error;
  }
}

async function committedSigners(root: string): Promise<string | undefined> {
  try {
    const text = await textAt(root, (await findTarget(root)).tip, allowedSignersPath);
    return text !== undefined && 'text' in text ? text.text : undefined;
  } catch (error) {
    // There is no commit or no target yet.
    if (error instanceof RepositoryError) return undefined;
    throw error;
  }
}
