/**
 * Whether a file was only set in another way, as a formatter does that is run over it: the same words and signs in the same order, but for quotes of another kind, and commas and semicolons where
 * something ends anyway. What may run otherwise by that is no formatter's: where the depth of a line or its end decides, that is compared as well.
 */
export function isOnlyRelaid(path: string, before: string, after: string): boolean {
  if (before === after) return false;
  if (endsByLine.test(path)) return sameLines(before, after);
  return said(before) === said(after) && (!nestsByDepth.test(path) || depthsOf(before).join() === depthsOf(after).join());
}

/** Scripts of shells, where a quote or an end of line decides what is run, and files of which no name tells the kind. */
const endsByLine = /\.(?:sh|bash|zsh|ksh|fish|ps1|psm1|bat|cmd|mk)$|(?:^|\/)[^./]+$/i;

/** Where a line belongs to another by its depth. */
const nestsByDepth = /\.(?:py|pyi|ya?ml|coffee|haml|slim|pug|jade|sass|styl|nim|hs|elm|fs|fsx|gd|md|toml|tf|rst)$/i;

function sameLines(before: string, after: string): boolean {
  const linesOf = (text: string) => text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  return linesOf(before).join('\n') === linesOf(after).join('\n');
}

/** Comments and literals, each as it stands: a blank or a comma in these is what the program says. */
const asTheyStand = /(\/\/.*|#.*|--.*|;;.*)|("(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|`(?:[^`\\]|\\[^])*`)/g;

function said(text: string): string {
  const kept: string[] = [];
  const keep = (written: string) => `\u0001${kept.push(written)}\u0001`;
  const code = text
    // The end of a line with a comment counts: what stands behind it runs only on a line of its own.
    .replace(asTheyStand, (_written, comment: string | undefined, literal: string) => keep(comment === undefined ? withOneQuote(literal) : `${comment.trimEnd()}\n`))
    .replace(/;[^\S\n]*$/gm, '')
    .replace(/,(?=\s*[)\]}])/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\p{L}\p{N}_$ ]) ?/gu, '$1')
    .replace(/;(?=\})/g, '')
    .trim();
  return code.replace(/\u0001(\d+)\u0001/g, (_mark, at: string) => kept[Number(at) - 1] ?? '');
}

/** Formatters choose between two quotes where these mean the same: where nothing is put into the text, and no sign is made of others. */
function withOneQuote(literal: string): string {
  const plain = literal.slice(1, -1).replace(/\\(?=["'])/g, '');
  return literal.startsWith('`') || /[$#%\\]/.test(plain) ? literal : JSON.stringify(plain);
}

/** How deep each line that begins something stands, counted in steps, and what it says first; what stands within brackets goes with the line that opens them. */
function depthsOf(text: string): string[] {
  const depths: string[] = [];
  const indents: number[] = [];
  let open = 0;
  for (const line of text.split(/\r?\n/)) {
    const [, blanks = '', rest = ''] = /^(\s*)(.*)$/.exec(line) ?? [];
    if (rest === '') continue;
    if (open === 0) {
      while ((indents.at(-1) ?? -1) > blanks.length) indents.pop();
      if ((indents.at(-1) ?? -1) < blanks.length) indents.push(blanks.length);
      depths.push(`${indents.length} ${/^[\p{L}\p{N}_$]*/u.exec(rest)?.[0] ?? ''}`);
    }
    for (const sign of rest) open = Math.max(0, open + ('([{'.includes(sign) ? 1 : ')]}'.includes(sign) ? -1 : 0));
  }
  return depths;
}
