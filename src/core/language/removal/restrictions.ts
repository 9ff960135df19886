/** A line by which what refers to a row is deleted with it now, where it was kept or kept the row from being deleted. */
export interface RestrictionLost {
  /** The line as it is now, without what sets it in. */
  readonly line: string;
  /** What was there, as written. */
  readonly source: string;
}

/** How what is to happen to what refers to a row is written, in SQL and by object-relational mappers; the last group is the deed. */
const action =
  /\b(on[\s_]*delete["'`]?\s*(?:[:=]+>?|\(|,|\s)\s*(?:=>\s*)?["'`:]?(?:models\.|db\.|ForeignKeyAction\.|ReferentialAction\.|ReferenceOption\.)?)(restrict|no[\s_]?action|set[\s_]?null|set[\s_]?default|protect|do_nothing|nullify|cascade)\b|\b(dependent:\s*:)(restrict_with_error|restrict_with_exception|nullify|destroy|delete_all|delete|destroy_async)\b|\b(DeleteBehavior\.|OnDeleteAction\.)(Restrict|NoAction|ClientSetNull|SetNull|ClientNoAction|Cascade|ClientCascade)\b|(->)(restrictOnDelete|nullOnDelete|noActionOnDelete|cascadeOnDelete)\b/gi;
const takesAlong = /^(?:cascade|destroy|delete_all|delete|destroy_async|clientcascade|cascadeondelete)$/i;

/** What takes the rest along without saying so of the rest: an option that is on. */
const added = /(?<!\s),?\s*\b(?:orphanRemoval\s*=\s*true|cascade\s*=\s*(?:\{[^}]*)?CascadeType\.(?:ALL|REMOVE)\}?|cascade\s*=\s*["'][^"']{0,200}(?:delete-orphan|delete|all)[^"']{0,200}["'])/;

/** @returns by lines that went and came */
export function restrictionsLost(gone: readonly string[], come: readonly string[]): RestrictionLost[] {
  const had = new Map<string, string[]>();
  for (const line of gone) {
    const { shape, deeds } = read(line);
    if (deeds.length > 0) had.set(shape, deeds);
  }
  const plain = new Set(gone.map(withoutAdded));
  return come.flatMap((line) => {
    const { shape, deeds } = read(line);
    const before = had.get(shape);
    const at = deeds.findIndex((deed, index) => takesAlong.test(deed) && before?.[index] !== undefined && !takesAlong.test(before[index]));
    if (at !== -1) return [{ line, source: before?.[at] ?? '' }];
    const isAdded = added.test(line) || (takesReferring(line) && before === undefined);
    const bare = withoutAdded(line);
    return isAdded && bare !== line.replace(/[\s,]+/g, '') && plain.has(bare) ? [{ line, source: bare === '' ? line : 'what stood there' }] : [];
  });
}

function read(line: string): { readonly shape: string; readonly deeds: string[] } {
  const deeds: string[] = [];
  const shape = line.replace(action, (...match: (string | undefined)[]) => {
    const [, ...groups] = match;
    const at = [1, 3, 5, 7].find((index) => groups[index] !== undefined) ?? 1;
    deeds.push(groups[at] ?? '');
    return `${(groups[at - 1] ?? '').replace(/\s+/g, ' ')}#`;
  });
  return { shape: shape.replace(/\s+/g, ' '), deeds };
}

function takesReferring(line: string): boolean {
  const at = line.search(/\breferences\b/i);
  return at !== -1 && /\bon\s+delete\s+cascade\b/i.test(line.slice(at));
}

function withoutAdded(line: string): string {
  return line.replace(added, '').replace(/(?<!\s)\s*\bon\s+delete\s+cascade\b/i, '').replace(/[\s,]+/g, '');
}
