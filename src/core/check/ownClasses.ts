import type { Call } from '../language/operation.ts';

/**
 * Whether a call is of a class that the file defines, or of an object of one, which inherits from nothing and has that method in its own body:
 * what the method destroys is judged where it stands. It is told by the text before the call.
 */
export function isOfOwnClass({ name, receiver = '', preceding = '', above = '' }: Pick<Call, 'name' | 'receiver' | 'preceding' | 'above'>): boolean {
  const text = above + preceding;
  const named = classNamed(receiver) ?? classNamed(valueOf(receiver, text) ?? '');
  if (named === undefined) return false;
  const [header, indent = '', bases = ''] = new RegExp(`^([ \\t]*)(?:[a-z]+[ \\t]+)*?(?:class|object)[ \\t]+${named}\\b([^{\\n:;]*(?:\\)\\s*)?)`, 'm').exec(text) ?? [];
  return header !== undefined && !inherits(bases) && defines(bodyOf(text, text.indexOf(header) + header.length, indent), name);
}

/** `Repo` of `Repo`, `Repo()`, `new Repo(a)`, `(new Repo)`, `Repo.new`, `\Repo`. */
function classNamed(expression: string): string | undefined {
  return /^\(?(?:new\s+)?\\?([A-Z]\w*)(?:\.new)?(?:\([^()]*\))?\)?$/.exec(expression.trim())?.[1];
}

/** What a variable was given last. */
function valueOf(name: string, text: string): string | undefined {
  if (!/^\$?[a-z_]\w*$/.test(name)) return undefined;
  const given = [...text.matchAll(new RegExp(`(?<![\\w$.>])${name.replace('$', '\\$')}\\s*(?::\\s*[^=\\n;]+)?:?=\\s*([^=;\\n][^;\\n]*)`, 'g'))].at(-1);
  return given?.[1];
}

/** A class above it may have the method from a mapper, whatever this one says of it. What is only implemented brings nothing. */
function inherits(bases: string): boolean {
  return /\bextends\b|<|\(\s*(?!object\s*\)|\))\w|\buse\b/.test(bases);
}

/** To the bracket that closes it, or to the first line that is set in no farther. */
function bodyOf(text: string, from: number, indent: string): string {
  const rest = text.slice(from);
  if (!/^[^\n]*\{|^\s*\{/.test(rest)) {
    const lines = rest.split('\n');
    const end = lines.findIndex((line, at) => at > 0 && line.trim() !== '' && !line.startsWith(`${indent} `) && !line.startsWith(`${indent}\t`));
    return lines.slice(0, end === -1 ? undefined : end).join('\n');
  }
  let depth = 0;
  for (const { 0: bracket, index } of rest.matchAll(/[{}]/g)) {
    depth += bracket === '{' ? 1 : -1;
    if (depth === 0) return rest.slice(0, index);
  }
  return rest;
}

function defines(body: string, name: string): boolean {
  const method = name.replace(/\W/g, '\\$&');
  // A mixin may bring what makes a record of it.
  if (/^[^\S\n]*(?:include|extend|prepend|use)\s+[\\A-Z]/m.test(body)) return false;
  return new RegExp(`\\b(?:def\\s+(?:self\\.)?|function\\s+|fun\\s+)${method}(?![\\w!?])|(?<![\\w$.>:])${method}\\s*(?:<[^<>]*>)?\\([^()]*\\)\\s*(?::[^={};]+)?(?:throws\\s+[\\w.,\\s]+)?(?:\\{|=>)`).test(body);
}
