import * as z from 'zod/mini';
import type { AuthoredText, LineAuthor } from './authoredText.ts';
import { unknown } from './authoredText.ts';
import { contentHash } from './contentHash.ts';
import { type LineRange, rangesOf } from './lineRanges.ts';

const line = z.number().check(z.int(), z.positive());
const contributor = z.looseObject({ type: z.enum(['human', 'ai', 'mixed', 'unknown']), model_id: z.optional(z.string().check(z.maxLength(250))) });
const range = z.looseObject({ start_line: line, end_line: line, content_hash: z.optional(z.string()), contributor: z.optional(contributor) }).check(z.refine((each) => each.start_line <= each.end_line, 'it ends before it starts'));
const record = z.looseObject({
  version: z.string().check(z.regex(/^[01]\.\d+(?:\.\d+)?$/)),
  id: z.uuid(),
  timestamp: z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'it is no time')),
  vcs: z.optional(z.looseObject({ type: z.enum(['git', 'jj', 'hg', 'svn']), revision: z.string() })),
  tool: z.optional(z.looseObject({ name: z.string(), version: z.optional(z.string()) })),
  files: z.array(
    z.looseObject({
      path: z.string(),
      conversations: z.array(z.looseObject({ url: z.optional(z.string()), contributor: z.optional(contributor), ranges: z.array(range) })),
    }),
  ),
});

/** A record of Agent Trace 0.1.0; what is not known here is kept. */
export type TraceRecord = z.infer<typeof record>;

/** The records of a `traces.jsonl`, and the lines that are none, with the reason; lines from 1. */
export function parseTraces(text: string): { readonly records: readonly TraceRecord[]; readonly faults: readonly { readonly line: number; readonly why: string }[] } {
  const records: TraceRecord[] = [];
  const faults: { line: number; why: string }[] = [];
  for (const [index, written] of text.split('\n').entries()) {
    if (written.trim() === '') continue;
    const parsed = parseTrace(written);
    if (typeof parsed === 'string') faults.push({ line: index + 1, why: parsed });
    else records.push(parsed);
  }
  return { records, faults };
}

function parseTrace(written: string): TraceRecord | string {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return 'it is not JSON';
  }
  const parsed = z.safeParse(record, value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join('.') ?? 'the record'}: ${(issue?.code === 'custom' ? issue.message : issue?.code.replaceAll('_', ' ')) ?? 'is no trace'}`;
}

export interface TraceInit {
  /** A UUID. */
  readonly id: string;
  readonly timestamp: Date;
  readonly path: string;
  /** The commit whose text it is about; undefined for a text that is in none. */
  readonly revision: string | undefined;
  readonly toolVersion: string;
}

/** Who wrote a text, as a record: a conversation for each session, and one for what is of unknown origin. Lines that nobody saw are left out. */
export function traceOf({ lines, authors }: Pick<AuthoredText, 'lines' | 'authors'>, { id, timestamp, path, revision, toolVersion }: TraceInit): TraceRecord {
  const conversations = new Map<string, { author: LineAuthor; lines: number[] }>();
  for (const [at, author] of authors.entries()) {
    if (author.kind !== 'ai' && author.kind !== 'unknown') continue;
    const key = author.kind === 'ai' ? JSON.stringify([author.origin, author.evidence]) : '';
    const known = conversations.get(key) ?? { author, lines: [] };
    conversations.set(key, known);
    known.lines.push(at + 1);
  }
  return {
    version: '0.1.0',
    id,
    timestamp: timestamp.toISOString(),
    ...(revision !== undefined && { vcs: { type: 'git', revision } }),
    tool: { name: 'firebreak', version: toolVersion },
    files: [{ path, conversations: [...conversations.values()].map(({ author, lines: written }) => conversationOf(author, rangesOf(written), lines)) }],
  };
}

function conversationOf(author: LineAuthor, ranges: readonly LineRange[], lines: readonly string[]) {
  const written = ranges.map(({ first, last }) => ({ start_line: first, end_line: last, content_hash: contentHash(lines.slice(first - 1, last)) }));
  if (author.kind !== 'ai') return { contributor: { type: 'unknown' as const }, ranges: written };
  const { origin, evidence } = author;
  return {
    contributor: { type: 'ai' as const, ...(origin.model !== undefined && { model_id: origin.model.slice(0, 250) }) },
    ranges: written,
    metadata: { 'firebreak.tool': origin.tool, 'firebreak.evidence': evidence, ...(origin.session !== undefined && { 'firebreak.session': origin.session }) },
  };
}

/**
 * The lines of a text that records about it name; from 0. A range with a hash counts where it is the text's, and one of a kind that is not known never; a
 * record that names no revision speaks of any text that has its hashes.
 * @param onMisfit told of a range that the text of its revision has not
 */
export function readTraces(records: readonly TraceRecord[], { path, revision, lines }: { readonly path: string; readonly revision: string; readonly lines: readonly string[] }, onMisfit: (why: string) => void = () => undefined): ReadonlyMap<number, LineAuthor> {
  const named = new Map<number, LineAuthor>();
  for (const { vcs, tool, files } of records) {
    if (vcs !== undefined && (vcs.type !== 'git' || vcs.revision !== revision)) continue;
    for (const file of files) {
      if (file.path !== path) continue;
      for (const { contributor: all, ranges, metadata } of file.conversations) {
        for (const { start_line: first, end_line: last, content_hash: hash, contributor: own } of ranges) {
          if (last > lines.length && vcs !== undefined) onMisfit(`lines ${first}-${last} of ${JSON.stringify(path)} at ${revision.slice(0, 12)}, which has ${lines.length}`);
          if (last > lines.length || (hash === undefined ? vcs === undefined : hash !== contentHash(lines.slice(first - 1, last)))) continue;
          const author = authorOf(own ?? all, { tool: tool?.name, metadata });
          for (let at = first - 1; at < last; at++) if (author !== undefined) named.set(at, author);
        }
      }
    }
  }
  return named;
}

function authorOf(told: z.infer<typeof contributor> | undefined, { tool, metadata }: { readonly tool: string | undefined; readonly metadata: unknown }): LineAuthor | undefined {
  if (told === undefined || told.type === 'human') return undefined;
  if (told.type === 'unknown') return unknown;
  const field = (key: string) => {
    const value = typeof metadata === 'object' && metadata !== null && Object.hasOwn(metadata, key) ? (metadata as Record<string, unknown>)[key] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [session, evidence] = [field('firebreak.session'), field('firebreak.evidence')];
  const origin = { kind: 'ai', tool: field('firebreak.tool') ?? tool ?? 'unknown', ...(told.model_id !== undefined && { model: told.model_id }), ...(session !== undefined && { session }) } as const;
  return { kind: 'ai', origin, evidence: evidence === 'observed' || evidence === 'inferred' ? evidence : 'reported' };
}
