import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf } from '../core/text/messageOf.ts';
import { RepositoryError } from './git.ts';

/** A new folder for files of a moment, whose name begins with `firebreak-`; whoever asked for it takes it away. */
export async function temporaryFolder(): Promise<string> {
  try {
    return await mkdtemp(path.join(tmpdir(), 'firebreak-'));
  } catch (error) {
    throw new RepositoryError(`no folder for temporary files could be made in ${tmpdir()} (${messageOf(error)}); have TMPDIR name one that is there, has room and can be written, and try again`);
  }
}
