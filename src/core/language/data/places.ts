import type { Script } from '../embedded.ts';
import type { Data, Step } from './data.ts';

/** Where the files of one tool hold scripts. */
export interface ScriptPlaces {
  /** The files that the tool finds by their path, in lower case. */
  readonly files?: RegExp;
  /** Tells other files of the tool by their content. */
  readonly looksLike?: (root: Data) => boolean;
  /** By path of keys with `/` in between; `*` is any one key or index, `**` any number of them. */
  readonly places: Readonly<Record<string, ReadScript>>;
}

/** The script at a place; undefined when what stands there runs nothing, or nothing that is read. */
export type ReadScript = (found: Found) => Script | undefined;

export interface Found {
  readonly key: string | number;
  readonly data: Data;
  /** What holds it, innermost first; the last is the root. */
  readonly parents: readonly Data[];
}

/** The outermost value on the way to an offset that is a script, with the keys that lead there. */
export function scriptAt(root: Data, steps: readonly Step[], tools: readonly ScriptPlaces[]): { script: Script; address: string[] } | undefined {
  for (let length = 1; length <= steps.length; length++) {
    const way = steps.slice(0, length);
    const last = way.at(-1);
    if (last === undefined) continue;
    const parents = [...way.slice(0, -1).reverse().map((step) => step.data), root];
    for (const { places } of tools) {
      const place = Object.keys(places).find((each) => matches(each.split('/'), way));
      const script = place === undefined ? undefined : places[place]?.({ key: last.key, data: last.data, parents });
      if (script !== undefined) return { script, address: addressOf(way) };
    }
  }
  return undefined;
}

function matches(pattern: readonly string[], steps: readonly Step[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return steps.length === 0;
  if (first === '**') return steps.some((_, index) => matches(rest, steps.slice(index))) || matches(rest, []);
  const [step, ...others] = steps;
  return step !== undefined && (first === '*' || first === step.key) && matches(rest, others);
}

/** Keys only: an index says nothing once an item is added before it. */
function addressOf(steps: readonly Step[]): string[] {
  return steps.flatMap(({ key }) => (typeof key === 'string' ? [key] : []));
}
