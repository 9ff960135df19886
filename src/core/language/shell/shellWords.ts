import { OffsetRange } from '../../text/offsetRange.ts';
import { DecodedText } from '../decodedText.ts';
import type { ReadWord } from '../nested.ts';
import { hole } from '../operation.ts';
import { arrayName, handedOn } from './handedWords.ts';
import { meaningWithOutput } from './input.ts';
import type { Place, Surroundings } from './place.ts';
import type { WordNode } from './unbash.ts';
import { type Meaning, meaningOf } from './words.ts';

/** What `$IFS` stands for as long as nobody sets it. */
const blank: Meaning = { text: ' ', pieces: [], holes: [] };

/** Reads the words of a script's commands, in the offsets of the file. */
export class ShellWords {
  constructor(private readonly file: string) {}

  /** An unquoted variable is split at its blanks, so that one written word may be several. */
  read(node: WordNode, place: Place): ReadWord[] {
    const handed = handedOn(node.text, place.args);
    if (handed !== undefined) return [...handed];
    const elements = arrayName.exec(node.text)?.[1];
    const array = elements === undefined ? undefined : place.variables.arrayOf(elements);
    const written = this.placeOf(node.pos, node.end, place);
    if (array !== undefined) return array.map((element) => ({ ...written, ...this.elementOf(element, node, place) }));
    const splits = /\$\{?IFS\b/.test(node.text);
    const meaning = meaningWithOutput(node, splits ? (name, at) => (name === 'IFS' ? blank : place.lookup(name, at)) : place.lookup);
    const word = { ...written, text: meaning.text, holes: this.holesOf(meaning, place), meaning };
    if (!(splits || /^\$\{?\w+\}?$/.test(node.text)) || !/\s/.test(meaning.text)) return [word];
    return meaning.text.trim().split(/\s+/).map((text) => ({ ...word, text }));
  }

  private elementOf(element: WordNode, { pos, end }: WordNode, place: Place): Pick<ReadWord, 'text' | 'holes' | 'meaning'> {
    const { text, holes } = meaningOf(element, place.lookup);
    return { text, holes, meaning: { text, pieces: [{ text, range: new OffsetRange(pos, end), isVerbatim: false }], holes } };
  }

  /** A hole that an outer script left in this one is what is written there. */
  private holesOf({ text, pieces, holes }: Meaning, place: Place): readonly string[] {
    if (!holes.includes(hole)) return holes;
    const offsets = [...text.matchAll(new RegExp(hole, 'g'))].map((match) => match.index);
    const decoded = new DecodedText(pieces);
    return holes.map((held, index) => (held === hole ? place.toFile(decoded.rangeOf(OffsetRange.ofLength(offsets[index] ?? 0, 1))).of(this.file) : held));
  }

  placeOf(start: number, end: number, { text, toFile }: Surroundings): { range: OffsetRange; source: string } {
    const range = toFile(new OffsetRange(start, Math.min(end, text.length)));
    return { range, source: range.of(this.file) };
  }
}
