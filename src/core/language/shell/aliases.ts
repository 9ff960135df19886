import { OffsetRange } from '../../text/offsetRange.ts';
import type { ReadWord } from '../nested.ts';
import { type Command, parseScript } from './unbash.ts';
import { type Lookup, meaningOf } from './words.ts';

/** The aliases that a script sets up to a place. */
export class Aliases {
  private readonly values = new Map<string, string>();

  /** Reads `alias NAME=VALUE …`. */
  learn(command: Command, lookup: Lookup): void {
    for (const node of command.suffix) {
      if (node.type === 'Redirect' || node.type === 'HereDoc' || node.type === 'HereString') continue;
      const text = node.type === 'Word' ? meaningOf(node, lookup).text : `${node.name}=${node.value.type === 'Word' ? meaningOf(node.value, lookup).text : ''}`;
      const at = text.indexOf('=');
      if (at > 0 && text.length > at + 1) this.values.set(text.slice(0, at), text.slice(at + 1));
    }
  }

  /** An alias stands for the words of one command; the use is where they are written. */
  putIn(words: readonly ReadWord[], lookup: Lookup): readonly ReadWord[] {
    const [first, ...rest] = words;
    const value = first === undefined || first.source !== first.text ? undefined : this.values.get(first.text);
    if (first === undefined || value === undefined) return words;
    const [only, second] = parseScript(value).commands;
    const command = second === undefined && only?.command.type === 'Command' ? only.command : undefined;
    if (command?.name === undefined) return words;
    const at = first.meaning.pieces[0]?.range ?? OffsetRange.empty(0);
    const named = [command.name, ...command.suffix.filter((node) => node.type === 'Word')].map((node) => {
      const { text, holes } = meaningOf(node, lookup);
      return { ...first, text, holes, meaning: { text, pieces: [{ text, range: at, isVerbatim: false }], holes } };
    });
    return [...named, ...rest];
  }
}
