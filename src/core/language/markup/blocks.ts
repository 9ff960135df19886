/** Components whose programs stand in blocks of their markup. */
const component = /\.(?:vue|svelte|astro)$/i;

export function holdsBlocks(path: string): boolean {
  return component.test(path);
}

/** A text of the same length and lines, of which only the programs are left: what stands between `<script>` and its end, and in front of an Astro component. */
export function blocksOf(path: string, text: string): string {
  const kept: string[] = [];
  let at = 0;
  for (const { start, end } of programsIn(path, text)) {
    kept.push(blank(text.slice(at, start)), text.slice(start, end));
    at = end;
  }
  return [...kept, blank(text.slice(at))].join('');
}

function programsIn(path: string, text: string): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  const [front = ''] = /\.astro$/i.test(path) ? (/^\s*---\r?\n[\s\S]*?(?:\n---|$(?![\s\S]))/.exec(text) ?? []) : [];
  if (front !== '') found.push({ start: front.indexOf('---') + 3, end: front.length - (front.endsWith('\n---') ? 3 : 0) });
  // What stands in a comment of the markup is no block.
  for (const { 0: whole, 1: tag, index } of text.matchAll(/<!--[\s\S]*?(?:-->|$(?![\s\S]))|(<script\b(?:"[^"]*"|'[^']*'|[^'">])*>)[\s\S]*?(?:<\/script\s*>|$(?![\s\S]))/gi)) {
    if (tag === undefined || index < front.length || /\btype\s*=\s*["']?(?!module|text\/(?:java|type)script|application\/javascript)/i.test(tag)) continue;
    const close = /<\/script\s*>$/i.exec(whole)?.[0].length ?? 0;
    found.push({ start: index + tag.length, end: index + whole.length - close });
  }
  return found;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
