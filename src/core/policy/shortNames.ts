/**
 * Whether a name may be the short one that Windows gives to something whose long name a part of a glob matches, as INFRAS~1 for `infrastructure`: up to six letters of it, or two and four digits of a sum, a number, and
 * three letters of the ending. Both in one case.
 */
export function mayBeShortFor(name: string, part: string): boolean {
  const short = /^([^.~]{1,6})~(\d{1,6})(?:\.([^.]{1,3}))?$/.exec(name);
  if (short === null || hasNoShortName(part)) return false;
  const [, begin = '', number = '', ending = ''] = short;
  const [long, longEnding] = parted(part);
  const isOpen = /[*?]/.test(long);
  const literal = long.replace(/[*?].*$/, '');
  const isLike = (letters: string, most: number) => (isOpen ? letters.startsWith(literal.slice(0, most)) : letters === literal.slice(0, most));
  const isBegin = isLike(begin, Math.min(6, 7 - number.length));
  const isSum = /^.{1,2}[0-9a-f]{4}$/.test(begin) && isLike(begin.slice(0, -4), 2);
  return (isBegin || isSum) && (longEnding === undefined ? isOpen || ending === '' : /[*?]/.test(longEnding) || ending === longEnding.slice(0, 3));
}

/** What is short already needs no other name. */
function hasNoShortName(part: string): boolean {
  return /^[^.*?+,;=[\] ]{1,8}(?:\.[^.*?+,;=[\] ]{1,3})?$/.test(part);
}

/** A name's letters without what no short name has, and its ending; dots in front begin none. */
function parted(part: string): readonly [name: string, ending: string | undefined] {
  const letters = part.replace(/^\.+/, '').replaceAll(' ', '').replace(/[+,;=[\]]/g, '_');
  const at = letters.lastIndexOf('.');
  return at < 0 ? [letters, undefined] : [letters.slice(0, at).replaceAll('.', ''), letters.slice(at + 1)];
}
