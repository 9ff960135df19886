import { OffsetRange } from '../../text/offsetRange.ts';
import { DecodedText } from '../decodedText.ts';
import type { ShellCommand, Word } from '../operation.ts';
import type { Meaning } from './words.ts';

/** Clients that read commands of their own, one a line, from their input. */
const takesLines = new Set(['redis-cli', 'valkey-cli', 'keydb-cli']);
/** Those that read a program, of which each line is as one that they are given to evaluate. */
const evaluates = new Set(['mongosh', 'mongo']);

/** Those with a shell of their own, a subcommand, whose words stand between commas and in quotes: `drop 'orders'; list`. */
const shells = new Set(['hbase']);

export function readsLines(name: string, [first]: readonly Word[]): boolean {
  return takesLines.has(name) || evaluates.has(name) || (shells.has(name) && first?.text === 'shell');
}

/** The commands that a client finds in its input, a line each. @param words those that it is called with */
export function commandsInInput(name: string, words: readonly Word[], meaning: Meaning, toFile: (range: OffsetRange) => OffsetRange, address: readonly string[]): ShellCommand[] {
  const decoded = new DecodedText(meaning.pieces);
  return [...meaning.text.matchAll(shells.has(name) ? /[^\n;]*[^\s;][^\n;]*/g : /[^\n]*\S[^\n]*/g)].map(({ 0: line, index }) => {
    const written = line.trim();
    const range = toFile(decoded.rangeOf(OffsetRange.ofLength(index + line.search(/\S/), written.length)));
    const own = evaluates.has(name) ? ['--eval', written] : shells.has(name) ? written.split(/[\s,'"]+/).filter((word) => word !== '') : written.split(/\s+/);
    return { kind: 'command', name, words: [...words, ...own.map((text) => ({ range, source: text, text, holes: [] }))], range, address, resolution: 'literal' };
  });
}
