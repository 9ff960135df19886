import type { Word } from '../operation.ts';

/**
 * Whether an option is given. One of a single letter, such as `-r`, is also found among others: `-rf`; a longer one also
 * with its value: `--force=true`.
 */
export function hasOption(words: readonly Word[], ...names: readonly string[]): boolean {
  return optionsOf(words).some(({ text }) =>
    names.some((name) => (name.length === 2 ? /^-[A-Za-z0-9]+$/.test(text) && text.includes(name.slice(1)) : text === name || text.startsWith(`${name}=`))),
  );
}

/** What stands behind an option: as the next word, or in the same one after `=`. */
export function optionValue(words: readonly Word[], ...names: readonly string[]): string | undefined {
  const options = optionsOf(words);
  for (const [index, { text }] of options.entries()) {
    const name = names.find((each) => text === each || text.startsWith(`${each}=`));
    if (name !== undefined) return text === name ? words[index + 1]?.text : text.slice(name.length + 1);
  }
  return undefined;
}

/** The words that are no options, nor the values of those in `valued`. */
export function operandsOf(words: readonly Word[], valued: readonly string[] = []): readonly Word[] {
  const operands: Word[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) continue;
    if (word.text === '--') return [...operands, ...words.slice(at + 1)];
    if (valued.includes(word.text)) at++;
    else if (!word.text.startsWith('-') || word.text === '-') operands.push(word);
  }
  return operands;
}

/** Options that git takes before its subcommand, with the value behind them. */
const gitValued = ['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--exec-path'];

/** What git is told to do, past the options for git itself, and the words behind it. */
export function gitSubcommand(words: readonly Word[]): { readonly name: string; readonly rest: readonly Word[] } {
  let at = 0;
  while (words[at]?.text.startsWith('-') === true) at += gitValued.includes(words[at]?.text ?? '') ? 2 : 1;
  return { name: words[at]?.text ?? '', rest: words.slice(at + 1) };
}

function optionsOf(words: readonly Word[]): readonly Word[] {
  const end = words.findIndex((word) => word.text === '--');
  return end === -1 ? words : words.slice(0, end);
}
