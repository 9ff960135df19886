import { shapeOf, shortened } from './durations.ts';

/** What chooses on a line of a script: a part of a pipe that lets only some through, and an option. */
const choice =
  /\|\s*(?:grep|egrep|rg|awk|sed\s+-n|head|tail|jq|Where-Object|where|\?|Select-String|findstr)\b(?:"[^"]*"|'[^']*'|\{(?:[^{}"']|\{[^{}]*\})*\}|[^|"'{])*?(?=\||\)|$|;)|(?<=\s)-{1,2}(?:filters?|selector|l|prefix|i?name|i?path|mtime|mmin|atime|ctime|newer\w*|user|group|size|type|empty|label|field-selector|tag\w*|query|include|exclude|older-than|until|before|keep\w*|min-age|Filter|Include|Exclude|Where|resource-group-name|query-examples)(?:[ =]+(?:"[^"]*"|'[^']*'|[^\s|;)]+))/g;

/** What a line chose by and does no longer, where another line is otherwise the same. */
export function choiceLost(before: string, after: string): string | undefined {
  const sooner = shortened(before, after);
  if (sooner !== undefined) return sooner;
  const plain = (line: string) => line.replace(/\s+/g, ' ').trim();
  const now = plain(after);
  for (const [written] of before.matchAll(choice)) {
    if (!now.includes(plain(written)) && plain(before.replace(written, ' ')) === now) return plain(written).replace(/^\|\s*/, '');
  }
  return undefined;
}

/** Where more lines differ, the script is another. */
const mostLines = 200;

/** Lines that went, by those that came in their place and choose less. */
export function choicesLost(gone: readonly string[], come: readonly string[]): ReadonlyMap<string, string> {
  const lost = new Map<string, string>();
  if (gone.length > mostLines || come.length > mostLines) return lost;
  const shapes = new Map<string, string[]>();
  for (const line of gone) shapes.set(shapeOf(line), [...(shapes.get(shapeOf(line)) ?? []), line]);
  for (const line of come) {
    const alike = [...(shapes.get(shapeOf(line)) ?? []), ...gone.filter((other) => other.length > line.length)];
    const source = alike.map((other) => choiceLost(other, line)).find((each) => each !== undefined);
    if (source !== undefined) lost.set(line, source);
  }
  return lost;
}
