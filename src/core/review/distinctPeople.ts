import type { DecisionRecord } from './facts.ts';

interface Counting {
  readonly person: string;
  readonly record: DecisionRecord;
}

/** What counts of approvals, each person once: who signs for two people with one key is one. `sharing`: those whose every key somebody else's approval was signed with, who counts for it. */
export function distinctPeople(counting: readonly Counting[]): { readonly people: ReadonlySet<string>; readonly sharing: readonly DecisionRecord[] } {
  const keys = new Map<string, Set<string>>();
  for (const { person, record: { signature } } of counting) if (signature.isGood) keys.set(person, (keys.get(person) ?? new Set()).add(signature.keyFingerprint));
  const people = new Set<string>();
  const used = new Set<string>();
  // Who has one key alone takes it first.
  for (const [person, own] of [...keys].sort(([, one], [, other]) => one.size - other.size)) {
    const free = [...own].find((key) => !used.has(key));
    if (free === undefined) continue;
    used.add(free);
    people.add(person);
  }
  return { people, sharing: counting.flatMap(({ person, record }) => (people.has(person) ? [] : [record])) };
}
