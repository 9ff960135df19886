import type { LineText } from '../text/lineText.ts';
import { familyOf, type LanguageId } from './language.ts';

/**
 * Why a text runs something else than what stands in it to read, by what its language makes of it before it reads it; undefined where it does not. What is looked for has no use in code that is to be read.
 * Strings are told by the quotes of their line alone: one over several lines counts as code.
 */
export function disguiseOf(language: LanguageId, text: LineText): string | undefined {
  switch (familyOf(language)) {
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

/** Says of places, asked in their order, whether they are in no string and no comment, by what their line has before them. */
function tellerOfCode(whole: string): (at: number) => boolean {
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
    return quote === '' && !isComment;
  };
}
