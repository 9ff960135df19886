import { OffsetRange } from '../../text/offsetRange.ts';
import type { Value } from '../operation.ts';

/** One setting of something declared. Ranges are offsets of its file. */
export interface Setting {
  /** With the names of what it is nested in: `lifecycle.prevent_destroy`. */
  readonly name: string;
  readonly range: OffsetRange;
  readonly value: Value;
  /** What tells two values apart: the value without layout and comments, with all that is known of variables put in. */
  readonly meaning: string;
  /** The definitions elsewhere that it takes its value from, the nearest first. */
  readonly through: readonly Definition[];
}

/** Where the value of a variable or a local stands. */
export interface Definition {
  /** As it is referred to: `var.table_name`. */
  readonly name: string;
  readonly path: string;
  readonly range: OffsetRange;
  readonly meaning: string;
}

/** Something that a configuration declares: a resource, an object, a volume, a construct. */
export interface Declared {
  readonly path: string;
  /** Unique among what it is compared with. */
  readonly address: string;
  readonly type: string;
  /** All of it, and what an editor underlines to name it. */
  readonly range: OffsetRange;
  readonly header: OffsetRange;
  /** As long as it is equal, nothing about it changed. */
  readonly text: string;
  /** Whether it is a plain resource of a tool whose other classes bring defaults along. */
  readonly isPlain?: boolean;
  /** Whether it may have more settings than can be seen, as with a spread. */
  readonly hidesSettings?: boolean;
  /** By name; worked out when asked, as most of what is declared did not change. */
  settings(): ReadonlyMap<string, Setting>;
}

/** Worked out once, when first asked. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A value, with all in it, whose ranges are counted from elsewhere. */
export function shifted(value: Value, delta: number): Value {
  return {
    ...value,
    range: value.range.shift(delta),
    ...(value.elements !== undefined && { elements: value.elements.map((element) => shifted(element, delta)) }),
    ...(value.properties !== undefined && { properties: new Map([...value.properties].map(([key, property]) => [key, shifted(property, delta)])) }),
  };
}

type Place = Pick<Declared, 'address' | 'range' | 'header'>;

/** The part of a text that stands between what is declared before and after something that is gone. */
export interface Seam {
  /** What an editor can underline: what stands nearest to where it stood. */
  readonly nearest: OffsetRange;
  readonly within: OffsetRange;
}

/**
 * Where something stood that is gone from a file. `before` and `after` are what the file declared and declares around
 * it, in the order of the text; `fallback` is what can be underlined when none of it is left.
 */
export function seamOf(gone: Place, before: readonly Place[], after: readonly Place[], within: OffsetRange, fallback: OffsetRange): Seam {
  const at = before.findIndex(({ address }) => address === gone.address);
  const byAddress = new Map(after.map((each) => [each.address, each]));
  const survivor = (candidates: readonly Place[]) => candidates.map((each) => byAddress.get(each.address)).find((each) => each !== undefined);
  const previous = survivor(before.slice(0, Math.max(0, at)).reverse());
  const next = survivor(before.slice(at + 1));
  const start = previous?.range.endExclusive ?? within.start;
  const end = next?.range.start ?? within.endExclusive;
  return { nearest: previous?.header ?? next?.header ?? fallback, within: end >= start ? new OffsetRange(start, end) : OffsetRange.empty(start) };
}
