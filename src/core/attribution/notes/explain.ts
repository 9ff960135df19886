import { alignLines, isBare, type Origin, wordsOf } from './alignLines.ts';
import { keptFrom, patchedFrom } from './samePatch.ts';
import { type AuthoredText, type Deletion, type LineAuthor, unknown, unseen } from './authoredText.ts';

/** Another text; `isLater`: edits that were told lead to it from a parent's, or it was committed upon a parent. */
export interface Relative extends AuthoredText {
  readonly isLater?: boolean;
  /** Of a commit that was rewritten or picked: the lines that it was made of. */
  readonly base?: readonly string[];
}

/**
 * The authors of a text that came of others: of its parents, which it was made from, and of relatives, such as the commit that it was picked from or what stood
 * on disk, which go before. The first source that tells a line for sure decides, and one that knows before one that does not. Where a line that stands several
 * times can have come from lines of several authors it is `unseen`, as is what no source has, and a bare line about which the sources differ.
 */
export function explain(lines: readonly string[], parents: readonly AuthoredText[], relatives: readonly Relative[] = [], originsIn = alignedWith(lines)): AuthoredText {
  const sources: readonly Relative[] = [...relatives, ...parents];
  if (sources.every(isUntold)) return { lines, authors: lines.map(() => unseen), deletions: [] };
  const known = sources.map((source) => ({ source, origins: originsIn(source.lines), isParent: parents.includes(source) }));
  const authors = lines.map((line, at) => {
    const told = isBare(line) ? known.filter((each) => !isAlone(at, each, known)) : known;
    const traces = told.map(({ source, origins, isParent }) => ({ lines: source.lines, authors: source.authors, origin: origins[at] ?? nothing, isParent, isLater: source.isLater === true }));
    return isBare(line) ? authorOfBare(line, traces) : authorOf(line, traces);
  });
  for (const [at, author] of carriedOver(lines, parents, relatives)) authors[at] = author;
  return { lines, authors, deletions: deletionsAfter(lines, known) };
}

interface KnownOrigins {
  readonly source: Relative;
  readonly origins: readonly Origin[];
  readonly isParent: boolean;
}

/**
 * Whether a line that no parent has is an AI's in a text that may be older, without the lines of the AI's next to it having come along: somebody may have
 * written the same at the same place.
 */
function isAlone(at: number, { source, origins, isParent }: KnownOrigins, known: readonly KnownOrigins[]): boolean {
  const parents = known.filter((each) => each.isParent);
  const isNew = (line: number) => parents.every((parent) => isPerhapsNew(parent.origins[line]));
  if (isParent || source.isLater === true || source.base !== undefined || parents.length === 0 || !isNew(at)) return false;
  const isOfAi = (line: number) => placesIn(origins[line]).some((place) => source.authors[place]?.kind === 'ai');
  return isOfAi(at) && ![at - 1, at + 1].some((next) => next in origins && isOfAi(next) && isNew(next));
}

/** What is known of the lines that a commit has from one that it takes the place of or copies, the likeliest one first. */
export function carriedOver(lines: readonly string[], parents: readonly AuthoredText[], relatives: readonly Relative[]): ReadonlyMap<number, LineAuthor> {
  const carried = new Map<number, LineAuthor>();
  const parent = parents[0]?.lines ?? [];
  for (const relative of parents.length > 1 ? [] : relatives) {
    const { base, isLater } = relative;
    if (base === undefined) continue;
    for (const [at, from] of isLater === true ? keptFrom(relative.lines, lines) : patchedFrom({ lines, base: parent }, { lines: relative.lines, base })) {
      const author = relative.authors[from];
      if (author !== undefined && isKnown(author) && !carried.has(at)) carried.set(at, author);
    }
  }
  return carried;
}

export type OriginsIn = (old: readonly string[]) => readonly Origin[];

/** Where the lines of a text came from, by the lines of another: found out once for each. */
export function alignedWith(lines: readonly string[]): OriginsIn {
  const found = new Map<readonly string[], readonly Origin[]>();
  return (old) => {
    const origins = found.get(old) ?? alignLines(old, lines);
    found.set(old, origins);
    return origins;
  };
}

/** The same but for lines that are only like one of the other text. */
export function sameIn(lines: readonly string[]): OriginsIn {
  const originsIn = alignedWith(lines);
  return (old) => originsIn(old).map((origin) => (origin.kind === 'like' ? nothing : origin));
}

/**
 * As `explain`, with texts that are not known to be related: only lines that stand in them for sure count, where nobody else knows, and of a bare line all that
 * have it must know. The very same text says all that the others could, and of a bare line more than what it came of.
 */
export function explainWith(explained: AuthoredText, strangers: readonly AuthoredText[]): AuthoredText {
  const same = strangers.find(({ lines }) => lines.length === explained.lines.length && lines.every((line, at) => line === explained.lines[at]));
  if (same === undefined && !explained.authors.some(({ kind }) => kind === 'unseen')) return explained;
  const found = (same === undefined ? strangers : [same]).map((source) => ({ source, origins: alignLines(source.lines, explained.lines) }));
  const authors = explained.authors.map((author, at) => {
    const isBracket = isBare(explained.lines[at] ?? '');
    if (author.kind !== 'unseen') return isBracket && same !== undefined && !isKnown(same.authors[at] ?? unseen) ? unseen : author;
    const sure = found.flatMap(({ source, origins }) => {
      const origin = origins[at];
      return origin?.kind === 'line' && !origin.isHeld ? [] : authorAt(origin, source.authors);
    });
    if (isBracket && !sure.every(isKnown)) return author;
    return sure.find(isKnown) ?? author;
  });
  return { ...explained, authors };
}

/** Where a line stood, or each that it may be stood. */
export function placesIn(origin: Origin | undefined): readonly number[] {
  return origin?.kind === 'line' ? [origin.at] : origin?.kind === 'among' || origin?.kind === 'laid' ? origin.at : [];
}

/** Whether what stands beside a line tells where it stood. */
export function isHeldIn(origin: Origin | undefined): boolean {
  return origin !== undefined && 'isHeld' in origin && origin.isHeld;
}

export function isPerhapsNew(origin: Origin | undefined): boolean {
  return origin === undefined || origin.kind === 'new' || origin.kind === 'like' || (origin.kind === 'among' && origin.orNew);
}

/** Whether nothing is known of a text. */
export function isUntold({ authors, deletions }: AuthoredText): boolean {
  return deletions.length === 0 && authors.every(({ kind }) => kind === 'unseen');
}

const nothing: Origin = { kind: 'new' };

interface Trace {
  readonly lines: readonly string[];
  readonly authors: readonly LineAuthor[];
  readonly origin: Origin;
  readonly isParent: boolean;
  readonly isLater: boolean;
}

/**
 * A bare line is found by the lines around it, and in a parent by its order, unless a later text has none like it: it went, and this is another. All that
 * have it must agree whose it is; but amid an AI's lines that are found together in a relative an AI's bracket is as sure as they are.
 */
function authorOfBare(line: string, traces: readonly Trace[]): LineAuthor {
  const isGone = traces.some(({ origin, isLater }) => isLater && origin.kind === 'new');
  const own = traces.filter(({ origin, isParent }) => (isParent && !isGone) || !('isHeld' in origin) || origin.isHeld);
  const amid = isGone || own.some(({ origin, isParent }) => isParent && isHeldIn(origin)) ? undefined : own.flatMap((trace) => aiAmid(trace))[0];
  if (amid !== undefined) return amid;
  const sure = own.flatMap(({ authors, origin }) => authorAt(origin, authors));
  const author = authorOf(line, own);
  return sure.every((each) => isKnown(each) === isKnown(author) && (!isKnown(each) || each.kind === author.kind)) ? author : unseen;
}

/** The AI whose a line is, where those before and behind it are an AI's too. */
function aiAmid({ isParent, origin, authors }: Trace): LineAuthor[] {
  if (isParent || origin.kind !== 'line' || origin.amid === undefined) return [];
  const author = authors[origin.at];
  return author?.kind === 'ai' && origin.amid.every((at) => authors[at]?.kind === 'ai') ? [author] : [];
}

function authorOf(line: string, traces: readonly Trace[]): LineAuthor {
  const sure = traces.flatMap(({ authors, origin }) => authorAt(origin, authors));
  const first = sure.find(isKnown) ?? sure.find(({ kind }) => kind === 'inherited') ?? sure[0];
  if (first !== undefined) return first;
  const among = traces.flatMap(({ authors, origin }) => (origin.kind === 'among' ? [{ authors: origin.at.map((at) => authors[at] ?? unseen), orNew: origin.orNew }] : []));
  const [one] = among;
  if (one !== undefined) {
    const all = (one.orNew ? among : [one]).flatMap((each) => each.authors);
    const [author = unseen] = all;
    const isOneKind = all.every(({ kind }) => kind === author.kind);
    return isOneKind && !among.every(({ orNew }) => orNew) ? author : unseen;
  }
  for (const trace of traces) {
    const { authors, origin } = trace;
    const author = origin.kind === 'like' && origin.isMost && hasOwnWord(line, trace, traces) ? authors[origin.at] : undefined;
    if (author?.kind === 'unknown') return author;
    // Of a line that was only partly an AI's, it cannot be told which part stayed.
    if (author?.kind === 'ai') return author.isPart === true ? unknown : { ...author, isPart: true };
  }
  return unseen;
}

/** Whose a line is that was found for sure; one that holds the text of several lines with any of an AI's is the AI's. */
function authorAt(origin: Origin | undefined, authors: readonly LineAuthor[]): LineAuthor[] {
  if (origin?.kind === 'line') return [authors[origin.at] ?? unseen];
  if (origin?.kind !== 'laid') return [];
  const all = origin.at.map((at) => authors[at] ?? unseen);
  const ai = all.find((each) => each.kind === 'ai');
  if (ai !== undefined) return [all.every(({ kind }) => kind === 'ai') ? ai : { ...ai, isPart: true }];
  const first = all.find(({ kind }) => kind === 'unknown') ?? all[0] ?? unseen;
  return [first.kind === 'unknown' || all.every(({ kind }) => kind === first.kind) ? first : unseen];
}

/** Whether a line that is like one of a relative has a word of that which the line of a parent's that it is like has not: else it may have come of the parent's as well. */
function hasOwnWord(line: string, { lines, origin, isParent }: Trace, traces: readonly Trace[]): boolean {
  if (isParent || origin.kind !== 'like') return true;
  const likes = traces.flatMap((trace) => (trace.isParent && trace.origin.kind === 'like' ? [wordsOf(trace.lines[trace.origin.at] ?? '')] : []));
  const own = new Set(wordsOf(lines[origin.at] ?? ''));
  return likes.length === 0 || wordsOf(line).some((word) => own.has(word) && !likes.some((words) => words.includes(word)));
}

export function isKnown({ kind }: LineAuthor): boolean {
  return kind !== 'unseen' && kind !== 'inherited';
}

/** A deletion stands as long as its text is not back at its place: in front of the line that followed it, else behind the one before. */
function deletionsAfter(lines: readonly string[], sources: readonly { readonly source: AuthoredText; readonly origins: readonly Origin[] }[]): Deletion[] {
  const found = new Map<string, Deletion>();
  for (const { source, origins } of sources) {
    const places = new Map<number, number>();
    for (const [at, origin] of origins.entries()) if (origin.kind === 'line') places.set(origin.at, at);
    for (const { line, text, author } of source.deletions) {
      const before = places.get(line - 1);
      const at = places.get(line) ?? (before === undefined ? (line >= source.lines.length ? lines.length : undefined) : before + 1);
      if (at === undefined || isBack(text, lines, at)) continue;
      found.set(`${at} ${text}`, { line: at, text, author });
    }
  }
  return [...found.values()].sort((a, b) => a.line - b.line);
}

function isBack(text: string, lines: readonly string[], at: number): boolean {
  const wanted = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  const near = lines.slice(Math.max(0, at - wanted.length), at + wanted.length).map((line) => line.trim());
  return wanted.length > 0 && near.join('\n').includes(wanted.join('\n'));
}
