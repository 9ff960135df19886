import { findNodeAtLocation, getNodePath, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { ConfigurationEntry } from './agent.ts';
import { Layout, type Splice, spliced } from './layout.ts';

/** What a configuration file came to: an error says why it was left alone; no text means that nothing is left of the file. */
export type Configured = { readonly text: string | undefined } | { readonly error: string };

type Members = Readonly<Record<string, unknown>>;

/**
 * With the entries at the end of their lists; those that stand there already are not added again. Comments, trailing commas and the layout of what was there
 * stay. Law: `withoutEntries(withEntries(text))` with that text as the one before is `text`, in a file that was there.
 * @param text undefined for no file
 * @param head members that a fresh file has besides
 */
export function withEntries(text: string | undefined, entries: readonly ConfigurationEntry[], head: Members = {}): Configured {
  let now = text === undefined || text.trim() === '' ? `${JSON.stringify(head, undefined, 2)}\n` : text;
  for (const { list, value } of entries) {
    const root = rootIn(now);
    if (root === undefined) return notUnderstood;
    const { holder, missing } = nearestTo(list, root);
    if (holder.type !== (missing.length > 0 ? 'object' : 'array')) return { error: `its \`${list.join('.')}\` is no list` };
    if (missing.length === 0 && entryIn(holder, value) !== undefined) continue;
    const [name, ...inner] = missing;
    const added = name === undefined ? value : inner.reduceRight<unknown>((held, each) => ({ [each]: held }), [value]);
    now = spliced(now, new Layout(now).insertion(holder, added, name));
  }
  return { text: now };
}

/**
 * Without exactly these entries, and without the lists that held nothing else.
 * @param before the text that they were put into, whose lists stay: null for no file, undefined where nobody knows
 */
export function withoutEntries(text: string, entries: readonly ConfigurationEntry[], head: Members = {}, before?: string | null): Configured {
  if (typeof before === 'string') {
    const added = withEntries(before, entries, head);
    if ('text' in added && added.text === text) return { text: before };
  }
  const rootBefore = typeof before === 'string' ? rootIn(before) : undefined;
  let now = text;
  for (const { list, value } of entries) {
    const root = rootIn(now);
    if (root === undefined) return text.trim() === '' ? { text } : notUnderstood;
    const { holder, missing } = nearestTo(list, root);
    const entry = missing.length === 0 ? entryIn(holder, value) : undefined;
    if (entry !== undefined) now = spliced(now, removalOf(entry, now, rootBefore));
  }
  const isBare = typeof before !== 'string' && now !== text && now.replaceAll(/\s/g, '') === JSON.stringify(head);
  return { text: isBare ? undefined : now };
}

const notUnderstood = { error: 'it is not a JSON object' };

function rootIn(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return errors.length === 0 && root?.type === 'object' ? root : undefined;
}

/** As far as the names lead, and those that lead no further. */
function nearestTo(names: readonly string[], root: Node): { readonly holder: Node; readonly missing: readonly string[] } {
  let holder = root;
  for (const [index, name] of names.entries()) {
    const next = holder.type === 'object' ? findNodeAtLocation(holder, [name]) : undefined;
    if (next === undefined) return { holder, missing: names.slice(index) };
    holder = next;
  }
  return { holder, missing: [] };
}

function entryIn(list: Node, value: unknown): Node | undefined {
  return list.type === 'array' ? list.children?.find((each) => JSON.stringify(getNodeValue(each)) === JSON.stringify(value)) : undefined;
}

/** What holds nothing but the entry goes with it, from the innermost on; what holds a comment of somebody's stays. */
function removalOf(entry: Node, text: string, before: Node | undefined): readonly Splice[] {
  const layout = new Layout(text);
  let removed = entry;
  for (let holder = entry.parent; holder?.parent !== undefined; holder = holder.parent) {
    const wasThere = before !== undefined && findNodeAtLocation(before, getNodePath(holder)) !== undefined;
    if (holder.type !== 'property' && (wasThere || holder.children?.length !== 1 || layout.hasComment(holder))) break;
    removed = holder;
  }
  return layout.removal(removed.parent?.type === 'property' ? removed.parent : removed);
}
