import { LineText } from '../../text/lineText.ts';
import type { JournalEvent } from '../journal.ts';
import { isLedFrom, type KnownTexts, knownTexts, type Traces } from '../reconcile.ts';
import type { AiRegion } from '../region.ts';
import type { StoredRegions } from '../storedRegions.ts';
import { isBare, type Origin, says } from './alignLines.ts';
import { type AuthoredText, authorsOf, deletionsOf, human, inherited, type LineAuthor, linesOf, regionsFrom, unknown, unseen } from './authoredText.ts';
import { alignedWith, carriedOver, explain, explainWith, isHeldIn, isPerhapsNew, placesIn, type Relative, sameIn } from './explain.ts';
import { withBareAmid, withoutStrays } from './bareLines.ts';
import { hasDigest, isFollowedFrom, isFollowedFromNothing, isLedFromAll, spellingsOf, startOfChain } from './followedFrom.ts';
import { ledLines, Trails } from './ledLines.ts';

/** A text and its lines' authors. */
export interface Source extends Relative {
  readonly text: string;
  /** When it was committed, where that is known; milliseconds since 1970. What was told before then does not come of it. */
  readonly at?: number;
}

/** What may tell who wrote a text that a commit holds. */
export interface Evidences {
  /** What stood there before, in each parent. */
  readonly parents: readonly Source[];
  /** Other texts that it may have come from, the likeliest first: of a commit that was picked or rewritten. */
  readonly relatives: readonly Source[];
  readonly stored?: StoredRegions | undefined;
  readonly events: readonly JournalEvent[];
  readonly broughtBy?: Traces['broughtBy'];
  /** What is on disk now. */
  readonly onDisk?: string | undefined;
  /** What stood there before is not told: a line that is only like an AI's may be older than that. */
  readonly hasUntoldParents?: boolean;
  /** Asked many times of the same texts. */
  readonly digestOf: (text: string) => string;
}

/** What follows from these: parents' lines of which nothing is known are `inherited`. */
interface Followed extends Evidences {
  readonly known: KnownTexts;
  readonly trails: Trails;
}

/** Texts of the journal that are compared with, at most. */
const mostTexts = 8;

/** Who wrote the lines of a text that a commit holds. Lines that come from a parent about which nothing is known here are `inherited`. */
export function attributeText(text: string, evidences: Evidences): AuthoredText {
  const attributed = attributeAnew(text, evidences);
  const same = evidences.relatives.find((relative) => relative.text === text);
  if (same === undefined) return attributed;
  const authors = attributed.authors.map((author, at) => {
    const before = same.authors[at] ?? author;
    // Only the words of the commit were amended, or another of its files: what was known of the text is so still.
    if (author.kind === 'unseen') return same.isLater === true ? before : author;
    // Of the very same text more was known than another tells of a bracket.
    return before.kind === 'unseen' && isBare(attributed.lines[at] ?? '') && author.kind === 'human' ? unseen : author;
  });
  return { ...attributed, authors };
}

function attributeAnew(text: string, evidences: Evidences): AuthoredText {
  const lines = linesOf(text);
  const { events, digestOf, relatives } = evidences;
  const known = knownOf(evidences);
  const followed = { ...evidences, parents: evidences.parents.map(asParent), known, trails: new Trails(events, digestOf) };
  const { parents } = followed;
  const exact = exactIn(text, known, digestOf);
  const originsIn = alignedWith(lines);
  const isLed = exact !== undefined && isLedFromAll(exact.spelling, followed);
  const seen = isLed ? [] : seenTexts(followed, exact?.spelling);
  const others = [...seen, ...relatives];
  let byPatch: ReadonlyMap<number, LineAuthor> | undefined;
  const isStill = (at: number, kind: LineAuthor['kind'], parent: Source) => isHeldIn(originsIn(parent.lines)[at]) && authorsAt(originsIn(parent.lines)[at], parent).every((each) => each.kind === kind);
  const isFound = (at: number, { kind }: LineAuthor) => parents.some((parent) => isStill(at, kind, parent)) || (byPatch ??= carriedOver(lines, parents, relatives)).has(at);
  const found = evidences.hasUntoldParents === true ? sameIn(lines) : originsIn;
  if (exact === undefined) return withoutStrays(withBareAmid(explain(lines, parents, others, found), others, parents, originsIn), [...parents, ...others], isFound);
  const own = new LineText(exact.spelling);
  const explained = explain(lines, parents, relatives, originsIn);
  const ofParents = relatives.length === 0 ? explained : explain(lines, parents, [], originsIn);
  const deletions = [...deletionsOf(own, exact.regions), ...ofParents.deletions];
  const isNews = ({ line, text: gone }: { line: number; text: string }, index: number) => deletions.findIndex((each) => each.line === line && each.text === gone) === index;
  const hands = handsIn(exact.spelling, followed, originsIn);
  const authors = exactAuthors(own, exact.regions, followed, { explained: explainWith(explained, seen), originsIn, hands });
  const settled = withBareAmid({ lines, authors, deletions: deletions.filter(isNews) }, others, parents, originsIn);
  return withoutStrays(settled, [...parents, ...others], (at, author) => isFound(at, author) || (author.kind === 'ai' && isToldOfAi(hands?.[at])));
}

function exactIn(text: string, known: KnownTexts, digestOf: Evidences['digestOf']): { readonly spelling: string; readonly regions: readonly AiRegion[] } | undefined {
  for (const spelling of spellingsOf(text)) {
    const regions = known.regionsAt(digestOf(spelling));
    if (regions !== undefined) return { spelling, regions };
  }
  return undefined;
}

/** Regions that were followed up to this very text say all of it, as long as they knew what is known of the text before. */
function exactAuthors(own: LineText, regions: readonly AiRegion[], evidences: Followed, { explained, originsIn, hands, isOlder = false }: { explained: AuthoredText; originsIn: ReturnType<typeof alignedWith>; hands: readonly Hands[] | undefined; isOlder?: boolean }): LineAuthor[] {
  const { parents, digestOf } = evidences;
  const text = own.toString();
  const knewAll = parents.every((parent) => knewOf(parent, evidences));
  const followed = parents.filter((parent) => isFollowedFrom(parent, text, evidences));
  const isFollowed = parents.length === 0 ? isFollowedFromNothing(text, evidences) : followed.length > 0;
  const since = startOfChain(digestOf(text), evidences);
  const sure = isFollowed || since === undefined ? undefined : authorsOf(own, regions.filter(({ insertedAt }) => insertedAt >= since), unseen);
  const origins = parents.map((parent) => originsIn(parent.lines));
  const twin = twinOf(text, evidences);
  return authorsOf(own, regions, unseen).map((author, at) => {
    const line = explained.lines[at] ?? '';
    const told = explained.authors[at] ?? unseen;
    // What was brought from elsewhere may have been followed better when the same text was committed first.
    if (author.kind === 'ai' && twin?.authors[at]?.kind === 'unseen') return unseen;
    const { possible, isInPart = false, isUntold = false, isUnsure = false } = hands?.[at] ?? {};
    if (possible !== undefined) return authorOf(author, possible, { line, told });
    if (author.kind === 'ai' && author.isSigns === true) {
      const isPutIn = parents.some(({ authors }, index) => isOfOthers(origins[index]?.[at], authors));
      if (!isPutIn) return told.kind === 'ai' ? told : unknown;
    }
    // Notes know lines and not their parts: what is partly an AI's there is so here.
    if (author.kind === 'ai' && told.kind === 'ai' && told.isPart === true) return { ...author, isPart: true };
    // What came about before something that nobody saw was compared with what stood then: there one bracket is as good as another.
    if (author.kind === 'ai' && told.kind !== 'ai' && sure !== undefined && sure[at]?.kind !== 'ai' && !says(line) && !(isInPart && author.isSigns !== true)) return unseen;
    if (author.kind !== 'unseen') return author;
    // A bracket that reads alike stood in a parent, but went.
    if (isUntold && isBare(line) && told.kind !== 'ai') return unseen;
    // One of two that read alike went since: the order of what is left does not say which.
    if (isUnsure && isBare(line) && isByOrderAlone(at, evidences, originsIn)) return unseen;
    // Nor does a later text by the order of its brackets.
    if (isOlder && isBare(line)) return told;
    const holders = parents.filter((parent, index) => authorsAt(origins[index]?.[at], parent).length > 0);
    const candidates = parents.flatMap((parent, index) => authorsAt(origins[index]?.[at], parent));
    // One of several that read alike, of which there were fewer before.
    if (candidates.length > 0 && origins.every((each) => isPerhapsNew(each[at]))) candidates.push(isFollowed ? human : unseen);
    if (candidates.length === 0) {
      const isNew = line.trim() !== '' && !parents.some(({ lines, authors }, index) => lines.includes(line) || isLikeUnseen(origins[index]?.[at], authors));
      return told.kind === 'unseen' && isFollowed && isNew ? human : told;
    }
    if (!knewAll) return told;
    const others = candidates.filter(({ kind }) => kind !== 'ai' && kind !== 'unknown');
    const [first] = others;
    if (first === undefined && holders.every((parent) => followed.includes(parent))) return human;
    // Git brought it.
    if (first === undefined) return told;
    return others.every(({ kind }) => kind === first.kind) ? first : unseen;
  });
}

/** The very same text as a commit had it that this one was made of, where all that leads to it was told before. */
function twinOf(text: string, { relatives, stored, events, digestOf }: Evidences): Source | undefined {
  const same = relatives.filter((relative) => relative.at !== undefined && relative.text === text);
  if (same.length === 0) return undefined;
  const digest = digestOf(text);
  const saved = stored?.texts.find((each) => each.digest === digest)?.savedAt ?? 0;
  const last = events.reduce((latest, { after, at }) => (after === digest ? Math.max(latest, at) : latest), saved);
  return same.find(({ at = 0 }) => at >= last);
}

/** What edits that were told say of a line. */
interface Hands {
  /** Who may have written it or some of it, where they say all of it; `ai`: whoever its region names. */
  readonly possible?: readonly (LineAuthor | 'ai')[];
  /** Whether an AI wrote some of it, and somebody whom nobody saw changed that. */
  readonly isInPart?: boolean;
  /** Whether it came about where nobody saw it, and no line that was known can have become it. */
  readonly isUntold?: boolean;
  /** Whether one more that reads alike came about where nobody saw it, which may be this one. */
  readonly isUnsure?: boolean;
}

function handsIn(text: string, { parents, digestOf, known, trails }: Followed, originsIn: ReturnType<typeof alignedWith>): readonly Hands[] | undefined {
  const startOf = (digest: string | undefined) => (digest === undefined ? undefined : parents.find((parent) => hasDigest(parent.text, digest, digestOf)));
  const lastKnown = (before: number, but: ReadonlySet<string>) => known.texts.find(({ at, digest }) => at <= before && !but.has(digest));
  const led = ledLines(text, { trails, startLines: (digest) => startOf(digest)?.lines, originsIn, lastKnown });
  const start = startOf(led?.from);
  return led?.hands.map((hands) => {
    const nobodySaw = hands.flatMap((hand) => (hand.kind === 'unseen' ? [hand] : []));
    if (nobodySaw.length > 0) {
      const isInPart = hands.some(({ kind }) => kind === 'ai') && nobodySaw.every(({ isBeside }) => isBeside === true);
      const isUntold = nobodySaw.length === hands.length;
      return { isInPart, isUntold, isUnsure: isUntold || nobodySaw.some(({ isOneMore }) => isOneMore === true) };
    }
    const possible = hands.map((hand) => (hand.kind === 'before' ? start?.authors[hand.at] : hand.kind === 'ai' ? hand.kind : human));
    return possible.length === 0 || possible.includes(undefined) ? {} : { possible: possible.flatMap((each) => each ?? []) };
  });
}

/** Whether edits that were told make a line an AI's, and nobody else's. */
function isToldOfAi(hands: Hands | undefined): boolean {
  return hands?.possible?.every((each) => (each === 'ai' ? each : each.kind) === 'ai') ?? false;
}

/** @param author by the regions; `told`: by what other texts say */
function authorOf(author: LineAuthor, possible: readonly (LineAuthor | 'ai')[], { line, told }: { line: string; told: LineAuthor }): LineAuthor {
  const kinds = new Set(possible.map((each) => (each === 'ai' ? each : each.kind)));
  const [kind, other] = [...kinds];
  const named = possible.find((each) => each !== 'ai');
  const only = other !== undefined ? unseen : kind === 'ai' ? (told.kind === 'ai' ? told : unseen) : (named ?? unseen);
  if (author.kind === 'unknown') return author;
  if (author.kind !== 'ai') return only;
  const isOnlyAi = other === undefined && kind === 'ai';
  // A bracket or `return;` may be one or another; of a line of several words, however short, it is known which part is the AI's.
  const isChanged = author.isPart === true && /[\p{L}\p{N}][^\p{L}\p{N}]+[\p{L}\p{N}]/u.test(line);
  if (isBare(line) && !isChanged) return isOnlyAi ? author : only.kind === 'ai' ? unseen : only;
  if (author.isSigns !== true || isOnlyAi) return told.kind === 'ai' && told.isPart === true ? { ...author, isPart: true } : author;
  if (other === undefined) return only;
  return kinds.has('unseen') || kinds.has('inherited') ? author : unknown;
}

/** Whether a line is found in a parent by nothing but its order, and in no relative by what stands beside it. */
function isByOrderAlone(at: number, { parents, relatives }: Followed, originsIn: ReturnType<typeof alignedWith>): boolean {
  const origins = parents.map(({ lines }) => originsIn(lines)[at]);
  return !origins.every(isPerhapsNew) && ![...origins, ...relatives.map(({ lines }) => originsIn(lines)[at])].some(isHeldIn);
}

function authorsAt(origin: Origin | undefined, { authors }: AuthoredText): LineAuthor[] {
  return placesIn(origin).map((at) => authors[at] ?? unseen);
}

/** Whether some of a line may have been written before, by nobody knows whom. */
function isLikeUnseen(origin: Origin | undefined, authors: readonly LineAuthor[]): boolean {
  return origin?.kind === 'like' && authors[origin.at]?.kind !== 'ai' && authors[origin.at]?.kind !== 'human';
}

/** Whether a line was another's before. */
function isOfOthers(origin: Origin | undefined, authors: readonly LineAuthor[]): boolean {
  return (origin?.kind === 'line' || origin?.kind === 'like') && authors[origin.at]?.kind !== 'ai' && authors[origin.at]?.kind !== 'unknown';
}

/** Whether the regions saved of a parent's text hold all that notes say of it; where there are none, the notes' were taken instead. */
function knewOf(parent: Source, { stored, digestOf }: Evidences): boolean {
  const text = stored?.texts.find(({ digest }) => hasDigest(parent.text, digest, digestOf));
  const wanted = parent.authors.flatMap(({ kind }, at) => (kind === 'ai' ? [at] : []));
  if (text === undefined || wanted.length === 0) return true;
  const saved = authorsOf(new LineText(parent.text), text.regions.filter(({ range }) => range.endExclusive <= parent.text.length), unseen);
  return wanted.every((at) => saved[at]?.kind === 'ai');
}

type Traced = Omit<Evidences, 'relatives' | 'onDisk'> & Partial<Pick<Evidences, 'relatives'>>;

/** What is known of a file's texts, those that a commit came from among them. */
export function knownOf(evidences: Traced): KnownTexts {
  const traces = tracesOf(evidences);
  return traces === undefined ? { regionsAt: () => undefined, texts: [] } : knownTexts(traces);
}

/** What is known of a file here, with what is known of the texts that a commit came from; undefined where there is nothing to follow. */
export function tracesOf({ parents, relatives = [], stored, events, broughtBy, digestOf }: Traced): Traces | undefined {
  if (stored === undefined && events.length === 0) return undefined;
  const [parent] = parents;
  const texts = [...(stored?.texts ?? [])];
  for (const each of parents) {
    const digest = digestOf(each.text);
    if (!texts.some((text) => text.digest === digest)) texts.push({ digest, length: each.text.length, savedAt: committedBefore(each.at ?? 0, digest, events), regions: regionsFrom(each, new LineText(each.text)) });
  }
  return { stored: { path: stored?.path ?? '', texts }, events, committed: parent?.text, incoming: relatives.map(({ text }) => text), broughtBy, digestOf };
}

/** When a text was committed: of the second of which git knows, before what was told to have started from it. Milliseconds since 1970. */
function committedBefore(at: number, digest: string, events: readonly JournalEvent[]): number {
  const started = events.flatMap((event) => ('before' in event && event.before === digest && event.at <= at && at - event.at < 1000 ? [event.at - 1] : []));
  return Math.min(at, ...started);
}

/** The other texts of the file that were seen here, the last ones. */
function seenTexts(followed: Followed, but?: string): Source[] {
  const sources: Source[] = [];
  for (const text of new Set([followed.onDisk, ...followed.known.texts.map((each) => each.text)])) {
    if (sources.length === mostTexts) break;
    if (text !== undefined && text !== but) sources.push(...sourceOf(text, followed));
  }
  return sources;
}

/** Another text of the file, as if it had been committed. */
function sourceOf(text: string, followed: Followed): Source[] {
  const { parents, known, digestOf } = followed;
  const regions = known.regionsAt(digestOf(text));
  if (regions === undefined || parents.some((parent) => parent.text === text)) return [];
  const lines = linesOf(text);
  const own = new LineText(text);
  const originsIn = alignedWith(lines);
  const isLater = parents.some((parent) => [...spellingsOf(parent.text)].some((before) => isLedFrom(digestOf(before), digestOf(text), followed.events)));
  // A text that did not come of a parent's may be older: which of two brackets is which their order does not say then.
  const explained = isLater ? explain(lines, parents, [], originsIn) : explain(lines, [], parents, originsIn);
  return [{ text, lines, isLater, authors: exactAuthors(own, regions, followed, { explained, originsIn, hands: handsIn(text, followed, originsIn), isOlder: !isLater }), deletions: deletionsOf(own, regions) }];
}

/** What is not known here of a parent's line may be known of the commits before it. */
function asParent(parent: Source): Source {
  return { ...parent, authors: parent.authors.map((author) => (author.kind === 'unseen' ? inherited : author)) };
}
