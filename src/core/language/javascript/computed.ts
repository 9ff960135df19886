import type { Node } from 'web-tree-sitter';
import type { Scopes } from './scopes.ts';

/** Where the name of what is called ends that is put together or stands in a constant: `fs["rm" + "Sync"](…)`, `fs[op](…)`. No link of a text's own marks is one: `[name](https://…)`. */
export const computedCalls = /\](?=\((?!https?:\/\/)|\?\.\()/g;

/** A name that is put together, or what stands in brackets otherwise, is looked through for no more than this. */
const longestName = 500;
/** More names than so many come of one place only in what no person reads. */
const mostNames = 50;
/** A constant stands for no more constants, one for another. */
const mostConstants = 8;

/** The names that a place may come to; undefined where the text alone cannot tell. */
type Names = readonly string[] | undefined;

/** A constant alone. */
const constant = /^\s*([A-Za-z_$][\w$]*)\s*$/;
const isPutTogether = /["'][^]*\+|\+\s*["'`]|`/;
/** What a name is put together of: blanks, texts without escapes, constants, and brackets around these. Of members, calls, numbers and other operators nothing is known. */
const part = /\s+|"(?<double>[^"\\]*)"|'(?<single>[^'\\]*)'|`(?<template>[^`\\]*)`|(?<name>[A-Za-z_$][\w$]*)(?!\s*[(`\w$])|[+()]|(?<unknown>[.?:,\d<>&|=*%-]|(?!(?:await|as|satisfies)\b)[A-Za-z_$][\w$]*(?:\s*\(|\s+(?!as\b|satisfies\b)[\w$]))/y;
const hole = /\$\{([^{}]*)\}/;

/** Whether a text calls something by such a name, so that no word names it where it is called. @param isWanted tells whether somebody looks for a name */
export function computesCalls(text: string, isWanted: (name: string) => boolean): boolean {
  for (const { index } of text.matchAll(computedCalls)) {
    const before = text.slice(Math.max(0, index - longestName), index);
    const start = Math.max(before.lastIndexOf('['), before.lastIndexOf(']'));
    if (start === -1 && index > longestName) return true;
    if (before[start] !== '[') continue;
    const written = before.slice(start + 1);
    const [, alone] = constant.exec(written) ?? [];
    const names = alone !== undefined ? textsOf(alone, text) : isPutTogether.test(written) ? namesOf(written, text) : [];
    if (names === undefined || names.some(isWanted)) return true;
  }
  return false;
}

function namesOf(written: string, text: string): Names {
  let names: Names = [''];
  for (let at = 0; at < written.length; ) {
    part.lastIndex = at;
    const { name, double, single, template, unknown } = part.exec(written)?.groups ?? {};
    at = part.lastIndex;
    // It is set back by what is no part at all.
    if (at === 0) return undefined;
    if (unknown !== undefined) return [];
    const pieces = template?.split(hole).map((piece, index) => (index % 2 === 0 ? [piece] : namesOf(piece, text))) ?? [name === undefined ? [double ?? single ?? ''] : textsOf(name, text, new Set())];
    names = pieces.reduce(joined, names);
    if (names === undefined) return undefined;
  }
  return names;
}

function joined(names: Names, next: Names): Names {
  return names === undefined || next === undefined || names.length * next.length > mostNames ? undefined : names.flatMap((begun) => next.map((piece) => begun + piece));
}

/** The names that a constant is given. @param seen constants that stand for one another, where these are followed, and so are brackets */
function textsOf(name: string, text: string, seen?: Set<string>): Names {
  if (seen?.has(name) === true) return [];
  if (seen !== undefined && seen.add(name).size > mostConstants) return undefined;
  const texts = new Set<string>();
  const given = new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*(?::[^=;(){}\\n]{1,80})?=\\s*(?:(?<mark>["'\`])(?<begun>[\\w$]*)(?<behind>\\k<mark>\\s*\\+?|.?)|(?<bracket>\\()|(?<alias>[A-Za-z_$][\\w$]*)(?![\\w$]|\\s*[.(]))`, 'gs');
  for (const { groups = {} } of text.matchAll(given)) {
    const { mark, begun = '', behind = '', bracket, alias } = groups;
    if (mark !== undefined) {
      if (behind.endsWith('+') || behind === '\\' || (mark === '`' && begun.includes('$'))) return undefined;
      // With a blank in it, or any other character, it is no name.
      if (behind.startsWith(mark)) texts.add(begun);
    } else if (seen !== undefined) {
      const more = bracket !== undefined || alias === undefined ? undefined : textsOf(alias, text, seen);
      if (more === undefined) return undefined;
      for (const each of more) texts.add(each);
    }
  }
  return [...texts];
}

/** The call that is named by what ends at a leaf; undefined where the name stands there as it is. */
export function callComputedAt(leaf: Node, scopes: Scopes): Node | undefined {
  const subscript = scopes.nodes.parentOf(leaf);
  if (subscript === null || scopes.nodes.typeOf(subscript) !== 'subscript_expression' || subscript.childForFieldName('index')?.type === 'string') return undefined;
  const call = scopes.nodes.parentOf(subscript);
  return call !== null && scopes.nodes.typeOf(call) === 'call_expression' && call.childForFieldName('function')?.id === subscript.id ? call : undefined;
}
