import type { LineText } from '../text/lineText.ts';
import { type Family, familyOf, type LanguageId } from './language.ts';

/**
 * Why a text runs something else than what stands in it to read, by what its language makes of it before it reads it; undefined where it does not. What is looked for has no use in code that is to be read.
 * Strings are told by the quotes of their line alone: one over several lines counts as code.
 */
export function disguiseOf(language: LanguageId, text: LineText): string | undefined {
  const family = familyOf(language);
  const broken = brokenComments[family];
  return escapesIn(family, text) ?? (broken && commentBrokenIn(text, broken));
}

function escapesIn(family: Family, text: LineText): string | undefined {
  switch (family) {
    case 'python':
      return encodingOf(text) ?? lookalikeOf(text);
    case 'java':
      return escapeIn(text, isEscapedJava);
    case 'javascript':
    case 'csharp':
      return escapeIn(text, isEscapedName);
    default:
      return undefined;
  }
}

/** What ends lines in a language though not for its grammar here, and what opens comments that end with their line. */
interface BrokenComments {
  readonly ends: RegExp;
  readonly marks: readonly string[];
  readonly opens: RegExp;
}

const slashes = String.raw`(?<![a-z]:|\\)\/\/`;
const returns = { marks: ['\r'], ends: /\r(?!\n)/g };
const brokenComments: Readonly<Partial<Record<Family, BrokenComments>>> = {
  javascript: { marks: ['\r', '\u2028', '\u2029'], ends: /\r(?!\n)|[\u2028\u2029]/g, opens: new RegExp(`${slashes}|^\\ufeff?#!|<!--|^\\s*-->`, 'i') },
  csharp: { marks: ['\r', '\u0085', '\u2028', '\u2029'], ends: /\r(?!\n)|[\u0085\u2028\u2029]/g, opens: new RegExp(`${slashes}|^\\s*#`, 'i') },
  java: { ...returns, opens: new RegExp(slashes, 'i') },
  kotlin: { ...returns, opens: new RegExp(slashes, 'i') },
  php: { ...returns, opens: new RegExp(`${slashes}|#`, 'i') },
  python: { ...returns, opens: /#/ },
};

/** Between such an end and what stands in the same line of its own. */
const blanks = /[^\S\r\n\u2028\u2029]*/y;
/** In UTF-16 code units: in longer lines, as programs write them, more is text that only looks like a comment. */
const longestByHand = 2000;

function commentBrokenIn(text: LineText, { ends, marks, opens }: BrokenComments): string | undefined {
  const whole = text.toString();
  if (!marks.some((each) => whole.includes(each))) return undefined;
  let kindAt: ((at: number) => Kind) | undefined;
  let start = 0;
  let isOpen = false;
  for (const { 0: end, index } of whole.matchAll(ends)) {
    const before = whole.slice(start, index);
    const feed = before.lastIndexOf('\n');
    // For the grammar a comment goes on to the next line feed.
    isOpen = (isOpen && feed === -1) || opens.test(before.slice(feed + 1));
    start = index + end.length;
    if (!isOpen) continue;
    blanks.lastIndex = start;
    const behind = start + (blanks.exec(whole)?.[0].length ?? 0);
    if (behind >= whole.length || /^(?:[\r\n\u2028\u2029]|\/\/|#)/.test(whole.slice(behind, behind + 2))) continue;
    if (before.length > longestByHand && (kindAt ??= tellerOfKinds(whole))(index) !== 'comment') continue;
    return `a comment in line ${text.positionAt(index).line + 1} ends at ${nameOf(end)}, and what stands behind that is run`;
  }
  return undefined;
}

function nameOf(end: string): string {
  return end === '\r' ? 'a carriage return without a line feed' : `U+${end.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}, which ends a line as well`;
}

/** https://peps.python.org/pep-0263/ */
const declared = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
/** In these every byte below 128 is what it is in ASCII, wherever it stands. */
const likeAscii = /^(?:utf-?8(?:-sig|-unix|-dos|-mac)?|u8|(?:us-)?ascii|646|latin-?\d+|l\d|iso-?8859-?\d+|(?:cp|windows-?)(?:125\d|437|85\d|86\d|874)|koi8-[rtu]|mac-?\w+|euc-?\w+|gb2312|tis-?620)$/;

function encodingOf(text: LineText): string | undefined {
  for (const line of [text.line(0), text.line(1)]) {
    const [, written] = declared.exec(line) ?? [];
    if (written !== undefined && !likeAscii.test(written.toLowerCase().replaceAll('_', '-'))) return `it says that it is written in ${shown(written)}, in which other code may stand than what can be read here`;
  }
  return undefined;
}

/** Letters that Python takes for those of ASCII, in a name. */
const lookalike = /(?<![\w\u0080-\u{10ffff}])([\w\u0080-\u{10ffff}]*[\u00aa\u00ba\u1d2c-\u1d6a\u2071-\u209c\u2102-\u2149\uff21-\uff5a\u{1d400}-\u{1d7ff}][\w\u0080-\u{10ffff}]*)(\s*\()?/gu;

function lookalikeOf(text: LineText): string | undefined {
  const whole = text.toString();
  // Nothing of it stands in most texts.
  if (!/[\u00aa\u00ba\u1d2c-\u1d6a\u2071-\u209c\u2102-\u2149\uff21-\uff5a\u{1d400}-\u{1d7ff}]/u.test(whole)) return undefined;
  const isCode = tellerOfCode(whole);
  for (const { index, 1: name = '', 2: called } of whole.matchAll(lookalike)) {
    const meant = name.normalize('NFKC');
    const isName = /(?:\.|\bimport) ?$/.test(whole.slice(Math.max(0, index - 10), index)) || /[a-z]/.test(name) || (called !== undefined && /^[a-z_]+$/.test(meant));
    if (isName && /^\w+$/.test(meant) && isCode(index)) return `Python takes ${shown(name)} in line ${text.positionAt(index).line + 1} for ${shown(meant)}`;
  }
  return undefined;
}

function shown(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}

/** What stands before an escape that is all of a name, or goes on in one. */
const nameBefore = /(?:^|[.\s;{}(),=!:])(?:[A-Za-z_$][\w$]*)?$/;
const longestName = 100;

type Tells = (whole: string, at: number, code: number, isCode: (at: number) => boolean) => boolean;

function escapeIn(text: LineText, tells: Tells): string | undefined {
  const whole = text.toString();
  const isCode = tellerOfCode(whole);
  for (let at = whole.indexOf('\\u'); at !== -1; at = whole.indexOf('\\u', at + 2)) {
    const [written = '', four, braced = four] = /^\\u+(?:([0-9a-fA-F]{4})|\{0*([0-9a-fA-F]{1,6})\})/.exec(whole.slice(at, at + 20)) ?? [];
    const code = braced === undefined ? Number.NaN : Number.parseInt(braced, 16);
    if (code < 0x80 && tells(whole, at, code, isCode)) return `${written} in line ${text.positionAt(at).line + 1} stands for ${JSON.stringify(String.fromCharCode(code))}, and hides what is run`;
  }
  return undefined;
}

const isEscapedName: Tells = (whole, at, code, isCode) => /[\w$]/.test(String.fromCharCode(code)) && nameBefore.test(whole.slice(Math.max(0, at - longestName), at)) && isCode(at);

/** Java makes characters of escapes before it reads anything: of what ends a line, a text, a comment, or what goes before such a thing, wherever that would end something; of all else in code. */
const isEscapedJava: Tells = (whole, at, code, isCode) => {
  const near = whole.slice(Math.max(0, at - mostBefore), at);
  const before = near.slice(near.lastIndexOf('\n') + 1);
  // A backslash before it makes a pair, and no escape.
  const [pairs = ''] = /\\*$/.exec(before.slice(-longestName)) ?? [];
  if (pairs.length % 2 === 1) return false;
  const isInBlock = /^\s*\*|\/\*/.test(before);
  if (code === 0x0a || code === 0x0d) return !isInBlock && before.includes('//');
  if (isInBlock) return code === 0x2a || code === 0x2f;
  if (code === 0x22) return !before.includes('//');
  // With the one behind it a pair, so that the quote ends the text.
  if (code === 0x5c && /^\\u+005[cC]\\["']/.test(whole.slice(at, at + 20))) return !before.includes('//');
  return code > 0x20 && isCode(at);
};

/** So much of a line of Java is looked at before an escape. */
const mostBefore = 500;

type Kind = 'code' | 'string' | 'comment';

/** Says of places, asked in their order, whether they are in a string or a comment, by what their line has before them. */
function tellerOfKinds(whole: string): (at: number) => Kind {
  const beginsComment = (start: number) => /^[ \t]*(?:\*|\/\*)/.test(whole.slice(start, start + 200));
  let [next, quote, isComment] = [0, '', beginsComment(0)];
  return (at) => {
    for (; next < at; next++) {
      const character = whole[next] ?? '';
      if (character === '\n') [quote, isComment] = ['', beginsComment(next + 1)];
      else if (quote !== '') {
        if (character === '\\' && whole[next + 1] !== '\n') next++;
        else if (character === quote) quote = '';
      } else if (character === '"' || character === "'" || character === '`') quote = character;
      else if (character === '#' || (character === '/' && whole[next + 1] === '/')) isComment = true;
    }
    return quote !== '' ? 'string' : isComment ? 'comment' : 'code';
  };
}

function tellerOfCode(whole: string): (at: number) => boolean {
  const kindAt = tellerOfKinds(whole);
  return (at) => kindAt(at) === 'code';
}
