import { alignLines, isBare, isOfSigns, nearestTo, type Origin, placesOf } from './alignLines.ts';
import { type AuthoredText, type LineAuthor, unseen } from './authoredText.ts';
import { alignedWith, isKnown, isPerhapsNew, type OriginsIn, placesIn, type Relative } from './explain.ts';

/**
 * The same, with the brackets amid an AI's lines that stood next to one of these in another text and were the AI's there: what came behind or before them is
 * the AI's as well, and nobody else is known of. One that has since moved on in a parent's text is not the one that came here, nor is one that went while its
 * neighbour stayed.
 */
export function withBareAmid(explained: AuthoredText, others: readonly Relative[], parents: readonly AuthoredText[], originsIn: OriginsIn): AuthoredText {
  const { lines } = explained;
  const authors = [...explained.authors];
  for (const [at, line] of lines.entries()) {
    if (authors[at]?.kind !== 'unseen' || !isBare(line)) continue;
    const around = nearestTo(at, lines);
    if (!around.every((each) => authors[each]?.kind === 'ai')) continue;
    const since = parents.filter((parent) => isPerhapsNew(originsIn(parent.lines)[at]));
    const stayed = (neighbour: number) => since.some((parent) => originsIn(parent.lines)[neighbour]?.kind === 'line');
    const found = others.flatMap((other) => around.filter((neighbour) => other.isLater === true || !stayed(neighbour)).flatMap((neighbour) => aiNextTo(neighbour, at, { lines, other, origins: originsIn(other.lines), since })))[0];
    if (found !== undefined) authors[at] = found;
  }
  return { ...explained, authors };
}

interface Beside {
  readonly lines: readonly string[];
  readonly other: AuthoredText;
  readonly origins: readonly Origin[];
  /** The parents since which the line may have come. */
  readonly since: readonly AuthoredText[];
}

/** The AI whose a line is in another text, where its neighbour, all between and it stand in that one too, all are an AI's, and it did not move on. */
function aiNextTo(neighbour: number, at: number, { lines, other, origins, since }: Beside): LineAuthor[] {
  const origin = origins[neighbour];
  if (origin?.kind !== 'line') return [];
  const step = Math.sign(at - neighbour);
  for (let index = neighbour; ; index += step) {
    const there = origin.at + index - neighbour;
    const author = other.authors[there];
    if (other.lines[there] !== lines[index] || author?.kind !== 'ai') return [];
    if (index === at) return since.some((parent) => hasMovedTo(parent, there, other)) ? [] : [author];
  }
}

/** Whether an AI's line of another text, or as many as there are of those that it may be, is an AI's in this one, wherever it stands. */
function hasMovedTo({ lines, authors }: AuthoredText, there: number, other: AuthoredText): boolean {
  const moved = alignLines(other.lines, lines).filter((origin, at) => placesIn(origin).includes(there) && authors[at]?.kind === 'ai');
  return moved.length > 0 && moved.length >= placesIn(moved[0]).length;
}

/**
 * The same, where a line of which there are many is `unseen` when it is said to be somebody's whose no line next to it is: only what stands around it tells
 * which one it is. That is so of lines that hold nothing but signs, and of a person's bare ones that stand more than once in the text or in one that it came
 * from; an AI's line with letters may do harm, however short.
 * @param isSure of lines whose author something else tells
 */
export function withoutStrays<Text extends AuthoredText>(explained: Text, sources: readonly AuthoredText[], isSure: (at: number, author: LineAuthor) => boolean = () => false): Text {
  const { lines } = explained;
  const inText = (around: readonly number[]) => around.filter((each) => each in lines);
  const repeated = new Set([explained, ...sources].flatMap((each) => repeatedIn(each.lines)));
  const authors = explained.authors.map((author, at) => {
    const isOfMany = author.kind === 'human' ? isBare : author.kind === 'ai' ? isOfSigns : undefined;
    const line = lines[at] ?? '';
    if (isOfMany === undefined || isSure(at, author) || !isOfMany(line)) return author;
    if (!isOfSigns(line) && !repeated.has(line)) return author;
    const isTheirs = (each: number) => explained.authors[each]?.kind === author.kind;
    // A blank one beside a bracket may have come with that.
    if (isBlank(line) && inText(nearestTo(at, lines, isBlank)).some((each) => isOfSigns(lines[each] ?? '') && !isTheirs(each))) return unseen;
    const around = inText(nearestTo(at, lines, isOfMany));
    return around.length === 0 || around.some(isTheirs) ? author : unseen;
  });
  return { ...explained, authors };
}

/**
 * The same, where a note names one of several equal lines in a row as written, and by its history all of them stood there before: then the text does not tell
 * which of them went and which came, and the others are not said to be the AI's that may have gone.
 */
export function withoutDoubled<Text extends AuthoredText>(text: Text, parents: readonly AuthoredText[], named: ReadonlyMap<number, LineAuthor>): Text {
  const { lines } = text;
  const authors = [...text.authors];
  const originsIn = alignedWith(lines);
  const isWritten = (at: number) => isKnown(named.get(at) ?? unseen);
  for (const [first, line] of lines.entries()) {
    if (lines[first - 1] === line || lines[first + 1] !== line) continue;
    const row: number[] = [];
    for (let at = first; lines[at] === line; at++) row.push(at);
    if (!row.some(isWritten) || row.every(isWritten)) continue;
    if (parents.some((parent) => row.every((at) => !isPerhapsNew(originsIn(parent.lines)[at])))) for (const at of row) if (!isWritten(at) && authors[at]?.kind === 'ai') authors[at] = unseen;
  }
  return { ...text, authors };
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

function repeatedIn(lines: readonly string[]): string[] {
  return [...placesOf(lines)].flatMap(([line, places]) => (places.length > 1 ? [line] : []));
}
