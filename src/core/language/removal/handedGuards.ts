const head = /^\s*(?:function\s+)?([\w-]+)\s*\(\)\s*\{/;
const positional = /\$(?:\{(\d)[^}]*\}|(\d))/g;
const words = /"(?:[^"\\]|\\.)*"|'[^']*'|[^\s;|&]+/g;

/**
 * The lines of a script's functions that speak of what they are given, as they read where the function is called and what it says is heeded:
 * a check that was put into a function is the same check.
 */
export function handedLines(lines: readonly string[]): string[] {
  const functions = functionsIn(lines);
  if (functions.size === 0) return [];
  const stopsAtErrors = lines.some((line) => /^\s*set\s+-\w*e|^\s*set\s+-o\s+errexit/.test(line));
  return lines.flatMap((line) => {
    const [, name = '', rest = ''] = /^\s*(?:(?:if|while|until|elif)\s+)?(?:!\s+)?([\w-]+)\b(?!\s*\(\))([^]*)$/.exec(line) ?? [];
    const body = functions.get(name);
    const isHeeded = body !== undefined && (stopsAtErrors || /\|\||&&|^\s*(?:if|while|until|elif)\b/.test(line) || body.some((each) => /\bexit\b/.test(each)));
    return isHeeded ? body.filter((each) => each.search(positional) !== -1).map((each) => filled(each, rest.split(/\|\||&&|;/, 1)[0]?.match(words) ?? [])) : [];
  });
}

function filled(line: string, given: readonly string[]): string {
  return line.replace(positional, (written, braced?: string, bare?: string) => given[Number(braced ?? bare) - 1]?.replace(/^(["'])(.*)\1$/, '$2') ?? written);
}

/** The lines of each function, by its name. */
function functionsIn(lines: readonly string[]): Map<string, string[]> {
  const functions = new Map<string, string[]>();
  for (const [start, line] of lines.entries()) {
    const [opening, name] = head.exec(line) ?? [];
    if (opening === undefined || name === undefined) continue;
    if (/\}\s*$/.test(line)) {
      functions.set(name, line.slice(opening.length).split(';'));
      continue;
    }
    const end = lines.findIndex((each, at) => at > start && /^\s*\}/.test(each) && each.search(/\S/) <= line.search(/\S/));
    functions.set(name, lines.slice(start + 1, end === -1 ? undefined : end));
  }
  return functions;
}
