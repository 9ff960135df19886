import { OffsetRange } from '../../text/offsetRange.ts';
import { type DecodedPiece, DecodedText } from '../decodedText.ts';
import type { Script } from '../embedded.ts';
import { hole } from '../operation.ts';
import type { FileScript } from '../scriptFileView.ts';

/** What a machine runs when it starts, and what is run when a resource is made or destroyed. A line of comment begins otherwise. */
const opener = /^[ \t]*(?:provisioner\s+"(?:local|remote)-exec"\s*\{|"?(?:user_data|custom_data|(?:metadata_)?startup[_-]script)"?\s*=\s*(?:base64encode\(\s*)?(?=["<]))/gm;
const resource = /^[ \t]*(?:resource|data)\s+"([\w-]+)"\s+"([\w-]+)"/gm;

/** Scripts that a file of Terraform hands to a shell, found without a grammar: in provisioners, and in what a machine starts with. */
export function hclScripts(text: string): FileScript[] {
  const resources = [...text.matchAll(resource)];
  return [...text.matchAll(opener)].flatMap(({ 0: { length }, 0: written, index }) => {
    const owner = resources.findLast((each) => each.index < index);
    const address = owner === undefined ? [] : [`${owner[1] ?? ''}.${owner[2] ?? ''}`];
    const start = index + length;
    if (!written.endsWith('{')) return scriptOf(text, start, 'shell', address, isForShell);
    const block = text.slice(start, endOfBlock(text, start));
    const interpreter = /^[ \t]*interpreter\s*=\s*\[\s*"([^"]+)"/m.exec(block)?.[1] ?? 'sh';
    const family = /(?:pwsh|powershell)(?:\.exe)?$/i.test(interpreter) ? 'powershell' : /(?:^|\/)(?:ba|da|z|k)?sh$/.test(interpreter) ? 'shell' : undefined;
    if (family === undefined) return [];
    const inline = /^[ \t]*inline\s*=\s*\[/m.exec(block);
    const lines = inline === null ? [] : itemsAt(text, start + inline.index + inline[0].length);
    const command = /^[ \t]*command\s*=\s*/m.exec(block);
    return [...lines, ...(command === null ? [] : [start + command.index + command[0].length])].flatMap((at) => scriptOf(text, at, family, address));
  });
}

/** A text for another program says so in its first line: `#cloud-config`, `#!/usr/bin/env python3`. */
function isForShell(script: string): boolean {
  return /^\s*#!.*\b(?:ba|da|z|k)?sh\b/.test(script);
}

function scriptOf(text: string, at: number, family: Script['family'], address: readonly string[], isWanted: (script: string) => boolean = () => true): FileScript[] {
  const literal = literalAt(text, at);
  if (literal === undefined) return [];
  const code = new DecodedText(piecesOf(text, literal));
  return isWanted(code.text) ? [{ family, code, isArgv: false, range: literal.range, address }] : [];
}

interface Literal {
  /** Of what stands between its marks. */
  readonly range: OffsetRange;
  /** Whether a backslash says something in it. */
  readonly hasEscapes: boolean;
}

const quoted = /"((?:[^"\\$]|\\.|\$(?!\{)|\$\{(?:[^{}]|\{[^{}]*\})*\})*)"/y;
const heredoc = /<<-?[ \t]*(\w+)[ \t]*\r?\n/y;

function literalAt(text: string, at: number): Literal | undefined {
  quoted.lastIndex = heredoc.lastIndex = at;
  const string = quoted.exec(text);
  if (string !== null) return { range: OffsetRange.ofLength(at + 1, string[1]?.length ?? 0), hasEscapes: true };
  const [opening, marker] = heredoc.exec(text) ?? [];
  if (opening === undefined || marker === undefined) return undefined;
  const start = at + opening.length;
  const length = text.slice(start).search(new RegExp(`^[ \\t]*${marker}[ \\t]*\\r?$`, 'm'));
  return { range: new OffsetRange(start, length === -1 ? text.length : start + length), hasEscapes: false };
}

const part = /\\(.)|([$%])\2\{|[$%]\{(?:[^{}]|\{[^{}]*\})*\}/gs;
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** `${…}` is filled in by Terraform, `$${…}` is left to the shell. */
function piecesOf(text: string, { range: { start, endExclusive }, hasEscapes }: Literal): DecodedPiece[] {
  const pieces: DecodedPiece[] = [];
  let from = start;
  const addVerbatim = (end: number) => {
    if (end > from) pieces.push({ text: text.slice(from, end), range: new OffsetRange(from, end), isVerbatim: true });
  };
  for (const { 0: written, 1: escaped, 2: doubled, index } of text.slice(start, endExclusive).matchAll(part)) {
    if (escaped !== undefined && !hasEscapes) continue;
    addVerbatim(start + index);
    const meaning = escaped !== undefined ? (escapes[escaped] ?? escaped) : doubled !== undefined ? `${doubled}{` : written.startsWith('%') ? '' : hole;
    pieces.push({ text: meaning, range: OffsetRange.ofLength(start + index, written.length), isVerbatim: false });
    from = start + index + written.length;
  }
  addVerbatim(endExclusive);
  return pieces;
}

/** Where the strings of a list begin. */
function itemsAt(text: string, at: number): number[] {
  const items: number[] = [];
  for (let next = at; ; ) {
    next += /^(?:[\s,]|#.*|\/\/.*)*/.exec(text.slice(next, next + longestGap))?.[0].length ?? 0;
    const literal = literalAt(text, next);
    if (literal === undefined) return items;
    items.push(next);
    next = literal.range.endExclusive + 1;
  }
}

/** Comments between two items are no longer. */
const longestGap = 2000;

function endOfBlock(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    const literal = character === '"' || character === '<' ? literalAt(text, at) : undefined;
    if (literal !== undefined) at = literal.range.endExclusive;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at;
  }
  return text.length;
}
