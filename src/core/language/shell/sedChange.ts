/** What a `sed` that edits files in place does to a text; of each line only, as `sed` reads them. */
export interface SedChange {
  readonly files: readonly string[];
  readonly change: (text: string) => string;
}

type LineChange = (line: string) => string | undefined;

/**
 * Reads the words behind `sed -i`: replacements (`s/a/b/g`) and deletions of lines (`/a/d`, `3,5d`). Undefined when nothing is edited in place, or for any
 * command that says more.
 */
export function sedChange(words: readonly string[]): SedChange | undefined {
  const scripts: string[] = [];
  const operands: string[] = [];
  let isInPlace = false;
  let isExtended = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '-e' || word === '--expression') scripts.push(words[++at] ?? '');
    else if (word.startsWith('--expression=')) scripts.push(word.slice('--expression='.length));
    else if (/^-[a-zA-Z]*[nfs]|^--(?:quiet|silent|file)/.test(word)) return undefined;
    else if (/^--in-place|^-[Er]*i/.test(word)) {
      isInPlace = true;
      isExtended ||= /^-[a-zA-Z]*[Er]/.test(word);
      // BSD's takes the ending of the copy as a word of its own.
      if (word === '-i' && words[at + 1] === '') at++;
    } else if (/^-[Er]$|^--regexp-extended$/.test(word)) isExtended = true;
    else if (word.startsWith('-')) return undefined;
    else operands.push(word);
  }
  const [first, ...rest] = operands;
  const files = scripts.length > 0 ? operands : rest;
  if (scripts.length === 0 && first !== undefined) scripts.push(first);
  if (!isInPlace || files.length === 0) return undefined;
  const changes = scripts.flatMap((script) => script.split(/;\s*(?=[s/\d$])|\n/)).map((command) => lineChange(command.trim(), isExtended));
  const all = changes.filter((change) => change !== undefined);
  return all.length === 0 || all.length < changes.length ? undefined : { files, change: (text) => changed(text, all) };
}

function changed(text: string, changes: readonly ((number: number, last: number) => LineChange)[]): string {
  const lines = text.split('\n');
  const hasEnd = lines.at(-1) === '';
  const own = hasEnd ? lines.slice(0, -1) : lines;
  const left = own.flatMap((line, index) => {
    let now: string | undefined = line;
    for (const change of changes) now = now === undefined ? undefined : change(index + 1, own.length)(now);
    return now === undefined ? [] : [now];
  });
  return left.length === 0 ? '' : left.join('\n') + (hasEnd ? '\n' : '');
}

function lineChange(command: string, isExtended: boolean): ((number: number, last: number) => LineChange) | undefined {
  const [, from, to] = /^(\d+)(?:,(\d+|\$))?\s*d$/.exec(command) ?? [];
  if (from !== undefined) return (number, last) => (line) => (number >= Number(from) && number <= (to === undefined ? Number(from) : to === '$' ? last : Number(to)) ? undefined : line);
  const [, deleted] = /^\/((?:[^/\\]|\\.)+)\/\s*(?:I\s*)?d$/.exec(command) ?? [];
  if (deleted !== undefined) {
    const pattern = patternOf(deleted, '/', isExtended, /I\s*d$/.test(command) ? 'i' : '');
    return pattern && (() => (line) => (pattern.test(line) ? undefined : line));
  }
  const mark = command[1] ?? '';
  if (!command.startsWith('s') || /[\w\s\\]/.test(mark) || mark === '') return undefined;
  const [, old = '', now = '', flags, ...more] = ['', ...partsOf(command.slice(2), mark)];
  if (flags === undefined || more.length > 0 || !/^[gI]*i?$/.test(flags)) return undefined;
  const pattern = patternOf(old, mark, isExtended, (flags.includes('g') ? 'g' : '') + (/i/i.test(flags) ? 'i' : ''));
  if (pattern === undefined) return undefined;
  return () => (line) => line.replace(pattern, (whole: string, ...groups: (string | number | undefined)[]) => written(now, mark, whole, groups));
}

/** Between the marks of a command; a mark behind a backslash is none. */
function partsOf(text: string, mark: string): string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === mark) parts.push('');
    else parts.push((parts.pop() ?? '') + (character === '\\' ? character + (text[++at] ?? '') : character));
  }
  return parts;
}

function written(now: string, mark: string, whole: string, groups: readonly (string | number | undefined)[]): string {
  return now.replaceAll(/\\([^])|&/g, (each: string, escaped: string | undefined) => {
    if (escaped === undefined) return whole;
    if (/\d/.test(escaped)) return escaped === '0' ? whole : String(groups[Number(escaped) - 1] ?? '');
    return escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped === mark || /\W/.test(escaped) ? escaped : each;
  });
}

/** A pattern that may take forever is none. */
const slow = /[*+}]\)?[*+{]|\([^)]*[*+][^)]*\)[*+{]/;

/** In a plain pattern brackets, braces, bars, pluses and question marks stand for themselves, and mean something behind a backslash. */
function patternOf(source: string, mark: string, isExtended: boolean, flags: string): RegExp | undefined {
  const named = source.replaceAll('[[:space:]]', String.raw`\s`).replaceAll('[[:digit:]]', String.raw`\d`).replaceAll('[[:alnum:]]', '[A-Za-z0-9]').replaceAll('[[:alpha:]]', '[A-Za-z]');
  if (/\[[:.=]/.test(named)) return undefined;
  const plain = named.replaceAll(/\\([^])|[(){}|+?]/g, (each: string, escaped: string | undefined) => {
    if (escaped === undefined) return isExtended ? each : `\\${each}`;
    if (/[(){}|+?]/.test(escaped)) return isExtended ? each : escaped;
    if (escaped === '<' || escaped === '>') return String.raw`\b`;
    return escaped === mark && !/[.*[\]^$\\/]/.test(mark) ? escaped : each;
  });
  if (slow.test(plain)) return undefined;
  try {
    return new RegExp(plain, flags);
  } catch {
    return undefined;
  }
}
