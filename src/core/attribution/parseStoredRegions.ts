import * as z from 'zod/mini';
import { OffsetRange } from '../text/offsetRange.ts';
import { type StoredRegions, textLimit } from './storedRegions.ts';

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
