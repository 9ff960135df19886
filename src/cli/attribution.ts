import type { AiRegion } from '../core/attribution/region.ts';
import type { GitRepository } from '../node/repository.ts';
import { warn } from './terminal.ts';

/** Who wrote what in a text of a file, by saved regions and what agents told; undefined when nothing is known. */
export async function regionsOf(repository: GitRepository, path: string, text: string): Promise<readonly AiRegion[] | undefined> {
  const { regions, told } = await repository.attribute({ path, text });
  told.forEach(warn);
  return regions;
}
