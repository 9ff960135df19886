import type { ConfigurationEntry } from './agent.ts';

/** What a configuration file came to: an error says why it was left alone; no text means that nothing is left of the file. */
export type Configured = { readonly text: string | undefined } | { readonly error: string };

type Members = Record<string, unknown>;

/** With the entries at the end of their lists; those that stand there already are not added again. @param text undefined for no file */
export function withEntries(text: string | undefined, entries: readonly ConfigurationEntry[], head: Readonly<Record<string, unknown>> = {}): Configured {
  const root = text === undefined ? { ...head } : membersIn(text);
  if (root === undefined) return notUnderstood;
  for (const { list, value } of entries) {
    const found = listAt(root, list, true);
    if (found === undefined) return { error: `its \`${list.join('.')}\` is no list` };
    if (!found.some((each) => areEqual(each, value))) found.push(value);
  }
  return { text: written(root, text) };
}

/** Without exactly these entries, and without the lists that held nothing else. */
export function withoutEntries(text: string, entries: readonly ConfigurationEntry[], head: Readonly<Record<string, unknown>> = {}): Configured {
  const root = membersIn(text);
  if (root === undefined) return notUnderstood;
  let isChanged = false;
  for (const { list, value } of entries) {
    const found = listAt(root, list, false);
    const index = found?.findIndex((each) => areEqual(each, value)) ?? -1;
    if (found === undefined || index === -1) continue;
    found.splice(index, 1);
    isChanged = true;
    prune(root, list);
  }
  if (!isChanged) return { text };
  return { text: areEqual(root, head) ? undefined : written(root, text) };
}

const notUnderstood = { error: 'it is not a JSON object' };

function membersIn(text: string): Members | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return isMembers(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listAt(root: Members, names: readonly string[], makes: boolean): unknown[] | undefined {
  let at = root;
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1;
    if (at[name] === undefined && makes) at[name] = isLast ? [] : {};
    const next = at[name];
    if (isLast) return Array.isArray(next) ? next : undefined;
    if (!isMembers(next)) return undefined;
    at = next;
  }
  return undefined;
}

/** Takes out what holds nothing any more, from the innermost on. */
function prune(root: Members, names: readonly string[]): void {
  for (let length = names.length; length > 0; length--) {
    const holder = names.slice(0, length - 1).reduce<unknown>((at, name) => (isMembers(at) ? at[name] : undefined), root);
    const name = names[length - 1] ?? '';
    if (!isMembers(holder)) return;
    const value = holder[name];
    if (Array.isArray(value) ? value.length > 0 : isMembers(value) && Object.keys(value).length > 0) return;
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the others keep their order
    delete holder[name];
  }
}

function areEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Indented, and ended, as the text was. */
function written(root: Members, text = '{\n  "": 0\n}\n'): string {
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? (text.trim() === '' ? '  ' : undefined);
  return JSON.stringify(root, undefined, indent) + (text === '' || /\n\s*$/.test(text) ? '\n' : '');
}
