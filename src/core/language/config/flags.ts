import type { Data } from '../data/data.ts';

/** An option of a program's command line, as it stands in a list of its words or in one line. */
export interface Flag {
  /** With its dashes. */
  readonly name: string;
  /** True where none is given. */
  readonly value: string | true;
  readonly from: Data;
}

const flag = /^(--?[A-Za-z][\w.-]*)(?:=([^]*))?$/;

/** Whether what stands under a key is the command line of a program. */
export function isCommandLine(key: string): boolean {
  return /(?:^|\.)(?:args|command|arguments|entrypoint|extra_?args|extraFlags|commandLineArgs)$/i.test(key);
}

/** The options of a command line. Of an option without a value of its own the next word is taken for it, unless that is an option too. */
export function flagsIn(line: Data): Flag[] {
  const words = wordsIn(line);
  return words.flatMap(({ text, from }, index) => {
    const [, name, own] = flag.exec(text) ?? [];
    if (name === undefined) return [];
    const next = words[index + 1]?.text;
    return [{ name, value: own ?? (next === undefined || next.startsWith('-') ? true : next), from }];
  });
}

function wordsIn(line: Data): { readonly text: string; readonly from: Data }[] {
  if (line.kind === 'list') return line.items.flatMap((from) => (from.kind === 'scalar' ? [{ text: from.code.text, from }] : []));
  return line.kind === 'scalar' ? (line.code.text.match(/(?:"[^"]*"|'[^']*'|\S)+/g) ?? []).map((text) => ({ text: text.replace(/^(["'])(.*)\1$/s, '$2'), from: line })) : [];
}
