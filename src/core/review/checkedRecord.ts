/** A record, what can be said of it, and what is wrong with it. `isOver`: its signature was good, and would not count today. */
export interface CheckedRecord {
  readonly ref: string;
  readonly said: readonly string[];
  readonly faults: readonly string[];
  readonly isOver?: true;
}

/** Records that were checked again, in words; none of the texts is inert. */
export interface WordedCheck {
  readonly records: readonly { readonly state: 'good' | 'was good' | 'not good'; readonly ref: string; readonly lines: readonly string[] }[];
  readonly bad: number;
  /** What to do, where something is not good, and what it comes to. */
  readonly summary: readonly string[];
}

export function wordChecked(checked: readonly CheckedRecord[]): WordedCheck {
  const records = checked.map(({ ref, said, faults, isOver = false }) => ({ state: faults.length > 0 ? ('not good' as const) : isOver ? ('was good' as const) : ('good' as const), ref, lines: [...said, ...faults] }));
  const countOf = (wanted: WordedCheck['records'][number]['state']) => records.filter(({ state }) => state === wanted).length;
  const [bad, over] = [countOf('not good'), countOf('was good')];
  const judged = records.length === 0 ? '' : bad > 0 ? `, ${bad} not good` : over > 0 ? `, none bad, of which ${over} would not count today` : ', all good';
  return { records, bad, summary: [...(bad > 0 ? ['What is not good counts for nothing: have whoever decided it decide again, firebreak approve ID --as WHO --reason "…".'] : []), `${records.length} ${records.length === 1 ? 'record' : 'records'}${judged}`] };
}
