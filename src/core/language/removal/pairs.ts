import type { KnownCall, PlacedCall } from './callIndex.ts';

/** Calls of the text before, each to be taken once by the call after that it became: in the same function first. */
export class Pairs {
  private readonly byKey = new Map<string, number[]>();

  constructor(private readonly calls: readonly PlacedCall[]) {
    for (const [index, { call }] of calls.entries()) {
      for (const key of keysOf(call)) {
        const known = this.byKey.get(key);
        if (known === undefined) this.byKey.set(key, [index]);
        else known.push(index);
      }
    }
  }

  taking(): (call: KnownCall) => PlacedCall | undefined {
    const taken = new Set<number>();
    const firstLeft = new Map<string, number>();
    return (call) => {
      for (const key of keysOf(call)) {
        const indices = this.byKey.get(key);
        if (indices === undefined) continue;
        let next = firstLeft.get(key) ?? 0;
        while (next < indices.length && taken.has(indices[next] ?? 0)) next++;
        firstLeft.set(key, next);
        const index = indices[next];
        if (index === undefined) continue;
        taken.add(index);
        return this.calls[index];
      }
      return undefined;
    };
  }
}

const keys = new WeakMap<KnownCall, readonly string[]>();

/** What a call is found again by, the surest first. */
function keysOf(call: KnownCall): readonly string[] {
  let known = keys.get(call);
  if (known === undefined) {
    const { callee, address } = call;
    const lastName = /([\w$!?]+)\W*$/.exec(callee)?.[1] ?? callee;
    const inFunction = address.join(' ');
    keys.set(call, (known = [`${callee}\n${inFunction}`, `${lastName}\n\n${inFunction}`, callee]));
  }
  return known;
}
