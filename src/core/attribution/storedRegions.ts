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

export const textLimit = 16;
/** UTF-16 code units; longer texts are known by their digest alone. */
const keptTextLimit = 1_000_000;

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

/** The text itself is left out where it is long. */
export function storedText({ digest, length, text }: TextId & { readonly text?: string }, regions: readonly AiRegion[], now: number): StoredText {
  const isKept = text !== undefined && length <= keptTextLimit;
  return { digest, length, savedAt: now, regions, ...(isKept && { text }) };
}
