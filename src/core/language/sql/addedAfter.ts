import type { Call, Operation } from '../operation.ts';

/**
 * Statements of a text that a variable held at first, and that the code before the call adds to: `sql += " WHERE …"`. What
 * is added for sure bounds them when it brings a condition; what is added sometimes, or is not spelled out, may.
 */
export function knowingWhatIsAdded(operations: readonly Operation[], { args, preceding = '' }: Pick<Call, 'args' | 'preceding'>): Operation[] {
  if (!operations.some((operation) => operation.kind === 'statement' && operation.where === 'none')) return [...operations];
  const added = args.map(({ source, standsFor }) => (standsFor === undefined ? undefined : addedTo(source, preceding))).find((where) => where !== undefined);
  if (added === undefined) return [...operations];
  return operations.map((operation) => (operation.kind === 'statement' && operation.where === 'none' ? { ...operation, where: added } : operation));
}

const addition = String.raw`\s*(?:\+=|\.=|<<|\|\|=)\s*`;
const conditional = /^\s*(?:\}\s*)?(?:if|unless|when|else|elif|elsif|case|for|foreach|while)\b|\b(?:if|unless)\s+\S+\s*;?\s*$|&&\s*\(?\s*$|\?.*:/;

/** Told by lines, and by how far they are set in: what stands deeper than where the variable got its text is done sometimes. */
function addedTo(name: string, preceding: string): 'present' | 'dynamic' | undefined {
  if (!/^\$?[A-Za-z_]\w*$/.test(name)) return undefined;
  const written = name.replace('$', '\\$');
  const adds = new RegExp(`(?<![\\w$.])${written}(?:${addition}|\\s*=\\s*${written}\\s*[+.]\\s*|\\.(?:append|concat|push_str)\\(\\s*)(.*)`);
  const assigns = new RegExp(`(?<![\\w$.])${written}\\s*(?::\\s*\\w+\\s*)?:?=(?![=>])`);
  const lines = preceding.split('\n');
  const start = lines.findLastIndex((line) => assigns.test(line) && !adds.test(line));
  if (start === -1) return undefined;
  const depth = indentOf(lines[start] ?? '');
  let where: 'present' | 'dynamic' | undefined;
  for (const line of lines.slice(start)) {
    const [, more = ''] = adds.exec(line) ?? [];
    if (more === '') continue;
    const isSure = indentOf(line) <= depth && !conditional.test(line);
    const bounds = /\b(?:where|limit|and)\b/i.test(more);
    // What else is spelled out, such as RETURNING, bounds nothing.
    if (!bounds && /^[fr]?(["'`]).*\1\s*;?\)?\s*$/.test(more)) continue;
    if (isSure && bounds) return 'present';
    where = 'dynamic';
  }
  return where;
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}
