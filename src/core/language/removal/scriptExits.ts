import { longestLine } from './scriptTests.ts';

const exit = /\b(?:exit|return)\s+[1-9]\d*\b|\b(?:die|fail|abort|bail)\b/;
const onOneLine = /(?:\[\[?\s|\btest\s|\bgrep\s+-\w*q|^\s*\w[^|&]*)(?:\|\||&&)/;
/** A condition, or an arm of a `case`. */
const head = /^\s*(?:el)?if\b|^\s*\(?[^()\s]+\)\s*$/;
const border = /^\s*(?:fi|done|esac|\}|function\b.*|[\w-]+\s*\(\)\s*\{?)\s*$/;
/** What is asked of how the script was called, and of the programs that it needs, says nothing of what it takes away. */
const ofCall = /\$#|\$\{?[\d@*]|usage|--help|\bcommand\s+-v|\bwhich\s|\btype\s+-|\bhash\s|EUID|UID\b|\bid\s+-u/;

/** An exit stands at most this many lines below its condition. */
const longestBlock = 8;

/** The lines of a script with a condition under which it ends, without what sets them in, by their number. */
function conditionsOfExits(lines: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (line.length > longestLine || !exit.test(line) || /^\s*#/.test(line)) continue;
    if (head.test(line) || onOneLine.test(line)) {
      found.set(line.trim(), index);
      continue;
    }
    for (let at = index - 1; at >= Math.max(0, index - longestBlock) && !border.test(lines[at] ?? ''); at--) {
      if (!head.test(lines[at] ?? '')) continue;
      found.set((lines[at] ?? '').trim(), at);
      break;
    }
  }
  return found;
}

/** The conditions under which a script ended before and no longer does, when no others came. @returns their lines and numbers */
export function exitsLost(before: readonly string[], after: readonly string[]): { readonly source: string; readonly line: number }[] {
  const [had, has] = [conditionsOfExits(before), conditionsOfExits(after)];
  const gone = [...had].filter(([source]) => !has.has(source) && !ofCall.test(source));
  const come = [...has.keys()].filter((source) => !had.has(source));
  return come.length >= gone.length ? [] : gone.map(([source, line]) => ({ source, line }));
}
