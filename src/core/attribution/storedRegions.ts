import * as z from 'zod/mini';
import { OffsetRange } from '../text/offsetRange.ts';
import type { AiRegion } from './region.ts';

/** Which text regions belong to. `digest` is the caller's; `length` in UTF-16 code units. */
export interface TextId {
  readonly digest: string;
  readonly length: number;
}

/** The regions of one file, for the texts that it was last seen with, the newest first: a checkout and back finds its regions again. */
export interface StoredRegions {
  readonly path: string;
  readonly texts: readonly StoredText[];
}

export interface StoredText extends TextId {
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly regions: readonly AiRegion[];
  /** Of the newest text alone: what somebody else made of it since is told apart by comparing. */
  readonly text?: string;
}

const textLimit = 16;
/** UTF-16 code units; longer texts are known by their digest alone. */
const keptTextLimit = 1_000_000;

const name = z.string().check(z.minLength(1));
const count = z.number().check(z.int(), z.nonnegative());

const aRegion = z.strictObject({
  start: count,
  endExclusive: count,
  insertionId: name,
  origin: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ai'), tool: name, model: z.exactOptional(name), session: z.exactOptional(name) }),
    z.strictObject({ kind: z.literal('unknown') }),
  ]),
  evidence: z.enum(['reported', 'observed', 'inferred']),
  insertedAt: count,
  removedText: z.exactOptional(name),
});

const file = z.strictObject({
  version: z.literal(1),
  path: name,
  texts: z
    .array(z.strictObject({ digest: name, length: count, savedAt: count, regions: z.array(aRegion), text: z.exactOptional(z.string()) }))
    .check(z.maxLength(textLimit)),
});

/** From the parsed JSON of a file; an `error` says what is wrong and where. */
export function parseStoredRegions(value: unknown): StoredRegions | { readonly error: string } {
  const parsed = z.safeParse(file, value);
  if (!parsed.success) return { error: firstIssue(parsed.error) };
  for (const [index, text] of parsed.data.texts.entries()) {
    const fault = faultOf(text);
    if (fault !== undefined) return { error: `texts.${index}.${fault}` };
  }
  const texts = parsed.data.texts.map((text) => ({
    ...text,
    regions: text.regions.map(({ start, endExclusive, ...rest }) => ({ range: new OffsetRange(start, endExclusive), ...rest })),
  }));
  return { path: parsed.data.path, texts };
}

export function serializeRegions({ path, texts }: StoredRegions): string {
  const flat = texts.map((text) => ({ ...text, regions: text.regions.map(({ range, ...rest }) => ({ start: range.start, endExclusive: range.endExclusive, ...rest })) }));
  return JSON.stringify({ version: 1, path, texts: flat });
}

/** The regions of exactly this text; undefined when it is not among those stored. */
export function regionsFor(stored: StoredRegions, text: TextId): readonly AiRegion[] | undefined {
  return stored.texts.find(({ digest, length }) => digest === text.digest && length === text.length)?.regions;
}

/** With this text as the newest one; the oldest of too many is forgotten. `now` in milliseconds since 1970. */
export function withRegions(stored: StoredRegions, text: TextId & { readonly text?: string }, regions: readonly AiRegion[], now: number): StoredRegions {
  const others = stored.texts.filter(({ digest }) => digest !== text.digest).map(({ text: _text, ...other }) => other);
  return { path: stored.path, texts: [storedText(text, regions, now), ...others].slice(0, textLimit) };
}

/** The text itself is left out where there is nothing to find again in what becomes of it, and where it is long. */
export function storedText({ digest, length, text }: TextId & { readonly text?: string }, regions: readonly AiRegion[], now: number): StoredText {
  const isKept = text !== undefined && regions.length > 0 && length <= keptTextLimit;
  return { digest, length, savedAt: now, regions, ...(isKept && { text }) };
}

function faultOf({ length, regions, text }: z.infer<typeof file>['texts'][number]): string | undefined {
  if (text !== undefined && text.length !== length) return 'text: has another length than it says';
  let end = 0;
  for (const [index, { start, endExclusive, removedText }] of regions.entries()) {
    const fault =
      endExclusive < start ? 'ends before it starts'
      : endExclusive > length ? 'ends behind the text'
      : start < end ? 'overlaps the one before, or is not sorted'
      : (start === endExclusive) !== (removedText !== undefined) ? 'is empty and marks no deletion, or marks one and is not empty'
      : removedText?.trim() === '' ? 'marks the deletion of blanks'
      : undefined;
    if (fault !== undefined) return `regions.${index}: ${fault}`;
    end = endExclusive;
  }
  return undefined;
}

function firstIssue({ issues: [issue] }: z.core.$ZodError): string {
  if (issue === undefined) return 'not stored regions';
  const keys = issue.code === 'unrecognized_keys' ? ` ${issue.keys.join(', ')}` : '';
  return `${['', ...issue.path].join('.').slice(1) || 'the file'}: ${issue.code.replaceAll('_', ' ')}${keys}`;
}
