import { OffsetRange } from '../../text/offsetRange.ts';
import type { ReadWord } from '../nested.ts';
import { hole } from '../operation.ts';
import { joined } from './words.ts';

/** What `xargs` reads comes in place of `{}`, or behind the command's words as one more. */
export function fedByXargs(options: readonly ReadWord[], words: readonly ReadWord[], source: string): readonly ReadWord[] {
  if (options.slice(0, options.length - words.length).some((word) => /^-(?:I|i|J|-replace)/.test(word.text))) return filled(words, source);
  const range = OffsetRange.empty(options.at(-1)?.range.endExclusive ?? 0);
  return [...words, { range, source: '', text: hole, holes: [source], meaning: { text: hole, pieces: [], holes: [source] } }];
}

/** `{}` stands for what a command such as `find` hands over, one at a time. */
export function filled(words: readonly ReadWord[], source: string): readonly ReadWord[] {
  return words.map((word) => (word.text.includes('{}') && word.holes.length === 0 ? { ...word, text: word.text.replaceAll('{}', hole), holes: word.text.split('{}').slice(1).map(() => source) } : word));
}

/** `"${list[@]}"`. */
export const arrayName = /^"?\$\{(\w+)\[[@*]\]\}"?$/;

/** The words of a call that a word in a function's body stands for. */
export function handedOn(text: string, args: readonly ReadWord[] | undefined): readonly ReadWord[] | undefined {
  if (args === undefined) return undefined;
  if (/^(?:"?\$(?:@|\{@\})"?|\$(?:\*|\{\*\}))$/.test(text)) return args;
  const position = /^"?\$(?:([1-9])|\{([1-9])\})"?$/.exec(text);
  const from = /^"?\$\{@:([1-9])\}"?$/.exec(text)?.[1];
  if (from !== undefined) return args.slice(Number(from) - 1);
  const one = position === null ? undefined : args[Number(position[1] ?? position[2]) - 1];
  if (one !== undefined) return [one];
  if (!/^"\$(?:\*|\{\*\})"$/.test(text) || args.length === 0) return undefined;
  const [first] = args;
  const meaning = joined(args.map((word) => word.meaning));
  return first && [{ ...first, text: meaning.text, holes: meaning.holes, meaning }];
}

/** Whether a function runs words that it is called with as a command. */
export function handsOn(body: string): boolean {
  return /\$(?:@|\*|\{[@*])|(?:^|[;&|{\n]|\b(?:sudo|env|time|eval|exec|command|-c))[^\S\n]*"?\$\{?1\b/.test(body);
}
