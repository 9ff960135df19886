import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { allowedSignersPath } from '../core/review/allowedSigners.ts';
import { decisionNamespace } from '../core/review/decision.ts';
import { publicKeyLine } from '../core/review/publicKey.ts';
import { git } from './git.ts';
import { readPublicHalf } from './signatures/keyFile.ts';
import { OpenSshError, runOpenSsh } from './signatures/openSsh.ts';

/** Whom CODEOWNERS of the sample names. Whoever tries it works as Robin, and nobody approves a change of their own. */
const senior = { name: 'Sam Sample', email: 'sam@example.com' };

/**
 * Makes a repository with one commit from a folder's files, and the key of its senior in `.git/senior-key`, so that one person can play both sides. Its people are known to this repository
 * alone. Fails when something is there already.
 */
export async function makeSampleRepository(files: string, folder: string): Promise<void> {
  // The folder itself must not be there: newer ones of Node take it for something that is there already.
  await mkdir(path.dirname(folder), { recursive: true });
  await cp(files, folder, { recursive: true, errorOnExist: true, force: false });
  await git(folder, ['init', '--quiet', '--initial-branch=main']);
  for (const [name, value] of [['user.name', 'Robin Sample'], ['user.email', 'robin@example.com'], ['commit.gpgsign', 'false'], ['core.autocrlf', 'false']] as const) await git(folder, ['config', name, value]);
  await allowSenior(folder);
  await git(folder, ['add', '--all']);
  await git(folder, ['-c', `user.name=${senior.name}`, '-c', `user.email=${senior.email}`, 'commit', '--quiet', '--no-verify', '--message=Start the project']);
}

/** Without OpenSSH nothing can be signed here, and everything else can be tried all the same. */
async function allowSenior(folder: string): Promise<void> {
  const key = path.join(folder, '.git/senior-key');
  try {
    await runOpenSsh('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', senior.email, '-f', path.resolve(key)]);
  } catch (error) {
    if (error instanceof OpenSshError) return;
    throw error;
  }
  const made = readPublicHalf(key);
  if ('why' in made) throw new Error(`the senior's key was not made: ${made.why}`);
  const signers = path.join(folder, allowedSignersPath);
  await mkdir(path.dirname(signers), { recursive: true });
  await writeFile(signers, `${senior.email} namespaces="${decisionNamespace}" ${publicKeyLine(made)}\n`);
}
