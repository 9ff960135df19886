import { type ForgeRepository, parseRemoteUrl } from '../core/forge/remoteUrl.ts';
import { gitAnswer } from '../node/git.ts';
import { UsageError } from './usageError.ts';

/** Where a remote lies at GitHub. */
export async function atForge({ root }: { readonly root: string }, remote: string): Promise<ForgeRepository> {
  const { stdout, exitCode } = await gitAnswer(root, ['remote', 'get-url', '--', remote], { answers: [2, 128] });
  const url = stdout.toString('utf8').trim();
  const place = exitCode === 0 ? parseRemoteUrl(url) : undefined;
  if (place === undefined) throw new UsageError(exitCode === 0 ? `the remote ${JSON.stringify(remote)} is no repository at GitHub; name another: --remote NAME` : `there is no remote ${JSON.stringify(remote)}; name one: --remote NAME`);
  return place;
}

/** The token goes to no host that only a remote names: of another than GitHub's own, somebody says where its API is. */
export function baseUrlFor(host: string, given: string | undefined): string {
  const named = given ?? process.env.GITHUB_API_URL;
  if (named !== undefined && named !== '') return named;
  if (host === 'github.com' || host === 'ssh.github.com') return 'https://api.github.com';
  throw new UsageError(`the remote lies at ${host}; say where its API is: --api-url https://${host}/api/v3`);
}
