import { OffsetRange } from '../text/offsetRange.ts';
import type { Finding } from './finding.ts';

/** A place in the same file that a reader of a finding goes to next. */
export interface RelatedPlace {
  readonly kind: 'client' | 'value';
  /** As written at the operation. */
  readonly name: string;
  /** The whole assignment. */
  readonly range: OffsetRange;
}

/** An operation names few things; the rest of a long one is data. */
const mostNames = 12;
const mostPlaces = 5;
/** UTF-16 code units before an operation in which its client may be called: `client.send(new …)`. */
const reach = 200;
const farthest = 20_000;

const makes = /\bnew\b|[Cc]lient|[Cc]onnect|[Ss]ession|\bboto3\b|\bcreate\w*\(|\bopen\(|\bPool\(/;
/** What stands in quotes is a name only as an expansion of the shell. */
const name = /(?:(?<![\w$.'"-])|(?<=["'])(?=\$))[$@]?\{?([A-Za-z_][\w$]*)/g;
const variable = /\bvar\.(\w+)/g;

/** Where the client of an operation is made, and where what it is given gets its value, as far as the assignments above it in its own file tell. In the order of the text. */
export function relatedPlaces({ range, matched }: Pick<Finding, 'range' | 'matched'>, text: string): RelatedPlace[] {
  // An editor asks after every change, for every finding: what stands farther off is not looked for.
  const from = Math.max(0, range.start - farthest);
  const before = text.slice(from, range.start);
  const [, caller] = /([A-Za-z_$][\w$]*)(?:\s*\??\.\s*[\w$]+)*\s*\(\s*$/.exec(before.slice(-reach)) ?? [];
  const names = new Set([caller, ...[...matched.matchAll(name)].map(([, each]) => each)].filter((each) => each !== undefined).filter((each) => each.length > 1).slice(0, mostNames));
  const assigned = names.size === 0 ? [] : assignmentsOf([...names], before, from);
  const declared = [...matched.matchAll(variable)].flatMap(([written, each]) => declarationOf(written, each ?? '', text) ?? []);
  return [...assigned, ...declared].sort((one, other) => one.range.start - other.range.start).slice(0, mostPlaces);
}

/** The last assignment above to each of the names. */
function assignmentsOf(names: readonly string[], before: string, from: number): RelatedPlace[] {
  const assignment = new RegExp(`(?<![\\w$.])(${names.map((each) => each.replaceAll('$', '\\$')).join('|')})\\s*(?::[^=\\n;]{1,80})?(?::=|=(?![=>]))[ \\t]*([^\\n]+)`, 'g');
  const last = new Map<string, RelatedPlace>();
  for (const { index, 0: whole, 1: written = '', 2: source = '' } of before.matchAll(assignment)) {
    const value = source.replace(/(?<![;,\s])[;,\s]+$/, '');
    last.set(written, { kind: makes.test(value) ? 'client' : 'value', name: written, range: OffsetRange.ofLength(from + index, whole.length - source.length + value.length) });
  }
  return [...last.values()];
}

/** Of a variable of Terraform's. */
function declarationOf(written: string, declared: string, text: string): RelatedPlace | undefined {
  const found = new RegExp(`^variable\\s+"${declared}"[^}]*`, 'm').exec(text);
  return found === null ? undefined : { kind: 'value', name: written, range: OffsetRange.ofLength(found.index, found[0].trimEnd().length) };
}

/** In words that stand beside the place. */
export function describeRelated({ kind, name: written, range }: RelatedPlace, text: string): string {
  const source = text.slice(range.start, range.endExclusive).replaceAll(/\s+/g, ' ');
  return kind === 'client' ? `\`${written}\` is the client: ${source}` : `\`${written}\` gets its value: ${source}`;
}
