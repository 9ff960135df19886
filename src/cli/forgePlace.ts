import { apiOf, type ForgeRepository } from '../core/forge/remoteUrl.ts';
import { readForgePlace } from '../node/github/announceRequest.ts';
import { UsageError } from './usageError.ts';

/** Where a remote lies at GitHub. */
export async function atForge({ root }: { readonly root: string }, remote: string): Promise<ForgeRepository> {
  const place = await readForgePlace(root, remote);
  if (place === 'elsewhere') throw new UsageError(`the remote ${JSON.stringify(remote)} is no repository at GitHub; name another: --remote NAME`);
  if (place === 'no remote') throw new UsageError(`there is no remote ${JSON.stringify(remote)}; name one: --remote NAME`);
  return place;
}

/** The token goes to no host that only a remote names: of another than GitHub's own, somebody says where its API is. */
export function baseUrlFor(host: string, given: string | undefined): string {
  const named = given ?? process.env.GITHUB_API_URL;
  if (named !== undefined && named !== '') return named;
  const usual = apiOf(host);
  if (usual !== undefined) return usual;
  throw new UsageError(`the remote lies at ${host}; say where its API is: --api-url https://${host}/api/v3`);
}
