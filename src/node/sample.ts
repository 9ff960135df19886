import { cp, mkdir } from 'node:fs/promises';
import { git } from './git.ts';

/** Makes a repository with one commit from a folder's files. Its author is known to this repository alone. Fails when something is there already. */
export async function makeSampleRepository(files: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(files, folder, { recursive: true, errorOnExist: true, force: false });
  await git(folder, ['init', '--quiet', '--initial-branch=main']);
  for (const [name, value] of [['user.name', 'Robin Sample'], ['user.email', 'robin@example.com'], ['commit.gpgsign', 'false'], ['core.autocrlf', 'false']] as const) await git(folder, ['config', name, value]);
  await git(folder, ['add', '--all']);
  await git(folder, ['commit', '--quiet', '--no-verify', '--message=Start the project']);
}
