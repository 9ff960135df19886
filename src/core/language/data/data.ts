import type { OffsetRange } from '../../text/offsetRange.ts';
import type { DecodedText } from '../decodedText.ts';

/**
 * A value of a YAML or JSON document. What is in it is read from the tree when it is asked for: use it before the text
 * changes. An alias is the value it stands for, with that value's range; a few lines of aliases can stand for
 * gigabytes, so whoever walks all of a document counts how far they went.
 */
export type Data = DataMap | DataList | DataScalar;

interface DataBase {
  readonly range: OffsetRange;
  /** Of YAML, as written: `!Ref`, `!!binary`. */
  readonly tag?: string | undefined;
}

export interface DataMap extends DataBase {
  readonly kind: 'map';
  /** In the order of the text; behind them what merge keys (`<<`) bring that is not set here. */
  readonly entries: readonly DataEntry[];
}

export interface DataEntry {
  readonly key: string;
  readonly keyRange: OffsetRange;
  /** Key and value. */
  readonly range: OffsetRange;
  readonly value: Data;
}

export interface DataList extends DataBase {
  readonly kind: 'list';
  readonly items: readonly Data[];
}

export interface DataScalar extends DataBase {
  readonly kind: 'scalar';
  /** As a string, whatever it is, with the way back to the file. */
  readonly code: DecodedText;
  /** As the type that its language gives it: `"1"` is a string and `1` a number. */
  readonly constant: string | number | boolean | null;
}

export function entryOf(data: Data | undefined, key: string): DataEntry | undefined {
  return data?.kind === 'map' ? data.entries.find((entry) => entry.key === key) : undefined;
}

/** The value below some keys; undefined when there is none. */
export function valueAt(data: Data | undefined, ...keys: readonly string[]): Data | undefined {
  return keys.reduce((at: Data | undefined, key) => entryOf(at, key)?.value, data);
}

export function hasKey(data: Data | undefined, ...keys: readonly string[]): boolean {
  return keys.some((key) => entryOf(data, key) !== undefined);
}

/** The text of a scalar; undefined for what is none. */
export function textOf(data: Data | undefined): string | undefined {
  return data?.kind === 'scalar' ? data.code.text : undefined;
}

/** One value on the way from a document's root, with its key or index in the one before. */
export interface Step {
  readonly key: string | number;
  readonly data: Data;
}

/** The values that hold an offset, outermost first, without the document's root. */
export function stepsTo(root: Data, offset: number): readonly Step[] {
  const steps: Step[] = [];
  for (let data: Data | undefined = root; data !== undefined; ) {
    const step = stepInto(data, offset);
    if (step !== undefined) steps.push(step);
    data = step?.data;
  }
  return steps;
}

function stepInto(data: Data, offset: number): Step | undefined {
  const holds = ({ start, endExclusive }: OffsetRange) => start <= offset && offset <= endExclusive;
  if (data.kind === 'map') {
    const entry = data.entries.find(({ range, value }) => holds(range) && holds(value.range));
    return entry && { key: entry.key, data: entry.value };
  }
  if (data.kind === 'scalar') return undefined;
  const index = data.items.findIndex(({ range }) => holds(range));
  const item = data.items[index];
  return item && { key: index, data: item };
}
