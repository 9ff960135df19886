import type { Token } from './tokens.ts';

/** A name in a list of tokens; qualified ones and those spelled with placeholders are one. */
export interface Name {
  readonly text: string;
  /** The index of the first token behind it. */
  readonly next: number;
}

/** Reads the name at an index: `public.users`, `"Order Items"`, `{{ schema }}.users`, `%I`. */
export function nameAt(tokens: readonly Token[], at: number, source: string): Name | undefined {
  const first = tokens[at];
  if (first === undefined || isNoName(first)) return undefined;
  let next = at + 1;
  for (let last = first; ; next++) {
    const token = tokens[next];
    if (token === undefined || token.kind === 'end' || isBreak(token)) break;
    const isGlued = token.start === last.endExclusive || token.text === '.' || last.text === '.';
    if (!isGlued || next - at > 30) break;
    last = token;
  }
  return { text: source.slice(first.start, tokens[next - 1]?.endExclusive), next };
}

/** Names with commas between. */
export function namesAt(tokens: readonly Token[], at: number, source: string): Name[] {
  const names: Name[] = [];
  for (let next = at; ; next++) {
    const name = nameAt(tokens, next, source);
    if (name === undefined) return names;
    names.push(name);
    next = name.next;
    // The arguments that tell functions of one name apart, and MySQL's `a.*` are no part of the name.
    if (tokens[next]?.text === '(') while (next < tokens.length && tokens[next - 1]?.text !== ')') next++;
    names[names.length - 1] = { ...name, next };
    if (tokens[next]?.text !== ',') return names;
  }
}

/** Without quotes and in lower case, as tables are compared. */
export function comparable(name: string): string {
  return name.replace(/["`[\]]/g, '').toLowerCase();
}

function isNoName(token: Token): boolean {
  return token.kind === 'end' || token.kind === 'body' || isBreak(token) || ['*', '=', '.', '<', '>'].includes(token.text) || reserved.has(token.text);
}

function isBreak({ text }: Token): boolean {
  return text === ',' || text === '(' || text === ')' || text === ';';
}

const reserved = new Set(['from', 'set', 'where', 'on', 'of', 'or', 'select', 'values', 'cascade', 'restrict', 'if', 'into', 'then', 'when', 'using', 'and', 'to', 'as', 'returning']);

/** The index behind those of the words that stand there. */
export function skip(own: readonly Token[], from: number, ...words: readonly string[]): number {
  let at = from;
  while (own[at]?.kind === 'word' && words.includes(own[at]?.text ?? '')) at++;
  return at;
}
