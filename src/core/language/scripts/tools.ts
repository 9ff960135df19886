import type { Data } from '../data/data.ts';
import type { ScriptPlaces } from '../data/places.ts';
import { machines } from './machines.ts';
import { pipelines } from './pipelines.ts';
import { projects } from './projects.ts';

const tools = [...pipelines, ...machines, ...projects];

/** The tools that run what this document holds: by the file's path, else by what the document looks like. */
export function placesOfFile(path: string, root: Data): readonly ScriptPlaces[] {
  const lowerCase = path.toLowerCase();
  const byPath = tools.filter(({ files }) => files?.test(lowerCase) === true);
  return byPath.length > 0 ? byPath : tools.filter(({ looksLike }) => looksLike?.(root) === true);
}
