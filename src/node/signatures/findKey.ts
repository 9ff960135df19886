import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { type AllowedSigner, allowedSignersPath, parseAllowedSigners, principalsOf } from '../../core/review/allowedSigners.ts';
import { fingerprintOf, isSecurityKey, parsePublicKeyLine, type PublicKey } from '../../core/review/publicKey.ts';
import { RepositoryError } from '../git.ts';
import { textAt } from '../objects.ts';
import { ownAddresses } from '../reviewers.ts';
import { findTarget } from '../target.ts';
import { type GitSigning, gitSigningKey, setting, sshFolder } from './gitSigning.ts';
import { readPublicHalf } from './keyFile.ts';
import { readLocalTime } from './localTime.ts';
import { runOpenSsh } from './openSsh.ts';
import type { SigningKey } from './sign.ts';

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

/** Names a key of Firebreak's own, which `firebreak init --signing` made. */
export const ownKeySetting = 'firebreak.signingKey';

/** In the order in which they are tried: those that have to be touched first. */
const usualFiles = ['id_ed25519_sk', 'id_ecdsa_sk', 'id_ed25519', 'id_ecdsa', 'id_rsa'];

/**
 * The key to sign with: the one that is configured, for Firebreak or for git's own signatures, else of the agent's and the usual files' the first that allowed_signers has,
 * else the first. `why` says that there is none, or what is wrong with the one that is configured.
 */
export async function findSigningKey(root: string): Promise<FoundKey | { readonly why: string }> {
  const [signers, likely] = await Promise.all([allowedSigners(root), ownAddresses(root)]);
  const found = (candidate: GitSigning): FoundKey | { readonly why: string } => {
    const publicKey = candidate.key.kind === 'file' ? readPublicHalf(candidate.key.path) : parsePublicKeyLine(candidate.key.publicKey);
    if ('why' in publicKey) return { why: `${candidate.source} names a key that cannot be used: ${publicKey.why}` };
    const fingerprint = fingerprintOf(publicKey, (bytes) => createHash('sha256').update(bytes).digest());
    return { ...candidate, publicKey, fingerprint, isSecurityKey: isSecurityKey(publicKey), principals: principalsOf(signers, publicKey, likely) };
  };
  const configured = await configuredKey(root);
  if (configured !== undefined) return 'why' in configured ? configured : found(configured);
  const usable = [...(await agentKeys()), ...fileKeys()].map(found).filter((each) => 'key' in each);
  return usable.find(({ principals }) => principals.length > 0) ?? usable[0] ?? { why: 'git signs with no SSH key, no agent has one, and there is none in ~/.ssh; make one: firebreak init --signing' };
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

/** Those of the target branch, which count, else those of the work tree, which may be on their way there. */
async function allowedSigners(root: string): Promise<readonly AllowedSigner[]> {
  const text = (await committedSigners(root)) ?? textOf(path.join(root, allowedSignersPath));
  return parseAllowedSigners(text ?? '', readLocalTime).signers;
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

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
