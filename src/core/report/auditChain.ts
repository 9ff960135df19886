import * as z from 'zod/mini';
import type { Digest } from '../check/fingerprint.ts';
import type { AuditEntry } from './audit.ts';
import { isAhead } from '../review/clocks.ts';
import { inertJson } from '../review/inert.ts';

/** Where a chain begins: the first line names the digest of this. */
export const genesis = 'firebreak-audit-v1';

/** Told in the first line. */
export interface AuditHead {
  readonly version: string;
  readonly targetRef: string;
  /** The target's tip. */
  readonly commit: string;
  /** Of the default branch, where it had other rules, by which what is suppressed on this one was looked for too. */
  readonly usual?: string;
  /** What was judged again of the branch's history. */
  readonly history: JudgedStretch;
  /** RFC 3339: the latest moment of an entry, of those that were not ahead of the clock of who made the audit; absent where none was ahead. */
  readonly latest?: string;
}

/** What the first line has to say where something is dated ahead: such a date tells nothing of when the audit was made. @param now milliseconds since 1970 */
export function latestOf(entries: readonly AuditEntry[], now: number): Pick<AuditHead, 'latest'> {
  const moments = entries.flatMap((entry) => ('at' in entry ? [entry.at] : []));
  const past = moments.filter((at) => !isAhead(Date.parse(at), now)).sort((one, other) => Date.parse(one) - Date.parse(other));
  const latest = past.at(-1);
  return past.length === moments.length || latest === undefined ? {} : { latest };
}

export interface JudgedStretch {
  /** The commit after which it begins; absent when there was nothing to judge by. */
  readonly from?: string;
  readonly commits: number;
  /** Pushes that the gate's own log has, which were not judged again. */
  readonly logged: number;
}

/**
 * The entries as lines of JSON of which each names the SHA-256 of the one before, without its line end; the last line says how many there are, so that none can be cut
 * off unseen. Whoever can write the file can also write another one: what cannot be changed later is a file whose last digest is kept elsewhere.
 */
export function chainOf(entries: readonly AuditEntry[], head: AuditHead, digest: Digest): { readonly lines: readonly string[]; readonly digest: string } {
  let previous = digest(genesis);
  const lines: string[] = [];
  const add = (content: object) => {
    const line = inertJson({ n: lines.length, previous, ...content });
    lines.push(line);
    previous = digest(line);
  };
  add({ genesis, ...head });
  for (const entry of entries) add({ entry });
  add({ end: true, entries: entries.length });
  return { lines, digest: previous };
}

const link = { n: z.int(), previous: z.string() };
const firstLine = z.strictObject({ ...link, genesis: z.literal(genesis), version: z.string(), targetRef: z.string(), commit: z.string(), usual: z.exactOptional(z.string()), history: z.strictObject({ from: z.exactOptional(z.string()), commits: z.int(), logged: z.int() }), latest: z.exactOptional(z.string()) });
const kinds = ['requested', 'flagged', 'decided', 'bypassed', 'uncertain', 'suppressed', 'refused', 'unreadable'] as const satisfies readonly AuditEntry['kind'][];
const entryLine = z.strictObject({ ...link, entry: z.looseObject({ kind: z.string() }) });
const lastLine = z.strictObject({ ...link, end: z.literal(true), entries: z.int() });
const signed = z.looseObject({ kind: z.enum(['decided', 'bypassed']), id: z.string(), request: z.string(), decision: z.string(), reviewer: z.string(), at: z.string(), reason: z.string(), targetRef: z.string(), head: z.string(), expires: z.string(), fingerprints: z.array(z.string()), signatureIsGood: z.boolean(), record: z.string(), signature: z.string() });

const landed = z.looseObject({ kind: z.enum(['bypassed', 'uncertain']), at: z.string(), targetRef: z.string(), base: z.string(), commit: z.string(), committer: z.string(), what: z.string(), because: z.array(z.string()), unless: z.array(z.string()), fingerprint: z.exactOptional(z.string()) });

export type SignedEntry = z.infer<typeof signed>;
/** What came past the gate, or may have: not signed by anybody, and shown by the history. */
export type LandedEntry = z.infer<typeof landed>;

/** What is wrong with an audit. `line`: 1-based; absent of what is in no line of it. */
export interface AuditFault {
  readonly line?: number;
  readonly why: string;
}

/** Where it is, in front of what it is. */
export function placed({ line }: Pick<AuditFault, 'line'>): string {
  return line === undefined ? '' : `line ${line}: `;
}

export interface CheckedChain {
  readonly faults: readonly AuditFault[];
  readonly entryCount: number;
  readonly entries: readonly { readonly line: number; readonly entry: Readonly<Record<string, unknown>> & { readonly kind: string } }[];
  /** The latest moment that an entry names and that is not told as ahead: milliseconds since 1970. */
  readonly latest: number;
  /** The first line, when it is one. */
  readonly head: AuditHead | undefined;
  readonly signed: readonly { readonly line: number; readonly entry: SignedEntry }[];
  readonly landed: readonly { readonly line: number; readonly entry: LandedEntry }[];
  /** Of the last line. */
  readonly digest: string;
}

/** Follows the chain, whoever wrote the file. */
export function checkChain(text: string, digest: Digest): CheckedChain {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const faults: AuditFault[] = [];
  const entries: CheckedChain['entries'][number][] = [];
  const found: { line: number; entry: SignedEntry }[] = [];
  const past: { line: number; entry: LandedEntry }[] = [];
  let [previous, head, next] = [digest(genesis), undefined as AuditHead | undefined, 0];
  for (const [index, line] of lines.entries()) {
    const fault = (why: string) => faults.push({ line: index + 1, why });
    const value = parsed(line);
    const isLast = index === lines.length - 1;
    const read = (index === 0 ? firstLine : isLast ? lastLine : entryLine).safeParse(value);
    if (!read.success) fault(index === 0 ? `it is not the beginning of an audit; that names ${genesis}` : isLast ? 'it does not end the audit: lines were cut off' : 'it is no entry of an audit');
    else {
      // Told once where lines are missing, and not of each that follows.
      if (read.data.n !== next) fault(`it is numbered ${read.data.n}, and ${next} comes here`);
      next = read.data.n;
      if (read.data.previous !== previous) fault('the line before it is not the one that it names: something was changed, taken out or put in');
      if ('genesis' in read.data) head = read.data;
      if ('entries' in read.data && read.data.entries !== entries.length) fault(`it says that there are ${read.data.entries} entries, and there are ${entries.length}`);
      if ('entry' in read.data) {
        const { kind } = read.data.entry;
        entries.push({ line: index + 1, entry: read.data.entry });
        if (!kinds.some((known) => known === kind)) fault(`it tells of something that is ${JSON.stringify(kind)}, which Firebreak${head === undefined ? '' : ` ${head.version}`} tells of in no audit that this one can read`);
        const entry = signed.safeParse(read.data.entry);
        const ofHistory = landed.safeParse(read.data.entry);
        if (entry.success) found.push({ line: index + 1, entry: entry.data });
        else if (ofHistory.success && !('decision' in read.data.entry)) past.push({ line: index + 1, entry: ofHistory.data });
        else if (kind === 'decided' || kind === 'bypassed') fault('it is a decision without what was signed');
      }
    }
    next++;
    previous = digest(line);
  }
  if (lines.length < 2) faults.push({ why: 'an audit has a first and a last line' });
  const moments = entries.flatMap(({ entry: { at } }) => (typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? [Date.parse(at)] : []));
  const told = head?.latest === undefined ? undefined : Date.parse(head.latest);
  if (told !== undefined && !moments.includes(told)) faults.push({ line: 1, why: `it names ${head?.latest ?? ''} as the latest moment that it tells of, and no entry is of then` });
  return { faults, entryCount: entries.length, entries, latest: told ?? Math.max(0, ...moments), head, signed: found, landed: past, digest: previous };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
