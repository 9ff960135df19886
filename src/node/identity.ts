import { git, RepositoryError } from './git.ts';

/** Everything that is written into a repository is a commit of somebody's. Throws where git cannot say whose. */
export async function holdToIdentity(root: string): Promise<void> {
  await git(root, ['var', 'GIT_COMMITTER_IDENT']).catch(() => {
    throw new RepositoryError('git does not know who you are; say it: git config --global user.name "Your Name" and git config --global user.email you@example.com');
  });
}
