import type { Declared } from './declared.ts';

/** Half of what both are declared with must be equal. */
const alikeFrom = 0.5;

/**
 * Which of what is new is what is gone under another name: of one kind, and alike. Each is taken once, the most alike
 * first.
 */
export function renamesAmong(gone: readonly Declared[], fresh: readonly Declared[]): ReadonlyMap<Declared, Declared> {
  const pairs = gone.flatMap((old) => fresh.filter(({ type }) => type === old.type).map((now) => ({ old, now, alike: likeness(old, now) })));
  const renames = new Map<Declared, Declared>();
  const taken = new Set<Declared>();
  for (const { old, now } of pairs.filter(({ alike }) => alike >= alikeFrom).sort((a, b) => b.alike - a.alike)) {
    if (renames.has(old) || taken.has(now)) continue;
    renames.set(old, now);
    taken.add(now);
  }
  return renames;
}

/** The share of settings that are equal, from 0 to 1; two without settings are alike. */
function likeness(a: Declared, b: Declared): number {
  const [of, to] = [a.settings(), b.settings()];
  const names = new Set([...of.keys(), ...to.keys()]);
  if (names.size === 0) return 1;
  const equal = [...names].filter((name) => of.get(name)?.meaning === to.get(name)?.meaning).length;
  return equal / names.size;
}
