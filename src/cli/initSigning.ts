import { decisionNamespace as namespace } from '../core/review/decision.ts';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { allowedSignersPath, parseAllowedSigners, signersFor } from '../core/review/allowedSigners.ts';
import { publicKeyLine } from '../core/review/publicKey.ts';
import { revokedPath } from '../core/review/revokedKeys.ts';
import { policyPath } from '../core/policy/policy.ts';
import { git } from '../node/git.ts';
import { findSigningKey, type FoundKey, ownKeyName, ownKeySetting, readAllowedSigners, readRevoked, sshFolder } from '../node/signatures/findKey.ts';
import { hasPassphrase } from '../node/signatures/keyFile.ts';
import { setting } from '../node/signatures/gitSigning.ts';
import { readLocalTime } from '../node/signatures/localTime.ts';
import { lastLine, runOpenSsh } from '../node/signatures/openSsh.ts';
import { findRevocation } from '../node/signatures/verify.ts';
import { repositoryAt } from './selection.ts';
import { print, warn } from './terminal.ts';
import { UsageError } from './usageError.ts';


/**
 * `firebreak init --signing`: finds the key to sign with, or makes one, and prints its line for allowed_signers; that line alone goes to the standard output, so that
 * it can be appended to the file. It writes into no file of the repository: who may sign is the team's to decide.
 */
export async function initSigning(remove: boolean): Promise<number> {
  const { root } = await repositoryAt(process.cwd());
  if (remove) return removeSetting(root);
  const email = await principal(root);
  const found = await findSigningKey(root);
  if ('why' in found && found.isConfigured) throw new UsageError(`${found.why}; correct it, and run this again`);
  const key = 'why' in found ? await makeKey(root, email) : found;
  const { publicKey } = key;
  warn(`the key to sign with is ${key.fingerprint} (${publicKey.type}), from ${key.source}`);
  const revocation = await findRevocation(publicKey, await readRevoked(root));
  if (revocation !== undefined) throw new UsageError(`what it signs does not count: ${revocation} (${revokedPath}); make another one and name it, and run this again: ssh-keygen -t ed25519 -f ${path.join(sshFolder(), 'NAME')}, git config ${ownKeySetting} ${path.join(sshFolder(), 'NAME')}`);
  warn(protection(key));
  const signers = signersFor(parseAllowedSigners(await readAllowedSigners(root), readLocalTime).signers, { principal: email, key: publicKey, namespace, atMs: Date.now() });
  if (!('why' in signers)) {
    warn(`${allowedSignersPath} lets it sign as ${email} already (line ${signers[0].line})`);
    return 0;
  }
  const { certificate } = publicKey;
  print(`${email} ${certificate === undefined ? '' : 'cert-authority,'}namespaces="${namespace}" ${publicKeyLine(certificate?.authority ?? publicKey)}`);
  warn(`add that line to ${allowedSignersPath} and ${email} to the seniors of ${policyPath}; both count from the moment in which that change is approved and on the protected branch`);
  return 0;
}

/** What the key is allowed for: the address that git commits with here. */
async function principal(root: string): Promise<string> {
  const email = await setting(root, 'user.email');
  if (email === undefined || email === '') throw new UsageError('git does not know your address; tell it: git config user.email YOU@EXAMPLE.ORG');
  if (!/^[^\s\p{Cc},"*?!#\\]+$/u.test(email)) throw new UsageError(`user.email of git's configuration is ${JSON.stringify(email)}, which ${allowedSignersPath} cannot name; correct it: git config user.email YOU@EXAMPLE.ORG`);
  return email;
}

/** Never over a file that is there. The key has no passphrase until its owner gives it one: nothing is asked here. */
async function makeKey(root: string, email: string): Promise<FoundKey> {
  const file = path.join(sshFolder(), ownKeyName);
  if (existsSync(file) || existsSync(`${file}.pub`)) throw new UsageError(`${file} is there already and is no key that can be used; move it away, and run this again`);
  mkdirSync(sshFolder(), { recursive: true, mode: 0o700 });
  const { exitCode, stderr } = await runOpenSsh('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', email, '-f', file]);
  if (exitCode !== 0) throw new UsageError(`ssh-keygen could not make ${file}: ${lastLine(stderr)}`);
  await git(root, ['config', '--local', ownKeySetting, file]);
  warn(`made ${file}`);
  const made = await findSigningKey(root);
  if ('why' in made) throw new UsageError(made.why);
  return made;
}

function protection({ key, isSecurityKey }: FoundKey): string {
  if (isSecurityKey) return 'it is a security key: nobody approves with it who does not touch it';
  const file = key.kind === 'file' ? key.path.replace(/(?:-cert)?\.pub$/, '') : 'FILE';
  if (key.kind === 'file' && hasPassphrase(file)) return `it has a passphrase; an agent that holds it signs for whatever runs on this machine as you, so have it ask each time (ssh-add -c ${file}), or use a security key (ssh-keygen -t ed25519-sk)`;
  return `whatever runs on this machine as you can approve with it; give it a passphrase (ssh-keygen -p -f ${file}) and have the agent ask each time (ssh-add -c ${file}), or use a security key (ssh-keygen -t ed25519-sk)`;
}

async function removeSetting(root: string): Promise<number> {
  const named = await setting(root, ownKeySetting, '--local');
  if (named === undefined) print(`${ownKeySetting} is not set in this repository`);
  else {
    await git(root, ['config', '--local', '--unset-all', ownKeySetting]);
    print(`removed ${ownKeySetting} from this repository's configuration; the key stays: ${named}`);
  }
  print(`whether a key may sign is said by ${allowedSignersPath} on the protected branch; take its line out there`);
  return 0;
}
