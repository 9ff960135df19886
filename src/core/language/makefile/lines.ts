import { splitLines } from '../../text/lineText.ts';

/** A line of a Makefile with those it goes on over. */
export interface MakeLine {
  readonly kind: 'recipe' | 'other';
  /** With its line breaks and the last one taken off; without what makes it a recipe line. */
  readonly text: string;
  readonly start: number;
}

/** Recipe lines begin with a tab, and only behind a rule; the bodies of `define` come as they stand. */
export function makeLinesOf(text: string): MakeLine[] {
  const lines = splitLines(text);
  const found: MakeLine[] = [];
  let isInRule = false;
  for (let index = 0, start = 0; index < lines.length; ) {
    const from = start;
    let written = '';
    do {
      const line = lines[index++] ?? '';
      written += line;
      start += line.length;
    } while (/(?<!\\)(?:\\\\)*\\\r?\n$/.test(written) && index < lines.length);
    const kept = written.replace(/\r?\n$/, '');
    if (isInRule && kept.startsWith('\t')) found.push({ kind: 'recipe', text: kept.slice(1), start: from + 1 });
    else {
      if (kept.trim() === '' || /^\s*#/.test(kept)) continue;
      found.push({ kind: 'other', text: kept, start: from });
      if (!isDirective(kept)) isInRule = /:(?!:?:?=)/.test(kept.replace(/\$[({][^)}]*[)}]|\$[({][^]*$/g, (variable) => (/[)}]$/.test(variable) ? '' : variable)));
    }
  }
  return found;
}

/** They stand between the lines of a recipe without ending it. */
function isDirective(line: string): boolean {
  return /^\s*(?:ifn?(?:eq|def)|else|endif|-?include)\b/.test(line);
}
