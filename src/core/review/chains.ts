import type { DecisionRecord } from './facts.ts';

/** Which of the decisions came after which: they form trees, by the digest that each gives of its reviewer's one before. */
export interface Chains {
  /** Whether one comes before another on its chain. */
  readonly isBefore: (earlier: DecisionRecord, later: DecisionRecord) => boolean;
  /** A way to ask whether one of some comes after a decision on its chain; each answer costs the logarithm of how many there are. */
  readonly followersAmong: (some: readonly DecisionRecord[]) => (record: DecisionRecord) => boolean;
}

interface Place {
  /** Of the walk over its tree, in which all that follow a decision are met between both numbers. */
  readonly from: number;
  until: number;
}

/** One walk over all: what a chain is asked later costs no more for being long. Anybody whose key counts can make it as long as they like. */
export function chainsOf(records: readonly DecisionRecord[]): Chains {
  const byDigest = new Map(records.map((record) => [record.sha256, record]));
  const roots: DecisionRecord[] = [];
  const next = new Map<DecisionRecord, DecisionRecord[]>();
  for (const record of records) {
    const previous = before(record, byDigest);
    const siblings = previous === undefined ? roots : (next.get(previous) ?? []);
    siblings.push(record);
    if (previous !== undefined) next.set(previous, siblings);
  }
  const places = new Map<DecisionRecord, Place>();
  let at = 0;
  for (const root of roots) {
    const open = [root];
    for (let record = open.at(-1); record !== undefined; record = open.at(-1)) {
      const place = places.get(record);
      if (place === undefined) {
        places.set(record, { from: at++, until: at });
        open.push(...(next.get(record) ?? []));
      } else {
        open.pop();
        place.until = at;
      }
    }
  }
  const followersAmong = (some: readonly DecisionRecord[]) => {
    const met = some.flatMap((record) => places.get(record)?.from ?? []).sort((one, other) => one - other);
    return (record: DecisionRecord) => {
      const { from, until } = places.get(record) ?? { from: 0, until: 0 };
      const first = met[firstOver(met, from)];
      return first !== undefined && first < until;
    };
  };
  return {
    isBefore: (earlier, later) => {
      const [outer, inner] = [places.get(earlier), places.get(later)];
      return outer !== undefined && inner !== undefined && outer.from < inner.from && inner.from < outer.until;
    },
    followersAmong,
  };
}

/** The index of the first number over another, in a list in order. */
function firstOver(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

function before({ decision: { previous, reviewer } }: DecisionRecord, byDigest: ReadonlyMap<string, DecisionRecord>): DecisionRecord | undefined {
  const found = previous === undefined ? undefined : byDigest.get(previous.sha256);
  return found?.decision.reviewer === reviewer ? found : undefined;
}
